import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { prepareTemplate } from '../../../lib/databases/embedded/prepare.js';
import { SAMPLE_VERSION } from '../../../lib/databases/embedded/sample.js';
import { readStamp } from '../../../lib/databases/embedded/stamp.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'pgask-prepare-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

test('of builds that run at once the first one stays, as somebody may be reading it', async () => {
  const directory = join(parent, 'sample');
  const build = async () => {
    await prepareTemplate(directory);
    return (await stat(directory)).ino;
  };
  const [one, other] = await Promise.all([build(), build()]);
  expect(one).toBe(other);
  expect((await readStamp(directory))?.version).toBe(SAMPLE_VERSION);
}, 60_000);

test('what another version left there is replaced', async () => {
  const directory = join(parent, 'sample');
  await mkdir(directory);
  await writeFile(join(directory, 'PG_VERSION'), '1\n');
  await prepareTemplate(directory);
  expect((await readStamp(directory))?.version).toBe(SAMPLE_VERSION);
}, 60_000);
