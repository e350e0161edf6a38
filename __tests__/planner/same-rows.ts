/** Whether two results are the same: rows as a multiset, columns in any one order, numbers by value. */
import type { Row } from '../../lib/databases/database.js';

/** More columns than this are compared in their own order alone: their permutations would be too many. */
const PERMUTED = 5;

export function sameRows(mine: readonly Row[], wanted: readonly Row[]): boolean {
  const width = wanted[0]?.length ?? 0;
  if (mine.length !== wanted.length || (mine[0]?.length ?? 0) !== width) return false;
  const own = Array.from({ length: width }, (_, i) => i);
  const target = fingerprint(wanted, own);
  const orders = width > PERMUTED ? [own] : permutations(own);
  return orders.some((order) => fingerprint(mine, order) === target);
}

function fingerprint(rows: readonly Row[], order: readonly number[]): string {
  return rows
    .map((row) => JSON.stringify(order.map((i) => plain(row[i] ?? null))))
    .sort()
    .join('\n');
}

/** Six significant digits tell two numbers apart; how many zeros an average ends with does not. */
function plain(cell: string | null): string | number | null {
  if (cell === null) return null;
  return /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(Number(cell).toPrecision(6)) : cell.trimEnd();
}

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
