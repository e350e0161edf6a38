/** Temporary files beside their target; their names say whose they are, so that a killed process's are removed. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProcess, lifeTag, processTag } from './processes.js';

/** Process id, its host and pid namespace, its life, chance. */
const NAME = /^\..+\.pgask-(\d+)-([0-9a-f]{6})([0-9a-f]{4})[0-9a-f]{6}\.tmp$/;

/** Milliseconds after its last byte that a file of another host or container is no longer being written. */
const FOREIGN_MS = 24 * 60 * 60_000;

/** A new file, open for writing, on the target's file system. */
export async function openTemporary(
  target: string,
  mode: number,
): Promise<{ readonly path: string; readonly handle: FileHandle }> {
  const random = `${await processTag()}${await lifeTag()}${randomBytes(3).toString('hex')}`;
  // 40 characters have at most 160 bytes; a name may have 255.
  const name = [...basename(target)].slice(0, 40).join('');
  const path = join(dirname(target), `.${name}.pgask-${process.pid}-${random}.tmp`);
  return { path, handle: await open(path, 'wx', mode) };
}

/** Removes the temporary files of killed processes, whatever their target. Never rejects. */
export async function removeLeftOvers(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const [, pid, owner, life] = NAME.exec(name) ?? [];
    if (pid === undefined || owner === undefined || life === undefined) continue;
    const path = join(directory, name);
    if (await isAbandoned(path, { pid: Number(pid), owner, life })) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}

async function isAbandoned(
  path: string,
  { pid, owner, life }: { pid: number; owner: string; life: string },
): Promise<boolean> {
  if (owner === (await processTag())) return !(await isProcess(pid, life));
  // Another host or container that shares the directory has pids of its own: only time tells.
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > FOREIGN_MS;
}

/** Writes at the position, in bytes, and gives the one behind. */
export async function writeAll(
  handle: FileHandle,
  data: string | Uint8Array,
  position = 0,
): Promise<number> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let offset = 0; offset < bytes.byteLength;) {
    // A disk that fills up takes a part, and says so only to the next call.
    const left = bytes.byteLength - offset;
    const { bytesWritten } = await handle.write(bytes, offset, left, position + offset);
    offset += bytesWritten;
  }
  return position + bytes.byteLength;
}
