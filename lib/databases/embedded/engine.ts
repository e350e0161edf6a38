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
  /** Shuts PostgreSQL down and ends the thread; a statement that runs is not waited for. Never rejects. */
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
  /** Requests that are not fulfilled yet, oldest first. */
  let asked: { done(): void; failed(error: Error): void }[] = [];
  const fail = (error: Error) => {
    failure ??= error;
    const unanswered = asked;
    asked = [];
    for (const { failed } of unanswered) failed(failure);
  };
  const ask = (request: Request, transfer: ArrayBuffer[] = []) =>
    new Promise<void>((done, failed) => {
      if (failure !== undefined) {
        failed(failure);
        return;
      }
      asked.push({ done, failed });
      worker.postMessage(request, transfer);
    });

  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(new Error('its thread has ended'));
      resolve();
    });
  });
  worker.on('error', (error) => {
    fail(
      new ConnectionError(`the embedded database's thread failed: ${error.message}`, {
        cause: error,
        hint: 'install pgask again, or name a database with --db',
      }),
    );
  });
  worker.on('message', (message: Reply) => {
    switch (message.type) {
      case 'bytes':
        // First, for whoever gets the bytes may want to close.
        if (message.last) asked.shift()?.done();
        engine.onBytes(message.bytes);
        break;
      case 'done':
        asked.shift()?.done();
        break;
      case 'failed':
        fail(new Error(message.message));
        void worker.terminate();
        break;
    }
  });

  let closing: Promise<void> | undefined;
  const close = async () => {
    const idle = asked.length === 0;
    const timer = setTimeout(() => void worker.terminate(), idle ? CLOSE_MS : 0);
    await ask({ type: 'close' }).catch(() => undefined);
    clearTimeout(timer);
    await engine.terminate();
  };

  const engine: Engine = {
    create: (directory) => ask({ type: 'create', directory }).catch(unusable(directory)),
    open: (directory) => ask({ type: 'open', directory }).catch(unusable(directory)),
    send(bytes) {
      // Where it fails the thread ends, which is what the sender gets to know.
      ask({ type: 'bytes', bytes }, [bytes.buffer as ArrayBuffer]).catch(() => undefined);
    },
    onBytes: () => undefined,
    close: () => (closing ??= close()),
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
    if (error instanceof ConnectionError) throw error;
    throw new ConnectionError(
      `the embedded database in ${directory} does not start: ${error.message}`,
      {
        cause: error,
        hint: `if it holds nothing that you need, remove it, and it is made anew: rm -r '${directory}'`,
      },
    );
  };
}
