import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { introspect } from '../../lib/catalog/introspect.js';
import type { Database } from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { findValues } from '../../lib/tools/find-values.js';
import type { ToolContext } from '../../lib/tools/tool.js';
import { availableServers } from '../support/server.js';
import { type DriverFixture, serverFixture } from '../support/server-driver.js';

let fixture: DriverFixture;
let database: Database;
let context: ToolContext;
/** Every statement that the tool ran. */
const ran: string[] = [];

beforeAll(async () => {
  fixture = await serverFixture(availableServers()[0]!);
  await fixture.execute([
    'create table letters (id int primary key, sender text, code char(6) not null, street text)',
    `insert into letters select i, 'Sender ' || i, 'c' || i % 7, 'Street ' || i from generate_series(1, 60000) i`,
    `insert into letters values (60001, 'Zelda Quill', 'QX-7', 'Quill Lane'), (60002, 'zelda quill', 'c1', 'Quill Lane')`,
    'create index on letters (sender)',
    'create index on letters (code)',
    'create index on letters (lower(street))',
    'create index on letters (street) where id < 10',
    'analyze',
  ]);
  const guarded = guardDatabase(fixture.driver, { name: 'test', lockTimeoutMs: 1000 });
  database = {
    ...guarded,
    name: guarded.name,
    read: (statement, options, consume) => {
      ran.push(statement.sql);
      return guarded.read(statement, options, consume);
    },
  };
  const { signal } = new AbortController();
  const catalog = await introspect(guarded, { signal, timeoutMs: 5000 });
  context = {
    database,
    catalog: () => Promise.resolve(catalog),
    signal,
    timeoutMs: 5000,
    previewRows: 20,
    queries: new Map(),
    deliver: () => Promise.reject(new Error('not here')),
  };
}, 60_000);
afterAll(async () => {
  await database.close();
  await fixture.close();
});

async function find(...words: string[]) {
  const { details } = await findValues.run({ words }, context);
  return (details as Record<string, string>[]).map(
    ({ column, value, match }) => `${column} ${match} ${value}`,
  );
}

test('a rare value of a large table is found by an index, in the spellings of names', async () => {
  expect(await find('zelda quill')).toEqual([
    'sender exact zelda quill',
    'sender case Zelda Quill',
  ]);
});

test('a column of a fixed width is looked up as it is stored', async () => {
  expect(await find('qx-7')).toEqual(['code case QX-7']);
});

test('nothing is looked for where no index of the whole column can tell', async () => {
  expect(await find('Quill Lane')).toEqual([]);
});

test('what looks a word up reads by the index', async () => {
  await find('Zelda Quill');
  const lookUp = ran.findLast((sql) => sql.includes("in ('Zelda Quill'"));
  const { signal } = context;
  const options = { signal, timeoutMs: 5000 };
  const plan = await database.read({ sql: `explain ${lookUp!}` }, options, async ({ batches }) => {
    const lines: string[] = [];
    for await (const rows of batches) lines.push(...rows.map(([line]) => line ?? ''));
    return lines.join('\n');
  });
  expect(plan).toMatch(/letters_sender_idx/);
  expect(plan).not.toMatch(/Seq Scan/);
});
