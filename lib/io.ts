/** stdout and stderr: the only file that touches the terminal. */
import type { Readable, Writable } from 'node:stream';
import { EXIT, InterruptedError, OutputError, UsageError } from './errors.js';
import { stdoutIsClosed } from './io/closed.js';
import type { PagedSink } from './io/pager.js';
import { hiddenLine, type Keyboard } from './io/hidden-line.js';
import { printable, printableJson } from './io/printable.js';
import { watchReader } from './io/reader.js';
import { openSecrets, type Secrets } from './io/secrets.js';
import { type Destination, openSink, type Sink } from './io/sink.js';
import { openTalker, type Spinner, type Talker } from './io/talk.js';

export { holdsSecret, MASK, maskConnection, maskUrl, secretsIn } from './io/mask.js';
export { hasUnseen, printable, printableJson, replaceUnseen } from './io/printable.js';
export type { Secrets } from './io/secrets.js';
export { descriptorWriter, type Sink, streamWriter } from './io/sink.js';

export interface Io {
  /** The result, and nothing else. */
  readonly out: Sink & {
    /** Whether a person is looking. */
    readonly terminal: boolean;
    /** Columns of that terminal. */
    readonly width: number | undefined;
    /** Its lines. */
    readonly height: number | undefined;
    /** Whether to paint what goes there. */
    color(wanted: Choice): boolean;
    /**
     * The same through a pager, once it is longer than the screen; undefined where it does not lead to a terminal, or
     * the environment has no pager.
     */
    page(options: PageOptions): Promise<PagedSink | undefined>;
    /**
     * Says that a result will go there. From then on a reader that goes away is noticed, also where nothing is written.
     *
     * @throws {OutputError} there is no stdout
     */
    open(): void;
  };
  /** Aborts with an InterruptedError: on a signal, or when nobody reads the result any more. */
  readonly signal: AbortSignal;
  /** Everything that is not the result. Never rejects: talk that can't be heard is no failure. */
  readonly talk: {
    readonly terminal: boolean;
    color(wanted: Choice): boolean;
    /** Whatever the text holds, the terminal is safe and no secret is told. `lead` is our own, and as it is. */
    line(text: string, lead?: string): void;
    /** SQL that may be wanted again: nothing but a known secret is left out. */
    statement(sql: string): void;
    /** An object on a line, for programs. */
    json(value: object): void;
    /**
     * A sign of life while something takes longer than a second; only at a terminal, and until the result is shown
     * there. Ends when the function is called.
     *
     * @param text a function is asked again for every picture
     */
    progress(text: string | (() => string)): () => void;
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
  /** The same, and the terminal does not show what is typed. */
  askHidden(question: string, signal: AbortSignal): Promise<string>;
  /**
   * A text as the person has changed it, in the editor that the environment names.
   *
   * @throws {OutputError} the editor fails; {InterruptedError} the signal's reason
   */
  edit(text: string, signal: AbortSignal): Promise<string>;
  /**
   * All of stdin as text: read only when the command line says `-`.
   *
   * @throws {UsageError} it is not UTF-8
   */
  readInput(): Promise<string>;
  /** The same as it comes: bytes, in chunks of any size. Ends with the signal's reason when that aborts. */
  input(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What a person wants of colour, or of a pager; `auto` goes by where the result leads. */
export type Choice = 'auto' | 'always' | 'never';

export interface PageOptions {
  readonly wanted: Choice;
  readonly color: boolean;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Streams {
  readonly stdin: Keyboard & { readonly isTTY?: boolean };
  readonly stdout: Destination & { readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Says what the terminal can do, and what its user wants of it. */
  readonly environment?: Environment;
  /** Told when only a pager or an editor is waited for: Ctrl-C is for that alone, until it is over. */
  onPager?(waiting: boolean): void;
  /** Aborts with an InterruptedError on a signal. */
  readonly signal?: AbortSignal;
}

/** What is over soon after its reader has left was whole, and ends as such. */
const READER_GONE_MS = 300;

export function openIo(streams: Streams): Io {
  const { stdout, stderr, environment = {} } = streams;
  // A reader that went away shows as EPIPE; without a listener it would end the process with a stack.
  stderr.on('error', () => undefined);
  const secrets = openSecrets();
  const fit = (text: string) => printable(secrets.inWords(text));
  const talker = openTalker(stderr, (text) => loadSpinner(text, stderr));
  const colored = (stream: { readonly isTTY?: boolean }) => (wanted: Choice) =>
    wanted === 'always' || (wanted === 'auto' && stream.isTTY === true && hasColor(environment));
  const stop = new AbortController();
  const onGone = () => stop.abort(new InterruptedError(EXIT.readerGone));
  const onSignal = () => stop.abort(streams.signal?.reason);
  streams.signal?.addEventListener('abort', onSignal, { once: true });
  if (streams.signal?.aborted === true) onSignal();
  const sink = beside(talker, stdout, openSink(stdout, stop.signal, onGone));
  const size = () => ({ width: stdout.columns || undefined, height: stdout.rows || undefined });
  return {
    out: {
      terminal: stdout.isTTY === true,
      get width() {
        return stdout.isTTY === true ? size().width : undefined;
      },
      get height() {
        return stdout.isTTY === true ? size().height : undefined;
      },
      color: colored(stdout),
      async page({ wanted, color, signal, warn }) {
        if (stdout.isTTY !== true || wanted === 'never') return undefined;
        const { findPager, pagerEnvironment } = await import('./io/pager-command.js');
        const command = findPager(environment);
        if (command === undefined) return undefined;
        const { openPager } = await import('./io/pager.js');
        return openPager({
          out: sink,
          screen: size(),
          command,
          environment: pagerEnvironment(environment, color),
          always: wanted === 'always',
          signal,
          warn,
          onTaken: talker.onTaken,
          onWaiting: (waiting) => streams.onPager?.(waiting),
        });
      },
      open() {
        if (stdout.fd === 1 && stdoutIsClosed()) throw noStdout();
        watchReader(stdout, () => setTimeout(onGone, READER_GONE_MS).unref());
      },
      ...sink,
    },
    signal: stop.signal,
    talk: {
      terminal: stderr.isTTY === true,
      color: colored(stderr),
      line: (text, lead = '') => talker.write(`${lead}${fit(text)}\n`),
      statement: (sql) => talker.write(`${printable(secrets.inSql(sql))}\n`),
      json(value) {
        const told = (_key: string, inner: unknown) =>
          typeof inner === 'string' ? secrets.inWords(inner) : inner;
        talker.write(`${printableJson(JSON.stringify(value, told))}\n`);
      },
      progress: (text) => talker.spin(typeof text === 'string' ? fit(text) : () => fit(text())),
    },
    secrets,
    canAsk: () => stderr.isTTY === true && streams.stdin.isTTY === true,
    ask(question, signal) {
      talker.still();
      return askLine(printable(question), streams, signal);
    },
    askHidden(question, signal) {
      // It would draw over the question.
      talker.still();
      return hiddenLine(question, streams, signal);
    },
    async edit(text, signal) {
      const { editText } = await import('./io/editor.js');
      talker.still();
      return await editText(text, {
        ...{ environment, signal },
        // stdout may lead elsewhere: both ends of the terminal are those where the question was asked.
        terminal: [0, 2, 2],
        onTaken(taken) {
          talker.onTaken(taken);
          streams.onPager?.(taken);
        },
      });
    },
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of inputOf(streams.stdin, stop.signal))
        chunks.push(Buffer.from(chunk));
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

function noStdout(): OutputError {
  return new OutputError(
    'the result could not be written: stdout is closed; -o FILE writes a file',
  );
}

/** Where both lead to one terminal, the result takes the place of the sign of life. */
function beside(talker: Talker, { isTTY }: { readonly isTTY?: boolean }, sink: Sink): Sink {
  if (isTTY !== true) return sink;
  return {
    write(chunk) {
      talker.still();
      return sink.write(chunk);
    },
  };
}

/** By no-color.org, and for terminals that say that they can't. */
function hasColor(environment: Environment): boolean {
  return !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

async function loadSpinner(text: string, stream: Streams['stderr']): Promise<Spinner> {
  const { default: ora } = await import('ora');
  return ora({ text, stream: stream as NodeJS.WriteStream, discardStdin: false });
}

/** Red for the word that matters, where stderr is a terminal and colour is wanted. */
export async function paint(text: string, color: boolean): Promise<string> {
  if (!color) return text;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 }).red(text);
}

/** What is shown otherwise where colour is wanted, and as it is elsewhere. */
export interface Painter {
  /** A column's name. */
  name(text: string): string;
  /** What only frames the result. */
  faint(text: string): string;
}

export async function openPainter(color: boolean): Promise<Painter> {
  if (!color) return { name: (text) => text, faint: (text) => text };
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { name: (text) => chalk.bold(text), faint: (text) => chalk.dim(text) };
}
