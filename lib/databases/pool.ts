/** A few sessions of one driver, opened when needed, handed out one at a time each. */
import { setMaxListeners } from 'node:events';
import type { Connection, Driver } from './driver.js';

export interface Pool {
  /** Begins to open a session that the next {@link with} will take: what is to be done meanwhile costs no time. */
  warm(signal: AbortSignal): void;
  /**
   * Runs `work` with a session that nobody else has meanwhile. A session that has ended is not handed out again.
   *
   * @throws {ConnectionError} there is none to be had
   */
  with<T>(signal: AbortSignal, work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openPool(driver: Driver): Pool {
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  const returning = new Set<Promise<void>>();
  let open = 0;
  let warming: { readonly session: Promise<Connection>; readonly signal: AbortSignal } | undefined;
  // A server that does not answer must not hold up a run that has nothing to ask of it any more.
  const closing = new AbortController();

  /** @throws {ConnectionError} */
  async function connect(signal: AbortSignal): Promise<Connection> {
    open += 1;
    try {
      return await driver.connect(signal);
    } catch (error) {
      open -= 1;
      waiting.shift()?.();
      throw error;
    }
  }

  async function acquire(signal: AbortSignal): Promise<Connection> {
    for (;;) {
      signal.throwIfAborted();
      const ready = idle.pop();
      if (ready?.alive === true) return ready;
      if (ready !== undefined) {
        open -= 1;
        continue;
      }
      if (warming !== undefined) {
        const warm = warming;
        warming = undefined;
        try {
          return await warm.session;
        } catch (error) {
          // Given up by whoever began it, which is no reason for others.
          if (warm.signal === signal || !warm.signal.aborted) throw error;
          continue;
        }
      }
      if (open < driver.maxConnections) return await connect(signal);
      await turn(signal);
    }
  }

  /** Resolves when a session came back, or a place became free. */
  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      waiting.push(go);
      // However many of a run wait at once is no leak, which Node would warn of on stderr.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  function release(connection: Connection): void {
    const { alive, cancelling } = connection;
    if (!alive || cancelling === undefined) {
      putBack(connection);
      return;
    }
    // It is meant for what ran, and must not hit what the next one runs.
    const back = cancelling.then(() => {
      returning.delete(back);
      putBack(connection);
    });
    returning.add(back);
  }

  function putBack(connection: Connection): void {
    if (connection.alive) idle.push(connection);
    else open -= 1;
    waiting.shift()?.();
  }

  return {
    warm(signal) {
      if (open > 0) return;
      const session = connect(AbortSignal.any([signal, closing.signal]));
      warming = { session, signal };
      // Whoever takes it sees the failure; where nobody does, nobody wanted the session.
      session.catch(() => undefined);
    },
    async with(signal, work) {
      const connection = await acquire(signal);
      try {
        return await work(connection);
      } finally {
        release(connection);
      }
    },
    async close() {
      closing.abort();
      const warm = await warming?.session.catch(() => undefined);
      if (warm !== undefined) idle.push(warm);
      await Promise.all(returning);
      await Promise.all(idle.splice(0).map((connection) => connection.close()));
      await driver.close();
    },
  };
}
