/** A script of the tests, bundled so that a process of its own can run it. */
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The bundle's path; `script` is relative to __tests__. */
export async function bundle(script: string, directory: string): Promise<string> {
  const outfile = join(directory, `${script.replaceAll('/', '-')}.mjs`);
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  await build({
    entryPoints: [join(root, script)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export function start(
  program: string,
  words: readonly string[],
  stdio: StdioOptions = 'inherit',
): ChildProcess {
  return spawn(process.execPath, [program, ...words], { stdio });
}

/** The exit code, or the name of the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

export async function makeScratch(): Promise<string> {
  return await realpath(await mkdtemp(join(tmpdir(), 'pgask-files-')));
}

/** An empty directory for one test, removed when the work is done. */
export async function inScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await makeScratch();
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
