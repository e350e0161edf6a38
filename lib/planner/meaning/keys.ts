/** What the rows of a grouped result stand for. */
import type { FieldMention, GroupKey, Noun, TableMention, Target } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { singular } from '../text/inflection.js';
import type { Grain } from '../text/calendar.js';
import { Misfit } from './choices.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';
import { isWholeName } from './shown.js';
import { tableOf } from './subject.js';

/** What the rows of the result stand for. */
export type Key =
  | {
      readonly type: 'table';
      readonly table: Table;
      readonly source: object;
      /** All that is known of it is asked for. */
      readonly everything?: boolean | undefined;
      /** Only tells the groups apart: what is shown of them was asked for by itself. */
      readonly hidden?: boolean | undefined;
    }
  | {
      readonly type: 'field';
      readonly options: readonly { field: Field; cost: number }[];
      readonly name: string;
      readonly source: object;
    }
  | { readonly type: 'grain'; readonly grain: Grain };

/** Explicit groups first, then what is asked for beside the measures. */
/** @param ranked the rows of the subject are told apart, whatever is shown of them */
export function keysOf(
  context: Context,
  { targets, groups, subject, rank }: Parts,
  ranked = false,
): Key[] {
  const explicit = groups.map((key) => keyOf(context, key));
  const tables = explicit.flatMap((key) => (key.type === 'table' ? [key.table] : []));
  // Whose columns are asked for: not what is only counted beside them.
  const named = targets.some((target) => target.type !== 'measure' && target.noun === subject);
  const counted =
    rank === undefined &&
    groups.length > 0 &&
    targets.length === 1 &&
    targets[0]!.type === 'things';
  const beside = targets.some(
    (target) => target.type === 'measure' && target.measure.type === 'things',
  );
  const isCounted = targets.some(
    (target) =>
      target.type === 'measure' &&
      target.measure.type === 'things' &&
      target.measure.noun === subject,
  );
  const implied = counted
    ? []
    : targets.flatMap((target) =>
        keyOfTarget(context, target, {
          subject,
          counted: isCounted ? subject : undefined,
          named,
          keyTables: tables,
          explicit,
          ranked: ranked || (beside && isWhole(target)),
          grouped: ({ field }) =>
            explicit.some((key) => sharedOptions(key, fieldKey(field)).length > 0),
        }),
      );
  return merged(explicit, implied);
}

/** `ages and the number of members of each age`: whole numbers can tell groups apart, measured ones can't. */
function isWhole(target: Target): boolean {
  return target.type === 'field' && target.field.options[0]?.field.family === 'integer';
}

/** `type codes and the number of orders for each code`: what is shown and what is grouped by are one column. */
function merged(explicit: readonly Key[], implied: readonly Key[]): Key[] {
  const rest = [...implied];
  const groups = explicit.map((key): Key => {
    const at = rest.findIndex((other) => sharedOptions(key, other).length > 0);
    if (key.type !== 'field' || at < 0) return key;
    const [other] = rest.splice(at, 1);
    return {
      ...key,
      options: sharedOptions(other!, key),
      source: other!.type === 'field' ? other!.source : key.source,
    };
  });
  return [...groups, ...rest];
}

function othersThan<Option extends { readonly field: Field }>(
  noun: Noun | undefined,
  options: readonly Option[],
): readonly Option[] {
  const tables = noun?.table?.options.map(({ table }) => table);
  return tables === undefined ? [] : options.filter(({ field }) => !tables.includes(field.table));
}

/** Columns that both may mean, where the shorter name is the end of the longer one. */
function sharedOptions(a: Key, b: Key): readonly { field: Field; cost: number }[] {
  if (a.type !== 'field' || b.type !== 'field') return [];
  const [long, short] = [a.name, b.name]
    .map((name) => name.toLowerCase().split(/\s+/).map(singular))
    .sort((one, other) => other.length - one.length);
  if (!short!.every((word, i) => word === long![long!.length - short!.length + i])) return [];
  return a.options.filter(({ field }) => b.options.some((option) => option.field === field));
}

