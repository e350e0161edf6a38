/** Files written whole or not at all: beside the target, synced, renamed. */
import { constants, type Stats } from 'node:fs';
import {
  access,
  type FileHandle,
  link,
  lstat,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, fileError, outputError } from './reasons.js';
import { openTemporary, removeLeftOvers, writeAll } from './temporary.js';

/**
 * Replaces the file by one with `mode` less the umask: whoever looks finds the old bytes or the new ones, even
 * after a power cut. A symbolic link stays, and what it leads to is replaced.
 *
 * @throws {FileError} and the file is as it was
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  { mode }: { readonly mode: number },
): Promise<void> {
  try {
    const place = await findPlace(path);
    const file = place.direct
      ? await openDirectly(place.target)
      : await openBeside(place.target, { mode });
    try {
      await file.write(data);
      await file.commit();
    } catch (error) {
      await file.abort();
      throw error;
    }
  } catch (error) {
    throw fileError(`${path} can't be written`, path, error);
  }
}

/** A file being written. Calls are awaited in order; nothing is in place before `commit` has resolved. */
export interface AtomicFile {
  write(chunk: string | Uint8Array): Promise<void>;
  commit(): Promise<void>;
  /** Gives up what was written. Never rejects; does nothing after a `commit` that resolved. */
  abort(): Promise<void>;
}

export interface OpenOptions {
  readonly mode?: number | undefined;
  /** What has the name already stays, whatever it is and whenever it came: opening or `commit` fails. */
  readonly fresh?: boolean | undefined;
}

/**
 * Opens the place of a result. An existing file keeps its mode and owner; a new one gets `mode` less the umask.
 * What can't be replaced (a pipe, a terminal, /dev/stdout) is written as it comes; a named pipe is opened when
 * its reader is there.
 *
 * @throws {OutputError} at once, where nothing could be written in the end: a directory, say
 */
export async function openAtomic(
  path: string,
  { mode = 0o666, fresh = false }: OpenOptions = {},
): Promise<AtomicFile> {
  const failed = (error: unknown): never => {
    throw outputError(path, error);
  };
  const file = await (fresh ? openFresh(path, mode) : openPlace(path, mode)).catch(failed);
  return {
    write: (chunk) => file.write(chunk).catch(failed),
    commit: () => file.commit().catch(failed),
    abort: () => file.abort(),
  };
}

async function openPlace(path: string, mode: number): Promise<AtomicFile> {
  const { target, existing, direct } = await findPlace(path);
  if (direct) return await openDirectly(target);
  // The rename would ask the directory alone: a file that is write-protected is meant to stay.
  if (existing !== undefined) await access(target, constants.W_OK);
  return await openBeside(target, { mode, existing });
}

async function openFresh(path: string, mode: number): Promise<AtomicFile> {
  // A symbolic link that leads nowhere is something, too.
  const found = await lstat(path).catch(() => undefined);
  if (found !== undefined) throw Object.assign(new Error('it exists'), { code: 'EEXIST' });
  return await openBeside(path, { mode, fresh: true });
}

interface Place {
  readonly target: string;
  readonly existing: Stats | undefined;
  /** It can't be replaced, only written to. */
  readonly direct: boolean;
}

/** Paths that stand for an open descriptor: a rename would replace the file that the shell has opened. */
const DESCRIPTOR = /^\/dev\/(?:stdout|stderr|fd\/\d+)$|^\/proc\/[^/]+\/fd\/\d+$/;

async function findPlace(path: string): Promise<Place> {
  if (DESCRIPTOR.test(path)) return { target: path, existing: undefined, direct: true };
  const target = await resolveLinks(path);
  const existing = await stat(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (existing?.isDirectory() === true || (existing === undefined && path.endsWith('/'))) {
    throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
  }
  return { target, existing, direct: existing?.isFile() === false };
}

/** The path behind symbolic links, also where the last one leads to nothing yet. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const directory = await realpath(dirname(path));
    const target = await readlink(path).catch(() => undefined);
    if (target === undefined) return join(directory, basename(path));
    return await resolveLinks(resolve(directory, target));
  }
}

async function openDirectly(path: string): Promise<AtomicFile> {
  // What the shell opened with >> is not to be cut, and what was written before is not to be overwritten.
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND);
  let closed: Promise<void> | undefined;
  return {
    write: (chunk) => writeAll(handle, chunk),
    commit: () => (closed ??= handle.close()),
    abort: () => (closed ??= handle.close()).catch(() => undefined),
  };
}

async function openBeside(
  target: string,
  {
    mode,
    existing,
    fresh = false,
  }: { readonly mode: number; readonly existing?: Stats | undefined; readonly fresh?: boolean },
): Promise<AtomicFile> {
  await removeLeftOvers(dirname(target));
  // Nobody reads along before the file has the rights of the one that it replaces.
  const { path, handle } = await openTemporary(target, existing === undefined ? mode : 0o600);
  let committed = false;
  return {
    write: (chunk) => writeAll(handle, chunk),
    async commit() {
      if (existing !== undefined) await takeRights(handle, existing);
      await handle.sync();
      await handle.close();
      await (fresh ? renameToNothing(path, target) : rename(path, target));
      committed = true;
      await syncDirectory(dirname(target));
    },
    async abort() {
      if (committed) return;
      // Closing what is closed does nothing.
      await handle.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
    },
  };
}

/** A rename replaces what is there; only a link refuses to. */
async function renameToNothing(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
  } catch (error) {
    if (!WITHOUT_LINKS.has(codeOf(error) ?? '')) throw error;
    // A file system without hard links: the name is taken with an empty file first, which nobody else's rename follows.
    await (await open(target, 'wx', 0o600)).close();
    await rename(path, target);
    return;
  }
  await rm(path, { force: true });
}

const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** The owner first: changing it clears bits of the mode. A file of somebody else's becomes ours. */
async function takeRights(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  if (uid !== own.uid || gid !== own.gid) await handle.chown(uid, gid).catch(() => undefined);
  await handle.chmod(mode & 0o7777);
}

/** Makes a rename or a removal last through a power cut, where the file system lets a directory be synced. */
export async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, 'r');
    await handle.sync();
  } catch (error) {
    if (codeOf(error) === 'EIO') throw error;
  } finally {
    await handle?.close();
  }
}
