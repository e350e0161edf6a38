/** What rows are grouped by, each with the way to it from the rows that are counted or added up. */
import { isApart } from '../schema/pairs.js';
import { reverse, waysBetween } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { Key } from './keys.js';
import type { Fact, Repeats } from './measures.js';
import type { Context } from './place.js';
import type { Node, Scope } from './query.js';
import { follow, newScope } from './scope.js';

/** A key with the way to it from the rows that are aggregated. */
export interface Placed {
  readonly key: Key;
  readonly steps: readonly Step[];
  readonly field?: Field | undefined;
}

export function placeKey({ chooser }: Context, key: Key, fact: Fact): Placed {
  if (key.type === 'grain') return { key, steps: [] };
  const options =
    key.type === 'table'
      ? [{ table: key.table, cost: 0, field: undefined }]
      : key.options.map(({ field, cost }) => ({ table: field.table, cost, field }));
  const ways = options.flatMap(({ table, cost, field }) =>
    waysBetween(fact.table, table)
      .filter(({ toOne, steps }) => toOne || fact.countable || isApart(steps, field))
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

export interface Spread {
  readonly scope: Scope;
  readonly factNode: Node;
  readonly at: (placed: Placed) => Node;
  /** True where a fact may stand in several rows of the scope. */
  readonly repeats: Repeats;
}

/** The scan's root is the fact's own table, or the table between the fact and a key that many facts share. */
export function spreadOut(fact: Fact, placed: readonly Placed[]): Spread {
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
    repeats: placed.some(({ steps, field }) => isApart(steps, field))
      ? 'apart'
      : deepest.length === 1
        ? 'linked'
        : deepest.length > 0,
    at: ({ steps }) => {
      const down = steps.findLastIndex(({ toOne }) => !toOne) + 1;
      return follow(scope, nodes[down]!, steps.slice(down));
    },
  };
}

export function subjectAt(
  subject: Table,
  {
    scope,
    factNode,
    placed,
    at,
  }: Pick<Spread, 'scope' | 'factNode' | 'at'> & { placed: readonly Placed[] },
): Node {
  if (subject === factNode.table) return factNode;
  const key =
    placed.find((one) => one.key.type === 'table' && one.key.table === subject) ??
    placed.find(({ field }) => field?.table === subject);
  if (key !== undefined) return at(key);
  const [way] = waysBetween(factNode.table, subject).filter(({ toOne }) => toOne);
  if (way === undefined)
    throw new Misfit(`${subject.relation.name} can't be told of ${factNode.table.relation.name}`, {
      weight: 3,
    });
  return follow(scope, factNode, way.steps);
}

/** Two things asked for that come out as one column: one of them was not understood. */
export function refuseRepeats(placed: readonly Placed[]): void {
  placed.forEach(({ field }, i) => {
    if (field !== undefined && placed.slice(i + 1).some((other) => other.field === field))
      throw new Misfit(`${field.column.name} would be shown twice`, { weight: 2 });
  });
}

/** Whether each of the things that are ranked has one row of what is counted: there is no most of these. */
export function isOneFor({ key, steps }: Placed): boolean {
  if (key.type !== 'table' || key.hidden !== true) return false;
  return steps.length > 0 && steps.every((step) => reverse(step).toOne);
}

/** Whether the groups are what the things are called by. */
export function isCalled({ field }: Placed): boolean {
  return field?.table.naming.includes(field) === true;
}

/** Whether each group would be one row of what is counted. */
export function isOneEach({ key, field }: Placed, { table }: Fact): boolean {
  if (key.type === 'table') return true;
  return table.key.length === 1 && table.key[0] === field;
}

/** `for each author, the last name and …`: an author is shown by what is asked for, and by nothing else. */
export function isToldOtherwise(placed: readonly Placed[], index: number, groups: number): boolean {
  const one = placed[index]!;
  if (index >= groups || one.key.type === 'grain') return false;
  if (one.key.type === 'field' && one.field?.role !== 'key')
    return placed.slice(groups).some(({ field }) => field !== undefined && tells(field, one.field));
  const table = one.key.type === 'table' ? one.key.table : one.field?.table;
  return placed
    .slice(groups)
    .some(({ key, field }) => key.type === 'field' && field?.table === table);
}

/** Whether a column is the key of the table that another one is of, there or where it is referred to. */
function tells(key: Field, of: Field | undefined): boolean {
  if (of === undefined) return false;
  const [own, ...more] = of.table.key;
  if (more.length > 0 || own === undefined) return false;
  return (
    own === key ||
    key.table.steps.some(
      ({ forward, to, on }) =>
        forward && to === of.table && on.length === 1 && on[0]![0] === key && on[0]![1] === own,
    )
  );
}
