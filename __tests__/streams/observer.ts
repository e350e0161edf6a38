/** What the server does for a database, as a session of another database sees it. */
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { serverUrl, testDatabase } from '../support/server.js';

export interface Backend {
  readonly pid: number;
  readonly state: string;
  /** `ClientWrite` where it waits for us to read. */
  readonly waits: string | null;
  readonly query: string;
}

export interface Observed {
  readonly url: string;
  /** Sessions that run a statement. */
  running(): Promise<readonly Backend[]>;
  /** Milliseconds until there is none; fails after `limitMs`. */
  untilIdle(limitMs: number): Promise<number>;
  /** The first that runs and, where it is asked for, waits for that. */
  untilRunning(waits?: string): Promise<Backend>;
  /** Ends a session, as an administrator does. */
  kill(pid: number): Promise<void>;
  close(): Promise<void>;
}

export async function observedDatabase(sql: readonly string[] = []): Promise<Observed> {
  const database = await testDatabase({ sql });
  const observer = postgres(await serverUrl(), { max: 1, onnotice: () => undefined });
  const running = async () =>
    await observer<Backend[]>`
      select pid, state, wait_event as waits, query from pg_stat_activity
      where datname = ${database.name} and backend_type = 'client backend' and state <> 'idle'`;
  return {
    url: database.url,
    running,
    async untilIdle(limitMs) {
      const started = performance.now();
      for (;;) {
        const backends = await running();
        const waited = performance.now() - started;
        if (backends.length === 0) return waited;
        if (waited > limitMs) throw new Error(`still there: ${JSON.stringify(backends)}`);
        await sleep(20);
      }
    },
    async untilRunning(waits) {
      for (let i = 0; i < 500; i++) {
        const found = (await running()).find(
          ({ state, waits: now }) => state === 'active' && (waits === undefined || now === waits),
        );
        if (found !== undefined) return found;
        await sleep(20);
      }
      throw new Error(`no session ${waits === undefined ? 'runs' : `waits for ${waits}`}`);
    },
    async kill(pid) {
      await observer`select pg_terminate_backend(${pid})`;
    },
    async close() {
      await observer.end();
      await database.drop();
    },
  };
}
