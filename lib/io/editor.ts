/** A text that a person changes in an editor of theirs, as git and psql have it: in a file that is gone afterwards. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputError } from '../errors.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface EditorOptions {
  readonly environment: Environment;
  /** Where the editor draws: the terminal, as file descriptors for what it takes for stdin, stdout and stderr. */
  readonly terminal: readonly [number, number, number];
  readonly signal: AbortSignal;
  /** Called when it takes the terminal, and when it gives it back: Ctrl-C is the editor's meanwhile. */
  readonly onTaken: (taken: boolean) => void;
}

/** After a signal an editor may save what it has. */
const FAREWELL_MS = 1000;

export function findEditor({ VISUAL, EDITOR }: Environment): string {
  return [VISUAL, EDITOR].find((command) => command?.trim()) ?? 'vi';
}

/**
 * What the person has made of the text.
 *
 * @throws {OutputError} the editor can't be run, fails, or leaves what is no UTF-8
 */
export async function editText(text: string, options: EditorOptions): Promise<string> {
  const { environment, signal } = options;
  const command = findEditor(environment);
  // Of its owner alone, so that nobody else can put another text there meanwhile.
  const directory = await mkdtemp(join(tmpdir(), 'pgask-edit-'));
  const path = join(directory, 'change.sql');
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    signal.throwIfAborted();
    const how = await run(command, path, options);
    signal.throwIfAborted();
    if (how !== undefined) throw new OutputError(`the editor ended with ${how}: ${command}`, HINT);
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new OutputError('the editor has left no file behind', { ...HINT, cause: error });
    });
    return decode(bytes);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const HINT = { hint: 'VISUAL or EDITOR says which editor to use' };

/** Undefined where it went well; else how it ended, in words. */
async function run(
  command: string,
  path: string,
  { environment, terminal, signal, onTaken }: EditorOptions,
): Promise<string | undefined> {
  onTaken(true);
  // The shell takes the command apart, which may have arguments of its own.
  const child = spawn('/bin/sh', ['-c', `${command} "$1"`, command, path], {
    stdio: [...terminal],
    env: withoutSecrets(environment),
  });
  let last: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGHUP');
    last = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, killedBy) => {
        resolve(code === 0 ? undefined : (killedBy ?? reasonOf(code)));
      });
    });
  } finally {
    clearTimeout(last);
    signal.removeEventListener('abort', stop);
    onTaken(false);
  }
}

function reasonOf(code: number | null): string {
  return code === 127
    ? 'exit code 127, which says that there is no such program'
    : `exit code ${code}`;
}

/** Nothing in it is the database's or the model's business. */
function withoutSecrets(environment: Environment): Record<string, string | undefined> {
  const own = Object.entries(environment).filter(([name]) => !/^(PG|OPENAI_|PGASK_)/.test(name));
  return Object.fromEntries(own);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new OutputError('what the editor has left is not UTF-8 text', { cause: error });
  }
}
