import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCase } from '../../lib/evals/case.js';
import type { Expected } from '../../lib/evals/agree.js';
import { openReferences, type Reference } from '../../lib/evals/reference.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import type { Database, Statement } from '../../lib/databases/database.js';
import { serverDriver } from '../../lib/databases/server.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

const SQL = `
  create table runner (id int primary key, name text, club text, seconds int, bib bigint);
  insert into runner values (1, 'Ann', 'North', 50, 1000000001), (2, 'Bo', 'North', 50, 1000000002),
    (3, 'Cy', 'South', 40, 1000000003), (4, 'Di', 'South', 60, 1000000004), (5, 'Ed', null, null, 1000000005);
`;
const { signal } = new AbortController();
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase({ sql: [SQL] });
  const target = resolveConnection(parseConnectionString(own.url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 2, warn: () => undefined });
  database = guardDatabase(driver, { name: 'runs', lockTimeoutMs: 1000 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const gold = (about: object) =>
  readCase(JSON.stringify({ id: 1, question: 'q', ...about }), '').questions[0].gold!;
const referenceOf = (about: object): Promise<Reference> =>
  openReferences(database, signal)(gold(about));
async function expectedOf(about: object): Promise<Expected> {
  const reference = await referenceOf(about);
  if (reference.type === 'broken') throw new Error(reference.why);
  return reference.expected;
}

describe('the order of rows', () => {
  test.each<[string, string, boolean]>([
    ['counts by a key without ties', 'select name from runner order by id', true],
    [
      'counts where only the digits of a large number differ',
      'select name from runner order by bib',
      true,
    ],
    ['does not count where nothing is ordered', 'select name from runner', false],
    [
      'does not count inside',
      'select name from (select * from runner order by id limit 3) r',
      false,
    ],
    ['does not count where keys are tied', 'select name from runner order by seconds', false],
    [
      'counts where the tie is before the cut',
      'select name from runner order by seconds limit 1',
      true,
    ],
    ['counts where tied rows are the same', 'select seconds from runner order by seconds', true],
    [
      'counts by an alias',
      'select count(*) as n, club from runner group by club order by n, 2',
      true,
    ],
    [
      'does not count by a tied alias',
      'select club as c, count(*) as n from runner group by c order by n desc',
      false,
    ],
    ['counts behind a star', 'select *, seconds as s from runner where id > 2 order by s', true],
    [
      'counts in a union',
      'select id from runner union select seconds from runner order by 1',
      true,
    ],
    ['counts in a DISTINCT', 'select distinct club from runner order by club', true],
    [
      'counts behind WITH',
      'with r as (select * from runner) select name from r order by r.id',
      true,
    ],
    ['does not count by a tied expression', 'select name from runner order by seconds / 10', false],
  ])('%s', async (_, gold_sql, counts) => {
    expect((await expectedOf({ gold_sql })).ordered).toBe(counts);
  });

  test('is what the case says of it', async () => {
    const gold_sql = 'select name from runner order by id';
    expect((await expectedOf({ gold_sql, ordered: false })).ordered).toBe(false);
    expect((await expectedOf({ gold_sql, ordered: true, order_total: false })).ordered).toBe(false);
  });
});

describe('ties at the cut', () => {
  test('leave what is above it required, whether or not the key is shown', async () => {
    for (const shown of ['name', 'name, seconds']) {
      const start = `select ${shown} from runner where seconds is not null order by seconds`;
      const { required, optional, size } = await expectedOf({
        gold_sql: `${start} limit 2`,
        gold_ties: `${start} fetch first 2 rows with ties`,
      });
      const names = (rows: readonly (readonly (string | null)[])[]) => rows.map(([name]) => name);
      expect({ required: names(required), optional: names(optional).sort(), size }).toEqual({
        ...{ required: ['Cy'], optional: ['Ann', 'Bo'], size: 2 },
      });
    }
  });

  test('of groups', async () => {
    const start =
      'select club from runner where club is not null group by club order by count(*) desc';
    const { required, optional } = await expectedOf({
      gold_sql: `${start} limit 1`,
      gold_ties: `${start} fetch first 1 rows with ties`,
    });
    expect([required.length, optional.length]).toEqual([0, 2]);
  });

  test('leave no choice where what is tied can not be told', async () => {
    const start = 'select name from runner where seconds is not null order by seconds offset 1';
    const { required, optional } = await expectedOf({
      gold_sql: `${start} limit 1`,
      gold_ties: `${start} fetch first 1 rows with ties`,
    });
    expect([required.length, optional.length]).toEqual([1, 1]);
  });
});

test('a reference that fails is broken, and one that the guard refuses', async () => {
  expect(await referenceOf({ gold_sql: 'select nothing from runner' })).toMatchObject({
    ...{ type: 'broken', why: expect.stringContaining('nothing') },
  });
  expect(await referenceOf({ gold_sql: 'delete from runner' })).toMatchObject({ type: 'broken' });
  expect(
    await referenceOf({ gold_sql: 'select 1', gold_ties: 'select * from nowhere' }),
  ).toMatchObject({ type: 'broken' });
});

test('a statement runs once, however many cases have it', async () => {
  const ran: string[] = [];
  const counted: Pick<Database, 'read'> = {
    read: (statement: Statement, options, consume) => {
      ran.push(statement.sql);
      return database.read(statement, options, consume);
    },
  };
  const read = openReferences(counted, signal);
  const gold_sql = 'select name from runner';
  await read(gold({ gold_sql }));
  await read(gold({ gold_sql }));
  await read(gold({ gold_sql, ordered: false }));
  expect(ran).toEqual([gold_sql]);
});
