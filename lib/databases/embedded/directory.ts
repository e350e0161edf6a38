/** The data directory: made on first use, kept, and never mistaken for one of another version. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ConnectionError, FileError, PgaskError } from '../../errors.js';
import { makeDirectory, syncDirectory } from '../../files.js';
import { type Stamp, readStamp } from './stamp.js';
import { copyTemplate } from './template.js';

/** The major version of PGlite's PostgreSQL, as it stands in PG_VERSION. */
export const POSTGRES_MAJOR = '18';

export interface DirectoryOptions {
  /** The prepared sample, or undefined for an empty database. */
  readonly templateDir: string | undefined;
  /** Makes an empty database where there is no template. */
  readonly create: (directory: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly notify: (message: string) => void;
}

/** One name per directory, whatever link leads to it, since the lock goes by name. Makes the parents. */
export async function resolveDirectory(dataDir: string): Promise<string> {
  const absolute = resolve(dataDir);
  try {
    return await realpath(absolute);
  } catch {
    const parent = dirname(absolute);
    await makeDirectory(parent).catch(cannotMake(absolute));
    return join(await realpath(parent), basename(absolute));
  }
}

/**
 * Sees to it that `directory` can be opened. The caller holds the lock on it.
 *
 * A sample of another version than the template's is set aside, not removed, since somebody may have written to
 * it, and comes back when that version is asked for again. A directory without the sample's stamp is somebody's
 * own: it is opened or refused, never replaced.
 *
 * @throws {ConnectionError} another PostgreSQL's directory, no database at all, or it can't be made
 */
export async function prepareDirectory(
  directory: string,
  options: DirectoryOptions,
): Promise<void> {
  await prepare(directory, options).catch(cannotMake(directory));
}

async function prepare(directory: string, options: DirectoryOptions): Promise<void> {
  const wanted = await templateStamp(options.templateDir);
  const found = await look(directory);
  if (found.type === 'database') {
    const { stamp, major } = found;
    const outdated =
      wanted !== undefined && stamp !== undefined && stamp.version !== wanted.version;
    if (!outdated && major === POSTGRES_MAJOR) return;
    if (!outdated) throw otherMajor(directory, major);
    const aside = await setAside(directory, stamp.version);
    options.notify(`the sample has a new version; the one before is kept in ${aside}`);
  }
  if (wanted !== undefined && (await takeBack(directory, wanted.version))) return;
  await make(directory, wanted, options);
}

async function templateStamp(templateDir: string | undefined): Promise<Stamp | undefined> {
  if (templateDir === undefined) return undefined;
  const stamp = await readStamp(templateDir);
  if (stamp === undefined) {
    throw new ConnectionError(`the sample database is missing from ${templateDir}`, {
      hint: 'install pgask again, or name a database with --db',
    });
  }
  if (stamp.postgres !== POSTGRES_MAJOR) throw otherMajor(templateDir, stamp.postgres);
  return stamp;
}

type Found =
  | { readonly type: 'nothing' }
  | { readonly type: 'database'; readonly major: string; readonly stamp: Stamp | undefined };

async function look(directory: string): Promise<Found> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new ConnectionError(`the data directory ${directory} can't be read: ${error.message}`, {
      cause: error,
      hint: 'check that it is a directory and that it is yours',
    });
  });
  if (names.length === 0) return { type: 'nothing' };
  if (!names.includes('PG_VERSION')) {
    throw new ConnectionError(`${directory} is not a data directory of PostgreSQL`, {
      hint: 'name another directory, or an empty one',
    });
  }
  const major = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  return { type: 'database', major, stamp: await readStamp(directory) };
}

function otherMajor(directory: string, major: string): ConnectionError {
  return new ConnectionError(
    `the data directory ${directory} belongs to PostgreSQL ${major}, and this pgask embeds ${POSTGRES_MAJOR}`,
    { hint: 'move it away to begin with a new one, or use the pgask that made it' },
  );
}

async function setAside(directory: string, version: string): Promise<string> {
  let aside = asideName(directory, version);
  // Only where somebody has moved directories about is the name taken.
  for (let n = 2; existsSync(aside); n++) aside = `${asideName(directory, version)}.${n}`;
  await rename(directory, aside);
  return aside;
}

async function takeBack(directory: string, version: string): Promise<boolean> {
  const aside = asideName(directory, version);
  if ((await readStamp(aside))?.version !== version) return false;
  await moveTo(directory, aside);
  return true;
}

function asideName(directory: string, version: string): string {
  return `${directory}.${version}`;
}

/** Under another name first: what has the right name is complete. */
async function make(
  directory: string,
  wanted: Stamp | undefined,
  { templateDir, create, signal }: DirectoryOptions,
): Promise<void> {
  const unfinished = `${directory}.new`;
  // One is there when its maker was killed: whoever holds the lock is the only maker.
  await rm(unfinished, { recursive: true, force: true });
  try {
    if (templateDir === undefined || wanted === undefined) {
      await mkdir(unfinished, { mode: 0o700 });
      await create(unfinished);
    } else {
      await copyTemplate(templateDir, wanted, unfinished, signal);
    }
    await moveTo(directory, unfinished);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function moveTo(directory: string, from: string): Promise<void> {
  // An empty directory may be there; not every system renames over one.
  await rmdir(directory).catch(() => undefined);
  await rename(from, directory);
  await syncDirectory(dirname(directory));
}

function cannotMake(directory: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof FileError) {
      throw new ConnectionError(`the data directory ${directory} can't be made: ${error.message}`, {
        cause: error,
        hint: error.hint,
      });
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof PgaskError || code === undefined || code === 'ABORT_ERR') throw error;
    throw new ConnectionError(`the data directory ${directory} can't be made: ${message}`, {
      cause: error,
      hint:
        code === 'ENOSPC'
          ? 'the disk is full: make some 20 MB of room'
          : 'check that you may write there, or name a database with --db',
    });
  };
}
