/** Processes that are measured: how long they take, and how much memory they ever had. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle.mjs';

/** Folders of this run, to be removed at its end. */
export const homes = [];

export function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'pgask-bench-'));
  homes.push(home);
  return home;
}

let shared;

/** The one that all processes share that need no home of their own. */
export function sharedHome() {
  shared ??= newHome();
  return shared;
}

/** `[process.execPath, …]`, for {@link run}. */
export const node = (...args) => [process.execPath, ...args];

/**
 * Runs a program to its end.
 *
 * @param to where its stdout goes: `nowhere`, a file's path, or `pipe`: a real one, with cat at its other end
 * @returns milliseconds, and the peak of its memory in MB where `peak` asks for it
 */
export function run(command, { home = sharedHome(), to = 'nowhere', peak = false } = {}) {
  // NODE_EXTRA_CA_CERTS and the like would be most of what is measured.
  const env = { PATH: process.env.PATH, HOME: home, TZ: 'UTC', LANG: 'C.UTF-8' };
  const peakFile = join(home, 'peak');
  if (peak) {
    env.NODE_OPTIONS = `--require ${join(root, '__tests__/support/peak-memory.cjs')}`;
    env.PEAK_MEMORY_FILE = peakFile;
    rmSync(peakFile, { force: true });
  }
  const words = to === 'pipe' ? intoCat(command) : command;
  const out = openSync(to === 'pipe' || to === 'nowhere' ? '/dev/null' : to, 'w');
  const started = performance.now();
  const { status, stderr, output, error } = spawnSync(words[0], words.slice(1), {
    cwd: home,
    env,
    stdio: ['ignore', out, 'pipe', 'pipe'],
  });
  const ms = performance.now() - started;
  closeSync(out);
  const code = to === 'pipe' ? Number(output?.[3]) : status;
  if (code !== 0) {
    throw new Error(`${command.join(' ')} ended with ${code}: ${error?.message ?? stderr}`);
  }
  return peak ? { ms, peakMb: Number(readFileSync(peakFile, 'utf8')) / 1024 } : { ms };
}

/** The pipes that node makes for a child are sockets, which cost more. The child's code comes by descriptor 3. */
function intoCat(command) {
  return ['sh', '-c', '{ "$@" 3>&-; echo $? >&3; } | cat', 'sh', ...command];
}

/**
 * Milliseconds of each kind, once in every round, by turns forwards and backwards; the first round only fills caches.
 *
 * @param kinds name → a function that runs it
 */
export function inTurns(rounds, kinds) {
  const names = Object.keys(kinds);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { ms } = kinds[name]();
      if (round > 0) times[name].push(ms);
    }
  }
  return times;
}
