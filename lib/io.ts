/** stdout and stderr: the only file that touches the terminal. */
import type { Readable, Writable } from 'node:stream';
import { EXIT, InterruptedError, OutputError, UsageError } from './errors.js';
import { printable, printableJson } from './io/printable.js';
import { openSecrets, type Secrets } from './io/secrets.js';

export { holdsSecret, MASK, maskConnection, maskUrl, secretsIn } from './io/mask.js';
export { printable, printableJson, replaceUnseen } from './io/printable.js';
export type { Secrets } from './io/secrets.js';

export interface Sink {
  /** Resolves when the sink can take more: awaiting it is backpressure. */
  write(chunk: string | Uint8Array): Promise<void>;
}

export interface Io {
  /** The result, and nothing else. */
  readonly out: Sink & {
    /** Whether a person is looking. */
    readonly terminal: boolean;
    /** Columns of that terminal. */
    readonly width: number | undefined;
    /** Its lines. */
    readonly height: number | undefined;
  };
  /** Everything that is not the result. Never rejects: talk that can't be heard is no failure. */
  readonly talk: {
    readonly terminal: boolean;
    /** Whatever the text holds, the terminal is safe and no secret is told. `lead` is our own, and as it is. */
    line(text: string, lead?: string): void;
    /** SQL that may be wanted again: nothing but a known secret is left out. */
    statement(sql: string): void;
    /** An object on a line, for programs. */
    json(value: object): void;
    /** A sign of life while something takes long; only at a terminal. Ends when the function is called. */
    progress(text: string): Promise<() => void>;
  };
  /** What nothing may tell; whoever learns of a secret adds it. */
  readonly secrets: Secrets;
  /** Whether a person is there to answer: both ends are a terminal. */
  canAsk(): boolean;
  /**
   * A line that the person types; empty where the terminal is closed instead.
   *
   * @throws {InterruptedError} the signal's reason
   */
  ask(question: string, signal: AbortSignal): Promise<string>;
  /**
   * All of stdin as text: read only when the command line says `-`.
   *
   * @throws {UsageError} it is not UTF-8
   */
  readInput(): Promise<string>;
  /** The same as it comes: bytes, in chunks of any size. Ends with the signal's reason when that aborts. */
  input(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

export function openIo(streams: Streams): Io {
  const { stdout, stderr } = streams;
  // A reader that went away shows as EPIPE; without a listener it would end the process with a stack.
  stderr.on('error', () => undefined);
  const secrets = openSecrets();
  const fit = (text: string) => printable(secrets.inWords(text));
  return {
    out: {
      terminal: stdout.isTTY === true,
      width: stdout.isTTY === true ? stdout.columns : undefined,
      height: stdout.isTTY === true ? stdout.rows : undefined,
      ...openSink(stdout),
    },
    talk: {
      terminal: stderr.isTTY === true,
      line: (text, lead = '') => void stderr.write(`${lead}${fit(text)}\n`),
      statement: (sql) => void stderr.write(`${printable(secrets.inSql(sql))}\n`),
      json(value) {
        const told = (_key: string, inner: unknown) =>
          typeof inner === 'string' ? secrets.inWords(inner) : inner;
        stderr.write(`${printableJson(JSON.stringify(value, told))}\n`);
      },
      progress: (text) => startSpinner(fit(text), stderr),
    },
    secrets,
    canAsk: () => stderr.isTTY === true && streams.stdin.isTTY === true,
    ask: (question, signal) => askLine(question, streams, signal),
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of streams.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
      } catch (error) {
        throw new UsageError("stdin can't be read: it is not UTF-8 text", { cause: error });
      }
    },
    input: (signal) => inputOf(streams.stdin, signal),
  };
}

/** Waiting for a pipe that stays open must not outlast a signal. */
async function* inputOf(stdin: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = () => void stdin.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of stdin) yield Buffer.from(chunk as Uint8Array);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function askLine(
  question: string,
  { stdin, stderr }: Streams,
  signal: AbortSignal,
): Promise<string> {
  const { createInterface } = await import('node:readline');
  // Not as a terminal: its own driver edits the line, and turns Ctrl-C into the signal that it is.
  const lines = createInterface({ input: stdin, terminal: false });
  let abort: (() => void) | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      abort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', abort);
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
      stderr.write(question);
      if (signal.aborted) abort();
    });
  } finally {
    if (abort !== undefined) signal.removeEventListener('abort', abort);
    lines.close();
  }
}

function openSink(stream: Writable): Sink {
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure ??= error;
  });
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(writeError(failure));
          return;
        }
        // The callback comes when the chunk is in the kernel: that is the backpressure, and the error too.
        stream.write(chunk, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(writeError(error));
        });
      }),
  };
}

function writeError(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') {
    return new InterruptedError(EXIT.readerGone);
  }
  const why = error.code === 'ENOSPC' ? 'the disk is full' : (error.code ?? error.message);
  return new OutputError(`the result could not be written: ${why}`, {
    cause: error,
    hint: 'what was written is not the whole result',
  });
}

async function startSpinner(text: string, stream: Streams['stderr']): Promise<() => void> {
  if (stream.isTTY !== true) return () => undefined;
  const { default: ora } = await import('ora');
  const spinner = ora({ text, stream: stream as NodeJS.WriteStream, discardStdin: false }).start();
  return () => void spinner.stop();
}

/** Red for the word that matters, where stderr is a terminal and colour is wanted. */
export async function paint(text: string, color: boolean): Promise<string> {
  if (!color) return text;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 }).red(text);
}
