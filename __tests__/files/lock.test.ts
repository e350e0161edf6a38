import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FileError } from '../../lib/errors.js';
import { readStat } from '../../lib/files/processes.js';
import { acquireLock, withLock } from '../../lib/files.js';
import { bundle, ended, inScratch, makeScratch, start } from './program.js';

const inLinux = process.platform === 'linux' ? test : test.skip;

/** The lock file's path in a scratch directory. */
function withPath(work: (path: string, directory: string) => Promise<void>) {
  return () => inScratch((directory) => work(join(directory, 'x.lock'), directory));
}

async function failure(work: Promise<unknown>): Promise<FileError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FileError);
  return error as FileError;
}

describe('a lock that somebody holds', () => {
  test(
    'is waited for, and the wait is told once, with the pid',
    withPath(async (path) => {
      const first = await acquireLock(path, { timeoutMs: 0 });
      const told: number[] = [];
      let released = false;
      const second = acquireLock(path, {
        timeoutMs: 5000,
        onWait: (pid) => {
          told.push(pid);
          setTimeout(() => {
            released = true;
            void first.release();
          }, 60);
        },
      });
      await (await second).release();
      expect(released).toBe(true);
      expect(told).toEqual([process.pid]);
    }),
  );

  test(
    'ends the wait with an error that names the pid, the path and what to do',
    withPath(async (path) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      const error = await failure(acquireLock(path, { timeoutMs: 30 }));
      expect(error.message).toBe(`${path} is locked by process ${process.pid}`);
      expect(error.hint).toContain('has ended');
      await lock.release();
    }),
  );

  test(
    'is not taken whatever its age',
    withPath(async (path) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      await utimes(path, new Date(0), new Date(0));
      await failure(acquireLock(path, { timeoutMs: 60 }));
      await lock.release();
    }),
  );

  test(
    'is waited for no longer when the signal aborts',
    withPath(async (path) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      const abort = new AbortController();
      const onWait = () => abort.abort(new Error('enough'));
      await expect(
        acquireLock(path, { timeoutMs: 5000, signal: abort.signal, onWait }),
      ).rejects.toThrow('enough');
      await lock.release();
    }),
  );

  test(
    'of another host is never judged by its pid, and the hint says so',
    withPath(async (path) => {
      await writeFile(path, JSON.stringify({ pid: 2 ** 30, host: 'elsewhere', token: 'x' }));
      const error = await failure(acquireLock(path, { timeoutMs: 30 }));
      expect(error.message).toContain('of elsewhere');
      expect(error.hint).toContain(`remove ${path}`);
      expect(await readFile(path, 'utf8')).toContain('elsewhere');
    }),
  );

  inLinux(
    'in another pid namespace is not judged by its pid either',
    withPath(async (path) => {
      const held = { pid: 2 ** 30, host: hostname(), space: 'pid:[1]', token: 'x' };
      await writeFile(path, JSON.stringify(held));
      expect((await failure(acquireLock(path, { timeoutMs: 30 }))).hint).toContain('container');
    }),
  );
});

describe('an abandoned lock', () => {
  async function isTakenOver(path: string, content: string) {
    await writeFile(path, content);
    const lock = await acquireLock(path, { timeoutMs: 5000 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await lock.release();
  }

  test(
    'of a process that is gone is taken over at once, even by one that does not wait',
    withPath(async (path, directory) => {
      const child = spawn(process.execPath, ['-e', '0']);
      await ended(child);
      await writeFile(path, JSON.stringify({ pid: child.pid, token: 'x' }));
      await (await acquireLock(path, { timeoutMs: 0 })).release();
      expect(await readdir(directory)).toEqual([]);
    }),
  );

  inLinux(
    'is recognised where another process has the pid by now',
    withPath(async (path) => {
      await isTakenOver(path, JSON.stringify({ pid: process.pid, started: '1', token: 'x' }));
    }),
  );

  inLinux(
    'is recognised after a restart of the machine',
    withPath(async (path) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      const mine = JSON.parse(await readFile(path, 'utf8')) as object;
      await lock.release();
      await isTakenOver(path, JSON.stringify({ ...mine, token: 'x', boot: 'an earlier one' }));
    }),
  );

  inLinux(
    'is recognised where the holder was killed and its parent never asked',
    withPath(async (path) => {
      const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 20']);
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        await isTakenOver(path, JSON.stringify({ pid: Number(String(line)), token: 'x' }));
      } finally {
        parent.kill('SIGKILL');
        await ended(parent);
      }
    }),
  );

  test.each(['', '{"pid":12', '\0\0\0\0'])('that says %j is taken over', (content) =>
    withPath((path) => isTakenOver(path, content))(),
  );
});

