/** Requests for counts, sums, averages and extremes, in groups or over everything. */
import { cutOff } from './listed.js';
import type { Measure } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { asksForGroups, type Collective, refuseOwnCount, sidesOf } from './collective.js';
import { groupCompared } from './comparisons.js';
import { say } from './conditions.js';
import { pickFact } from './facts.js';
import { type Grouped, orderOf } from './group-order.js';
import { type Key, keysOf } from './keys.js';
import { aggregateOf, baseOf, type Fact, factsOf, nounOf, raised } from './measures.js';
import { groupFields, named, sameExpression } from './outputs.js';
import { isAggregate, measureOf, type Parts, ranksInEach } from './parts.js';
import type { Context, Place } from './place.js';
import type { Expression, Node, Query, Scope } from './query.js';
import {
  isCalled,
  isOneEach,
  isOneFor,
  isToldOtherwise,
  placeKey,
  type Placed,
  refuseRepeats,
  spreadOut,
  subjectAt,
} from './placed.js';
import { isSame } from './same.js';
import { column, follow } from './scope.js';
import { shareScan } from './scans.js';
import { separate } from './separate.js';
import { tableOf } from './subject.js';
import { timeOf } from './times.js';

export function aggregated(context: Context, parts: Parts): Query {
  if (asksForGroups(parts)) return flat(context, parts, []);
  const measures = measuresOf(parts);
  const nested = nestedFunction(measures, parts);
  if (nested !== undefined) {
    const [first] = measures;
    const inner = first!.type === 'aggregate' ? first!.of : first!;
    const query = flat(context, { ...parts, targets: [{ type: 'measure', measure: inner }] }, [
      inner,
    ]);
    const name = `average_${query.outputs.at(-1)!.name}`;
    return {
      ...query,
      orderBy: [],
      over: {
        fn: nested,
        name: nested === 'avg' ? name : `${nested}imum_${query.outputs.at(-1)!.name}`,
      },
    };
  }
  return shareScan(context, measures, parts)
    ? flat(context, parts, measures)
    : separate(context, parts, measures, keysOf(context, parts));
}

/** `average number of orders per customer`: an average over the groups' counts. */
export function nestedFunction(measures: readonly Measure[], { groups, targets }: Parts) {
  const [measure] = measures;
  if (measures.length !== 1 || measure?.type !== 'aggregate') return undefined;
  const inner = measure.of;
  const overGroups =
    inner.type === 'things' ||
    inner.type === 'units' ||
    inner.type === 'revenue' ||
    inner.type === 'aggregate';
  if (!overGroups || measure.fn === 'sum') return undefined;
  if (inner.type === 'revenue' && groups.length === 0) return undefined;
  if (groups.length === 0 || targets.length > 1) {
    if (inner.type === 'things' || inner.type === 'aggregate')
      throw new Misfit('an average of counts needs a "per"', { weight: 4 });
    return undefined;
  }
  if (inner.type !== 'things') {
    throw new Misfit('it is not clear whether the average is one for all or one for each', {
      weight: 5,
    });
  }
  return measure.fn;
}

export function measuresOf({ targets, groups, rank, orders }: Parts): Measure[] {
  const asked = targets.flatMap((target): Measure[] => {
    if (target.type === 'measure') return [target.measure];
    return [];
  });
  const sorted = orders.map(({ key }) => measureOf(key));
  const keys = [rank?.key, ...sorted].flatMap((key): Measure[] =>
    key !== undefined && isAggregate(key) ? [key] : [],
  );
  const all = [...asked];
  for (const key of keys) if (!all.some((measure) => isSame(measure, key))) all.push(key);
  if (all.length > 0) return all;
  // "orders per month": things that are asked for in groups are counted.
  const [first] = targets;
  if (groups.length > 0 && first?.type === 'things' && targets.length === 1)
    return [{ type: 'things', noun: first.noun }];
  throw new Misfit('it is not clear what to compute for each group', { weight: 4 });
}

