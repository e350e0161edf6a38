/** What a query can compute, but nobody asks for: then its words were not understood. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Field, Step } from '../schema/schema.js';
import { singular } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { sameExpression } from './outputs.js';
import type { Condition, Expression, Query, Scope } from './query.js';

/** @throws {Misfit} where the answer would be settled before a row is looked at */
export function refuseSenseless(query: Query): void {
  const { scope, outputs, groupBy, having = [], orderBy, per = [], over } = query;
  const conditions = conditionsOf(scope.where);
  const sorted = orderBy.filter(({ tie }) => !tie).map(({ expression }) => expression);
  // "starting with the most downloaded one": what is one and the same comes in no order.
  const settled = conditions.flatMap((one) => (isSettled(one) ? [one.left] : []));
  if (sorted.some((by) => isIn(settled, by)) || sorted.some((by) => isIn(per, by)))
    throw new Misfit('what is the same for all has no order', { weight: 3 });
  const extreme = conditions.flatMap((one) => (isExtreme(one) ? [one.left] : []));
  const computed = outputs.flatMap(({ expression }) =>
    expression.type === 'aggregate' && expression.of !== undefined ? [expression.of] : [],
  );
  if (computed.some((of) => isIn(extreme, of)))
    throw new Misfit('that is the same number for all of these', { weight: 3 });
  if (deniesItself(conditions))
    throw new Misfit('what there has to be is denied beside it', { weight: 3 });
  if (conditions.some(comparesReference))
    throw new Misfit('what is referred to is no number', { weight: 3 });
  if (mixesNames(outputs))
    throw new Misfit('it is not clear whose first and last names are meant', { weight: 3 });
  const held = having.flatMap((one) => (one.type === 'compare' ? [one.left] : []));
  const said = [...outputs.map(({ expression }) => expression), ...sorted];
  const alone = over === undefined && groupBy.some((by) => isByKey(scope, by));
  const called = over === undefined && having.length === 0 && isByName(scope, groupBy);
  if ((alone && [...said, ...held].some(isCount)) || (called && said.some(isCount)))
    throw new Misfit('each of these is there once', { weight: 2 });
}

/** The first name of one and the last name of another. */
function mixesNames(outputs: Query['outputs']): boolean {
  const halves = outputs.flatMap(({ expression }) =>
    expression.type === 'column' && expression.field.table.naming.length > 1 ? [expression] : [],
  );
  const names = halves.filter(({ field }) => field.table.naming.includes(field));
  const [first, second, ...more] = names;
  return (
    first !== undefined &&
    second !== undefined &&
    more.length === 0 &&
    first.node !== second.node &&
    first.field.words.join(' ') !== second.field.words.join(' ')
  );
}

function conditionsOf(where: readonly Condition[]): Condition[] {
  return where.flatMap((one) => (one.type === 'all' ? conditionsOf(one.of) : [one]));
}

function isIn(all: readonly Expression[], one: Expression): boolean {
  return all.some((other) => sameExpression(other, one));
}

/** `men without a wedding` are no bridegrooms: that there is a row at all and that there is none is not said of one thing. */
function deniesItself(conditions: readonly Condition[]): boolean {
  const rows = conditions.filter((one) => one.type === 'exists');
  const denied = rows.filter(({ not, scope }) => not && isBare(scope));
  return denied.some(({ scope: { outer } }) =>
    rows.some(({ not, scope }) => !not && outer !== undefined && isSameWay(scope.outer, outer)),
  );
}

function isBare({ nodes, where }: Scope): boolean {
  return nodes.length === 1 && where.length === 0;
}

function isSameWay(one: Scope['outer'], other: NonNullable<Scope['outer']>): boolean {
  return one?.node === other.node && one.step === other.step;
}

type Compared = Extract<Condition, { type: 'compare' }>;

function isSettled(condition: Condition): condition is Compared {
  return condition.type === 'compare' && condition.operator === '=' && 'digits' in condition.right;
}

/** `… is the highest there is` */
function isExtreme(condition: Condition): condition is Compared {
  if (condition.type !== 'compare' || condition.operator !== '=') return false;
  const { left, right } = condition;
  if (left.type !== 'column' || !('type' in right) || right.type !== 'subquery') return false;
  const { value } = right;
  return (
    value.type === 'aggregate' &&
    (value.fn === 'min' || value.fn === 'max') &&
    value.of?.type === 'column' &&
    value.of.field === left.field
  );
}

/** `advisors with more than 2 students` has no advisor that is more than 2; ids and numbers are compared as such. */
function comparesReference(condition: Condition): boolean {
  if (condition.type !== 'compare' || !['<', '<=', '>', '>='].includes(condition.operator))
    return false;
  const { left, right } = condition;
  return left.type === 'column' && 'digits' in right && isReference(left.field);
}

function isReference({ role, words, table, family, column }: Field): boolean {
  const last = words.at(-1) ?? '';
  if (NUMBERED.has(last)) return false;
  const refers = ({ forward, on }: Step) =>
    forward && on.some(([{ column: one }]) => one === column);
  if (role === 'key' && table.steps.some(refers)) return true;
  // "players" may be how many they are, "player" is one of them.
  const person = words.length === 1 && family === 'integer' && isKindOf(last, 'person');
  return person && singular(column.name) === column.name;
}

const NUMBERED = new Set('id ids number no num nr code key year level'.split(' '));

function isCount(expression: Expression): boolean {
  return (
    expression.type === 'aggregate' && expression.fn === 'count' && expression.of === undefined
  );
}

/** Every group is one row: what the rows are joined to is one for each of them. */
function isByKey({ root, outer }: Scope, by: Expression): boolean {
  if (outer !== undefined || by.type !== 'column' || by.node !== root) return false;
  const { key, relation } = root.table;
  return (
    (key.length === 1 && key[0] === by.field) ||
    relation.uniques.some((names) => names.length === 1 && names[0] === by.field.column.name)
  );
}

/** A table's own rows, grouped by what each of them alone is called. */
function isByName({ root, nodes, outer }: Scope, groupBy: readonly Expression[]): boolean {
  const [naming, ...more] = root.table.naming;
  if (outer !== undefined || nodes.length > 1 || naming === undefined || more.length > 0)
    return false;
  return isOwnName(naming) && groupBy.some((by) => by.type === 'column' && by.field === naming);
}

/** What the rows are called themselves, and not what stands beside them: `title`, `paper_name`. */
function isOwnName({ words, table }: Field): boolean {
  return words.length === 1 || words.some((word) => table.words.includes(word));
}
