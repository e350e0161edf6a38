/** Whether a condition says anything about the rows of the table that is changed: what names none of its columns does not. */
import { isAlwaysTrue, isNeverTrue } from './always-true.js';
import type { Tree } from './parse.js';
import { namesOf, nodesOf } from './walk.js';

/**
 * By the text alone a column without a table's name may be anybody's.
 *
 * @param range the table that is changed, as a RangeVar
 * @param columns its columns, where they are known
 */
export function restricts(
  condition: unknown,
  range: unknown,
  columns?: ReadonlySet<string>,
): boolean {
  // No row at all is few enough.
  if (isNeverTrue(condition)) return true;
  if (condition === undefined || isAlwaysTrue(condition)) return false;
  const { boolop, args } = ((condition as Tree)['BoolExpr'] ?? {}) as {
    boolop?: string;
    args?: unknown[];
  };
  const each = (arg: unknown) => restricts(arg, range, columns);
  if (boolop === 'AND_EXPR') return args!.some(each);
  if (boolop === 'OR_EXPR') return args!.every(each);
  return nodesOf({ tag: '', fields: { condition } }).some(
    ({ tag, fields }) =>
      tag === 'CurrentOfExpr' || (tag === 'ColumnRef' && names(fields, range, columns)),
  );
}

/** Every table has them (manual, 5.6). */
const SYSTEM_COLUMNS = ['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax'];

function names(reference: Tree, range: unknown, columns?: ReadonlySet<string>): boolean {
  const { alias, relname } = (range ?? {}) as { alias?: { aliasname?: string }; relname?: string };
  const called = alias?.aliasname ?? relname;
  const parts = namesOf(reference['fields']);
  const [last] = parts.slice(-1);
  if (parts.length > 1) return parts.includes(called!);
  if (columns === undefined || last === called) return true;
  return columns.has(last!) || SYSTEM_COLUMNS.includes(last!);
}
