/** Files that take no other's place, whatever has come while they were written. */
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { codeOf } from './reasons.js';

/** @throws the system's EEXIST: a symbolic link that leads nowhere is something, too */
export async function checkFree(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found !== undefined) throw Object.assign(new Error('it exists'), { code: 'EEXIST' });
}

/**
 * A rename would replace what is there; only a link refuses to.
 *
 * @throws the system's EEXIST, and both are as they were
 */
export async function moveToNothing(path: string, target: string): Promise<void> {
  try {
    await link(path, target);
  } catch (error) {
    if (!WITHOUT_LINKS.has(codeOf(error) ?? '')) throw error;
    // On a file system without hard links the name is taken first, by a file that nobody else's rename replaces.
    await (await open(target, 'wx', 0o600)).close();
    await rename(path, target);
    return;
  }
  await rm(path, { force: true });
}

const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
