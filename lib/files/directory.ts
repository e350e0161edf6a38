/** Directories, made with their parents and synced. */
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, fileError } from './reasons.js';

/**
 * Makes the directory and what is missing above it, for its owner alone. Not by `recursive`, which never returns below
 * /proc, where HOME of some service users is.
 *
 * @throws {FileError}
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    throw fileError(`${path} can't be made`, path, error);
  }
}

async function make(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (await isDirectory(path)) return;
    const parent = dirname(path);
    // Where it is there already, it is no longer the parent that is missing.
    if (codeOf(error) !== 'ENOENT' || parent === path || (await isDirectory(parent))) throw error;
    await make(parent);
    await mkdir(path, { mode: 0o700 }).catch(async (again: unknown) => {
      if (!(await isDirectory(path))) throw again;
    });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
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