/** One scan: the rows of the measures' table, joined to what they are grouped by. */
export function flat(context: Context, parts: Parts, asked: readonly Measure[]): Query {
  const { chooser } = context;
  const subjectMention = parts.subject?.table;
  const subject = subjectMention === undefined ? undefined : tableOf(chooser, subjectMention);
  const keys = keysOfSubject(context, parts, asked[0], subject);
  const { having, filters } =
    keys.length === 0 ? { having: [], filters: parts.filters } : sidesOf(context, parts, subject);
  const measures = withHaving(asked, having);
  const [first, ...more] = measures;
  if (first === undefined) throw new Misfit('each of these is a row of its own');
  const fact = pickFact(context, first, keys, subject, parts);
  const placed = keys.map((key) => placeKey(context, key, fact));
  const counted = first.type === 'aggregate' && first.fn === 'count';
  if (
    (fact.factors.length === 0 || counted) &&
    placed.some((one) => one.steps.length === 0 && isOneEach(one, fact))
  ) {
    throw new Misfit('each of these is one', { weight: 2 });
  }
  if (fact.factors.length === 0 && subject === fact.table)
    refuseOwnCount(parts, measures, asked.length + filters.length > 0 || placed.some(isCalled));
  if (keys.length > 1 && keys.some((key) => key.type === 'table' && key.everything === true))
    throw new Misfit('everything about several things at once is not supported');
  const { scope, factNode, at, repeats } = spreadOut(fact, placed);
  if (fact.factors.length === 0 && placed.some(isOneFor))
    throw new Misfit('there is one of these for each', { weight: 2 });
  const subjectNode =
    subject === undefined ? factNode : subjectAt(subject, { scope, factNode, placed, at });
  const places: Place[] =
    subjectNode === factNode
      ? [{ scope, node: factNode }]
      : [
          { scope, node: factNode },
          { scope, node: subjectNode },
        ];
  refuseRepeats(placed.slice(parts.groups.length));
  const groups = placed.map((one) => grouped(context, one, { node: at(one), scope, factNode }));
  // "The average age of students in clubs" is of students; "of clubs" alone would be of each of them.
  const own = nounOf(first)?.table?.options.some(({ table }) => table === fact.table) === true;
  const inner: Context = { ...context, sums: !fact.countable, own };
  for (const mod of filters) say(inner, mod, places);
  for (const key of parts.groups) {
    if (key.type === 'table') {
      const node = at(placed[parts.groups.indexOf(key)]!);
      for (const mod of key.noun.mods) say(context, mod, [{ scope, node }]);
    }
  }
  saidOfMeasures(context, measures, parts, { scope, node: factNode });
  const values = [first, ...more].map((measure, i) => {
    const own = i === 0 ? fact : sameTable(context, measure, fact);
    const node = own.up === undefined ? factNode : follow(scope, factNode, own.up);
    return aggregateOf(measure, own, { scope, node }, repeats);
  });
  const shown = asked.flatMap((measure, i) => (isShown(measure, parts) ? [i] : []));
  const outputs = named([
    ...distinctOutputs(
      groups.flatMap(({ outputs: list }, i) =>
        isToldOtherwise(placed, i, parts.groups.length) ? [] : list,
      ),
    ),
    ...shown.map((i) => ({ expression: values[i]!, name: nameOf(values[i]!) })),
  ]);
  return {
    scope,
    outputs,
    distinct: false,
    groupBy: unique(groups.flatMap(({ by }) => by)),
    having: having.map((mod) => {
      context.said.add(mod);
      return groupCompared(
        context,
        mod,
        values[measures.findIndex((one) => isSame(one, mod.measure))]!,
      );
    }),
    orderBy: orderOf({ parts, measures, values, groups }),
    ...cutOff(parts),
    ...inEach(parts, groups),
    rows: subject ?? fact.table,
  };
}

/** The first ones of each group that the request names, among the groups of what it asks for. */
function inEach(parts: Parts, groups: readonly Grouped[]): Pick<Query, 'per'> {
  if (!ranksInEach(parts)) return {};
  const named = parts.groups.length;
  if (groups.length === named || parts.orders.length > 0 || parts.rank?.offset !== undefined)
    throw new Misfit('it is not clear what comes first in each group', { weight: 3 });
  return { per: groups.slice(0, named).flatMap(({ by }) => by) };
}

/**
 * What the groups are: where things are ranked by what is counted of others, each of them is a group of its own,
 * however many share the name that is shown.
 */
function keysOfSubject(
  context: Context,
  parts: Parts,
  measure: Measure | undefined,
  subject: Table | undefined,
): Key[] {
  const { groups, rank, orders } = parts;
  const sorts = [rank?.key, ...orders.map(({ key }) => measureOf(key))];
  const ranked =
    subject !== undefined &&
    measure !== undefined &&
    groups.length === 0 &&
    sorts.some((key) => key !== undefined && isAggregate(key)) &&
    factsOf(context, measure).every(({ table }) => table !== subject);
  // "which year has the most events": what is counted by is a group, whatever it holds.
  const counted =
    (rank?.key?.type === 'things' && parts.targets.length === 1) || asksForGroups(parts);
  const keys = keysOf(context, parts, ranked || counted);
  if (!ranked || keys.some((key) => key.type === 'table' && key.table === subject)) return keys;
  return [...keys, { type: 'table', table: subject, source: parts.subject!, hidden: true }];
}

