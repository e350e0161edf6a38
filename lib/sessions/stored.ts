/** A session's file as it lies there: read, refused where a newer pgask wrote it, set aside where it is damaged. */
import { lstat, rename } from 'node:fs/promises';
import { FileError } from '../errors.js';
import { fileError, readBytes } from '../files.js';
import { readSession, type Session } from './session.js';

/** @throws {FileError} it can't be read, or a newer pgask wrote it */
export async function readStored(
  path: string,
): Promise<
  | { readonly type: 'session'; readonly session: Session }
  | { readonly type: 'corrupt'; readonly reason: string; readonly session?: undefined }
  | undefined
> {
  const bytes = await readBytes(path);
  if (bytes === undefined) return undefined;
  const read = readSession(bytes);
  if (read.type !== 'newer') return read;
  throw new FileError(`${path} was written by a newer pgask (version ${read.version})`, {
    hint: 'use that one, or another session: --session NAME',
  });
}

/** Out of the way under a name that says what it is; nothing is overwritten. */
export async function setAside(path: string, at: Date): Promise<string> {
  const base = `${path}.corrupt-${at.toISOString().replace(/[:.]/g, '-')}`;
  let aside = base;
  for (let n = 2; await exists(aside); n++) aside = `${base}-${n}`;
  await rename(path, aside).catch(cannot('set aside', path));
  return aside;
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

export function cannot(done: string, path: string): (error: unknown) => never {
  return (error) => {
    throw fileError(`${path} can't be ${done}`, path, error);
  };
}
