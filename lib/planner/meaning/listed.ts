/** Requests for rows as they are: things and their columns, filtered, ordered, cut off. */
import type { FieldMention, Measure, Noun, TableMention, Target } from '../phrase.js';
import { reverse, waysBetween, type Way } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { say, timeOf } from './conditions.js';
import { dimensionFields, impliedMeasures } from './fields.js';
import {
  columnOutput,
  distinctOrder,
  named,
  sameExpression,
  shownFields,
  ties,
} from './outputs.js';
import { isPlural, measureOf, type Parts } from './parts.js';
import { noWay, reach, single, type Context, type Place, ofNoun } from './place.js';
import type { Expression, Node, Order, Query, Scope } from './query.js';
import { column, follow, newScope } from './scope.js';

/** Rows that `the cheapest products` gives, where no number is named. */
const DEFAULT_LIMIT = 10;

export function listed(context: Context, parts: Parts): Query {
  const table = subjectTable(context, parts);
  const whole = parts.targets.some((target) => target.type === 'things' && target.everything);
  if (whole && parts.targets.length > 1)
    throw new Misfit('everything about several things at once is not supported');
  const shown = parts.targets.map((target) => shownOf(context, target, table, parts.subject));
  const { scope, subject, at, root } = spread(
    table,
    shown.map(({ way }) => way),
  );
  const place: Place = { scope, node: subject };
  for (const mod of parts.filters) say(context, mod, [place]);
  const order = ordering(context, parts, place);
  const asked = shown.flatMap(({ way, fields }) => {
    const node = at(way);
    return fields.map((field) => columnOutput(node, field));
  });
  refuseRepeats(asked);
  const outputs = named([...asked, ...rankedBy(parts, order, asked)]);
  const repeated = root !== table && !shown.some(({ way }) => way.steps.at(-1)?.to === root);
  const distinct = parts.distinct || repeated;
  return {
    scope,
    outputs,
    distinct,
    groupBy: [],
    orderBy: distinct
      ? distinctOrder(order, outputs)
      : [
          ...order,
          ...ties(scope.root).filter(
            (tie) => !order.some((by) => sameExpression(by.expression, tie.expression)),
          ),
        ],
    ...cutOff(parts),
    rows: table,
  };
}

/** Two things asked for that come out as one column: one of them was not understood. */
function refuseRepeats(
  asked: readonly { readonly expression: Expression; readonly name: string }[],
): void {
  asked.forEach(({ expression, name }, i) => {
    if (asked.slice(i + 1).some((other) => sameExpression(other.expression, expression))) {
      throw new Misfit(`${name} would be shown twice`, { weight: 2 });
    }
  });
}

/** What a rank goes by is shown where the request names it: `the 3 longest books by pages`. */
function rankedBy(
  { rank }: Parts,
  [first]: readonly Order[],
  asked: readonly { readonly expression: Expression }[],
): { expression: Expression; name: string }[] {
  const by = first?.expression;
  if (rank?.shown !== true || by?.type !== 'column') return [];
  if (asked.some(({ expression }) => sameExpression(expression, by))) return [];
  return [columnOutput(by.node, by.field)];
}

export function cutOff(parts: Parts): { limit?: number; ties: boolean } {
  const { rank, limit } = parts;
  if (rank === undefined) return { ...(limit === undefined ? {} : { limit }), ties: false };
  const given = rank.limit ?? limit;
  if (given !== undefined) return { limit: given, ties: false };
  if (!isPlural(parts)) return { limit: 1, ties: false };
  return rank.many ? { limit: DEFAULT_LIMIT, ties: false } : { limit: 1, ties: true };
}

/** The table whose rows are asked for: the subject's, or that of the first column where no thing is named. */
export function subjectTable({ chooser }: Context, { subject, targets }: Parts): Table {
  if (subject?.table !== undefined) return tableOf(chooser, subject.table);
  const [first] = targets.filter((target) => target.type === 'field');
  const field = first ?? fieldTarget(targets);
  if (field === undefined) throw new Misfit('it is not clear what is asked for', { weight: 1 });
  return chooser.pick(field.field, field.field.options, () => new Misfit('no column')).field.table;
}

