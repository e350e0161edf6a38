/** A result that is longer than the screen goes through a pager, as psql does it. Whatever the pager does, no row is lost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EXIT, InterruptedError, OutputError } from '../errors.js';
import { isSimple } from './pager-command.js';
import { lineCounter } from './screen.js';
import type { Sink } from '../io.js';

export interface PagedSink extends Sink {
  /** Aborts, with an InterruptedError of exit code 0, when the reader has quit before the end: they have seen enough. */
  readonly left: AbortSignal;
  /** The result is whole: where it fits the screen it is shown now, before anything is said of it. */
  whole(): Promise<void>;
  /** Resolves when the reader is done. @throws {OutputError} the pager broke */
  end(): Promise<void>;
}

export interface PagerOptions {
  /** Where the result goes while it fits the screen, and where there is no pager. */
  readonly out: Sink;
  readonly screen: { readonly width: number | undefined; readonly height: number | undefined };
  /** As a shell would run it. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whatever the length. */
  readonly always: boolean;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  /** Called when it takes the terminal, and when it gives it back. */
  readonly onTaken: (taken: boolean) => void;
  /** Called when all that is left to do is to wait for the reader, and when that is over: Ctrl-C is the pager's then. */
  readonly onWaiting: (waiting: boolean) => void;
}

/** Bytes that wait for the reader in memory: so much of a result lets go of the database at once. */
const AHEAD_BYTES = 32 * 1024 * 1024;
/** Bytes that are kept to be printed again where the pager turns out not to work. */
const KEPT_BYTES = 1024 * 1024;
/** After a signal the pager may say goodbye by itself. */
const FAREWELL_MS = 2000;
const SIGNAL_MS = 50;
/** How a person, or the terminal, ends a pager. */
const LEAVING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGPIPE'];

interface Ended {
  readonly code: number | null;
  readonly killedBy?: NodeJS.Signals | null;
  readonly error?: Error;
}

export function openPager(options: PagerOptions): PagedSink {
  const { out, screen, always, signal, warn } = options;
  const lines = lineCounter(screen.width);
  const left = new AbortController();
  const kept = openKept();
  let pager: Running | undefined;
  /** Without a pager: it is not needed, or does not work. */
  let direct = false;
  let over = false;

  const release = async () => {
    direct = true;
    for (const chunk of kept.take()) await out.write(chunk);
  };

  /** After the pager has ended: where it has not worked, what it was given is printed. */
  const settle = async (ended: Ended): Promise<void> => {
    if (signal.aborted || worked(ended, options.command)) return;
    const how = ended.error?.message ?? ended.killedBy ?? `exit code ${ended.code}`;
    const what = `the pager ended with ${how}: ${options.command}`;
    if (!kept.whole) {
      throw new OutputError(what, {
        hint: 'what it showed is not the whole result: try --pager never, or another PAGER',
      });
    }
    warn(what);
    await release();
  };

  const begin = async () => {
    pager = start(options, (ended) => {
      if (!signal.aborted && worked(ended, options.command))
        left.abort(new InterruptedError(EXIT.done));
    });
    for (const chunk of kept.chunks) await pager.write(chunk);
  };

  return {
    left: left.signal,
    async write(chunk) {
      left.signal.throwIfAborted();
      if (direct) return await out.write(chunk);
      kept.add(chunk, pager !== undefined);
      if (pager === undefined) {
        lines.add(chunk);
        const long = always || lines.count() >= (screen.height ?? Infinity);
        if (!long && kept.bytes < KEPT_BYTES) return;
        await begin();
      } else {
        await pager.write(chunk);
      }
      if (pager?.ended !== undefined) await settle(pager.ended);
      signal.throwIfAborted();
      left.signal.throwIfAborted();
    },
    async whole() {
      if (pager === undefined && !direct) await release();
    },
    async end() {
      if (direct || over) return;
      over = true;
      if (pager === undefined) await release();
      else await settle(await pager.finish());
    },
  };
}

/** What went to the pager, as long as it is little enough to be kept: once a pager has taken more, it works. */
function openKept() {
  let chunks: (string | Uint8Array)[] = [];
  let bytes = 0;
  let whole = true;
  return {
    get chunks(): readonly (string | Uint8Array)[] {
      return chunks;
    },
    get bytes() {
      return bytes;
    },
    get whole() {
      return whole;
    },
    add(chunk: string | Uint8Array, mayForget: boolean) {
      bytes += chunk.length;
      if (whole) chunks.push(chunk);
      if (!mayForget || bytes <= KEPT_BYTES) return;
      whole = false;
      chunks = [];
    },
    take() {
      const taken = chunks;
      chunks = [];
      return taken;
    },
  };
}

interface Running {
  readonly ended: Ended | undefined;
  /** Resolves when it can take more, or has ended. */
  write(chunk: string | Uint8Array): Promise<void>;
  finish(): Promise<Ended>;
}

/** @param onLeft called where it ends before it was given everything */
function start(
  { command, environment, signal, onTaken, onWaiting }: PagerOptions,
  onLeft: (ended: Ended) => void,
): Running {
  onTaken(true);
  const child: ChildProcess = spawn('/bin/sh', ['-c', command], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: environment,
  });
  const stdin = child.stdin!;
  // That nobody reads any more shows in its end.
  stdin.on('error', () => undefined);
  let ended: Ended | undefined;
  let finishing = false;
  const end = new Promise<Ended>((resolve) => {
    const on = (how: Ended) => {
      if (ended !== undefined) return;
      ended = how;
      signal.removeEventListener('abort', stop);
      onTaken(false);
      onWaiting(false);
      if (!finishing) onLeft(how);
      resolve(how);
    };
    child.once('error', (error) => on({ code: null, error }));
    child.once('exit', (code, killedBy) => {
      // A signal that was meant for both of us is to be heard first.
      if (code === 0) on({ code });
      else setTimeout(() => on({ code, killedBy }), SIGNAL_MS);
    });
  });
  const stop = () => {
    stdin.destroy();
    setTimeout(() => child.kill(), FAREWELL_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  return {
    get ended() {
      return ended;
    },
    async write(chunk) {
      if (ended !== undefined) return;
      stdin.write(chunk);
      if (stdin.writableLength < AHEAD_BYTES) return;
      const room = new Promise<void>((resolve) => void stdin.once('drain', resolve));
      await Promise.race([room, end]);
    },
    async finish() {
      finishing = true;
      if (!stdin.destroyed) stdin.end();
      if (ended === undefined && !signal.aborted) onWaiting(true);
      return await end;
    },
  };
}

/** `less -K` ends with 2 at Ctrl-C, and a shell with 2 where it can't read the command. */
function worked({ code, killedBy }: Ended, command: string): boolean {
  return code === 0 || LEAVING.includes(killedBy ?? '') || (code === 2 && isSimple(command));
}
