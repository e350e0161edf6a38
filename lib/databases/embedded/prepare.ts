/** The sample shop as a data directory, made at build time: copying it is the first start of a new machine. */
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { codeOf } from '../../files.js';
import { POSTGRES_MAJOR } from './directory.js';
import { openPglite } from './pglite.js';
import { SAMPLE_VERSION, sampleSql } from './sample.js';
import { type Stamp, readStamp, stampFile } from './stamp.js';
import { listFiles } from './template.js';

/** One session uses it: what other databases would be made from is 14 MB of nothing. */
const SLIM = [
  `update pg_catalog.pg_database set datistemplate = false where datname <> 'postgres'`,
  'drop database template1',
  'drop database template0',
];

/** Each by itself: VACUUM and CHECKPOINT want no transaction. */
const SETTLE = ['vacuum full', 'vacuum freeze', 'analyze', 'checkpoint'];

/**
 * Makes `directory` hold the sample as of SAMPLE_VERSION; does nothing where it does already. It is made beside
 * its place and moved there, so that it is never half, not even where two builds run at once.
 */
export async function prepareTemplate(directory: string): Promise<void> {
  if (await isCurrent(directory)) return;
  await mkdir(dirname(directory), { recursive: true });
  const unfinished = await mkdtemp(`${directory}.new-`);
  try {
    await fill(unfinished);
    const stamp = JSON.stringify(await makeStamp(unfinished), null, 2);
    await writeFile(stampFile(unfinished), `${stamp}\n`);
    await moveTo(directory, unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** What another build has put there meanwhile stays: somebody may be reading it already. */
async function moveTo(directory: string, unfinished: string): Promise<void> {
  const move = () =>
    rename(unfinished, directory).then(
      () => true,
      async (error: unknown) => {
        if (await isCurrent(directory)) return true;
        // Another version stands there.
        if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) return false;
        throw error;
      },
    );
  if (await move()) return;
  await rm(directory, { recursive: true, force: true });
  if (!(await move())) throw new Error(`${directory} is being written by somebody else`);
}

async function isCurrent(directory: string): Promise<boolean> {
  return (await readStamp(directory))?.version === SAMPLE_VERSION;
}

async function fill(directory: string): Promise<void> {
  const database = await openPglite(directory);
  try {
    await database.exec(`begin;\n${sampleSql().join(';\n')};\ncommit`);
    for (const statement of [...SLIM, ...SETTLE]) await database.exec(statement);
  } finally {
    await database.close();
  }
  // A second start leaves PostgreSQL's cache of its catalogs behind, which every later start then finds.
  await (await openPglite(directory)).close();
}

async function makeStamp(directory: string): Promise<Stamp> {
  const major = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  if (major !== POSTGRES_MAJOR) {
    throw new Error(`PGlite is PostgreSQL ${major} now: POSTGRES_MAJOR has to say so`);
  }
  return {
    version: SAMPLE_VERSION,
    postgres: major,
    directories: await listDirectories(directory),
    files: (await listFiles(directory)).length,
  };
}

/** Relative to the directory, parents first. */
async function listDirectories(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}
