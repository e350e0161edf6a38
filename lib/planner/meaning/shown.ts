/** What a listing shows of each row, and how it is reached from there. */
import type { FieldMention, Measure, Noun, Target } from '../phrase.js';
import { isWhatItIs, type Way, waysBetween } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { dimensionFields } from './fields.js';
import { shownFields } from './outputs.js';
import { type Context, noWay, ofNoun } from './place.js';
import { newScope } from './scope.js';

export interface Shown {
  readonly way: Way;
  readonly fields: readonly Field[];
}

/** What a target shows and how it is reached from the subject, many rows for one if need be. */
export function shownOf(
  context: Context,
  target: Target,
  table: Table,
  subject: Noun | undefined,
): Shown {
  const { chooser } = context;
  switch (target.type) {
    case 'things': {
      const mention = target.noun.table;
      if (mention === undefined)
        return { way: stay(table), fields: shownFields(table, target.everything) };
      const ways = mention.options.flatMap(({ table: to, via, cost }) => {
        if (via !== undefined && via.from === table)
          return [{ to, way: along(via), cost: cost - 0.2 }];
        return waysBetween(table, to)
          .filter(isTold)
          .map((way) => ({ to, way, cost: cost + way.cost }));
      });
      const noTie = () =>
        new Misfit(`${mention.text} and ${table.relation.name} are not connected`, { weight: 3 });
      const own = target.noun === subject;
      const { by } = mention.options.find((option) => option.table === table) ?? {};
      if (own && by !== undefined) return { way: stay(table), fields: [by] };
      if (own) return { way: stay(table), fields: shownFields(table, target.everything) };
      const { to, way } = chooser.pick(target, ways, noTie);
      return { way, fields: shownFields(to, target.everything) };
    }
    case 'field': {
      const played = target.noun === subject ? [] : rolesOf(target, table);
      if (played.length > 0) return chooser.pick(target, played, () => new Misfit('no such part'));
      return shownField(
        context,
        withOwner(target.field, target.noun, subject),
        table,
        target.noun === undefined ? 'none' : target.noun === subject ? 'subject' : 'other',
      );
    }
    case 'measure':
      return shownMeasure(context, target.measure, table, subject);
  }
}

/** `the name of their supervisor`: a column of the one whom a row of the same table refers to. */
function rolesOf(
  { field, noun }: Extract<Target, { type: 'field' }>,
  table: Table,
): (Shown & { readonly cost: number })[] {
  const options = noun?.table?.options ?? [];
  if (options.length === 0 || noun!.mods.length > 0) return [];
  if (!options.every(({ via }) => via?.from === table && via.to === table)) return [];
  return options.flatMap(({ via, cost }) => [
    ...field.options
      .filter((option) => option.field.table === table)
      .map((option) => ({
        way: along(via!),
        fields: [option.field],
        cost: cost + option.cost,
      })),
    ...byWholeName(field, table).map(({ option }) => ({
      way: along(via!),
      fields: option.fields,
      cost,
    })),
  ]);
}

/** Two things that only others tie together, each to many, are no pairs: the customers and the staff are two lists. */
function isTold({ toOne, steps }: Way): boolean {
  return toOne || steps.length <= LINK;
}

/** The steps of a way past one table that links two things. */
const LINK = 2;

function along(step: Step): Way {
  return { steps: [step], toOne: step.toOne, cost: 0 };
}

function stay(table: Table): Way {
  return waysBetween(table, table)[0]!;
}

/** "its track name": the name of that thing, where it is another than the subject. */
function withOwner(
  mention: FieldMention,
  noun: Noun | undefined,
  subject: Noun | undefined,
): FieldMention {
  return noun === subject
    ? mention
    : { text: mention.text, options: ofNoun(noun, mention.options) };
}

/** @param owner whose column the request says it is: of the subject itself there is one, of another thing there may be many */
function shownField(
  { chooser }: Context,
  mention: FieldMention,
  table: Table,
  owner: 'none' | 'subject' | 'other',
): Shown {
  const place = { scope: newScope(table), node: { table, optional: false } };
  const its = owner === 'subject' && mention.options.some(({ field }) => field.table === table);
  const ways = mention.options.flatMap(({ field }) => waysBetween(table, field.table));
  // What nothing of the thing's own tells may stand with each of its others: the prices of products, in the offers.
  const others = owner !== 'subject' || !ways.some(({ toOne }) => toOne);
  const known = mention.options.flatMap((option) =>
    waysBetween(table, option.field.table)
      .filter(
        ({ toOne, steps }) => toOne || (others && (owner !== 'subject' || steps.length === 1)),
      )
      .map((way) => ({
        option: { ...option, fields: [option.field] },
        way,
        // Of another thing that is named there may be many: one row for each pair.
        cost:
          option.cost +
          way.cost +
          (way.toOne ? 0 : owner === 'subject' ? 0.7 : 0.3) -
          (says(way) ? 1 : 0) +
          (its && way.steps.length > 0 ? OTHERS : 0),
      })),
  );
  // The naming columns belong together: "name" of a table that has a first and a last one.
  const whole = owner === 'other' ? [] : byWholeName(mention, table);
  const { option, way } = chooser.pick({}, [...known, ...whole], () =>
    noWay(mention.text, [place]),
  );
  return { way, fields: option.fields };
}

/** "The name of the workshop" is what the workshop has, before what it belongs to. */
const OTHERS = 0.2;

/** "The name of the substitute" is whose row it is, not the one who has it. */
function says({ steps: [first, ...more] }: Way): boolean {
  return first !== undefined && more.length === 0 && first.forward && isWhatItIs(first);
}

interface WholeName {
  readonly option: {
    readonly field: Field;
    readonly fields: readonly Field[];
    readonly cost: number;
  };
  readonly way: Way;
  readonly cost: number;
}

function byWholeName(mention: FieldMention, table: Table): WholeName[] {
  if (!isWholeName(mention, table)) return [];
  return [
    {
      option: { fields: table.naming, field: table.naming[0]!, cost: 0 },
      way: stay(table),
      cost: 0,
    },
  ];
}

/** The first and the last name together are what `name` says of a person. */
export function isWholeName({ text }: FieldMention, { naming }: Table): boolean {
  return naming.length >= 2 && /^(?:full )?names?$/i.test(text);
}

function shownMeasure(
  context: Context,
  measure: Measure,
  table: Table,
  subject: Noun | undefined,
): Shown {
  if (measure.type === 'field') {
    const owned = withOwner(measure.field, measure.noun, subject);
    const other = measure.noun?.table !== undefined && measure.noun !== subject;
    // What the thing has no column for may be told by what belongs to it.
    return shownField(
      context,
      owned.options.length > 0 || other ? owned : measure.field,
      table,
      measure.noun === undefined ? 'none' : other ? 'other' : 'subject',
    );
  }
  if (measure.type !== 'dimension') throw new Misfit('that is not a column');
  const options = dimensionFields(table, measure.dimension).map((option) => ({
    ...option,
    way: stay(table),
  }));
  const { field, way } = context.chooser.pick(
    measure,
    options,
    () => new Misfit(`no ${measure.dimension.name}`),
  );
  return { way, fields: [field] };
}