/** What is asked for, and what only decides which groups are shown. */
function withHaving(asked: readonly Measure[], having: readonly Collective[]): readonly Measure[] {
  const more = having.map(({ measure }) => measure);
  const all = [...asked];
  for (const measure of more) if (!all.some((one) => isSame(one, measure))) all.push(measure);
  const said = more.some((measure) => (nounOf(measure)?.mods.length ?? 0) > 0);
  if (said && (asked.length > 0 || more.length > 1))
    throw new Misfit('measures with different conditions are not supported', { weight: 2 });
  return all;
}

/** `class and number of races in each class`: the class is one column. */
function distinctOutputs<Out extends { readonly expression: Expression }>(
  all: readonly Out[],
): Out[] {
  return all.filter(
    ({ expression }, i) =>
      all.findIndex((other) => sameExpression(other.expression, expression)) === i,
  );
}

function nameOf(expression: Expression): string {
  return expression.type === 'aggregate' ? expression.name : 'value';
}

/** A rank by a measure that the request does not ask to see (`with the most orders`) shows the things alone. */
function isShown(measure: Measure, { targets, rank, orders, groups }: Parts): boolean {
  if (targets.some((target) => target.type === 'measure')) {
    if (targets.some((target) => target.type === 'measure' && isSame(target.measure, measure)))
      return true;
  }
  if (rank?.key !== undefined && isSame(rank.key, measure)) return rank.shown === true;
  // What is only sorted by is not asked for, unless there is nothing else to see of the groups.
  const sorted = orders.map(({ key }) => measureOf(key));
  if (sorted.some((key) => key !== undefined && isSame(key, measure))) return targets.length === 0;
  return groups.length > 0;
}

function grouped(
  context: Context,
  { key, field }: Placed,
  { node, scope, factNode }: { node: Node; scope: Scope; factNode: Node },
): Grouped {
  if (key.type === 'grain') {
    const time = timeOf(context, 'time', undefined, [{ scope, node: factNode }]);
    const of = column(time.node, time.field);
    if (time.field.role === 'year') {
      if (key.grain !== 'year')
        throw new Misfit(`${time.field.column.name} holds years only`, { weight: 4 });
      return { by: [of], outputs: [{ expression: of, name: time.field.column.name }], key };
    }
    const bucket: Expression = { type: 'bucket', grain: key.grain, of, field: time.field };
    return { by: [bucket], outputs: [{ expression: bucket, name: key.grain }], key };
  }
  if (key.type === 'field') {
    const of = column(node, field!);
    return { by: [of], outputs: [{ expression: of, name: field!.column.name }], key };
  }
  const own = key.table.key.map((one) => column(node, one));
  if (key.hidden === true) return { by: own, outputs: [], key };
  const fields = key.everything === true ? key.table.fields : groupFields(key.table);
  const shown = fields.map((one) => column(node, one));
  return {
    by: [...own, ...shown],
    outputs: shown.map((expression) => ({
      expression,
      name: expression.type === 'column' ? expression.field.column.name : '',
    })),
    key,
  };
}

function unique(expressions: readonly Expression[]): Expression[] {
  return expressions.filter(
    (one, i) => expressions.findIndex((other) => sameExpression(one, other)) === i,
  );
}

/** What is said of the things that a rank or an order counts is said of the rows that are aggregated. */
function saidOfMeasures(
  context: Context,
  measures: readonly Measure[],
  { subject, targets }: Parts,
  place: Place,
): void {
  for (const measure of measures) {
    const base = baseOf(measure);
    const noun = base.type === 'dimension' || base.type === 'aggregate' ? undefined : base.noun;
    if (noun === undefined || noun === subject || noun.mods.length === 0) continue;
    const own = targets.some((target) => target.type === 'measure' && target.measure === measure);
    if (own && measures.length > 1)
      throw new Misfit('measures with different conditions are not supported', { weight: 2 });
    for (const mod of noun.mods) say(context, mod, [place]);
  }
}

function sameTable(context: Context, measure: Measure, fact: Fact): Fact {
  const options = factsOf(context, measure)
    .flatMap((one) => [one, ...raised(one, fact.table)])
    .filter(({ table }) => table === fact.table);
  return context.chooser.pick(
    measure,
    options,
    () => new Misfit('these measures belong to different tables', { weight: 3 }),
  );
}
