/**
 * Takes a lock again and again, and counts under it. Most times it leaves a dead holder's lock behind instead of
 * releasing its own, as if it had been killed. Exits with 1 where another one was there at the same time.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock } from '../../lib/files.js';

/** Above every pid that Linux or macOS gives. */
const NOBODY = 2 ** 30;

const [directory, rounds] = [process.argv[2]!, Number(process.argv[3])];
const path = `${directory}/counter.lock`;
for (let round = 0; round < rounds; round++) {
  const lock = await acquireLock(path, { timeoutMs: 60_000 });
  const me = `${process.pid} ${round}`;
  await writeFile(`${directory}/owner`, me);
  const count = Number(await readFile(`${directory}/count`, 'utf8').catch(() => '0'));
  if (round % 3 === 0) await delay(1);
  if ((await readFile(`${directory}/owner`, 'utf8')) !== me) process.exitCode = 1;
  await writeFile(`${directory}/count`, String(count + 1));
  if (round % 4 === 0) {
    await lock.release();
  } else {
    const stale = `${directory}/stale-${process.pid}`;
    await writeFile(stale, JSON.stringify({ pid: NOBODY, token: me }));
    await rename(stale, path);
  }
}
