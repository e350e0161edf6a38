/** Requests for counts, sums, averages and extremes, in groups or over everything. */
import type { GroupKey, Measure, Noun, SortKey, Target } from '../phrase.js';
import { reverse, waysBetween, type Way } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Grain } from '../text/calendar.js';
import { Misfit } from './choices.js';
import { say, timeOf } from './conditions.js';
import { cutOff, tableOf } from './listed.js';
import { aggregateOf, baseOf, factsOf, type Fact } from './measures.js';
import { groupFields, named, sameExpression } from './outputs.js';
import { isAggregate, measureOf, type Parts } from './parts.js';
import { type Context, type Place } from './place.js';
import type { Expression, Node, Order, Query, Scope } from './query.js';
import { column, follow, newScope } from './scope.js';
import { separate } from './separate.js';

/** What the rows of the result stand for. */
export type Key =
  | { readonly type: 'table'; readonly table: Table; readonly source: object }
  | {
      readonly type: 'field';
      readonly options: readonly { field: Field; cost: number }[];
      readonly name: string;
      readonly source: object;
    }
  | { readonly type: 'grain'; readonly grain: Grain };

export function aggregated(context: Context, parts: Parts): Query {
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
  const facts = new Set(measures.map((measure) => factKey(context, measure)));
  return facts.size > 1
    ? separate(context, parts, measures, keysOf(context, parts))
    : flat(context, parts, measures);
}

