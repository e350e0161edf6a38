/** The driver for the embedded database: PGlite in a thread, on a data directory that this process alone uses. */
import { ConnectionError, FileError } from '../../errors.js';
import { acquireLock } from '../../files.js';
import type { Connection, Driver } from '../driver.js';
import { openWire } from '../wire.js';
import { prepareDirectory, resolveDirectory } from './directory.js';
import { engineStream } from './duplex.js';
import { type Engine, startEngine } from './engine.js';

export interface EmbeddedOptions {
  /** PostgreSQL's data directory; it survives, and is made where there is none. */
  readonly dataDir: string;
  /** The prepared sample that a new directory is a copy of; undefined for an empty database. */
  readonly templateDir: string | undefined;
  /** Milliseconds to wait for another pgask that uses the directory. */
  readonly lockTimeoutMs: number;
  /** The built worker.ts. */
  readonly workerFile: string | URL;
  /** Told why it takes longer, or what was done to an older sample: one line for stderr. */
  readonly onWait?: ((message: string) => void) | undefined;
}

/** Milliseconds for the session's start-up messages; the thread is ready by then. */
const START_UP_MS = 10_000;

/**
 * One session at a time: a second `connect` waits until the first has ended. A statement can only be stopped by
 * ending the session; what was not committed is gone then, and the next `connect` recovers the directory.
 */
export function embeddedDriver(options: EmbeddedOptions): Driver {
  const { workerFile, templateDir, onWait: notify = () => undefined } = options;
  const closed = new AbortController();
  let lock: { release(): Promise<void> } | undefined;
  let engine: Engine | undefined;
  /** Resolves when the session before has ended, its thread included. */
  let free = Promise.resolve();

  async function connect(caller: AbortSignal): Promise<Connection> {
    const signal = AbortSignal.any([caller, closed.signal]);
    const before = free;
    let over: () => void = () => undefined;
    free = new Promise((resolve) => {
      over = resolve;
    });
    let mine: Engine | undefined;
    try {
      await unlessAborted(before, signal);
      // It loads PGlite while we wait for the lock and see to the directory.
      mine = engine = startEngine(workerFile);
      const session = await open(mine, signal);
      void mine.ended.then(over);
      return session;
    } catch (error) {
      await mine?.terminate();
      void before.then(over);
      throw error;
    }
  }

  async function open(mine: Engine, signal: AbortSignal): Promise<Connection> {
    const directory = await resolveDirectory(options.dataDir);
    lock ??= await lockDirectory(directory, signal);
    const create = (path: string) => unlessAborted(mine.create(path), signal);
    await prepareDirectory(directory, { templateDir, create, signal, notify });
    await unlessAborted(mine.open(directory), signal);
    return await openWire({
      socket: () => engineStream(mine),
      user: 'postgres',
      database: 'postgres',
      connectTimeoutMs: START_UP_MS,
      signal,
      cancel: () => mine.terminate().then(() => true),
    });
  }

  async function lockDirectory(directory: string, signal: AbortSignal) {
    try {
      return await acquireLock(`${directory}.lock`, {
        timeoutMs: options.lockTimeoutMs,
        signal,
        onWait: (pid) => notify(`waiting for process ${pid}, which uses the embedded database`),
      });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new ConnectionError(`the embedded database can't be locked: ${error.message}`, {
        cause: error,
        hint: error.hint,
      });
    }
  }

  return {
    maxConnections: 1,
    copies: false,
    connect,
    async close() {
      closed.abort(new ConnectionError('the embedded database has been closed'));
      await engine?.close();
      await free;
      const held = lock;
      lock = undefined;
      await held?.release().catch(() => undefined);
    },
  };
}

/** What is waited for goes on: whoever starts it ends it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
