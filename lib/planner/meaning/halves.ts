/** `the average age of male and female members`: what is true of all of them restricts none, and asks for each half. */
import { named } from './outputs.js';
import { root } from '../text/inflection.js';
import type { Condition, Query } from './query.js';

const MALE = new Set(['m', 'male', 'man', 'men', 'boy', 'boys']);
const FEMALE = new Set(['f', 'female', 'w', 'woman', 'women', 'girl', 'girls']);
/** By these one number is asked for both. */
const TOGETHER = ['together', 'altogether', 'combined', 'total', 'both', 'overall'].map(root);

/** The numbers of both halves, one row each, where one for all would not have needed their names. */
export function inHalves(query: Query, roots: ReadonlySet<string>): Query {
  const { scope, outputs, groupBy, over } = query;
  const plain = groupBy.length === 0 && over === undefined;
  if (!plain || outputs.some(({ expression }) => expression.type !== 'aggregate')) return query;
  if (TOGETHER.some((word) => roots.has(word))) return query;
  const halves = scope.where.find(areHalves);
  if (halves === undefined) return query;
  const { left: by } = halves;
  return {
    ...query,
    outputs: named([{ expression: by, name: by.field.column.name }, ...outputs]),
    groupBy: [by],
    orderBy: [{ expression: by, descending: false, tie: true }],
  };
}

type Listed = Extract<Condition, { type: 'in' }>;
type Column = Extract<Listed['left'], { type: 'column' }>;

function areHalves(condition: Condition): condition is Listed & { readonly left: Column } {
  if (condition.type !== 'in' || condition.not || condition.left.type !== 'column') return false;
  const { each = [] } = condition;
  const [one = [], other = [], ...more] = each.map((values) =>
    values.map((value) => value.toLowerCase()),
  );
  const isAll = (values: readonly string[], of: ReadonlySet<string>) =>
    values.length > 0 && values.every((value) => of.has(value));
  return (
    more.length === 0 &&
    ((isAll(one, MALE) && isAll(other, FEMALE)) || (isAll(one, FEMALE) && isAll(other, MALE)))
  );
}
