import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { introspect } from '../../lib/catalog/introspect.js';
import { readLists } from '../../lib/catalog/value-lists.js';
import type { KeptValues, ValueStore } from '../../lib/catalog/value-store.js';
import { valueColumns } from '../../lib/catalog/values.js';
import type { Database } from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { availableServers } from '../support/server.js';
import { type DriverFixture, serverFixture } from '../support/server-driver.js';

let fixture: DriverFixture;
let database: Database;
const signal = new AbortController().signal;

beforeAll(async () => {
  fixture = await serverFixture(availableServers()[0]!);
  await fixture.execute([
    'create table kites (id int primary key, maker text)',
    'create table knots (id int primary key, name text)',
    'create table secrets (id int primary key, word text)',
    "insert into kites select i, 'Maker ' || i from generate_series(1, 1500) i",
    "insert into knots values (1, 'bowline')",
    "insert into secrets select i, 'word ' || i from generate_series(1, 1500) i",
    'alter table secrets enable row level security',
    'analyze',
  ]);
  database = guardDatabase(fixture.driver, { name: 'test', lockTimeoutMs: 1000 });
}, 60_000);
afterAll(async () => {
  await database.close();
  await fixture.close();
});

const files = new Map<string, KeptValues>();
const valueStore: ValueStore = {
  load: () => Promise.resolve(new Map(files)),
  keep: (values) => {
    for (const [key, kept] of values) files.set(key, kept);
    return Promise.resolve();
  },
};

/** Looks a word up as a process of its own would; what it read of tables comes with it. */
async function find(word: string) {
  const ran: string[] = [];
  const own: Database = {
    ...database,
    name: database.name,
    read: (statement, options, consume) => {
      ran.push(statement.sql);
      return database.read(statement, options, consume);
    },
  };
  const bounds = { signal, timeoutMs: 5000 };
  const columns = valueColumns(await introspect(database, bounds));
  const lists = await readLists(columns, { database: own, valueStore, ...bounds });
  const found = lists.flatMap((list) => list.find(word).filter(({ match }) => match === 'exact'));
  const reads = (table: string) => ran.some((sql) => sql.includes(`from public.${table} `));
  return {
    found: found.map(({ value }) => value),
    read: ['kites', 'knots', 'secrets'].filter(reads),
  };
}

test('values of tables worth a file are read once, the others and what row security filters each time', async () => {
  expect(await find('Maker 7')).toEqual({
    found: ['Maker 7'],
    read: ['kites', 'knots', 'secrets'],
  });
  expect([...files.keys()]).toEqual(['["public","kites","maker"]']);
  expect(await find('Maker 7')).toEqual({ found: ['Maker 7'], read: ['knots', 'secrets'] });
});

test.each([
  ['a new row', "insert into kites values (9001, 'New Maker')"],
  ['a changed row', "update kites set maker = 'New Maker' where id = 1"],
  ['another table in its place', 'truncate kites'],
])('%s has them read again', async (_, statement) => {
  await find('New Maker');
  await fixture.execute([statement, 'select pg_stat_force_next_flush()', 'select 1']);
  expect((await find('New Maker')).read).toContain('kites');
});
