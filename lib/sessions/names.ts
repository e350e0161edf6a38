/** Which file holds which session. */
import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { fileError } from '../files.js';

export interface SessionKey {
  readonly name?: string | undefined;
  /** The working directory. */
  readonly directory: string;
  /** The database as it may be shown: never with a password. */
  readonly database: string;
}

/** Letters, digits and a little punctuation: no path, and a file's name on every system. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}';

/** A session's file while it can be continued: by its name, or by directory and database. */
export function currentFile({ name, directory, database }: SessionKey): string {
  if (name === undefined) {
    const key = JSON.stringify([directory, database]);
    return `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`;
  }
  if (name.toLowerCase() === 'none') {
    throw new UsageError('no session can have the name none', {
      hint: '--session none means that nothing is remembered; choose another name',
    });
  }
  if (!new RegExp(`^${NAME}$`).test(name)) {
    throw new UsageError(`${JSON.stringify(name)} is no name for a session`, {
      hint: 'use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first',
    });
  }
  return `@${name}.json`;
}

/** Its file after another has taken its place. The id has 12 digits, the hash above 24. */
export function archiveFile(id: string): string {
  return `${id}.json`;
}

const FILE = new RegExp(`^(?:@${NAME}|[0-9a-f]{24}|[0-9a-f]{12})\\.json$`);

/** The names of all sessions' files; none where there is no directory yet. */
export async function listFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => FILE.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(`${directory} can't be read`, directory, error);
  }
}

/** The key with the directory that is meant, whatever link leads to it. */
export async function resolveKey(key: SessionKey): Promise<SessionKey> {
  const directory = await realpath(key.directory).catch(() => resolve(key.directory));
  return { ...key, directory };
}
