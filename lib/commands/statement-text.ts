/** The statement of a command line: its words, a file, or stdin; what is not UTF-8 is told from what is. */
import { createReadStream } from 'node:fs';
import type { App } from '../app.js';
import { UsageError } from '../errors.js';

export interface StatementSource {
  /** Several words are one statement; `-` is stdin. */
  readonly words: string;
  readonly file: string | undefined;
}

/**
 * The text, without a byte order mark; undefined where it is not UTF-8.
 *
 * @throws {UsageError} there is no statement, or no such file
 */
export async function readStatement(
  app: App,
  { words, file }: StatementSource,
): Promise<string | undefined> {
  if (file !== undefined && words !== '') {
    throw new UsageError('give SQL on the command line or with --file, not both');
  }
  if (file !== undefined || words === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of openInput(app, file ?? '-')) chunks.push(chunk);
    return decodeUtf8(Buffer.concat(chunks));
  }
  if (words.trim() === '') {
    throw new UsageError('there is no SQL to run', {
      hint: 'pgask sql "select 1", pgask sql -f FILE, or pgask sql - to read stdin',
    });
  }
  return words;
}

/** What a path is called in messages. */
export function inputName(path: string): string {
  return path === '-' ? 'stdin' : path;
}

/**
 * A file's bytes as they come; `-` is stdin.
 *
 * @throws {UsageError} it can't be read
 */
export async function* openInput(app: App, path: string): AsyncGenerator<Uint8Array> {
  try {
    if (path === '-') yield* app.io.input(app.signal);
    else yield* unlessAborted(createReadStream(path), app.signal);
  } catch (error) {
    app.signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${inputName(path)} can't be read: ${WHY[code] ?? code}`, {
      cause: error,
    });
  }
}

/** A stream that is still being opened, as a named pipe without a writer is, does not hear of a signal. */
async function* unlessAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
  aborted.catch(() => undefined);
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not waited for: it may be what does not end.
    void iterator.return?.().catch(() => undefined);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
};

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
