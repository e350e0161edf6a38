/** The program or its backend dies at every stage of a change: rows are changed once or not at all, and the next one knows. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { acquireLock, makeDirectory } from '../../lib/files.js';
import { type Machine, machine, run, start } from '../support/program.js';
import { privateServer } from '../support/private-server.js';
import { openProxy, type Proxy, type Watched } from '../support/proxy.js';
import { type TestDatabase, testDatabase, testServer } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let on: Machine;
let proxy: Proxy;
/** What is done with each piece, by what has come so far. */
type Watch = (piece: string) => Promise<Watched> | Watched;
let toServer: Watch = () => 'pass';
let toClient: Watch = () => 'pass';

beforeAll(async () => {
  database = await testDatabase({
    sql: [`create table counters (id int primary key, n int not null default 0)`],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  proxy = await openProxy(await testServer(), () => ({
    toServer: { type: 'watch', seen: (piece) => toServer(piece.toString('latin1')) },
    toClient: { type: 'watch', seen: (piece) => toClient(piece.toString('latin1')) },
  }));
}, 60_000);
beforeEach(async () => {
  on?.remove();
  on = machine();
  [toServer, toClient] = [() => 'pass', () => 'pass'];
  await sql`truncate counters`;
  await sql`insert into counters select generate_series(1, 5)`;
});
afterAll(async () => {
  on.remove();
  await proxy.close();
  await sql.end();
  await database.drop();
});

const UPDATE = 'update counters set n = n + 1 where id = 3';
const COMMIT = /(^|\0)commit\0/;
const BEGIN = 'begin transaction isolation level read committed';
/** Only the program's own, also once it is wrapped. */
const isUpdate = (piece: string) => piece.includes(UPDATE);

const change = (url: string, text = UPDATE) =>
  start(['sql', text, '--allow', 'write', '--yes', '--db', url], { on });
/** Without the proxy; the database's name is that of the first run. */
const after = (...args: string[]) => run([...args, '--db', proxy.url(database.url)], { on });

const counted = async () => (await sql<{ n: number }[]>`select n from counters where id = 3`)[0]!.n;

/** Sessions of the program that are in a transaction, once those that are leaving have left. */
async function openTransactions(): Promise<unknown[]> {
  for (let tries = 0; ; tries++) {
    const rows = await sql`select pid, state, query from pg_stat_activity
      where datname = current_database() and application_name = 'pgask' and xact_start is not null`;
    if (rows.length === 0 || tries > 100) return [...rows];
    await sleep(50);
  }
}

const terminate = () =>
  sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name = 'pgask'`;

async function stateOfJournal(): Promise<string | undefined> {
  const { stdout } = await after('journal', '-F', 'csv');
  return stdout.trim().split('\n')[1]?.split(',')[2];
}

/** Runs `work` when a piece is the one that is meant, and says what becomes of it. */
function at(is: (piece: string, nth: number) => boolean, work: () => Promise<Watched> | Watched) {
  let nth = 0;
  return async (piece: string): Promise<Watched> => (is(piece, (nth += 1)) ? await work() : 'pass');
}

/** The nth piece for which it holds. */
function the(nth: number, is: (piece: string) => boolean) {
  let found = 0;
  return (piece: string) => is(piece) && (found += 1) === nth;
}

test.each([
  ['begins its preview', the(1, (piece) => piece.includes(BEGIN))],
  ['asks what the preview would cost', the(1, isUpdate)],
  ['executes the preview', the(2, isUpdate)],
  ['rolls it back', the(1, (piece) => piece.includes('rollback\0'))],
  ['begins to apply', the(2, (piece) => piece.includes(BEGIN))],
  ['executes it for good', the(3, isUpdate)],
])('the program is killed when it %s: nothing is changed', async (_, is) => {
  const started = change(proxy.url(database.url));
  toServer = at(is, () => {
    started.child.kill('SIGKILL');
    return 'pass';
  });
  expect(await started.finished).toMatchObject({ signal: 'SIGKILL' });
  expect(await openTransactions()).toEqual([]);
  expect(await counted()).toBe(0);
  expect(await stateOfJournal()).toBeUndefined();
  toServer = () => 'pass';
  expect(await change(proxy.url(database.url)).finished).toMatchObject({ code: 0 });
  expect(await counted()).toBe(1);
});

test.each([
  ['before COMMIT is sent', 'not applied'],
  ['before COMMIT is answered', 'applied'],
  ['after COMMIT, before the journal is told', 'applied'],
])('the program is killed %s: the next one finds out', async (when, state) => {
  const folder = join(on.home, 'state/pgask');
  const started = change(proxy.url(database.url));
  let release = () => Promise.resolve();
  toServer = at(
    (piece) => COMMIT.test(piece),
    async () => {
      if (state === 'not applied') {
        started.child.kill('SIGKILL');
        return 'lost';
      }
      if (when.startsWith('before')) {
        toClient = () => {
          started.child.kill('SIGKILL');
          return 'lost';
        };
      } else {
        // The program waits for the lock with what it has to say.
        await makeDirectory(folder);
        const lock = await acquireLock(join(folder, 'journal.jsonl.lock'), { timeoutMs: 0 });
        release = () => lock.release();
        toClient = (piece) => {
          if (piece.includes('COMMIT\0')) setTimeout(() => started.child.kill('SIGKILL'), 500);
          return 'pass';
        };
      }
      return 'pass';
    },
  );
  expect(await started.finished).toMatchObject({ signal: 'SIGKILL' });
  await release();
  [toServer, toClient] = [() => 'pass', () => 'pass'];
  expect(await openTransactions()).toEqual([]);
  const once = state === 'applied' ? 1 : 0;
  expect(await counted()).toBe(once);

  expect(await stateOfJournal()).toBe('committing');
  const again = await change(proxy.url(database.url)).finished;
  expect(again).toMatchObject({ code: 3, stdout: '' });
  expect(again.stderr).toMatch(/it is not known whether this very change was applied/);
  expect(again.stderr).toMatch(/hint: find out first: pgask plans resolve [0-9a-f]{8}/);
  expect(await counted()).toBe(once);

  const resolved = await after('plans', 'resolve', '-F', 'json');
  expect(resolved.code).toBe(0);
  expect(JSON.parse(resolved.stdout)).toMatchObject({ resolved: [{ state }] });
  expect(await stateOfJournal()).toBe(state);
  expect(await counted()).toBe(once);
  expect(await change(proxy.url(database.url)).finished).toMatchObject({ code: 0 });
  expect(await counted()).toBe(once + 1);
});

test.each([
  ['executes the preview', the(2, isUpdate)],
  ['begins to apply', the(2, (piece: string) => piece.includes(BEGIN))],
  ['executes it for good', the(3, isUpdate)],
])('the backend is ended when it %s: nothing is changed, and that is said', async (_, is) => {
  toServer = at(is, async () => {
    await terminate();
    return 'pass' as const;
  });
  const finished = await change(proxy.url(database.url)).finished;
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  expect(finished.stderr).toMatch(/^pgask: .*(terminat|clos|lost|end).*/);
  expect(finished.stderr).not.toMatch(/ at .*\.(ts|cjs):/);
  expect(await counted()).toBe(0);
  expect(await openTransactions()).toEqual([]);
  expect(await stateOfJournal()).toBeUndefined();
});

test('the backend is ended before COMMIT arrives: not applied, as the journal says', async () => {
  toServer = at(
    (piece) => COMMIT.test(piece),
    async () => {
      await terminate();
      toServer = () => 'pass';
      return 'pass' as const;
    },
  );
  const finished = await change(proxy.url(database.url)).finished;
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  expect(finished.stderr).toMatch(/the change was not applied/);
  expect(await counted()).toBe(0);
  expect(await stateOfJournal()).toBe('not applied');
  expect(await change(proxy.url(database.url)).finished).toMatchObject({ code: 0 });
  expect(await counted()).toBe(1);
});

test('the backend is ended while it waits for a standby: applied, for it had committed', async () => {
  const own = await privateServer();
  try {
    await own.run('create table boats (id int primary key, n int)');
    await own.run('insert into boats values (1, 0)');
    await own.run(`alter system set synchronous_standby_names = 'nobody'`);
    await own.run('select pg_reload_conf()');
    const started = change(own.url(), 'update boats set n = n + 1 where id = 1');
    let waits = 0;
    for (let tries = 0; waits === 0 && tries < 200; tries++) {
      await sleep(50);
      waits = (
        await own.run(`select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event = 'SyncRep' and application_name = 'pgask'`)
      ).length;
    }
    expect(waits).toBe(1);
    expect(await started.finished).toMatchObject({ code: 0, stdout: 'UPDATE 1\n' });
    expect(await own.run('select n from boats')).toEqual([{ n: 1 }]);
    const { stdout } = await run(['journal', '-F', 'csv', '--db', own.url()], { on });
    expect(stdout.split('\n')[1]).toMatch(/,applied,.*,the connection was lost after COMMIT$/);
  } finally {
    await own.remove();
  }
}, 60_000);

test('the answer to COMMIT is lost: applied, as the server says when it is asked again', async () => {
  toServer = at(
    (piece) => COMMIT.test(piece),
    () => {
      toClient = () => {
        [toServer, toClient] = [() => 'pass', () => 'pass'];
        return 'lost';
      };
      return 'pass';
    },
  );
  const finished = await change(proxy.url(database.url)).finished;
  expect(finished).toMatchObject({ code: 0, stdout: 'UPDATE 1\n' });
  expect(await counted()).toBe(1);
  expect(await stateOfJournal()).toBe('applied');
});
