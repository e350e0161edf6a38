/** What became of a change is the server's to say; where it can't, a person may who has looked. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import postgres from 'postgres';
import type { Entry } from '../../lib/changes/changes.js';
import { type Machine, machine, run } from '../support/program.js';
import { type TestDatabase, testDatabase } from '../support/server.js';

let database: TestDatabase;
let other: TestDatabase;
let sql: postgres.Sql;
let on: Machine;
let applied: Entry;
/** The journal of one change, which was applied. */
let line: string;

beforeAll(async () => {
  database = await testDatabase({
    sql: ['create table boats (id int primary key, n int); insert into boats values (1, 0)'],
  });
  other = await testDatabase({ sql: [] });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  on = machine();
  const text = 'update boats set n = n + 1 where id = 1';
  const finished = await run(['sql', text, '--allow', 'write', '--yes', '--db', database.url], {
    on,
  });
  expect(finished).toMatchObject({ code: 0 });
  line = readFileSync(pathOf(), 'utf8').trimEnd().split('\n').at(-1)!;
  applied = JSON.parse(line) as Entry;
}, 60_000);
beforeEach(() => {
  on.remove();
  on = machine();
});
afterAll(async () => {
  on.remove();
  await sql.end();
  await Promise.all([database.drop(), other.drop()]);
});

const pathOf = () => join(on.home, 'state/pgask/journal.jsonl');
const resolve = (...more: string[]) =>
  run(['plans', 'resolve', applied.id, ...more, '--db', database.url], { on });

/** As if nobody had seen how it ended. */
async function left(changed: Partial<Entry>): Promise<void> {
  expect(await run(['journal', '--db', database.url], { on })).toMatchObject({ code: 0 });
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(on.home, 'state/pgask'), { recursive: true, mode: 0o700 });
  writeFileSync(pathOf(), `${JSON.stringify({ ...applied, state: 'unknown', ...changed })}\n`);
}

const lines = () =>
  readFileSync(pathOf(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Entry);

test.each([
  ['a failover has begun another history', () => ({ place: { ...applied.place, timeline: '77' } })],
  ['the transaction is forgotten', () => ({ xid: '3' })],
])('%s: a person who has looked closes it, and the journal says who', async (_, changed) => {
  for (const said of ['applied', 'not applied'] as const) {
    await left(changed());
    const unknown = await resolve();
    expect(unknown).toMatchObject({ code: 5, stdout: '' });
    expect(unknown.stderr).toMatch(
      new RegExp(`hint: look at its rows, and say so: pgask plans resolve ${applied.id} --as `),
    );
    expect(lines()).toHaveLength(1);
    const finished = await resolve('--as', said.replace(' ', '-'));
    expect(finished).toMatchObject({ code: 0, stdout: `${applied.id}: ${said}\n` });
    expect(lines().at(-1)).toMatchObject({
      state: said,
      outcome: expect.stringMatching(/^so says \S+, who has looked: the server can't tell$/),
    });
    expect(await resolve('--as', 'applied')).toMatchObject({ code: 2, stdout: '' });
  }
});

test('nobody says otherwise than the server', async () => {
  await left({});
  const wrong = await resolve('--as', 'not-applied');
  expect(wrong).toMatchObject({ code: 3, stdout: '' });
  expect(wrong.stderr).toMatch(/^pgask: refused: the server says that it was applied/);
  expect(lines()).toHaveLength(1);
  expect(await resolve('--as', 'applied')).toMatchObject({ code: 0 });
  expect(lines().at(-1)).toMatchObject({ state: 'applied', outcome: 'found out by plans resolve' });
});

test('nobody says anything while the server is at it', async () => {
  await sql.begin(async (inside) => {
    const [row] = await inside<{ xid: string }[]>`select pg_current_xact_id()::text as xid`;
    await left({ xid: row!.xid });
    const early = await resolve('--as', 'not-applied');
    expect(early).toMatchObject({ code: 3, stdout: '' });
    expect(early.stderr).toMatch(/^pgask: refused: the server is not done with it/);
  });
  expect(lines()).toHaveLength(1);
});

test('what ran outside of a transaction, and leaves no trace, is theirs to say', async () => {
  await left({ xid: null, statements: ['vacuum boats'] });
  expect(await resolve('--as', 'applied')).toMatchObject({ code: 0 });
  expect(lines().at(-1)).toMatchObject({
    state: 'applied',
    outcome: expect.stringMatching(/says/),
  });
});

test('it is said of one change, by its id, where it was made', async () => {
  await left({ xid: '3' });
  for (const args of [
    ['resolve', '--as', 'applied'],
    ['list', '--as', 'applied'],
  ])
    expect(await run(['plans', ...args, '--db', database.url], { on })).toMatchObject({ code: 2 });
  const elsewhere = ['plans', 'resolve', applied.id, '--as', 'applied', '--db', other.url];
  const finished = await run(elsewhere, { on });
  expect(finished).toMatchObject({ code: 5, stdout: '' });
  expect(finished.stderr).toMatch(/it was made in \S+ of .*: name that with --db/);
  expect(lines()).toHaveLength(1);
  const begun = ['plans', 'resolve', applied.id.slice(0, 5), '--as', 'applied'];
  expect(await run([...begun, '--db', database.url], { on })).toMatchObject({ code: 0 });
});
