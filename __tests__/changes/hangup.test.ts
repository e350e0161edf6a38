/** A terminal that hangs up while a person is asked: nothing has been executed for good, and nothing is left open. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type Machine, machine, noTerminal, run, runInTerminal } from '../support/program.js';
import { openProxy } from '../support/proxy.js';
import { type TestDatabase, testDatabase, testServer } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: ['create table boats (id int primary key, n int); insert into boats values (1, 0)'],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await sql.end();
  await database.drop();
});

const UPDATE = 'update boats set n = n + 1 where id = 1';
const counted = async () => (await sql<{ n: number }[]>`select n from boats where id = 1`)[0]!.n;
const journal = async (url: string) =>
  (await run(['journal', '-F', 'csv', '--db', url], { on })).stdout.trim().split('\n').slice(1);

const skipped = noTerminal();
(skipped === undefined ? test : test.skip)(
  `the terminal hangs up while a person is asked: nothing is executed for good ${skipped ?? ''}`,
  async () => {
    const sent: string[] = [];
    const proxy = await openProxy(await testServer(), {
      toServer: { type: 'watch', seen: (piece) => (sent.push(piece.toString('latin1')), 'pass') },
    });
    try {
      const url = proxy.url(database.url);
      const asked = runInTerminal(['sql', UPDATE, '--allow', 'write', '--db', url], { on });
      for (let tries = 0; !sent.some((piece) => /rollback\0/.test(piece)) && tries < 200; tries++)
        await sleep(50);
      await sleep(500);
      const before = sent.length;
      process.kill(pidOf(url), 'SIGHUP');
      const { stdout } = await asked;
      expect(stdout).toMatch(/apply this\? \[y\/N\/edit\]/);
      expect(sent.slice(before).join('')).not.toMatch(/update|begin|commit/);
      expect(await counted()).toBe(0);
      expect(
        await sql`select 1 from pg_stat_activity
          where datname = current_database() and application_name = 'pgask'`,
      ).toHaveLength(0);
      expect(await journal(url)).toEqual([]);
    } finally {
      await proxy.close();
    }
  },
);

/** The program itself, which runs in what gave it its terminal. */
function pidOf(url: string): number {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = lines.split('\n').map((line) => line.trim().split(/\s+/));
  const terminals = all.filter((words) => words.join(' ').includes(url)).map(([pid]) => pid);
  const own = all.find(([, parent, name]) => name === 'pgask' && terminals.includes(parent));
  return Number(own?.[0]);
}
