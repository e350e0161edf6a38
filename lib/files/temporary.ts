/** Temporary files beside their target; their names say whose they are, so that a killed process's are removed. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunning, processTag } from './processes.js';

const NAME = /^\..+\.pgask-(\d+)-([0-9a-f]{6})[0-9a-f]{10}\.tmp$/;

/** A new file, open for writing, on the target's file system. */
export async function openTemporary(
  target: string,
  mode: number,
): Promise<{ readonly path: string; readonly handle: FileHandle }> {
  const random = `${await processTag()}${randomBytes(5).toString('hex')}`;
  // 40 characters have at most 160 bytes; a name may have 255.
  const name = [...basename(target)].slice(0, 40).join('');
  const path = join(dirname(target), `.${name}.pgask-${process.pid}-${random}.tmp`);
  return { path, handle: await open(path, 'wx', mode) };
}

/** Removes the temporary files of killed processes, whatever their target. Never rejects. */
export async function removeLeftOvers(directory: string): Promise<void> {
  const tag = await processTag();
  for (const name of await readdir(directory).catch(() => [])) {
    const [, pid, owner] = NAME.exec(name) ?? [];
    // Another host or container that shares the directory has pids of its own.
    if (owner !== tag || isRunning(Number(pid))) continue;
    await rm(join(directory, name), { force: true }).catch(() => undefined);
  }
}

export async function writeAll(handle: FileHandle, data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let offset = 0; offset < bytes.byteLength;) {
    // A disk that fills up takes a part, and says so only to the next call.
    const { bytesWritten } = await handle.write(bytes, offset);
    offset += bytesWritten;
  }
}
