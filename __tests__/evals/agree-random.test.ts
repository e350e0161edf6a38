/** The search for a permutation finds what trying all of them finds. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agrees, type Expected } from '../../lib/evals/agree.js';
import type { Rows } from '../../lib/evals/rows.js';

function permutations(width: number): number[][] {
  if (width === 0) return [[]];
  return permutations(width - 1).flatMap((others) =>
    Array.from({ length: width }, (_, at) => others.toSpliced(at, 0, width - 1)),
  );
}

const texts = (rows: Rows) => rows.map((row) => JSON.stringify(row));

/** `part` as a multiset within `whole`, and what is left of that. */
function leftOf(whole: readonly string[], part: readonly string[]): string[] | undefined {
  const left = [...whole];
  for (const item of part) {
    const at = left.indexOf(item);
    if (at === -1) return undefined;
    left.splice(at, 1);
  }
  return left;
}

function agreesByTrying(rows: Rows, { columns, required, optional, size, ordered }: Expected) {
  if ((rows[0]?.length ?? columns) !== columns) return false;
  if (rows.length !== size && rows.length !== required.length + optional.length) return false;
  return permutations(columns).some((order) => {
    const mine = texts(rows.map((row) => order.map((at) => row[at]!)));
    const wanted = texts(required);
    if (ordered && wanted.some((row, i) => mine[i] !== row)) return false;
    const rest = leftOf(mine, wanted);
    return rest !== undefined && leftOf(texts(optional), rest) !== undefined;
  });
}

const cell = fc.constantFrom('1', '2', null);
const tables = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.tuple(
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(...permutations(width)),
      fc.array(fc.nat(4), { maxLength: 2 }),
      fc.boolean(),
    ),
  );

test('the same answer as by trying all permutations', () => {
  let right = 0;
  fc.assert(
    fc.property(tables, ([rows, cut, size, order, changed, ordered]) => {
      const required = rows.slice(0, cut);
      const optional = rows.slice(cut);
      const columns = order.length;
      const expected = {
        ...{ columns, required, optional, ordered },
        size: Math.min(rows.length, Math.max(required.length, size)),
      };
      // Some of the rows in another order of columns, and now and then another value.
      const found = [
        ...required,
        ...optional.toReversed().slice(0, expected.size - required.length),
      ]
        .map((row) => order.map((at) => row[at]!))
        .map((row, i) => (changed.includes(i) ? row.toReversed() : row));
      const agreed = agrees({ columns, rows: found }, expected);
      if (agreed) right += 1;
      expect(agreed).toBe(agreesByTrying(found, expected));
    }),
    { numRuns: 3000 },
  );
  expect(right).toBeGreaterThan(500);
});
