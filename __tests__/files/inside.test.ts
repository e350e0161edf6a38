import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { OutputError } from '../../lib/errors.js';
import { openAtomic, placeInside } from '../../lib/files.js';
import { makeScratch } from './program.js';

let root = '';
let work = '';

beforeEach(async () => {
  root = await makeScratch();
  work = join(root, 'work');
  await mkdir(join(work, 'reports', '.git'), { recursive: true });
  await mkdir(join(root, 'elsewhere'));
  await writeFile(join(work, 'old.csv'), 'old');
  await symlink(join(root, 'elsewhere'), join(work, 'out'));
  await symlink('reports', join(work, 'in'));
  await symlink(join(work, 'reports/.git'), join(work, 'repository'));
  await symlink(join(root, 'elsewhere/new.csv'), join(work, 'dangling.csv'));
  await symlink('loop', join(work, 'loop'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a path that nobody has typed', () => {
  test.each([
    ['orders.csv', 'orders.csv'],
    ['./orders.csv', 'orders.csv'],
    ['reports/orders.csv', 'reports/orders.csv'],
    ['reports/./orders 2.csv.gz', 'reports/orders 2.csv.gz'],
    ['in/orders.csv', 'in/orders.csv'],
    ['Übersicht–März.csv', 'Übersicht–März.csv'],
    ['a..b.csv', 'a..b.csv'],
  ])('%j is a place', async (path, shown) => {
    const place = await placeInside(work, path);
    expect(place).toMatchObject({ type: 'inside', shown });
  });

  test('leads where symbolic links inside the directory lead', async () => {
    expect(await placeInside(work, 'in/a.csv')).toMatchObject({
      path: join(work, 'reports/a.csv'),
    });
    await symlink(work, join(root, 'way'));
    expect(await placeInside(join(root, 'way'), 'a.csv')).toMatchObject({
      path: join(work, 'a.csv'),
    });
  });

  test.each([
    ['', /empty/],
    ['  ', /empty/],
    ['/etc/x.csv', /out of/],
    ['//etc/x.csv', /out of/],
    ['~/x.csv', /out of/],
    ['~root/x.csv', /out of/],
    ['../x.csv', /out of/],
    ['reports/../../x.csv', /out of/],
    ['reports/../x.csv', /out of/],
    ['..', /out of/],
    ['out/x.csv', /out of/],
    ['.bashrc', /hidden/],
    ['.ssh/x.csv', /hidden/],
    ['reports/.git/x.csv', /hidden/],
    ['repository/x.csv', /hidden/],
    ['.x.csv', /hidden/],
    ['old.csv', /exists/],
    ['dangling.csv', /exists/],
    ['reports', /exists/],
    ['reports/', /empty/],
    ['a//b.csv', /empty/],
    [' x.csv', /space/],
    ['x.csv ', /space/],
    ['.', /directory/],
    ['-rf.csv', /dash/],
    ['reports/--x.csv', /dash/],
    ['a\\b.csv', /backslash/],
    ['x\0.csv', /see/],
    ['x\n.csv', /see/],
    ['x\u202ecsv.exe', /see/],
    ['x\u200b.csv', /see/],
    ['\ud800.csv', /see/],
    ['nowhere/x.csv', /does not exist/],
    ['old.csv/x.csv', /does not exist/],
    ['loop/x.csv', /does not exist/],
    [`${'x'.repeat(201)}.csv`, /longer/],
  ])('%j is none', async (path, why) => {
    expect(await placeInside(work, path)).toEqual({
      type: 'refused',
      why: expect.stringMatching(why),
    });
  });

  test('is none in a directory that is gone', async () => {
    await rm(work, { recursive: true });
    expect(await placeInside(work, 'x.csv')).toMatchObject({ type: 'refused' });
  });
});

describe('a fresh file', () => {
  const fresh = { fresh: true } as const;

  test('is there whole when it is committed, and leaves nothing else', async () => {
    const path = join(work, 'reports', 'new.csv');
    const file = await openAtomic(path, fresh);
    await file.write('rows');
    expect(await readdir(join(work, 'reports'))).not.toContain('new.csv');
    await file.commit();
    expect(await readFile(path, 'utf8')).toBe('rows');
    expect((await readdir(join(work, 'reports'))).sort()).toEqual(['.git', 'new.csv']);
  });

  test.each(['old.csv', 'dangling.csv', 'reports', 'out'])('%s is none', async (name) => {
    await expect(openAtomic(join(work, name), fresh)).rejects.toThrow(OutputError);
  });

  test('does not replace what has come while it was written', async () => {
    const path = join(work, 'new.csv');
    const file = await openAtomic(path, fresh);
    await file.write('mine');
    await writeFile(path, 'theirs');
    await expect(file.commit()).rejects.toThrow('something else has that name');
    await file.abort();
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect((await readdir(work)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('does not follow a link that has come meanwhile', async () => {
    const path = join(work, 'new.csv');
    const file = await openAtomic(path, fresh);
    await file.write('mine');
    await symlink(join(root, 'elsewhere/target.csv'), path);
    await expect(file.commit()).rejects.toThrow(OutputError);
    await file.abort();
    expect(await readdir(join(root, 'elsewhere'))).toEqual([]);
  });
});
