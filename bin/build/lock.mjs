/** One build at a time: the second waits for the first, and then finds its work done. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param {string} file exists while a build runs, and holds its process id */
export async function withBuildLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) await sleep(50);
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  // A link appears with its content, or not at all.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeForgotten(file);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Left by a build that was killed. */
function removeForgotten(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(file, { force: true });
  }
}
