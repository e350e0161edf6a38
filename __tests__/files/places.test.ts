/** What a result's file may be, and what is known of it before the work begins. */
import { execFile, execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openAtomic, writeFileAtomic } from '../../lib/files.js';
import { missing, missingRoot, shell } from '../faults/shell.js';
import { machine } from '../support/program.js';
import { bundle, makeScratch } from './program.js';

const run = promisify(execFile);
const inLinux = process.platform === 'linux' ? test : test.skip;
const NOBODY = 65_534;

let directory = '';
let path = '';
beforeEach(async () => {
  directory = await makeScratch();
  path = join(directory, 'file');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(to: string, text = 'new'): Promise<void> {
  const file = await openAtomic(to);
  await file.write(text);
  await file.commit();
}

describe('a result that goes through links', () => {
  test('replaces what they lead to, and they stay', async () => {
    await mkdir(join(directory, 'a'));
    await mkdir(join(directory, 'b'));
    await writeFile(join(directory, 'b/real'), 'old');
    await symlink('../b/real', join(directory, 'a/link'));
    await symlink('a', join(directory, 'c'));
    await symlink('c/link', path);
    await write(path);
    expect(await readFile(join(directory, 'b/real'), 'utf8')).toBe('new');
    expect(await readlink(path)).toBe('c/link');
    expect(await readlink(join(directory, 'a/link'))).toBe('../b/real');
    expect(await readdir(join(directory, 'b'))).toEqual(['real']);
  });

  test('makes what a dangling one leads to, where its directory is there', async () => {
    await symlink('sub/none', path);
    await expect(openAtomic(path)).rejects.toThrow('there is no such directory');
    await mkdir(join(directory, 'sub'));
    await write(path);
    expect(await readFile(join(directory, 'sub/none'), 'utf8')).toBe('new');
  });

  test.each(['file', 'other'])('that lead in a circle by way of %s says so', async (by) => {
    await symlink(by, path);
    if (by !== 'file') await symlink('file', join(directory, by));
    await expect(openAtomic(path)).rejects.toThrow('lead in a circle');
  });

  inLinux('to an open descriptor writes to that', async () => {
    await symlink('/dev/stderr', path);
    await writeFile(join(directory, 'err'), '');
    const program = await bundle('files/to-file.ts', directory);
    const quoted = [process.execPath, program, path].map((word) => `'${word}'`).join(' ');
    await run('sh', ['-c', `(echo before >&2; ${quoted}; echo after >&2) 2> '${directory}/err'`]);
    expect(await readFile(join(directory, 'err'), 'utf8')).toBe('before\nnewafter\n');
    expect(await readlink(path)).toBe('/dev/stderr');
  });
});

describe('a result that replaces a file', () => {
  test('leaves the old content to its other hard links', async () => {
    await writeFile(path, 'old');
    await link(path, join(directory, 'other'));
    await write(path);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readFile(join(directory, 'other'), 'utf8')).toBe('old');
  });

  test.each([0o600, 0o640, 0o664, 0o755, 0o4755])('keeps its mode %o', async (mode) => {
    await writeFile(path, 'old');
    await chmod(path, mode);
    await write(path);
    expect((await stat(path)).mode & 0o7777).toBe(mode);
  });

  const title = missingRoot() ?? 'keeps its owner and group';
  (missingRoot() === undefined ? test : test.skip)(title, async () => {
    await writeFile(path, 'old');
    await chown(path, NOBODY, NOBODY);
    await write(path);
    expect(await stat(path)).toMatchObject({ uid: NOBODY, gid: NOBODY });
  });

  test('has every byte, however it comes in pieces', async () => {
    const pieces = [1, 100, 65_536, 262_143, 262_144, 262_145, 1_000_000, 0, 7].map((size, i) =>
      Buffer.alloc(size, `${i}`),
    );
    const file = await openAtomic(path);
    for (const piece of pieces) {
      await file.write(piece);
      // What was taken is taken: the caller may use its memory again.
      const again = Buffer.from(piece);
      piece.fill(0);
      pieces[pieces.indexOf(piece)] = again;
    }
    await file.commit();
    expect((await readFile(path)).equals(Buffer.concat(pieces))).toBe(true);
  });
});

describe('a name', () => {
  test('that is empty or too long is refused at once', async () => {
    await expect(openAtomic('')).rejects.toThrow("can't be written");
    await expect(openAtomic(join(directory, 'x'.repeat(256)))).rejects.toThrow(
      'the name is too long',
    );
    await expect(writeFileAtomic('', 'x', { mode: 0o600 })).rejects.toThrow("can't be written");
    expect(await readdir(directory)).toEqual([]);
  });

  test.each([' ', '-', '\n', '*', '.x', 'ü', '\u{1f600}'.repeat(60), 'x'.repeat(255)])(
    'that is odd is a name: %j',
    async (name) => {
      await write(join(directory, name));
      expect(await readdir(directory)).toEqual([name]);
    },
  );
});

describe('left-over temporary files', () => {
  test('are known by process, not by pid alone: a later process of that pid keeps none alive', async () => {
    const file = await openAtomic(path);
    const [ours] = await readdir(directory);
    await file.abort();
    // The same host, pid namespace and pid, which runs, and another life.
    const earlier = ours!.replace(
      /-(\d+)-(.{6})(.{4})/,
      (_, pid, owner, life) => `-${pid}-${owner}${life === 'ffff' ? '0000' : 'ffff'}`,
    );
    await writeFile(join(directory, earlier), '');
    await write(join(directory, 'next'));
    expect(await readdir(directory)).toEqual(
      process.platform === 'linux' ? ['next'] : [earlier, 'next'],
    );
  });

  test('of another host are removed when nothing was written to them for a day', async () => {
    const names = ['1', '2'].map((n) => `.file.pgask-${n}-0123456789abcdef.tmp`);
    for (const name of names) await writeFile(join(directory, name), '');
    const dayBefore = new Date(Date.now() - 25 * 3600_000);
    await utimes(join(directory, names[0]!), dayBefore, dayBefore);
    await write(path);
    expect(await readdir(directory)).toEqual([names[1], 'file'].sort());
  });
});

describe('without rights', () => {
  const why = missingRoot() ?? missing('setpriv');
  const asRoot = why === undefined ? test : test.skip;
  let program = '';
  let programs = '';
  beforeAll(async () => {
    programs = await makeScratch();
    await chmod(programs, 0o755);
    program = await bundle('files/to-file.ts', programs);
  });
  afterAll(() => rm(programs, { recursive: true }));

  async function asNobody(to: string): Promise<string> {
    const ids = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'];
    const { stdout } = await run('setpriv', [...ids, process.execPath, program, to]);
    return stdout;
  }

  asRoot(why ?? 'a directory that is write-protected is known before', async () => {
    await chmod(directory, 0o755);
    await writeFile(path, 'old', { mode: 0o666 });
    await chmod(path, 0o666);
    expect(await asNobody(path)).toMatch(/^before: .*permission denied/);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  asRoot(why ?? 'a file that is write-protected is known before', async () => {
    await chmod(directory, 0o777);
    await writeFile(path, 'old');
    await chown(path, NOBODY, NOBODY);
    await chmod(path, 0o444);
    expect(await asNobody(path)).toMatch(/^before: .*permission denied/);
  });

  asRoot(why ?? "somebody else's file in a sticky directory is known before", async () => {
    await chmod(directory, 0o1777);
    await writeFile(path, 'old');
    await chmod(path, 0o666);
    expect(await asNobody(path)).toMatch(/^before: .*does not permit/);
    expect(await asNobody(join(directory, 'own'))).toBe('written');
    expect(await asNobody(join(directory, 'own'))).toBe('written');
  });

  asRoot(why ?? "somebody else's file that may be replaced becomes one's own", async () => {
    await chmod(directory, 0o777);
    await writeFile(path, 'old');
    await chmod(path, 0o666);
    expect(await asNobody(path)).toBe('written');
    expect(await stat(path)).toMatchObject({ uid: NOBODY, mode: 0o100666 });
  });
});

describe('on a file system of its own', () => {
  const why =
    missingRoot() ?? missing('mount') ?? (mayMount() ? undefined : 'skipped: may not mount here');
  const asRoot = why === undefined ? test : test.skip;

  function mayMount(): boolean {
    try {
      execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
      return process.platform === 'linux';
    } catch {
      return false;
    }
  }

  /** In a mount namespace of its own, so that nothing stays mounted. */
  const inNamespace = (line: string, on: ReturnType<typeof machine>) =>
    shell(`export NODE PROGRAM; unshare -m bash -c '${line}'`, { on });

  asRoot(why ?? 'a disk that fills up leaves the old file: exit 1 and one line', async () => {
    const on = machine();
    const { code, stdout, stderr } = await inNamespace(
      `mkdir small; mount -t tmpfs -o size=1m none small; echo old > small/x.csv
       "$NODE" "$PROGRAM" sql "select repeat(md5(g::text), 100) from generate_series(1, 2000) g" -F csv -o small/x.csv; code=$?
       cat small/x.csv; ls -A small; exit $code`,
      on,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: 'old\nx.csv\n',
      stderr: "pgask: small/x.csv can't be written: the disk is full\n",
    });
    on.remove();
  });

  asRoot(why ?? 'a small disk takes what of stdout fits, and the rest is told', async () => {
    const on = machine();
    const { code, stderr } = await inNamespace(
      `mkdir small; mount -t tmpfs -o size=1m none small
       "$NODE" "$PROGRAM" sql "select repeat(md5(g::text), 100) from generate_series(1, 2000) g" -F csv > small/x.csv`,
      on,
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'pgask: the result could not be written: the disk is full\n',
    });
    on.remove();
  });

  asRoot(
    why ?? 'one that is read-only, and a file mounted by itself, are known before',
    async () => {
      const on = machine();
      const { stderr, code } = await inNamespace(
        `mkdir ro; echo old > ro/x.csv; mount -t tmpfs none ro; mount -o remount,ro ro
       "$NODE" "$PROGRAM" sql "select pg_sleep(20)" -o ro/x.csv && exit 9
       echo 1 > one; echo 2 > two; mount --bind one two
       "$NODE" "$PROGRAM" sql "select pg_sleep(20)" -o two && exit 9
       cat two; exit 5`,
        on,
      );
      expect({ code, stderr }).toEqual({
        code: 5,
        stderr: expect.stringMatching(
          /^pgask: ro\/x.csv can't be written: the file system is read-only\nhint: .*\npgask: two can't be written: it is in use.*\nhint: .*\n$/,
        ),
      });
      on.remove();
    },
  );

  asRoot(
    why ?? 'a session that has no room is not remembered, and the answer is there',
    async () => {
      const on = machine();
      const { code, stdout, stderr } = await inNamespace(
        `"$NODE" "$PROGRAM" "how many orders are there" -F csv -q > first
       rm -rf state/pgask/sessions; mkdir -p state/pgask/sessions
       mount -t tmpfs -o size=4k,nr_inodes=2 none state/pgask/sessions
       "$NODE" "$PROGRAM" "how many orders are there" -F csv; code=$?
       ls -A state/pgask/sessions; exit $code`,
        on,
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\w+\n\d+\n$/) });
      expect(stderr).toMatch(/warning: this turn is not remembered: .*(full|room)/);
      on.remove();
    },
  );
});
