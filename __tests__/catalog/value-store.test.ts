import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openValueStore } from '../../lib/catalog/value-store.js';

const DAY_MS = 24 * 3_600_000;
let home: string;
let directory: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pgask-values-'));
  directory = join(home, 'cache/values');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const open = (of = ['here'], now = Date.now()) => openValueStore({ directory, of, now: () => now });
const towns = new Map([['town', { stamp: '1', values: ['Hull', 'Łódź'] }]]);

describe('values that outlive a process', () => {
  test('come back as they were, to nobody but their owner', async () => {
    await open().keep(towns);
    expect(await open().load()).toEqual(towns);
    const [file] = await readdir(directory);
    expect((await stat(join(directory, file!))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  test('are of one place, role and catalog', async () => {
    await open(['here']).keep(towns);
    expect(await open(['there']).load()).toEqual(new Map());
  });

  test('expire, and their file goes with the next one that is written', async () => {
    const now = Date.now();
    await open(['here'], now).keep(towns);
    expect(await open(['here'], now + 2 * DAY_MS).load()).toEqual(new Map());
    const [old] = await readdir(directory);
    await utimes(join(directory, old!), now / 1000, (now - 2 * DAY_MS) / 1000);
    await open(['there'], now).keep(towns);
    expect(await readdir(directory)).not.toContain(old);
  });

  test('are bounded: the longest lists are left out first', async () => {
    const long = Array.from({ length: 10_000 }, (_, i) => `${i}`.padStart(500, 'x'));
    await open().keep(new Map([...towns, ['long', { stamp: '1', values: long }]]));
    expect(await open().load()).toEqual(towns);
  });

  test('are none where the file is broken, or something else', async () => {
    await open().keep(towns);
    const [file] = await readdir(directory);
    const path = join(directory, file!);
    const whole = await readFile(path, 'utf8');
    for (const text of [
      whole.slice(0, -3),
      '[]',
      'null',
      '{"version":99}',
      whole.replace('"1"', '1'),
    ]) {
      await writeFile(path, text);
      expect(await open().load()).toEqual(new Map());
    }
  });

  test('are none where nothing can be written', async () => {
    await writeFile(join(home, 'cache'), 'a file in the way');
    await open().keep(towns);
    expect(await open().load()).toEqual(new Map());
  });
});