describe('a process that was killed while it removed an abandoned lock', () => {
  const dead = (token: string) => JSON.stringify({ pid: 2 ** 30, token });

  test(
    'does not keep the others from removing it',
    withPath(async (path, directory) => {
      await writeFile(path, dead('x'));
      const { ino, mtimeNs } = await stat(path, { bigint: true });
      const id = createHash('sha256')
        .update(`${ino} ${mtimeNs} ${dead('x')}`)
        .digest('hex');
      await writeFile(`${path}.${id.slice(0, 16)}`, dead('y'));
      await (await acquireLock(path, { timeoutMs: 0 })).release();
      expect(await readdir(directory)).toEqual([]);
    }),
  );

  test(
    'leaves a file that the next one removes',
    withPath(async (path, directory) => {
      await writeFile(path, dead('x'));
      await writeFile(`${path}.0123456789abcdef`, dead('y'));
      await writeFile(`${path}.backup`, 'not ours');
      await (await acquireLock(path, { timeoutMs: 0 })).release();
      expect(await readdir(directory)).toEqual(['x.lock.backup']);
    }),
  );
});

describe('releasing', () => {
  test(
    'removes our own lock and leaves nothing behind',
    withPath(async (path, directory) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      await lock.release();
      await lock.release();
      expect(await readdir(directory)).toEqual([]);
    }),
  );

  test(
    "leaves another one's alone",
    withPath(async (path) => {
      const lock = await acquireLock(path, { timeoutMs: 0 });
      const other = JSON.stringify({ pid: process.ppid, token: 'other' });
      await writeFile(path, other);
      await lock.release();
      expect(await readFile(path, 'utf8')).toBe(other);
    }),
  );

  test(
    'happens also where the work fails',
    withPath(async (path, directory) => {
      const work = () => Promise.reject(new Error('no'));
      await expect(withLock(path, { timeoutMs: 0 }, work)).rejects.toThrow('no');
      expect(await readdir(directory)).toEqual([]);
    }),
  );
});

test(
  'a lock in a directory that is not there is an error in plain words',
  withPath(async (_, directory) => {
    const path = join(directory, 'none', 'x.lock');
    const error = await failure(acquireLock(path, { timeoutMs: 0 }));
    expect(error.message).toBe(`${path} can't be locked: there is no such directory`);
  }),
);

test('a process name with spaces and parentheses does not shift the fields', () => {
  const fields = Array.from({ length: 50 }, (_, i) => (i === 0 ? 'S' : String(i + 3)));
  const stat = `42 (a) Z (b c) ${fields.join(' ')}\n`;
  expect(readStat(stat)).toEqual({ started: '22', ended: false });
});

describe('among many processes', () => {
  let contender = '';
  let holder = '';
  let programs = '';

  beforeAll(async () => {
    programs = await makeScratch();
    contender = await bundle('files/contender.ts', programs);
    holder = await bundle('files/holder.ts', programs);
  });
  afterAll(() => rm(programs, { recursive: true }));

  test('one at a time has the lock, though most holders die with it', async () => {
    await inScratch(async (directory) => {
      const children = Array.from({ length: 10 }, () => start(contender, [directory, '20']));
      const codes = await Promise.all(children.map(ended));
      expect(codes).toEqual(children.map(() => 0));
      expect(await readFile(join(directory, 'count'), 'utf8')).toBe('200');
    });
  });

  test('a holder that is killed does not keep it', async () => {
    await inScratch(async (directory) => {
      const path = join(directory, 'x.lock');
      for (let round = 0; round < 3; round++) {
        const child = start(holder, [path], ['ignore', 'pipe', 'inherit']);
        await once(child.stdout!, 'data');
        await failure(acquireLock(path, { timeoutMs: 0 }));
        child.kill('SIGKILL');
        await ended(child);
      }
      await (await acquireLock(path, { timeoutMs: 1000 })).release();
      expect(await readdir(directory)).toEqual([]);
    });
  });
});
