/** Files written whole or not at all: beside the target, synced, renamed. */
import type { Stats } from 'node:fs';
import { type FileHandle, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeBehind } from './behind.js';
import { openDirectly } from './direct.js';
import { syncDirectory } from './directory.js';
import { checkFree, moveToNothing } from './fresh.js';
import { checkReplaceable, findPlace } from './place.js';
import { fileError, outputError } from './reasons.js';
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
    const { target, direct } = await findPlace(path);
    const file = direct
      ? await openDirectly(target, undefined)
      : await openBeside(target, { mode });
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
  /** May tell only of what an earlier call failed with; the last to tell is `commit`. */
  write(chunk: string | Uint8Array): Promise<void>;
  commit(): Promise<void>;
  /** Gives up what was written. Never rejects; does nothing after a `commit` that resolved. */
  abort(): Promise<void>;
}

export interface OpenOptions {
  /** Of a new file, less the umask. */
  readonly mode?: number | undefined;
  /** Ends the wait for the reader of a pipe with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** What has the name already stays, whatever it is and whenever it came: opening or `commit` fails. */
  readonly fresh?: boolean | undefined;
}

/**
 * Opens the place of a result. An existing file keeps its mode and owner; another hard link to it keeps the old
 * content. What can't be replaced (a pipe, a terminal, /dev/stderr) is written as it comes; a named pipe is opened
 * when its reader is there.
 *
 * @throws {OutputError} at once, where nothing could be written in the end: a directory, say
 */
export async function openAtomic(path: string, options: OpenOptions = {}): Promise<AtomicFile> {
  const failed = (error: unknown): never => {
    throw outputError(path, error);
  };
  const file = await openPlace(path, options).catch(failed);
  return {
    write: (chunk) => file.write(chunk).catch(failed),
    commit: () => file.commit().catch(failed),
    abort: () => file.abort(),
  };
}

async function openPlace(
  path: string,
  { mode = 0o666, signal, fresh = false }: OpenOptions,
): Promise<AtomicFile> {
  if (fresh) {
    await checkFree(path);
    return gathered(await openBeside(path, { mode, move: moveToNothing }));
  }
  const { target, existing, direct } = await findPlace(path);
  if (direct) return await openDirectly(target, signal);
  await checkReplaceable(target, existing);
  return gathered(await openBeside(target, { mode, existing }));
}

function gathered(file: AtomicFile): AtomicFile {
  const behind = writeBehind(file.write);
  return {
    write: behind.write,
    async commit() {
      await behind.flush();
      await file.commit();
    },
    abort: file.abort,
  };
}

async function openBeside(
  target: string,
  {
    mode,
    existing,
    move = rename,
  }: {
    readonly mode: number;
    readonly existing?: Stats | undefined;
    readonly move?: (path: string, target: string) => Promise<void>;
  },
): Promise<AtomicFile> {
  await removeLeftOvers(dirname(target));
  // Nobody reads along before the file has the rights of the one that it replaces.
  const { path, handle } = await openTemporary(target, existing === undefined ? mode : 0o600);
  let committed = false;
  let position = 0;
  return {
    async write(chunk) {
      position = await writeAll(handle, chunk, position);
    },
    async commit() {
      if (existing !== undefined) await takeRights(handle, existing);
      await handle.sync();
      await handle.close();
      await move(path, target);
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

/** The owner first: changing it clears bits of the mode. A file of somebody else's becomes ours. */
async function takeRights(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  if (uid !== own.uid || gid !== own.gid) await handle.chown(uid, gid).catch(() => undefined);
  await handle.chmod(mode & 0o7777);
}
