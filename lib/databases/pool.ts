/** A few sessions of one driver, opened when needed, handed out one at a time each. */
import type { Connection, Driver } from './driver.js';

export interface Pool {
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
  let open = 0;

  async function acquire(signal: AbortSignal): Promise<Connection> {
    for (;;) {
      signal.throwIfAborted();
      const ready = idle.pop();
      if (ready?.alive === true) return ready;
      if (ready !== undefined) {
        open -= 1;
        continue;
      }
      if (open < driver.maxConnections) {
        open += 1;
        try {
          return await driver.connect(signal);
        } catch (error) {
          open -= 1;
          waiting.shift()?.();
          throw error;
        }
      }
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
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  function release(connection: Connection): void {
    if (connection.alive) idle.push(connection);
    else open -= 1;
    waiting.shift()?.();
  }

  return {
    async with(signal, work) {
      const connection = await acquire(signal);
      try {
        return await work(connection);
      } finally {
        release(connection);
      }
    },
    async close() {
      await Promise.all(idle.splice(0).map((connection) => connection.close()));
      await driver.close();
    },
  };
}
