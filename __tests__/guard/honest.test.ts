import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { skippedServers } from '../support/server.js';
import { difference, type Honest, honestReads } from './honest.js';
import { disagreements } from './honest-run.js';
import { places, type Shop } from './shop.js';

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

// Older servers, and all statements on the embedded database, have their turn in the long suite.
const PLACES = places().filter(({ embedded }, i) => i === 0 || embedded);

describe.each(PLACES)('the guard on $name', (place) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await place.open();
  }, 120_000);
  afterAll(() => shop.close());

  test('lets every honest read of a superuser run, and changes nothing of its result', async () => {
    const found = await disagreements(shop, place, 'postgres', place.embedded ? 5 : 1);
    expect(found.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  }, 300_000);
});

describe('the corpus of honest reads', () => {
  test('has no two statements of one name, and no statement twice', () => {
    const all = [...honestReads(15), ...honestReads(18)];
    const bySql = new Map(all.map(({ id, sql }) => [sql, id]));
    const byId = new Map(all.map(({ id, sql }) => [id, sql]));
    expect(all.filter(({ id, sql }) => bySql.get(sql) !== id || byId.get(id) !== sql)).toEqual([]);
    expect(byId.size).toBeGreaterThanOrEqual(350);
  });
});

describe('the comparison of results', () => {
  const honest: Honest = { id: 'x', sql: 'select' };
  const rows = (...values: (string | null)[][]) => ({ names: ['a'], rows: values });

  test.each([
    ['a value', rows(['1']), rows(['2'])],
    ['NULL and the empty text', rows([null]), rows([''])],
    ['a row more', rows(['1']), rows(['1'], ['1'])],
    ['a row less', rows(['1'], ['1']), rows(['1'])],
    ['a column’s name', rows(['1']), { names: ['b'], rows: [['1']] }],
    ['an error for rows', rows(['1']), { sqlstate: '42501' }],
    ['rows for an error', { sqlstate: '42501' }, rows(['1'])],
    ['another error', { sqlstate: '42501' }, { sqlstate: '42P01' }],
    ['a refusal', rows(['1']), { rule: 'reads-only', reason: 'refused' }],
    ['a refusal of what fails anyway', { sqlstate: '42501' }, { rule: 'x', reason: 'refused' }],
  ])('sees %s', (_, plain, guarded) => {
    expect(difference(honest, plain, guarded)).toEqual(expect.any(String));
  });

  test('minds the order where the statement does, and only there', () => {
    const [plain, guarded] = [rows(['1'], ['2']), rows(['2'], ['1'])];
    expect(difference(honest, plain, guarded)).toBeUndefined();
    expect(difference({ ...honest, ordered: true }, plain, guarded)).toEqual(expect.any(String));
  });

  test('of two moments minds shape, or columns alone', () => {
    const shape = { ...honest, compare: 'shape' } as const;
    expect(difference(shape, rows(['1']), rows(['2']))).toBeUndefined();
    expect(difference(shape, rows(['1']), rows())).toEqual(expect.any(String));
    const columns = { ...honest, compare: 'columns' } as const;
    expect(difference(columns, rows(['1']), rows())).toBeUndefined();
    expect(difference(columns, rows(), { names: [], rows: [] })).toEqual(expect.any(String));
  });
});
