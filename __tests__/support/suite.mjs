/** Starts the supervisor of the suite's PostgreSQL servers; shared by jest's global setup and the bench. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const supportFolder = dirname(fileURLToPath(import.meta.url));
const projectRoot = join(supportFolder, '../..');

/**
 * No server runs yet: each is started by the first who asks for it.
 *
 * @returns {Promise<{ greeting: import('./supervisor.js').Greeting, end(): Promise<void> }>}
 *   `end` resolves when every server and the scratch folder are gone
 */
export async function startSuite() {
  const program = buildSync({
    entryPoints: [join(supportFolder, 'supervisor.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
  const scratch = mkdtempSync(join(scratchParent(), 'pgask-test-'));
  chmodSync(scratch, 0o711);
  const file = join(scratch, 'supervisor.cjs');
  writeFileSync(file, program.outputFiles[0].contents);
  const child = spawn(process.execPath, [file, projectRoot, scratch], {
    // Its own process group: Ctrl-C reaches the test run alone, whose end then reaches the supervisor.
    detached: true,
    cwd: scratch,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const greeting = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the supervisor of servers ended with ${code}`)));
  });
  // What is left open must not keep a run alive that has nothing else to do.
  child.unref();
  child.stdin.unref();
  child.stdout.unref();
  return {
    greeting,
    async end() {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}

/** A short path (a socket's may have 103 bytes) that every user can enter. */
function scratchParent() {
  const preferred = tmpdir();
  if (preferred.length > 50) return '/tmp';
  for (let folder = preferred; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return '/tmp';
    if (folder === dirname(folder)) return preferred;
  }
}
