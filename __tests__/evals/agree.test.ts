import { describe, expect, test } from '@jest/globals';
import { agrees, type Expected } from '../../lib/evals/agree.js';
import { comparableCell, type Rows } from '../../lib/evals/rows.js';

function expected(rows: Rows, more: Partial<Expected> = {}): Expected {
  const columns = rows[0]?.length ?? 0;
  const own = { columns, required: rows, optional: [], size: rows.length, ordered: false };
  return { ...own, ...more };
}
const found = (rows: Rows, columns = rows[0]?.length ?? 0) => ({ rows, columns });

describe('two results agree', () => {
  test.each<[string, Rows, Rows, boolean]>([
    ['whatever the order of the rows', [['1'], ['2']], [['2'], ['1']], true],
    ['not with another count of a row', [['1'], ['1'], ['2']], [['1'], ['2'], ['2']], false],
    ['not with a row less', [['1'], ['2']], [['1']], false],
    ['whatever the order of the columns', [['a', '1']], [['1', 'a']], true],
    ['not with a column more', [['a']], [['a', '1']], false],
    ['with NULL like NULL', [[null, '1']], [['1', null]], true],
    ['not with NULL like nothing', [[null]], [['']], false],
    [
      'only under one permutation for all rows',
      [
        ['1', '2'],
        ['3', '4'],
      ],
      [
        ['1', '2'],
        ['4', '3'],
      ],
      false,
    ],
    [
      'where columns hold the same values in other rows',
      [
        ['1', '2', 'a'],
        ['2', '1', 'b'],
        ['1', '1', 'c'],
      ],
      [
        ['2', 'b', '1'],
        ['1', 'a', '2'],
        ['1', 'c', '1'],
      ],
      true,
    ],
  ])('%s', (_, theirs, mine, agreed) => {
    expect(agrees(found(mine), expected(theirs))).toBe(agreed);
  });

  test('in order, where the order counts', () => {
    const rows = [['b'], ['a']];
    const inOrder = expected(rows, { ordered: true });
    expect(agrees(found(rows), inOrder)).toBe(true);
    expect(agrees(found([['a'], ['b']]), inOrder)).toBe(false);
  });

  test('when both are empty, with as many columns', () => {
    const nothing = expected([], { columns: 2 });
    expect(agrees(found([], 2), nothing)).toBe(true);
    expect(agrees(found([], 1), nothing)).toBe(false);
  });

  test('when there are many columns, without trying every permutation', () => {
    const width = 40;
    const rows = Array.from({ length: 200 }, (_, row) =>
      Array.from({ length: width }, (_, column) => String((row * (column + 3)) % 7)),
    );
    const turned = rows.map((row) => [...row].reverse());
    const wrong = turned.map((row, i) => (i === 5 ? [...row.slice(1), row[0]!] : row));
    const started = performance.now();
    expect(agrees(found(turned), expected(rows))).toBe(true);
    expect(agrees(found(wrong), expected(rows))).toBe(false);
    expect(agrees(found([Array(width).fill('0')]), expected([Array(width).fill('0')]))).toBe(true);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('where a LIMIT cuts through ties', () => {
  // Three rows of which the first is above the cut, and three are tied for the other two places.
  const cut = expected([['a', '9']], {
    optional: ['b', 'c', 'd'].map((name) => [name, '5']),
    size: 3,
    columns: 2,
  });
  const rows = (...names: string[]) => names.map((name) => ['5', name]);
  const first = ['9', 'a'];

  test.each<[string, Rows, boolean]>([
    ['any of the tied rows are right', [first, ...rows('d', 'b')], true],
    ['all of them are', [first, ...rows('b', 'c', 'd')], true],
    ['the row above the cut is required', rows('b', 'c', 'd'), false],
    ['none is right twice', [first, ...rows('b', 'b')], false],
    ['others are not', [first, ...rows('b', 'x')], false],
    ['fewer are not', [first, ...rows('b')], false],
  ])('%s', (_, mine, agreed) => {
    expect(agrees(found(mine), cut)).toBe(agreed);
  });

  test('what is above the cut comes first where order counts', () => {
    const ordered = { ...cut, ordered: true };
    expect(agrees(found([first, ...rows('d', 'b')]), ordered)).toBe(true);
    expect(agrees(found([...rows('d', 'b'), first]), ordered)).toBe(false);
  });
});

test.each([
  ['1.00', 'numeric', '1'],
  ['1', 'int8', '1'],
  ['0.333333333333', 'float8', '0.333333'],
  ['0.33333349', 'numeric', '0.333333'],
  ['1234567', 'int4', '1234570'],
  ['-0', 'float8', '0'],
  ['NaN', 'numeric', 'NaN'],
  ['Infinity', 'float8', 'Infinity'],
  ['007', 'text', '007'],
  ['1.00', 'text', '1.00'],
  ['a  ', 'bpchar', 'a'],
  [' a', 'text', ' a'],
  ['2024-01-31', 'date', '2024-01-31'],
  [null, 'int4', null],
])('%s of type %s is compared as %s', (cell, type, as) => {
  expect(comparableCell(cell, type)).toBe(as);
});
