import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type DirectoryOptions,
  POSTGRES_MAJOR,
  prepareDirectory,
  resolveDirectory,
} from '../../../lib/databases/embedded/directory.js';
import { ConnectionError } from '../../../lib/errors.js';
import { template } from './built.js';

describe('preparing the data directory', () => {
  let sample: string;
  let parent: string;
  let directory: string;
  let messages: string[];

  beforeAll(async () => {
    sample = await template();
  }, 60_000);
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'pgask-directory-'));
    directory = join(parent, 'shop');
    messages = [];
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const prepare = (more: Partial<DirectoryOptions> = {}) =>
    prepareDirectory(directory, {
      templateDir: sample,
      create: () => Promise.reject(new Error('there is a template')),
      signal: new AbortController().signal,
      notify: (message) => messages.push(message),
      ...more,
    });
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  /** A small template of another version of the sample: enough for everything but PostgreSQL. */
  async function otherSample(version: string, major = POSTGRES_MAJOR): Promise<string> {
    const made = join(parent, `template-${version}`);
    await mkdir(join(made, 'base'), { recursive: true });
    await writeFile(join(made, 'PG_VERSION'), `${major}\n`);
    await writeFile(join(made, 'base/1'), version);
    const stamp = { version, postgres: major, directories: ['base', 'pg_notify'], files: 2 };
    await writeFile(join(made, 'pgask-sample.json'), JSON.stringify(stamp));
    return made;
  }
  const content = () => readFileSync(join(directory, 'base/1'), 'utf8');

  test('copies the whole template, for its user alone', async () => {
    await prepare();
    const files = (of: string) =>
      readdirSync(of, { recursive: true, withFileTypes: true })
        .map(
          (entry) => [entry.isFile(), join(entry.parentPath, entry.name).slice(of.length)] as const,
        )
        .sort(([, a], [, b]) => (a < b ? -1 : 1));
    expect(files(directory)).toEqual(files(sample));
    for (const [isFile, name] of files(directory)) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(isFile ? 0o600 : 0o700);
      if (isFile)
        expect(readFileSync(join(directory, name)).equals(readFileSync(join(sample, name)))).toBe(
          true,
        );
    }
    expect(readdirSync(parent)).toEqual(['shop']);
  });

  test('makes the empty directories that a package loses', async () => {
    const unpacked = join(parent, 'unpacked');
    await cp(sample, unpacked, { recursive: true });
    for (const name of ['pg_notify', 'pg_snapshots', 'pg_twophase'])
      await rm(join(unpacked, name), { recursive: true });
    await prepare({ templateDir: unpacked });
    expect(existsSync(join(directory, 'pg_notify'))).toBe(true);
    expect(existsSync(join(directory, 'pg_twophase'))).toBe(true);
  });

  test('leaves a directory of the same version alone', async () => {
    const templateDir = await otherSample('v1');
    await prepare({ templateDir });
    await writeFile(join(directory, 'base/1'), 'changed');
    await prepare({ templateDir });
    expect(content()).toBe('changed');
    expect(messages).toEqual([]);
  });

  test('sets an older sample aside, and brings it back for the version that it belongs to', async () => {
    const old = await otherSample('v1');
    const current = await otherSample('v2');
    await prepare({ templateDir: old });
    await writeFile(join(directory, 'base/1'), 'v1, changed by its user');

    await prepare({ templateDir: current });
    expect(content()).toBe('v2');
    expect(messages).toEqual([expect.stringContaining('shop.v1')]);

    await prepare({ templateDir: old });
    expect(content()).toBe('v1, changed by its user');
    await prepare({ templateDir: current });
    await prepare({ templateDir: old });
    // Two versions that take turns do not pile up copies.
    expect(
      readdirSync(parent)
        .filter((name) => name.startsWith('shop'))
        .sort(),
    ).toEqual(['shop', 'shop.v2']);
  });

  test('takes nothing back that only has the name of an older sample', async () => {
    await mkdir(`${directory}.v1`);
    await writeFile(`${directory}.v1/notes`, 'mine');
    await prepare({ templateDir: await otherSample('v1') });
    expect(content()).toBe('v1');
    expect(readFileSync(`${directory}.v1/notes`, 'utf8')).toBe('mine');

    await prepare({ templateDir: await otherSample('v2') });
    expect(content()).toBe('v2');
    expect(existsSync(`${directory}.v1.2/PG_VERSION`)).toBe(true);
  });

  test('replaces a sample of another PostgreSQL as well', async () => {
    await prepare({ templateDir: await otherSample('v1') });
    await writeFile(join(directory, 'PG_VERSION'), '17\n');
    await prepare({ templateDir: await otherSample('v2') });
    expect(content()).toBe('v2');
  });

  test('refuses a directory of another PostgreSQL that is not the sample, and leaves it as it is', async () => {
    await mkdir(directory);
    await writeFile(join(directory, 'PG_VERSION'), '17\n');
    for (const templateDir of [sample, undefined]) {
      const error = await failure(prepare({ templateDir }));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({
        message: expect.stringMatching(/shop belongs to PostgreSQL 17/),
      });
      expect((error as ConnectionError).hint).toBeDefined();
    }
    expect(readdirSync(directory)).toEqual(['PG_VERSION']);
  });

  test('refuses a directory with something else in it', async () => {
    await mkdir(directory);
    await writeFile(join(directory, 'thesis.txt'), 'mine');
    expect(await failure(prepare())).toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining('not a data directory'),
    });
    expect(readdirSync(directory)).toEqual(['thesis.txt']);
  });

  test('uses an empty directory that is there', async () => {
    await mkdir(directory);
    await prepare({ templateDir: await otherSample('v1') });
    expect(content()).toBe('v1');
  });

  test('clears away what a killed process left half made', async () => {
    await mkdir(`${directory}.new/base`, { recursive: true });
    await writeFile(`${directory}.new/base/1`, 'half');
    await prepare({ templateDir: await otherSample('v1') });
    expect(content()).toBe('v1');
    expect(existsSync(`${directory}.new`)).toBe(false);
  });

  test('makes nothing when it is aborted in the middle', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => abort.abort(reason), 5);
    expect(await failure(prepare({ signal: abort.signal }))).toBe(reason);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('says what is wrong with the installation where the template is missing or not whole', async () => {
    expect(await failure(prepare({ templateDir: join(parent, 'none') }))).toMatchObject({
      name: 'ConnectionError',
      hint: expect.stringContaining('install'),
    });
    const templateDir = await otherSample('v1');
    await rm(join(templateDir, 'base/1'));
    expect(await failure(prepare({ templateDir }))).toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining('not complete'),
    });
    expect(existsSync(directory)).toBe(false);
  });

  test('says so where the directory can not be', async () => {
    await writeFile(join(parent, 'file'), '');
    const error = await failure(resolveDirectory(join(parent, 'file/data/shop')));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ message: expect.stringContaining('file/data/shop') });
  });

  test('without a template asks for an empty database, and moves it into place when it is whole', async () => {
    const create = async (path: string) => {
      await writeFile(join(path, 'PG_VERSION'), `${POSTGRES_MAJOR}\n`);
      expect(existsSync(directory)).toBe(false);
    };
    await prepare({ templateDir: undefined, create });
    expect(readdirSync(directory)).toEqual(['PG_VERSION']);
    expect(await failure(prepare({ templateDir: undefined, create }))).toBeUndefined();
  });

  test('leaves nothing behind where the database can not be made', async () => {
    const error = await failure(
      prepare({
        templateDir: undefined,
        create: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
      }),
    );
    expect(error).toMatchObject({ name: 'ConnectionError', hint: expect.stringContaining('full') });
    expect(readdirSync(parent)).toEqual([]);
  });
});
