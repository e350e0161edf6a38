import { execFile, spawn } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FileError, InterruptedError, OutputError } from '../lib/errors.js';
import { openAtomic, readBytes, writeFileAtomic } from '../lib/files.js';
import { bundle, ended, makeScratch } from './files/program.js';

const run = promisify(execFile);
const inLinux = process.platform === 'linux' ? test : test.skip;
const asUser = process.getuid?.() === 0 ? test.skip : test;

let directory = '';
let path = '';

beforeEach(async () => {
  directory = await makeScratch();
  path = join(directory, 'file');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function modeOf(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}

describe('reading', () => {
  test('a file that is not there gives nothing', async () => {
    expect(await readBytes(path)).toBeUndefined();
  });

  test('what is no file is an error that names the path', async () => {
    await writeFile(path, 'x');
    await expect(readBytes(directory)).rejects.toThrow(`${directory} can't be read: it is a`);
    await expect(readBytes(join(path, 'x'))).rejects.toBeInstanceOf(FileError);
  });
});

describe('writing atomically', () => {
  const options = { mode: 0o600 };

  test('replaces the file, with the mode that was asked for, and leaves nothing else', async () => {
    await writeFile(path, 'old', { mode: 0o644 });
    await writeFileAtomic(path, 'new', options);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await modeOf(path)).toBe('600');
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('goes through symbolic links, also to a file that is not there yet', async () => {
    await mkdir(join(directory, 'sub'));
    await symlink('sub/target', path);
    for (const text of ['first', 'second']) {
      await writeFileAtomic(path, text, options);
      expect(await readlink(path)).toBe('sub/target');
      expect(await readFile(join(directory, 'sub/target'), 'utf8')).toBe(text);
    }
  });

  test('a reader finds the old file or the new one, never a part', async () => {
    const size = 1 << 20;
    const texts = ['a'.repeat(size), 'b'.repeat(size)];
    await writeFileAtomic(path, texts[0]!, options);
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await writeFileAtomic(path, texts[i % 2]!, options);
      writing = false;
    })();
    let reads = 0;
    for (; writing; reads++) expect(texts.includes(await readFile(path, 'utf8'))).toBe(true);
    await writer;
    expect(reads).toBeGreaterThan(1);
  });

  test('a name as long as the system allows is no obstacle', async () => {
    const long = join(directory, 'é'.repeat(127));
    await writeFileAtomic(long, 'x', options);
    expect(await readFile(long, 'utf8')).toBe('x');
  });

  test('failures say which file and why, and leave nothing', async () => {
    await expect(writeFileAtomic(directory, 'x', options)).rejects.toThrow(
      `${directory} can't be written: it is a directory`,
    );
    const nowhere = join(directory, 'none', 'x');
    await expect(writeFileAtomic(nowhere, 'x', options)).rejects.toThrow(
      `${nowhere} can't be written: there is no such directory`,
    );
    await symlink('file', path);
    await expect(writeFileAtomic(path, 'x', options)).rejects.toThrow('in a circle');
    expect(await readdir(directory)).toEqual(['file']);
  });

  inLinux('a full disk is called so', async () => {
    await expect(writeFileAtomic('/dev/full', 'x', options)).rejects.toThrow(
      "/dev/full can't be written: the disk is full",
    );
    expect((await lstat('/dev/full')).isCharacterDevice()).toBe(true);
  });

  asUser('a directory that is write-protected is called so', async () => {
    await chmod(directory, 0o500);
    await expect(writeFileAtomic(path, 'x', options)).rejects.toThrow('permission denied');
    await chmod(directory, 0o700);
  });

  test('removes temporary files of processes that are gone, and no others', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await ended(child);
    const file = await openAtomic(path);
    const ours = (await readdir(directory))[0]!;
    const dead = ours.replace(`-${process.pid}-`, `-${child.pid}-`);
    const elsewhere = dead.replace(/[0-9a-f]{16}\.tmp$/, '0123456789abcdef.tmp');
    const unrelated = `.file.${child.pid}.tmp`;
    for (const name of [dead, elsewhere, unrelated]) await writeFile(join(directory, name), '');
    await writeFileAtomic(join(directory, 'another'), 'x', options);
    expect((await readdir(directory)).sort()).toEqual(
      [ours, elsewhere, unrelated, 'another'].sort(),
    );
    await file.abort();
  });
});

describe('a result that goes to a file', () => {
  test('is nowhere to be seen before it is committed', async () => {
    const file = await openAtomic(path);
    await file.write('a');
    await file.write(Buffer.from('b'));
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await file.commit();
    await file.abort();
    expect(await readFile(path, 'utf8')).toBe('ab');
    expect(await modeOf(path)).toBe((0o666 & ~process.umask()).toString(8));
  });

  test('that is given up leaves the old file and nothing else', async () => {
    await writeFile(path, 'old');
    const file = await openAtomic(path);
    await file.write('new');
    await file.abort();
    await file.abort();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('keeps the mode of the file that it replaces', async () => {
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    const file = await openAtomic(path);
    await file.commit();
    expect(await modeOf(path)).toBe('640');
  });

  test('that can only fail does so before anything is written', async () => {
    const places = [directory, join(directory, 'none/file'), `${path}/`];
    for (const place of places) {
      await expect(openAtomic(place)).rejects.toBeInstanceOf(OutputError);
    }
    await expect(openAtomic(directory)).rejects.toThrow("can't be written: it is a directory");
    expect(await readdir(directory)).toEqual([]);
  });

  asUser('does not replace a file that is write-protected', async () => {
    await writeFile(path, 'old', { mode: 0o400 });
    await expect(openAtomic(path)).rejects.toThrow('permission denied');
  });

  inLinux('is written straight into a device, and a full one is called so', async () => {
    const file = await openAtomic('/dev/full');
    await expect(file.write('x')).rejects.toThrow("/dev/full can't be written: the disk is full");
    await file.abort();
  });

  test('is written straight into a named pipe', async () => {
    await run('mkfifo', [path]);
    const reading = readFile(path, 'utf8');
    const file = await openAtomic(path);
    await file.write('through');
    await file.commit();
    expect(await reading).toBe('through');
    expect((await lstat(path)).isFIFO()).toBe(true);
  });

  test('ends like any output where the reader of a pipe goes away', async () => {
    await run('mkfifo', [path]);
    // Listened for from the start: it may end before the next line.
    const gone = ended(spawn('head', ['-c', '1', path], { stdio: 'ignore' }));
    const file = await openAtomic(path);
    await file.write('x');
    await gone;
    await expect(file.write('y')).rejects.toBeInstanceOf(InterruptedError);
    await file.abort();
  });
});

describe('in a process of its own', () => {
  let programs = '';
  let writer = '';
  beforeAll(async () => {
    programs = await makeScratch();
    writer = await bundle('files/writer.ts', programs);
  });
  afterAll(() => rm(programs, { recursive: true }));

  test('a disk that takes a part and no more leaves the old file, and says why', async () => {
    await writeFile(path, 'old');
    // The limit is on the size of a file; a disk that fills up behaves the same way.
    const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const { stdout } = await run('sh', ['-c', limited, process.execPath, writer, path]);
    expect(stdout).toBe(`${path} can't be written: it would be larger than the system allows`);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('what the shell opened for appending is appended to', async () => {
    const program = await bundle('files/to-stdout.ts', programs);
    await run('sh', ['-c', '(echo before; "$0" "$1") >> "$2"', process.execPath, program, path]);
    expect(await readFile(path, 'utf8')).toBe('before\nresult\n');
  });
});
