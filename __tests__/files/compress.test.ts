import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OutputError, UsageError } from '../../lib/errors.js';
import { type Compression, compressionOf, openAtomic, openCompressor } from '../../lib/files.js';
import { makeScratch } from './program.js';

const hasZstd = 'createZstdCompress' in zlib;
const withZstd = hasZstd ? test : test.skip;
const withoutZstd = hasZstd ? test.skip : test;

let directory = '';

beforeEach(async () => {
  directory = await makeScratch();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function open(compression: Compression, path: string) {
  return (await openCompressor(compression, path))(await openAtomic(path));
}

const UNPACK: Readonly<Record<'gzip' | 'brotli', (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  brotli: zlib.brotliDecompressSync,
};

describe('compression by suffix', () => {
  test.each([
    ['x.csv', undefined, 'x.csv'],
    ['x.csv.gz', 'gzip', 'x.csv'],
    ['x.CSV.GZ', 'gzip', 'x.CSV'],
    ['a.gz/x.br', 'brotli', 'a.gz/x'],
    ['x.zst', 'zstd', 'x'],
    ['.gz', undefined, '.gz'],
    ['a/.gz', undefined, 'a/.gz'],
    ['gz', undefined, 'gz'],
    ['x.gzip', undefined, 'x.gzip'],
    ['x.gz/', undefined, 'x.gz/'],
  ])('of %s is %s', (path, compression, bare) => {
    expect(compressionOf(path)).toEqual({ compression, bare });
  });

  test.each(['gzip', 'brotli'] as const)('%s holds what was written', async (compression) => {
    const path = join(directory, 'x');
    const file = await open(compression, path);
    const buffer = Buffer.alloc(200_000);
    const written: Buffer[] = [];
    for (let i = 0; i < 40; i++) {
      // The same buffer again and again, as a producer that does not allocate has it.
      for (let at = 0; at < buffer.length; at++) buffer[at] = (i * 31 + at * 7 + (at >> 9)) & 0xff;
      written.push(Buffer.from(buffer));
      await file.write(buffer);
    }
    await file.write('ende ü\n');
    await file.commit();
    const whole = Buffer.concat([...written, Buffer.from('ende ü\n')]);
    expect(UNPACK[compression](await readFile(path)).equals(whole)).toBe(true);
    expect(await readdir(directory)).toEqual(['x']);
  });

  test('gzip itself has no complaint, even of a file of nothing', async () => {
    const path = join(directory, 'x.gz');
    await (await open('gzip', path)).commit();
    const { status, stderr } = spawnSync('gzip', ['-t', path], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(zlib.gunzipSync(await readFile(path)).length).toBe(0);
  });

  withZstd('zstd holds what was written', async () => {
    const path = join(directory, 'x.zst');
    const file = await open('zstd', path);
    await file.write('rows\n');
    await file.commit();
    const { zstdDecompressSync: unpack } = zlib as unknown as Record<
      string,
      typeof zlib.gunzipSync
    >;
    expect(unpack!(await readFile(path)).toString()).toBe('rows\n');
  });

  withoutZstd(
    'zstd is refused where this Node.js has none, before anything is opened',
    async () => {
      await expect(openCompressor('zstd', 'x.zst')).rejects.toThrow(UsageError);
      await expect(openCompressor('zstd', 'x.zst')).rejects.toMatchObject({
        message: "x.zst can't be written: this Node.js does not know zstd",
        hint: expect.stringContaining('.gz'),
      });
    },
  );

  test('what is given up leaves the old file and no other', async () => {
    const path = join(directory, 'x.gz');
    await writeFile(path, 'old');
    const file = await open('gzip', path);
    await file.write(Buffer.alloc(3_000_000, 'row\n'));
    await file.abort();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(directory)).toEqual(['x.gz']);
  });

  test('a disk that is full behind the compressor is told, and nothing waits for ever', async () => {
    if (!existsSync('/dev/full')) return;
    const noise = zlib.deflateSync(
      Buffer.from(Array.from({ length: 300_000 }, () => Math.random()).join('')),
    );
    const file = await open('gzip', '/dev/full');
    const write = async () => {
      for (let i = 0; i < 50; i++) await file.write(noise);
      await file.commit();
    };
    await expect(write()).rejects.toThrow(OutputError);
    await expect(file.write('more')).rejects.toThrow('the disk is full');
    await expect(file.commit()).rejects.toThrow('the disk is full');
    await file.abort();
  });

  test('a file that is slow makes its writer wait: what is on the way stays small', async () => {
    let release: (() => void) | undefined;
    let taken = 0;
    const slow = {
      async write(chunk: string | Uint8Array) {
        await new Promise<void>((resolve) => (release = resolve));
        taken += chunk.length;
      },
      commit: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    };
    const file = (await openCompressor('gzip', 'x.gz'))(slow);
    const noise = Buffer.from(
      Array.from({ length: 100_000 }, () => Math.floor(Math.random() * 256)),
    );
    let written = 0;
    const producer = (async () => {
      for (let i = 0; i < 100; i++) {
        await file.write(noise);
        written += noise.length;
      }
      await file.commit();
    })();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(written).toBeLessThan(3_000_000);
    const pump = setInterval(() => release?.(), 0);
    await producer;
    clearInterval(pump);
    expect(written).toBe(10_000_000);
    expect(taken).toBeGreaterThan(9_000_000);
  });
});
