/** Changes over a real network that breaks: where it broke, what was reported, and what is in the table. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changes } from '../../lib/changes/changes.js';
import { openAll } from '../../lib/changes/open.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { openPool } from '../../lib/databases/pool.js';
import { serverDriver } from '../../lib/databases/server.js';
import { writableDatabase } from '../../lib/databases/writable.js';
import { OutcomeUnknownError } from '../../lib/errors.js';
import { type Forecast, openProxy, type Proxy } from '../support/proxy.js';
import { testServer } from '../support/server.js';

/** @param forecast for the first connection: those after it have no trouble */
export async function through<T>(
  { url, directory, forecast = {} }: { url: string; directory: string; forecast?: Forecast },
  work: (changes: Changes, proxy: Proxy) => Promise<T>,
): Promise<T> {
  const server = await testServer();
  const proxy = await openProxy(server, (connection) => (connection === 0 ? forecast : {}));
  const target = resolveConnection(parseConnectionString(proxy.url(url)), {}, undefined);
  const pool = openPool(serverDriver({ target, maxConnections: 2, warn: () => undefined }));
  try {
    const changes = openAll({
      database: writableDatabase(pool, {
        ...{ name: 'x', grant: 'write' },
        allow: { functions: [], extensions: [] },
      }),
      settings: {
        ...{ maxAffectedRows: 10, maxPreviewRows: 1000, sampleRows: 1, planHours: 1, undoRows: 10 },
        lockTimeoutMs: 1000,
      },
      ...{ grant: 'write', directory, timeoutMs: 20_000, who: 'somebody' },
      signal: new AbortController().signal,
    });
    return await work(changes, proxy);
  } finally {
    await pool.close();
    await proxy.close();
  }
}

const COMMIT = /(^|\0)commit\0/;
const ANSWER = 'COMMIT\0';

export const MOMENTS = ['anywhere', 'before COMMIT', 'behind COMMIT', 'in its answer'] as const;
export type Moment = (typeof MOMENTS)[number];

/** @param bytes that the server sends for a change that nothing happens to */
export function breaking(moment: Moment, round: number, bytes: number): Forecast {
  const how = round % 3 === 0 ? 'reset' : 'end';
  switch (moment) {
    case 'anywhere': {
      // What is sent is about as much as what comes: the queries are long, the answers are many.
      const direction = round % 2 === 0 ? 'toClient' : 'toServer';
      const most = bytes * (direction === 'toClient' ? 1 : 2);
      return { [direction]: { type: 'cut', afterBytes: Math.floor(Math.random() * most), how } };
    }
    case 'before COMMIT':
      return { toServer: watch((piece) => (COMMIT.test(piece) ? 'lost' : 'pass')) };
    case 'behind COMMIT':
      // The server may or may not come to answer before its client is gone.
      return { toServer: watch((piece) => (COMMIT.test(piece) ? 'last' : 'pass')) };
    case 'in its answer': {
      const late = Math.random() * 5;
      return {
        toClient: watch(async (piece) => {
          if (!piece.includes(ANSWER)) return 'pass';
          await sleep(late);
          return 'lost';
        }),
      };
    }
  }
}

function watch(seen: (piece: string) => 'pass' | 'lost' | 'last' | Promise<'pass' | 'lost'>) {
  return { type: 'watch', seen: (piece: Buffer) => seen(piece.toString('latin1')) } as const;
}

export interface Round {
  readonly moment: Moment;
  readonly reported: 'applied' | 'not applied' | 'unknown';
  /** Undefined where it broke before anything was written down. */
  readonly state: string | undefined;
  readonly outcome: string | undefined;
}

/** One change of its own over a connection that breaks at that moment. */
export async function oneRound(
  { url, directory, bytes }: { url: string; directory: string; bytes: number },
  { moment, round, text }: { moment: Moment; round: number; text: string },
): Promise<Round> {
  return await through({ url, directory }, async (steady) => {
    const proposal = await steady.propose(text);
    const seen = await steady.preview(proposal);
    const forecast = breaking(moment, round, bytes);
    return await through({ url, directory, forecast }, async (changes) => {
      const reported = await changes.apply(proposal, seen, 'flag').then(
        () => 'applied' as const,
        (error: unknown) => (error instanceof OutcomeUnknownError ? 'unknown' : 'not applied'),
      );
      const entry = (await changes.journal.changes()).find(({ hash }) => hash === proposal.hash);
      return { moment, reported, state: entry?.state, outcome: entry?.outcome };
    });
  });
}

/** Bytes that the server sends for a change that nothing happens to. */
export async function bytesOf(url: string, directory: string, text: string): Promise<number> {
  return await through({ url, directory }, async (changes, proxy) => {
    const proposal = await changes.propose(text);
    await changes.apply(proposal, await changes.preview(proposal), 'flag');
    // The preview is half of it.
    return Math.ceil(proxy.fromServer / 2);
  });
}
