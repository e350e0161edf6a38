/** What exactly-once.test.ts and killed.test.ts say, hundreds of times; and a server that can't be asked any more. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { machine, run, start } from '../support/program.js';
import { openProxy, type Watched } from '../support/proxy.js';
import { type TestDatabase, testDatabase, testServer } from '../support/server.js';
import { bytesOf, MOMENTS, oneRound } from './cut-connections.js';

let database: TestDatabase;
let sql: postgres.Sql;
let directory: string;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table counters (id int primary key, n int not null default 0);
       insert into counters select generate_series(1, 2000)`,
    ],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  directory = await mkdtemp(join(tmpdir(), 'pgask-once-'));
}, 60_000);
afterAll(async () => {
  await sql.end();
  await database.drop();
  await rm(directory, { recursive: true });
});

const updateOf = (id: number) => `update counters set n = n + 1 where id = ${id}`;
const counted = async (id: number) =>
  (await sql<{ n: number }[]>`select n from counters where id = ${id}`)[0]!.n;

test('hundreds of connections that break', async () => {
  const { url } = database;
  const bytes = await bytesOf(url, directory, updateOf(2000));
  const seen = { applied: 0, 'not applied': 0, unknown: 0 };
  for (let round = 1; round <= 400; round++) {
    const moment = MOMENTS[round % MOMENTS.length]!;
    const one = await oneRound({ url, directory, bytes }, { moment, round, text: updateOf(round) });
    const n = one.reported === 'applied' ? 1 : 0;
    expect({ ...one, n: await counted(round) }).toEqual({ ...one, n });
    expect([one.reported, undefined]).toContain(one.state);
    seen[one.reported] += 1;
  }
  expect(seen.applied).toBeGreaterThan(100);
  expect(seen['not applied']).toBeGreaterThan(100);
  expect(seen.unknown).toBe(0);
}, 900_000);

test('the program is killed at any moment, again and again: the journal tells what is in the table', async () => {
  const on = machine();
  try {
    const args = (id: number) => ['sql', updateOf(id), '--allow', 'write', '--yes'];
    const whole = await run([...args(1999), '--db', database.url], { on });
    expect(whole.code).toBe(0);
    const states = new Map<string | undefined, number>();
    for (let round = 1001; round <= 1060; round++) {
      const started = start([...args(round), '--db', database.url], { on });
      // Most of the time goes by before anything is asked of the server.
      const wait = whole.durationMs * (0.4 + 0.7 * Math.random());
      const timer = setTimeout(() => started.child.kill('SIGKILL'), wait);
      const finished = await started.finished;
      clearTimeout(timer);
      const resolved = await run(['plans', 'resolve', '--db', database.url], { on });
      expect(resolved.code).toBe(0);
      const journal = await run(['journal', '-F', 'jsonl', '--db', database.url], { on });
      const entries = journal.stdout.trim().split('\n').filter(Boolean);
      const entry = entries
        .map((line) => JSON.parse(line) as { statements: string; state: string })
        .find(({ statements }) => statements === updateOf(round));
      const n = await counted(round);
      expect({ round, n, state: entry?.state }).toEqual({
        ...{ round, n: entry?.state === 'applied' ? 1 : 0, state: entry?.state },
      });
      if (finished.code === 0) expect(n).toBe(1);
      states.set(entry?.state, (states.get(entry?.state) ?? 0) + 1);
    }
    expect([...states.keys()].length).toBeGreaterThan(1);
    const open = await sql`select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'pgask' and xact_start is not null`;
    expect([...open]).toEqual([]);
  } finally {
    on.remove();
  }
}, 600_000);

test('nobody can be asked after COMMIT: exit 5, and the same change waits until it is known', async () => {
  const on = machine();
  let through: Watched = 'pass';
  let broken = false;
  const proxy = await openProxy(await testServer(), {
    toServer: {
      type: 'watch',
      seen(piece) {
        const before = through;
        if (broken || !/(^|\0)commit\0/.test(piece.toString('latin1'))) return before;
        [broken, through] = [true, 'lost'];
        return before;
      },
    },
    toClient: { type: 'watch', seen: () => through },
  });
  const db = ['--db', proxy.url(database.url)];
  const change = () => run(['sql', updateOf(1500), '--allow', 'write', '--yes', ...db], { on });
  try {
    const finished = await change();
    expect(finished).toMatchObject({ code: 5, stdout: '' });
    expect(finished.stderr).toMatch(/could not be asked whether the change was applied/);
    expect(finished.stderr).toMatch(/hint: pgask plans resolve [0-9a-f]{8} finds out/);
    expect(await run(['plans', 'resolve', ...db], { on })).toMatchObject({ code: 2 });
    through = 'pass';
    expect(await change()).toMatchObject({ code: 3, stdout: '' });
    expect(await counted(1500)).toBe(1);
    const resolved = await run(['plans', 'resolve', '-F', 'json', ...db], { on });
    expect(JSON.parse(resolved.stdout)).toMatchObject({ resolved: [{ state: 'applied' }] });
    expect(await change()).toMatchObject({ code: 0, stdout: 'UPDATE 1\n' });
    expect(await counted(1500)).toBe(2);
  } finally {
    await proxy.close();
    on.remove();
  }
}, 60_000);
