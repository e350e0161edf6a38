import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { openAll } from '../../lib/changes/open.js';
import type { Changes } from '../../lib/changes/changes.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { openPool } from '../../lib/databases/pool.js';
import { serverDriver } from '../../lib/databases/server.js';
import { writableDatabase } from '../../lib/databases/writable.js';
import { OutcomeUnknownError } from '../../lib/errors.js';
import { type Forecast, openProxy } from '../support/proxy.js';
import { type TestDatabase, testDatabase, testServer } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let directory: string;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table counters (id int primary key, n int not null default 0);
       insert into counters select generate_series(1, 1000)`,
    ],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  directory = await mkdtemp(join(tmpdir(), 'pgask-once-'));
});
afterAll(async () => {
  await sql.end();
  await database.drop();
  await rm(directory, { recursive: true });
});

/** @param forecast for the first connection: those after it have no trouble */
async function through<T>(
  forecast: Forecast,
  work: (changes: Changes, proxy: Awaited<ReturnType<typeof openProxy>>) => Promise<T>,
): Promise<T> {
  const server = await testServer();
  const proxy = await openProxy(server, (connection) => (connection === 0 ? forecast : {}));
  const target = resolveConnection(parseConnectionString(proxy.url(database.url)), {}, undefined);
  const pool = openPool(serverDriver({ target, maxConnections: 2, warn: () => undefined }));
  const signal = new AbortController().signal;
  try {
    const writable = writableDatabase(pool, {
      ...{ name: 'x', grant: 'write' },
      allow: { functions: [], extensions: [] },
    });
    const settings = {
      ...{ maxAffectedRows: 10, maxPreviewRows: 1000, sampleRows: 1, planHours: 1, undoRows: 10 },
      lockTimeoutMs: 1000,
    };
    const changes = openAll({
      ...{ database: writable, grant: 'write', directory, timeoutMs: 20_000, settings },
      ...{ who: 'somebody', signal },
    });
    return await work(changes, proxy);
  } finally {
    await pool.close();
    await proxy.close();
  }
}

const ROUNDS = 200;

test('a connection that is cut anywhere changes rows once or not at all, and the report agrees', async () => {
  const bytes = await through({}, async (changes, proxy) => {
    const proposal = await changes.propose('update counters set n = n + 1 where id = 1000');
    const seen = await changes.preview(proposal);
    const before = proxy.fromServer;
    await changes.apply(proposal, seen, 'flag');
    return { before, all: proxy.fromServer };
  });
  const told = { applied: 0, refused: 0 };
  for (let id = 1; id <= ROUNDS; id++) {
    const direction = id % 2 === 0 ? 'toClient' : 'toServer';
    const share = Math.random();
    // What is sent is about as much as what comes: the queries are long, the answers are many.
    const afterBytes = Math.floor(share * bytes.all * (direction === 'toClient' ? 1 : 2));
    const how = id % 3 === 0 ? 'reset' : 'end';
    const { outcome, state } = await through({}, async (steady) => {
      const proposal = await steady.propose(`update counters set n = n + 1 where id = ${id}`);
      const seen = await steady.preview(proposal);
      return await through({ [direction]: { type: 'cut', afterBytes, how } }, async (changes) => {
        const outcome = await changes.apply(proposal, seen, 'flag').then(
          () => 'applied',
          (error: unknown) => (error instanceof OutcomeUnknownError ? 'unknown' : 'not applied'),
        );
        const entry = (await changes.journal.changes()).find(({ hash }) => hash === proposal.hash);
        return { outcome, state: entry?.state };
      });
    });
    const [row] = await sql<{ n: number }[]>`select n from counters where id = ${id}`;
    const where = `${direction} after ${afterBytes} bytes`;
    expect({ where, n: row?.n, outcome }).toEqual({
      where,
      n: outcome === 'applied' ? 1 : 0,
      outcome,
    });
    expect(outcome).not.toBe('unknown');
    // Where it broke before anything was written down, there is nothing in the journal.
    expect([outcome, undefined].includes(state)).toBe(true);
    if (outcome === 'applied') told.applied += 1;
    else told.refused += 1;
  }
  // Both happen, or nothing was tested.
  expect(told.applied).toBeGreaterThan(0);
  expect(told.refused).toBeGreaterThan(0);
}, 240_000);

test('a server that can not be asked is an outcome that is not known, and the same change waits for it', async () => {
  const { outcome, again, resolved } = await through({}, async (steady) => {
    const proposal = await steady.propose('update counters set n = n + 1 where id = 900');
    const seen = await steady.preview(proposal);
    const server = await testServer();
    // The answer to COMMIT and everything after it is swallowed, and nobody else is let in.
    const outcome = await cutAtCommit(server, steady, proposal, seen);
    const again = await steady.apply(proposal, seen, 'flag').catch((error: unknown) => error);
    const [open] = await steady.journal.unresolved();
    return { outcome, again, resolved: open && (await steady.resolve(open)) };
  });
  expect(outcome).toBeInstanceOf(OutcomeUnknownError);
  expect(outcome).toMatchObject({ exit: 5 });
  expect(again).toMatchObject({ exit: 3, rule: 'unresolved' });
  const [row] = await sql<{ n: number }[]>`select n from counters where id = 900`;
  expect(resolved).toBe(row?.n === 1 ? 'applied' : 'not applied');
}, 60_000);

/** Applies over a connection that breaks when the journal says that COMMIT is about to be sent. */
async function cutAtCommit(
  server: Awaited<ReturnType<typeof testServer>>,
  { journal }: Changes,
  proposal: Parameters<Changes['apply']>[0],
  seen: Parameters<Changes['apply']>[1],
): Promise<unknown> {
  const proxy = await openProxy(server);
  const target = resolveConnection(parseConnectionString(proxy.url(database.url)), {}, undefined);
  const pool = openPool(serverDriver({ target, maxConnections: 2, warn: () => undefined }));
  const writable = writableDatabase(pool, {
    ...{ name: 'x', grant: 'write' },
    allow: { functions: [], extensions: [] },
  });
  const changes = openAll({
    ...{ database: writable, grant: 'write', directory, timeoutMs: 20_000, who: 'somebody' },
    settings: {
      ...{ maxAffectedRows: 10, maxPreviewRows: 1000, sampleRows: 1, planHours: 1, undoRows: 10 },
      lockTimeoutMs: 1000,
    },
    signal: new AbortController().signal,
  });
  const watching = (async () => {
    for (;;) {
      if ((await journal.unresolved()).some(({ hash }) => hash === proposal.hash)) break;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await proxy.close();
  })();
  const outcome = await changes.apply(proposal, seen, 'flag').catch((error: unknown) => error);
  await watching;
  await pool.close();
  return outcome;
}