function keyOf(context: Context, key: GroupKey): Key {
  switch (key.type) {
    case 'grain':
      return { type: 'grain', grain: key.grain };
    case 'table':
      return {
        type: 'table',
        table: tableOf(context.chooser, ownRows(key.noun.table!)),
        source: key,
      };
    case 'field': {
      const owner = key.noun?.table;
      const table = owner === undefined ? undefined : tableOf(context.chooser, owner);
      const options = key.field.options.filter(
        ({ field }) => table === undefined || field.table === table,
      );
      return { type: 'field', options, name: key.field.text, source: key };
    }
  }
}

function fieldKey(field: FieldMention): Key {
  return { type: 'field', options: field.options, name: field.text, source: field };
}

function keyOfTarget(
  context: Context,
  target: Target,
  {
    subject,
    counted,
    named,
    keyTables,
    explicit,
    ranked,
    grouped,
  }: {
    readonly subject: Noun | undefined;
    /** The subject where its rows are what is counted. */
    readonly counted: Noun | undefined;
    readonly named: boolean;
    readonly keyTables: readonly Table[];
    readonly explicit: readonly Key[];
    readonly ranked: boolean;
    /** Whether the request groups by the column that is shown: then it is the counted rows' own. */
    readonly grouped: (target: Extract<Target, { type: 'field' }>) => boolean;
  },
): Key[] {
  if (target.type === 'things') {
    const mention = target.noun.table;
    if (mention === undefined) throw new Misfit('it is not clear who is meant');
    const table = tableOf(context.chooser, ownRows(mention));
    return [{ type: 'table', table, source: target, everything: target.everything }];
  }
  if (target.type === 'field') {
    // "For each region, its name": a region that is but a column is its own name.
    const [only, ...more] = explicit;
    if (isOwnName(target) && only?.type === 'field' && more.length === 0) return [];
    // Beside a count of things, what is shown is of what they are counted for.
    const others =
      target.noun === undefined && !grouped(target)
        ? othersThan(counted, target.field.options)
        : [];
    const mention = others.length > 0 ? undefined : (target.noun ?? subject)?.table;
    const table = mention === undefined ? undefined : tableOf(context.chooser, mention);
    // Beside an explicit group, what is shown is the group's own.
    const shared = target.field.options.filter(({ field }) => keyTables.includes(field.table));
    if (target.noun === undefined && shared.length > 0) {
      return [{ type: 'field', options: shared, name: target.field.text, source: target }];
    }
    // What is shown of a thing that is ranked is its own; of groups it would have to be computed.
    if (isAmount(target.field) && !ranked && !grouped(target)) {
      throw new Misfit(`it is not clear what to compute of ${target.field.text}`, { weight: 4 });
    }
    // "name" alone may be another thing's, where it does not say whose it is.
    const said = target.noun !== undefined || named;
    const whole =
      table !== undefined && said && isWholeName(target.field, table) ? table.naming : [];
    if (whole.length > 0)
      return whole.map((field) => ({
        type: 'field',
        options: [{ field, cost: 0 }],
        name: field.words.join(' '),
        source: field,
      }));
    const near =
      others.length > 0
        ? others
        : target.field.options.filter(({ field }) => table === undefined || field.table === table);
    return [
      {
        type: 'field',
        options: near.length > 0 ? near : target.field.options,
        name: target.field.text,
        source: target,
      },
    ];
  }
  return [];
}

function isOwnName({ owner, field, noun }: Extract<Target, { type: 'field' }>): boolean {
  return owner === 'its' && noun === undefined && /^names?$/i.test(field.text);
}

/** A number of which groups have many; what may be a key as well tells them apart. */
function isAmount({ options: [first, ...more] }: FieldMention): boolean {
  const alike = more.filter(({ cost }) => cost === first?.cost);
  return first?.field.role === 'measure' && !alike.some(({ field }) => field.role === 'key');
}

/** Whoever is only named in a column has groups by that column; "each author" is no row of the books. */
function ownRows(mention: TableMention): TableMention {
  const options = mention.options.filter(({ by }) => by === undefined);
  // The same mention is chosen for once, so it stays the same object where it can.
  return options.length === mention.options.length ? mention : { ...mention, options };
}
