/** Local files: read here; written whole or not at all, and locked, by what lies in files/. */
import { readFile } from 'node:fs/promises';
import { FileError } from './errors.js';
import { codeOf, fileError } from './files/reasons.js';

export { type Compression, compressionOf, openCompressor } from './files/compress.js';
export { type Place, placeInside } from './files/inside.js';
export { acquireLock, type Lock, type LockOptions, withLock } from './files/lock.js';
export { makeDirectory, syncDirectory } from './files/directory.js';
export { isStdout } from './files/place.js';
export { type AtomicFile, openAtomic, writeFileAtomic } from './files/write.js';
export { fileError } from './files/reasons.js';

/**
 * The file's bytes, or undefined where there is none.
 *
 * @throws {FileError} it is there and can't be read
 */
export async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError(`${path} can't be read`, path, error);
  }
}

/**
 * The file as text without a byte order mark, or undefined where there is none.
 *
 * @throws {FileError} it is there and can't be read, or is not UTF-8
 */
export async function readTextFile(path: string): Promise<string | undefined> {
  const bytes = await readBytes(path);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FileError(`${path} can't be read: it is not UTF-8 text`, {
      cause: error,
      hint: 'save it as UTF-8',
    });
  }
}
