/** What the embedded database needs to have been built: its thread, the sample's template, and a program that uses it. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { EmbeddedOptions } from '../../../lib/databases/embedded/embedded.js';
import { prepareTemplate } from '../../../lib/databases/embedded/prepare.js';
import { SAMPLE_VERSION } from '../../../lib/databases/embedded/sample.js';

const ROOT = join(import.meta.dirname, '../../..');
/** Under node_modules, so that what is built finds PGlite. */
const CACHE = join(ROOT, 'node_modules/.cache/pgask');

/** Bundles a file of the project as the program's build does, and says where it is. */
export async function bundle(entry: string): Promise<string> {
  const outfile = join(CACHE, `${entry.replaceAll(/\W+/g, '-')}.mjs`);
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entry)],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@electric-sql/pglite', 'postgres'],
    logLevel: 'silent',
  });
  // Suites that run side by side make the same file: none may see half of it.
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${outfile}.${process.pid}`;
  await writeFile(unfinished, outputFiles[0]!.contents);
  await rename(unfinished, outfile);
  return outfile;
}

/** The prepared sample; made once per version, which takes some seconds. */
export async function template(): Promise<string> {
  const directory = join(CACHE, `sample-${SAMPLE_VERSION}`);
  await prepareTemplate(directory);
  return directory;
}

export interface Place {
  /** What the driver is told, with a data directory that nobody has yet. */
  readonly options: EmbeddedOptions;
  readonly parent: string;
  remove(): Promise<void>;
}

export async function place(workerFile: string, templateDir: string | undefined): Promise<Place> {
  const parent = await mkdtemp(join(tmpdir(), 'pgask-embedded-'));
  return {
    parent,
    options: { dataDir: join(parent, 'shop'), templateDir, workerFile, lockTimeoutMs: 20_000 },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
