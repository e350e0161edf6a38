/** The embedded database's thread, as the program sees it. */
import { Worker } from 'node:worker_threads';
import { ConnectionError } from '../../errors.js';
import type { Reply, Request } from './messages.js';

export interface Engine {
  /** Makes a data directory with an empty database in it. */
  create(directory: string): Promise<void>;
  open(directory: string): Promise<void>;
  /** Whole messages of the frontend protocol; they are taken over, not copied. */
  send(messages: Uint8Array): void;
  /** Whom the backend's answers go to. */
  onBytes: (bytes: Uint8Array) => void;
  /** Shuts PostgreSQL down and ends the thread. Never rejects. */
  close(): Promise<void>;
  /** Ends the thread at once, as kill -9 ends a server. Never rejects. */
  terminate(): Promise<void>;
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/** A shutdown writes a checkpoint; after these milliseconds the next start may as well recover. */
const CLOSE_MS = 3000;

/** Starts the thread, which loads PGlite while the program sees to the data directory. */
export function startEngine(workerFile: string | URL): Engine {
  // `stdout` and `stderr`: what PostgreSQL or the thread would print must not reach ours.
  const worker = new Worker(workerFile, { stdout: true, stderr: true, execArgv: [] });
  worker.stdout.resume();
  worker.stderr.resume();

  let failure: Error | undefined;
  let waiting: { done(): void; failed(error: Error): void } | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    waiting?.failed(failure);
    waiting = undefined;
  };
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(new Error('its thread has ended'));
      resolve();
    });
  });
  worker.on('error', fail);
  worker.on('message', (message: Reply) => {
    switch (message.type) {
      case 'bytes':
        engine.onBytes(message.bytes);
        break;
      case 'done':
        waiting?.done();
        waiting = undefined;
        break;
      case 'failed':
        fail(new Error(message.message));
        void worker.terminate();
        break;
    }
  });
  const ask = (request: Request) =>
    new Promise<void>((done, failed) => {
      if (failure !== undefined) {
        failed(failure);
        return;
      }
      waiting = { done, failed };
      worker.postMessage(request);
    });

  const engine: Engine = {
    create: (directory) => ask({ type: 'create', directory }).catch(unusable(directory)),
    open: (directory) => ask({ type: 'open', directory }).catch(unusable(directory)),
    send(bytes) {
      const request: Request = { type: 'bytes', bytes };
      worker.postMessage(request, [bytes.buffer as ArrayBuffer]);
    },
    onBytes: () => undefined,
    async close() {
      const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
      await ask({ type: 'close' }).catch(() => undefined);
      clearTimeout(timer);
      await engine.terminate();
    },
    async terminate() {
      await worker.terminate();
      await ended;
    },
    ended,
  };
  return engine;
}

function unusable(directory: string): (error: Error) => never {
  return (error) => {
    throw new ConnectionError(`the embedded database in ${directory} does not start: ${error.message}`, {
      cause: error,
      hint: `if it holds nothing that you need, remove it, and it is made anew: rm -r '${directory}'`,
    });
  };
}
