/** The built program, run as a person or a script runs it: a process of its own, with nothing of ours in its environment. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const programFile = fileURLToPath(new URL('../../dist/pgask.cjs', import.meta.url));

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
}

export interface RunOptions {
  /** In addition to the clean environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The machine's home folder by default. */
  readonly cwd?: string;
  /** A text that ends; or `closed` (as `<&-` or /dev/null), the default; or `open`: a pipe that never ends. */
  readonly stdin?: string | Uint8Array | { readonly type: 'closed' | 'open' };
  /** The process is killed after these milliseconds, which then shows as its signal. */
  readonly timeoutMs?: number;
  /** Its home; {@link machine} of its own by default, removed afterwards. */
  readonly on?: Machine;
}

/** A computer that has never seen pgask: a home folder with nothing in it. */
export interface Machine {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

const TIMEOUT_MS = 20_000;

export function machine(): Machine {
  const home = mkdtempSync(join(tmpdir(), 'pgask-home-'));
  const folders = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    TMPDIR: join(home, 'tmp'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return {
    home,
    // Nothing else of this process's environment: PG*, OPENAI_*, PGASK_* and NODE_* would change what is tested.
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TZ: 'UTC', ...folders },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Runs it to its end. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const own = options.on === undefined ? machine() : undefined;
  try {
    return await start(args, { ...options, on: options.on ?? own! }).finished;
  } finally {
    own?.remove();
  }
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts it, for tests that send signals or read while it writes. */
export function start(
  args: readonly string[],
  options: RunOptions & { readonly on: Machine },
): Started {
  const { stdin = { type: 'closed' } } = options;
  const given = typeof stdin === 'string' || stdin instanceof Uint8Array;
  const child = spawn(process.execPath, [programFile, ...args], {
    cwd: options.cwd ?? options.on.home,
    env: environment(options.on, options.env),
    stdio: [!given && stdin.type === 'closed' ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (given) {
    // A program that does not read all of it is no failure of the test.
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(stdin);
  }
  return { child, finished: finish(child, options.timeoutMs ?? TIMEOUT_MS) };
}

/** Why {@link runInTerminal} can't be used here, for a test's title; undefined where it can. */
export function noTerminal(): string | undefined {
  if (findTerminal() !== undefined) return undefined;
  return 'skipped: neither script (util-linux) nor python3 is installed';
}

/** What a person types to a question, having thought about it for some milliseconds. */
export interface Typed {
  readonly to: RegExp;
  readonly type: string;
  readonly afterMs?: number;
}

/**
 * Runs it in a terminal of 80 columns: everything that it writes arrives together, as `stdout`, with CRLF.
 *
 * @param options.type is typed as soon as the program runs
 * @param options.answers are typed one after the other, each once what was written since the last one has its question
 */
export async function runInTerminal(
  args: readonly string[],
  options: Omit<RunOptions, 'stdin'> & {
    readonly type?: string;
    readonly answers?: readonly Typed[];
  } = {},
): Promise<Finished> {
  const terminal = findTerminal();
  if (terminal === undefined) throw new Error(noTerminal());
  const own = options.on === undefined ? machine() : undefined;
  const on = options.on ?? own!;
  const [command, ...rest] = terminal([process.execPath, programFile, ...args]);
  const child = spawn(command!, rest, {
    cwd: options.cwd ?? on.home,
    env: environment(on, { TERM: 'xterm-256color', SHELL: '/bin/sh', ...options.env }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(options.type ?? '');
  const answers = [...(options.answers ?? [])];
  let unanswered = '';
  child.stdout.on('data', (chunk: Buffer) => {
    unanswered += chunk.toString('utf8');
    if (answers[0]?.to.test(unanswered) !== true) return;
    unanswered = '';
    const { type, afterMs = 0 } = answers.shift()!;
    setTimeout(() => child.stdin.write(type), afterMs);
  });
  try {
    return await finish(child, options.timeoutMs ?? TIMEOUT_MS);
  } finally {
    child.stdin.destroy();
    own?.remove();
  }
}

type Terminal = (command: readonly string[]) => readonly string[];

function findTerminal(): Terminal | undefined {
  const quote = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const script = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (script.status === 0 && script.stdout.includes('util-linux')) {
    return (command) => [
      ...['script', '--quiet', '--return', '--command'],
      `stty cols 80 rows 24; exec ${command.map(quote).join(' ')}`,
      '/dev/null',
    ];
  }
  if (spawnSync('python3', ['-c', 'import pty']).status === 0) {
    const program = [
      'import os, pty, sys',
      'code = pty.spawn(["sh", "-c", "stty cols 80 rows 24; exec " + sys.argv[1]])',
      'sys.exit(os.waitstatus_to_exitcode(code))',
    ].join('\n');
    return (command) => ['python3', '-c', program, command.map(quote).join(' ')];
  }
  return undefined;
}

function environment(on: Machine, more: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const entries = Object.entries({ ...on.env, ...more });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

async function finish(child: ChildProcess, timeoutMs: number): Promise<Finished> {
  if (!existsSync(programFile)) throw new Error('the program is not built: npm run build');
  const started = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      // An open stdin is the test's, not the program's.
      child.stdin?.destroy();
      resolve([code, signal]);
    });
  });
  try {
    const [stdout, stderr, [code, signal]] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      ended,
    ]);
    return { stdout, stderr, code, signal, durationMs: performance.now() - started };
  } finally {
    clearTimeout(timer);
  }
}

async function text(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
