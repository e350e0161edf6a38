/** A copy of the prepared sample, complete or not there at all. */
import { mkdir, open, readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ConnectionError } from '../../errors.js';
import { syncDirectory } from '../../files.js';
import type { Stamp } from './stamp.js';

/** Files that are copied side by side: most of the time goes into waiting for the disk. */
const LANES = 8;

/**
 * Copies the template to `target`, which must not exist, and has the disk confirm it. Links and modes are not kept: a
 * package may be installed read-only, and the copy is its user's alone.
 *
 * @throws {ConnectionError} the template is not whole
 */
export async function copyTemplate(
  template: string,
  stamp: Stamp,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const files = await listFiles(template);
  if (files.length !== stamp.files + 1) {
    throw new ConnectionError(`the sample database in ${template} is not complete`, {
      hint: 'install pgask again',
    });
  }
  await mkdir(target, { mode: 0o700 });
  const directories = [target, ...stamp.directories.map((name) => join(target, name))];
  for (const directory of directories.slice(1)) await mkdir(directory, { mode: 0o700 });

  const left = files.values();
  const lane = async () => {
    for (const file of left) {
      signal.throwIfAborted();
      await copyFile(join(template, file), join(target, file));
    }
  };
  // All have to have stopped before anybody removes what a failed one leaves.
  for (const outcome of await Promise.allSettled(Array.from({ length: LANES }, lane))) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  for (const directory of directories) await syncDirectory(directory);
}

/** Paths relative to the directory. */
export async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

async function copyFile(from: string, to: string): Promise<void> {
  const content = await readFile(from);
  const handle = await open(to, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
