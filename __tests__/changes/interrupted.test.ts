/** A run that is interrupted, or is held up, between approval and COMMIT: nothing is changed, or it is said what is not known. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type Machine, machine, run, start } from '../support/program.js';
import { openProxy, type Watched } from '../support/proxy.js';
import { type TestDatabase, testDatabase, testServer } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({ sql: ['create table boats (id int primary key, n int)'] });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
}, 60_000);
beforeEach(async () => {
  on?.remove();
  on = machine();
  await sql`truncate boats`;
  await sql`insert into boats values (1, 0), (2, 0)`;
});
afterAll(async () => {
  on.remove();
  await sql.end();
  await database.drop();
});

const UPDATE = 'update boats set n = n + 1 where id = 1';
const WRITE = ['--allow', 'write', '--yes'];
const counted = async () => (await sql<{ n: number }[]>`select n from boats where id = 1`)[0]!.n;
const journal = async (url: string) =>
  (await run(['journal', '-F', 'csv', '--db', url], { on })).stdout.trim().split('\n').slice(1);

test('a signal while the server is asked what became of it: exit 5 in time, with the hint', async () => {
  const never = new Promise<Watched>(() => undefined);
  let mute = false;
  let broke = () => {};
  const broken = new Promise<void>((resolve) => (broke = resolve));
  const proxy = await openProxy(await testServer(), () => ({
    toServer: { type: 'watch', seen: () => (mute ? never : 'pass') },
    toClient: {
      type: 'watch',
      seen(piece) {
        if (mute) return never;
        if (!piece.includes('COMMIT\0')) return 'pass';
        mute = true;
        broke();
        return 'lost';
      },
    },
  }));
  const url = proxy.url(database.url);
  try {
    const started = start(['sql', UPDATE, ...WRITE, '--db', url], { on });
    await broken;
    await sleep(500);
    started.child.kill('SIGTERM');
    const at = performance.now();
    const finished = await started.finished;
    expect(performance.now() - at).toBeLessThan(4500);
    expect(finished).toMatchObject({ code: 5, stdout: '' });
    expect(finished.stderr).toMatch(
      /could not be asked whether the change was applied\nhint: pgask plans resolve [0-9a-f]{8} finds out/,
    );
    mute = false;
    expect(await journal(url)).toEqual([expect.stringMatching(/,unknown,/)]);
    const resolved = await run(['plans', 'resolve', '--db', url], { on });
    expect(resolved.stdout).toMatch(/^[0-9a-f]{8}: applied\n$/);
    expect(await counted()).toBe(1);
  } finally {
    await proxy.close();
  }
});

test('another session takes the rows between the preview and the change: nothing is changed', async () => {
  const holder = postgres(database.url, { max: 1 });
  let begun = 0;
  let release = () => {};
  let held: Promise<unknown> = Promise.resolve();
  const proxy = await openProxy(await testServer(), () => ({
    toServer: {
      type: 'watch',
      async seen(piece): Promise<Watched> {
        if (!piece.includes('begin transaction isolation level read committed')) return 'pass';
        begun += 1;
        if (begun !== 2) return 'pass';
        await new Promise<void>((locked) => {
          held = holder.begin(async (inside) => {
            await inside`select 1 from boats where id = 1 for update`;
            locked();
            await new Promise<void>((resolve) => (release = resolve));
          });
        });
        return 'pass';
      },
    },
  }));
  const url = proxy.url(database.url);
  try {
    const finished = await run(['sql', UPDATE, ...WRITE, '--db', url], { on });
    expect(begun).toBe(2);
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(
      /^pgask: canceling statement due to lock timeout\nhint: another session holds what it needs/,
    );
    release();
    await held;
    expect(await counted()).toBe(0);
    expect((await journal(url)).filter((line) => line.includes(',applied,'))).toEqual([]);
    expect(await run(['plans', 'resolve', '--db', url], { on })).toMatchObject({
      ...{ code: 0, stdout: 'nothing is open\n' },
    });
    expect(await run(['sql', UPDATE, ...WRITE, '--db', url], { on })).toMatchObject({ code: 0 });
    expect(await counted()).toBe(1);
  } finally {
    release();
    await proxy.close();
    await holder.end();
  }
});
