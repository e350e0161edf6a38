/** Local files: read here; written whole or not at all, and locked, by what lies in files/. */
import { readFile } from 'node:fs/promises';
import { codeOf, fileError } from './files/reasons.js';

export { type Compression, compressionOf, openCompressor } from './files/compress.js';
export { type Place, placeInside } from './files/inside.js';
export { acquireLock, type Lock, type LockOptions, withLock } from './files/lock.js';
export { makeDirectory, syncDirectory } from './files/directory.js';
export { isStdout } from './files/place.js';
export { type AtomicFile, openAtomic, writeFileAtomic } from './files/write.js';
export { codeOf, fileError } from './files/reasons.js';

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