/**
 * The table that a mention names by itself. A role ("manager", "origin") names a row's place beside another one,
 * and stands for no rows of its own.
 */
export function tableOf(chooser: Context['chooser'], mention: TableMention): Table {
  const options = mention.options.filter(({ via }) => via === undefined);
  const misfit = () => new Misfit(`it is not clear whose ${mention.text} is meant`, { weight: 4 });
  return chooser.pick(mention, options, misfit).table;
}

function fieldTarget(targets: readonly Target[]): { field: FieldMention } | undefined {
  for (const target of targets) {
    if (target.type === 'measure' && target.measure.type === 'field') return target.measure;
  }
  return undefined;
}

interface Shown {
  readonly way: Way;
  readonly fields: readonly Field[];
}

/** What a target shows and how it is reached from the subject, many rows for one if need be. */
function shownOf(context: Context, target: Target, table: Table, subject: Noun | undefined): Shown {
  const { chooser } = context;
  switch (target.type) {
    case 'things': {
      const mention = target.noun.table;
      if (mention === undefined)
        return { way: stay(table), fields: shownFields(table, target.everything) };
      const ways = mention.options.flatMap(({ table: to, via, cost }) => {
        if (via !== undefined && via.from === table)
          return [{ to, way: along(via), cost: cost - 0.2 }];
        return waysBetween(table, to).map((way) => ({ to, way, cost: cost + way.cost }));
      });
      const noTie = () =>
        new Misfit(`${mention.text} and ${table.relation.name} are not connected`, { weight: 3 });
      const own = target.noun === subject;
      if (own) return { way: stay(table), fields: shownFields(table, target.everything) };
      const { to, way } = chooser.pick(target, ways, noTie);
      return { way, fields: shownFields(to, target.everything) };
    }
    case 'field':
      return shownField(
        context,
        withOwner(target.field, target.noun, subject),
        table,
        target.noun !== undefined,
      );
    case 'measure':
      return shownMeasure(context, target.measure, table);
  }
}

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

/** @param own the request says whose column it is: then it is no column of many rows */
function shownField(
  { chooser }: Context,
  mention: FieldMention,
  table: Table,
  own: boolean,
): Shown {
  const place = { scope: newScope(table), node: { table, optional: false } };
  const known = mention.options.flatMap((option) =>
    waysBetween(table, option.field.table)
      .filter(({ toOne }) => toOne || !own)
      .map((way) => ({
        option: { ...option, fields: [option.field] },
        way,
        cost: option.cost + way.cost,
      })),
  );
  // The naming columns belong together: "name" of a table that has a first and a last one.
  const { option, way } = chooser.pick({}, [...known, ...byWholeName(mention, table)], () =>
    noWay(mention.text, [place]),
  );
  return { way, fields: option.fields };
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
  if (!/^(?:full )?names?$/i.test(mention.text) || table.naming.length < 2) return [];
  return [
    {
      option: { fields: table.naming, field: table.naming[0]!, cost: 0 },
      way: stay(table),
      cost: 0,
    },
  ];
}

