/** Requests for rows as they are: things and their columns, filtered, ordered, cut off. */
import type { FieldMention, Measure, TableMention, Target } from '../phrase.js';
import { waysBetween, type Way } from '../schema/paths.js';
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
import { isPlural, type Parts } from './parts.js';
import { noWay, reach, single, type Context, type Place } from './place.js';
import type { Expression, Node, Order, Query, Scope } from './query.js';
import { column, follow, newScope } from './scope.js';

/** Rows that `the cheapest products` gives, where no number is named. */
const DEFAULT_LIMIT = 10;

export function listed(context: Context, parts: Parts): Query {
  const table = subjectTable(context, parts);
  const shown = parts.targets.map((target) => shownOf(context, target, table));
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

export function cutOff({ rank, limit, subject }: Parts): { limit?: number; ties: boolean } {
  if (rank === undefined) return { ...(limit === undefined ? {} : { limit }), ties: false };
  const given = rank.limit ?? limit;
  if (given !== undefined) return { limit: given, ties: false };
  if (!isPlural(subject)) return { limit: 1, ties: false };
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

export function tableOf(chooser: Context['chooser'], mention: TableMention): Table {
  const options = mention.options.filter(({ via }) => via === undefined || via.to !== via.from);
  return chooser.pick(
    mention,
    options.length === 0 ? mention.options : options,
    () => new Misfit('no table'),
  ).table;
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
function shownOf(context: Context, target: Target, table: Table): Shown {
  const { chooser } = context;
  switch (target.type) {
    case 'things': {
      const mention = target.noun.table;
      if (mention === undefined)
        return { way: stay(table), fields: shownFields(table, target.everything) };
      const to = tableOf(chooser, mention);
      const way = chooser.pick(target, waysBetween(table, to), () => noTie(to, table));
      return { way, fields: shownFields(to, target.everything) };
    }
    case 'field':
      return shownField(context, target.field, table);
    case 'measure':
      return shownMeasure(context, target.measure, table);
  }
}

function noTie(to: Table, from: Table): Misfit {
  return new Misfit(`${to.relation.name} and ${from.relation.name} are not connected`, {
    weight: 3,
  });
}

function stay(table: Table): Way {
  return waysBetween(table, table)[0]!;
}

function shownField({ chooser }: Context, mention: FieldMention, table: Table): Shown {
  const place = { scope: newScope(table), node: { table, optional: false } };
  const known = mention.options.flatMap((option) =>
    waysBetween(table, option.field.table).map((way) => ({
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
  if (measure.type === 'field') return shownField(context, measure.field, table);
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

export function reverse(step: Step): Step {
  const back = step.to.steps.find(
    (other) =>
      other.to === step.from &&
      other.forward !== step.forward &&
      other.on.length === step.on.length &&
      other.on.every(([a, b], i) => a === step.on[i]![1] && b === step.on[i]![0]),
  );
  if (back === undefined) throw new Misfit('no way back');
  return back;
}

function ordering(context: Context, { rank, order }: Parts, place: Place): Order[] {
  if (rank !== undefined) {
    const expression = sortExpression(context, rank.key, place, rank);
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
  const expression = sortExpression(context, order.key, place, order);
  return [
    { expression, descending: ageReversed(expression, order.key) !== order.descending, tie: false },
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
  const { options, text } = key.field;
  return single(context, { key: mod, places: [place], options, name: text }, true).expression;
}