/** `average number of orders per customer`: an average over the groups' counts. */
function nestedFunction(measures: readonly Measure[], { groups, targets }: Parts) {
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

function measuresOf({ targets, groups, rank, order }: Parts): Measure[] {
  const asked = targets.flatMap((target): Measure[] => {
    if (target.type === 'measure') return [target.measure];
    return [];
  });
  const keys = [rank?.key, measureOf(order?.key)].flatMap((key): Measure[] =>
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

function isSame(a: Measure, b: Measure): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'revenue' || a.type === 'units') return true;
  if (a.type === 'aggregate' && b.type === 'aggregate') return a.fn === b.fn && isSame(a.of, b.of);
  if (a.type === 'things' && b.type === 'things')
    return a.noun.table?.options[0]?.table === b.noun.table?.options[0]?.table;
  return (
    a.type === 'field' &&
    b.type === 'field' &&
    a.field.options[0]?.field === b.field.options[0]?.field
  );
}

/** Measures over one table can share a scan; what tells them apart is their table and what is said of it. */
function factKey(context: Context, measure: Measure): string {
  const base = baseOf(measure);
  const tables = factsOf(context, measure).map(({ table }) => table.index);
  const said = base.type === 'things' ? base.noun.mods.length : 0;
  return `${base.type === 'things' ? Math.min(...tables.slice(0, 1)) : [...new Set(tables)].slice(0, 1).join()} ${said}`;
}

/** Explicit groups first, then what is asked for beside the measures. */
export function keysOf(context: Context, { targets, groups, subject }: Parts): Key[] {
  const explicit = groups.map((key) => keyOf(context, key));
  const tables = explicit.flatMap((key) => (key.type === 'table' ? [key.table] : []));
  const counted = groups.length > 0 && targets.length === 1 && targets[0]!.type === 'things';
  const implied = counted
    ? []
    : targets.flatMap((target) => keyOfTarget(context, target, subject, tables));
  return [...explicit, ...implied];
}

function keyOf(context: Context, key: GroupKey): Key {
  switch (key.type) {
    case 'grain':
      return { type: 'grain', grain: key.grain };
    case 'table':
      return { type: 'table', table: tableOf(context.chooser, key.noun.table!), source: key };
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

function keyOfTarget(
  context: Context,
  target: Target,
  subject: Noun | undefined,
  keyTables: readonly Table[],
): Key[] {
  if (target.type === 'things') {
    const mention = target.noun.table;
    if (mention === undefined) throw new Misfit('it is not clear who is meant');
    return [{ type: 'table', table: tableOf(context.chooser, mention), source: target }];
  }
  if (target.type === 'field') {
    const mention = (target.noun ?? subject)?.table;
    const table = mention === undefined ? undefined : tableOf(context.chooser, mention);
    if (target.field.options[0]?.field.role === 'measure') {
      throw new Misfit(`it is not clear what to compute of ${target.field.text}`, { weight: 4 });
    }
    // Beside an explicit group, what is shown is the group's own.
    const own = target.field.options.filter(({ field }) => keyTables.includes(field.table));
    if (target.noun === undefined && own.length > 0) {
      return [{ type: 'field', options: own, name: target.field.text, source: target }];
    }
    const near = target.field.options.filter(
      ({ field }) => table === undefined || field.table === table,
    );
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

/** A key with the way to it from the rows that are aggregated. */
interface Placed {
  readonly key: Key;
  readonly steps: readonly Step[];
  readonly field?: Field | undefined;
}

/** One scan: the rows of the measures' table, joined to what they are grouped by. */
function flat(context: Context, parts: Parts, measures: readonly Measure[]): Query {
  const { chooser } = context;
  const keys = keysOf(context, parts);
  const [first, ...more] = measures;
  const subjectMention = parts.subject?.table;
  const subject = subjectMention === undefined ? undefined : tableOf(chooser, subjectMention);
  const fact = pickFact(context, first!, keys, subject, parts);
  const placed = keys.map((key) => placeKey(context, key, fact));
  if (
    fact.factors.length === 0 &&
    placed.some((one) => one.key.type === 'table' && one.steps.length === 0)
  ) {
    throw new Misfit('each of these is one', { weight: 2 });
  }
  const counts = measures.some(
    (measure) => measure.type === 'things' && measure.noun !== parts.subject,
  );
  const ofColumns = parts.targets.some(({ type }) => type === 'field');
  if (
    fact.factors.length === 0 &&
    counts &&
    ofColumns &&
    parts.groups.length === 0 &&
    subject === fact.table &&
    subjectMention !== undefined
  ) {
    throw new Misfit('things are not counted by themselves', { weight: 2 });
  }
  const { scope, factNode, at, repeats } = spreadOut(fact, placed);
  const subjectNode =
    subject === undefined ? factNode : subjectAt(subject, { scope, factNode, placed, at });
  const places: Place[] =
    subjectNode === factNode
      ? [{ scope, node: factNode }]
      : [
          { scope, node: factNode },
          { scope, node: subjectNode },
        ];
  const groups = placed.map((one) => grouped(context, one, { node: at(one), scope, factNode }));
  const inner: Context = { ...context, sums: !fact.countable };
  for (const mod of parts.filters) say(inner, mod, places);
  for (const key of parts.groups) {
    if (key.type === 'table') {
      const node = at(placed[parts.groups.indexOf(key)]!);
      for (const mod of key.noun.mods) say(context, mod, [{ scope, node }]);
    }
  }
  saidOfMeasures(context, measures, parts, { scope, node: factNode });
  const values = [first!, ...more].map((measure, i) =>
    aggregateOf(measure, i === 0 ? fact : sameTable(context, measure, fact), factNode, repeats),
  );
  const shown = measures.flatMap((measure, i) => (isShown(measure, parts) ? [i] : []));
  const outputs = named([
    ...distinctOutputs(groups.flatMap(({ outputs: list }) => list)),
    ...shown.map((i) => ({ expression: values[i]!, name: nameOf(values[i]!) })),
  ]);
  return {
    scope,
    outputs,
    distinct: false,
    groupBy: unique(groups.flatMap(({ by }) => by)),
    orderBy: orderOf({ parts, measures, values, groups }),
    ...cutOff(parts),
    rows: subject ?? fact.table,
  };
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
function isShown(measure: Measure, { targets, rank, order, groups }: Parts): boolean {
  if (targets.some((target) => target.type === 'measure')) {
    if (targets.some((target) => target.type === 'measure' && isSame(target.measure, measure)))
      return true;
  }
  if (rank?.key !== undefined && isSame(rank.key, measure)) return rank.shown === true;
  const sorted = measureOf(order?.key);
  if (sorted !== undefined && isSame(sorted, measure)) return true;
  return groups.length > 0;
}

/** The table that a measure is taken over: one whose rows belong to every group and to the subject. */
function pickFact(
  context: Context,
  measure: Measure,
  keys: readonly Key[],
  subject: Table | undefined,
  parts: Parts,
): Fact {
  const facts = factsOf(context, measure);
  const name = measureText(measure);
  const options = facts.flatMap((fact) => {
    const near = [
      ...keys.flatMap((key) => distances(fact, key)),
      ...(subject === undefined ? [] : [distance(fact, subject)]),
    ];
    if (near.some((far) => far === undefined)) return [];
    const far = near.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    return [{ ...fact, cost: fact.cost + 0.5 * far + valueDistance(fact, parts) }];
  });
  return context.chooser.pick(measure, options, () =>
    facts.length === 0
      ? new Misfit(`${name} is not something that can be computed here`, { weight: 4 })
      : new Misfit(`${name} can't be told for each of these without counting rows several times`, {
          weight: 4,
        }),
  );
}

/** Filters count as well: a measure whose rows belong to the value's row is nearer than one that is not. */
function valueDistance({ table, countable }: Fact, { filters }: Parts): number {
  if (countable) return 0;
  let far = 0;
  for (const mod of filters) {
    if (mod.type === 'value') {
      const ways = mod.values[0]!.options.flatMap(({ field }) => waysBetween(table, field.table));
      far += ways.some(({ toOne }) => toOne) ? 0 : 0.8;
    } else if (mod.type === 'related' && mod.noun.table !== undefined) {
      const ways = mod.noun.table.options.flatMap(({ table: to }) => waysBetween(table, to));
      far += ways.some(({ toOne }) => toOne) ? 0 : 0.8;
    }
  }
  return far;
}

function measureText(measure: Measure): string {
  const base = baseOf(measure);
  switch (base.type) {
    case 'field':
      return base.field.text;
    case 'things':
      return base.noun.table?.text ?? 'that';
    case 'revenue':
      return base.word;
    case 'units':
      return 'quantity';
    case 'dimension':
      return base.dimension.name;
    case 'aggregate':
      return 'that';
  }
}

function distances(fact: Fact, key: Key): (number | undefined)[] {
  if (key.type === 'grain') return [0];
  if (key.type === 'table') return [distance(fact, key.table)];
  const all = key.options.flatMap(({ field, cost }) => {
    const far = distance(fact, field.table);
    return far === undefined ? [] : [far + cost];
  });
  return [all.length === 0 ? undefined : Math.min(...all)];
}

function distance(fact: Fact, to: Table): number | undefined {
  const ways = waysBetween(fact.table, to).filter(({ toOne }) => toOne || fact.countable);
  return ways.length === 0 ? undefined : Math.min(...ways.map(lengthOf));
}

/** A row that has to refer to another says more of it than one that may. */
function lengthOf({ cost, steps }: Way): number {
  return cost + 0.35 * steps.filter(({ forward, optional }) => forward && optional).length;
}

function placeKey({ chooser }: Context, key: Key, fact: Fact): Placed {
  if (key.type === 'grain') return { key, steps: [] };
  const options =
    key.type === 'table'
      ? [{ table: key.table, cost: 0, field: undefined }]
      : key.options.map(({ field, cost }) => ({ table: field.table, cost, field }));
  const ways = options.flatMap(({ table, cost, field }) =>
    waysBetween(fact.table, table)
      .filter(({ toOne }) => toOne || fact.countable)
      .map((way) => ({ way, field, cost: cost + way.cost })),
  );
  const name = key.type === 'table' ? key.table.relation.name : key.name;
  const { way, field } = chooser.pick(
    key.source,
    ways,
    () => new Misfit(`${name} can't be told of ${fact.table.relation.name}`, { weight: 3 }),
  );
  return { key, steps: way.steps, field };
}

interface Spread {
  readonly scope: Scope;
  readonly factNode: Node;
  readonly at: (placed: Placed) => Node;
  /** True where a fact may stand in several rows of the scope. */
  readonly repeats: boolean;
}

/** The scan's root is the fact's own table, or the table between the fact and a key that many facts share. */
function spreadOut(fact: Fact, placed: readonly Placed[]): Spread {
  const downs = placed.map(({ steps }) =>
    steps.slice(0, steps.findLastIndex(({ toOne }) => !toOne) + 1),
  );
  const deepest = downs.reduce<readonly Step[]>((a, b) => (b.length > a.length ? b : a), []);
  if (!downs.every((down) => down.every((step, i) => step === deepest[i]))) {
    throw new Misfit('these groups do not belong together', { weight: 3 });
  }
  const scope = newScope(deepest.at(-1)?.to ?? fact.table);
  const nodes: Node[] = [scope.root];
  for (const step of [...deepest].reverse())
    nodes.unshift(follow(scope, nodes[0]!, [reverse(step)]));
  return {
    scope,
    factNode: nodes[0]!,
    repeats: deepest.length > 0,
    at: ({ steps }) => {
      const down = steps.findLastIndex(({ toOne }) => !toOne) + 1;
      return follow(scope, nodes[down]!, steps.slice(down));
    },
  };
}

function subjectAt(
  subject: Table,
  {
    scope,
    factNode,
    placed,
    at,
  }: Pick<Spread, 'scope' | 'factNode' | 'at'> & { placed: readonly Placed[] },
): Node {
  if (subject === factNode.table) return factNode;
  const key = placed.find((one) => one.key.type === 'table' && one.key.table === subject);
  if (key !== undefined) return at(key);
  const [way] = waysBetween(factNode.table, subject).filter(({ toOne }) => toOne);
  if (way === undefined)
    throw new Misfit(`${subject.relation.name} can't be told of ${factNode.table.relation.name}`, {
      weight: 3,
    });
  return follow(scope, factNode, way.steps);
}

interface Grouped {
  readonly by: readonly Expression[];
  readonly outputs: readonly { expression: Expression; name: string }[];
  /** A stretch of time: its groups come in the calendar's order. */
  readonly key: Key;
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
  const shown = groupFields(key.table).map((one) => column(node, one));
  const own = key.table.key.map((one) => column(node, one));
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
  const options = factsOf(context, measure).filter(({ table }) => table === fact.table);
  return context.chooser.pick(
    measure,
    options,
    () => new Misfit('these measures belong to different tables', { weight: 3 }),
  );
}

interface Ordered {
  readonly parts: Parts;
  readonly measures: readonly Measure[];
  readonly values: readonly Expression[];
  readonly groups: readonly Grouped[];
}

function orderOf(ordered: Ordered): Order[] {
  const { parts, measures, values, groups } = ordered;
  const { rank, order } = parts;
  const last = groups
    .flatMap(({ by }) => by)
    .map((expression): Order => ({ expression, descending: false, tie: true }));
  const valueOf = (key: Measure): Expression | undefined =>
    values[measures.findIndex((measure) => isSame(measure, key))];
  if (rank !== undefined) {
    if (groups.length === 0) throw new Misfit('there is nothing to rank', { weight: 2 });
    const expression = rank.key === undefined ? values[0]! : valueOf(rank.key);
    if (expression === undefined)
      throw new Misfit('these groups have no such column to be ranked by', { weight: 2 });
    return [{ expression, descending: rank.descending, tie: false }, ...last];
  }
  if (order !== undefined) {
    const expression = sortedBy(order.key, ordered, valueOf);
    if (expression === undefined)
      throw new Misfit('these groups have no such column to be ordered by', { weight: 2 });
    return [{ expression, descending: order.descending, tie: false }, ...last];
  }
  const shown = groups
    .flatMap(({ outputs }) => outputs)
    .map(({ expression }): Order => ({ expression, descending: false, tie: true }));
  return [
    ...shown,
    ...last.filter(
      ({ expression }) => !shown.some((one) => sameExpression(one.expression, expression)),
    ),
  ];
}

function sortedBy(
  key: SortKey,
  { values, groups }: Ordered,
  valueOf: (key: Measure) => Expression | undefined,
): Expression | undefined {
  if (key.type === 'name') return groups[0]?.outputs.at(-1)?.expression;
  if (key.type === 'result') return values[0];
  return valueOf(key) ?? keyExpression(key, groups);
}

function keyExpression(key: Measure, groups: readonly Grouped[]): Expression | undefined {
  if (key.type !== 'field') return undefined;
  return groups
    .flatMap(({ by }) => by)
    .find(
      (one) => one.type === 'column' && key.field.options.some(({ field }) => field === one.field),
    );
}