function shownMeasure(context: Context, measure: Measure, table: Table): Shown {
  if (measure.type === 'field')
    return shownField(context, measure.field, table, measure.noun !== undefined);
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

/**
 * A scope in which everything shown is reached to one row: where something is reached only by repeating the
 * subject's rows, the rows of the last table that repeats them become the root.
 */
function spread(
  table: Table,
  ways: readonly Way[],
): { scope: Scope; root: Table; subject: Node; at: (way: Way) => Node } {
  const deepest = ways
    .map(downSteps)
    .reduce<readonly Step[]>((a, b) => (b.length > a.length ? b : a), []);
  const fits = ways.every((way) => downSteps(way).every((step, i) => step === deepest[i]));
  if (!fits)
    throw new Misfit('these columns belong to rows that do not belong together', { weight: 4 });
  const root = deepest.at(-1)?.to ?? table;
  const scope = newScope(root);
  const nodes: Node[] = [scope.root];
  for (const step of [...deepest].reverse()) {
    nodes.unshift(follow(scope, nodes[0]!, [reverse(step)]));
  }
  return {
    scope,
    root,
    subject: nodes[0]!,
    at: (way) => {
      const down = downSteps(way).length;
      return follow(
        scope,
        nodes[down]!,
        way.steps.slice(down),
        way.steps.some(({ optional }) => optional),
      );
    },
  };
}

function downSteps({ steps }: Way): readonly Step[] {
  const last = steps.findLastIndex(({ toOne }) => !toOne);
  return steps.slice(0, last + 1);
}

/** "stores in the district with the most people": it is the district that is ranked there, not the stores. */
function refuseOthersRank({ rank, filters }: Parts, expression: Expression, table: Table): void {
  if (rank === undefined || expression.type !== 'column' || expression.field.table === table)
    return;
  const others = filters.flatMap((mod) =>
    mod.type === 'related' ? (mod.noun.table?.options ?? []) : [],
  );
  if (others.some((option) => option.table === expression.field.table)) {
    throw new Misfit('a superlative inside of another condition is not supported', { weight: 4 });
  }
}

function ordering(context: Context, parts: Parts, place: Place): Order[] {
  const { rank, order } = parts;
  if (rank !== undefined) {
    const expression = sortExpression(context, rank.key, place, rank);
    refuseOthersRank(parts, expression, place.node.table);
    return [
      { expression, descending: ageReversed(expression, rank.key) !== rank.descending, tie: false },
    ];
  }
  if (order === undefined) return [];
  if (order.key.type === 'name') {
    const { naming, relation } = place.node.table;
    if (naming.length === 0)
      throw new Misfit(`${relation.name} has no name to be ordered by`, { weight: 3 });
    // As a telephone book has it: the last name first.
    return [...naming].reverse().map((field) => ({
      expression: column(place.node, field),
      descending: order.descending,
      tie: false,
    }));
  }
  const key = measureOf(order.key);
  const expression = sortExpression(context, key, place, order);
  return [
    { expression, descending: ageReversed(expression, key) !== order.descending, tie: false },
  ];
}

/** Whoever is older was born earlier. */
function ageReversed(expression: Expression, key: Measure | undefined): boolean {
  return (
    key?.type === 'dimension' &&
    key.dimension.kind === 'birth' &&
    expression.type === 'column' &&
    expression.field.role !== 'measure'
  );
}

function sortExpression(
  context: Context,
  key: Measure | undefined,
  place: Place,
  mod: object,
): Expression {
  if (key === undefined) {
    const fields = impliedMeasures(place.node.table).map((field) => ({ field, cost: 0.2 }));
    const name = place.node.table.relation.name;
    const misfit = () =>
      new Misfit(`it is not clear by what ${name} are to be ranked`, { weight: 5 });
    if ('bare' in mod && mod.bare === true) throw misfit();
    const { field } = context.chooser.pick(mod, fields, misfit);
    return column(place.node, field);
  }
  if (key.type === 'dimension') {
    if (key.dimension.kind === 'time') {
      const { field, node } = timeOf(context, mod, undefined, [place]);
      return column(node, field);
    }
    const options = dimensionFields(place.node.table, key.dimension);
    const reached = reach([place], options);
    const { option } = context.chooser.pick(mod, reached, () => noWay(key.dimension.name, [place]));
    return column(place.node, option.field);
  }
  if (key.type !== 'field') throw new Misfit('that order needs a group');
  const { text } = key.field;
  // There is a most and a least of numbers and dates only; names and codes can be sorted, no more.
  const options = ofNoun(key.noun, key.field.options).filter(
    ({ field: { role } }) => !('limit' in mod || 'many' in mod) || isGradable(role),
  );
  return single(context, { key: mod, places: [place], options, name: text }, true).expression;
}

function isGradable(role: Field['role']): boolean {
  return role === 'measure' || role === 'time' || role === 'year';
}
