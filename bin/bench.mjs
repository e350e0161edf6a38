/**
 * Measures the built program: ratios between processes that are run in turns, so that a busy machine slows all of them.
 * Prints a table and writes bench-results.json. `--check` makes a missed goal the exit code.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { startSuite } from '../__tests__/support/suite.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'dist/pgask.cjs');
const scratch = join(root, 'node_modules/.cache/pgask/bench');

const ROUNDS = 25;
const EMBEDDED_ROUNDS = 5;
const QUESTION = 'top 5 customers by revenue';

const homes = [];
const suite = await startSuite();
process.env.SUITE_SERVERS = JSON.stringify(suite.greeting);
try {
  const results = await measure();
  report(results);
  if (process.argv.includes('--check') && results.some(({ met }) => !met)) process.exitCode = 1;
} finally {
  for (const home of homes) rmSync(home, { recursive: true });
  await suite.end();
}

async function measure() {
  const { testDatabase } = await load('__tests__/support/server.ts');
  const { guardCost, questionCosts, sampleSql } = await load('bin/bench/inside.ts');
  const { url } = await testDatabase({ sql: [...sampleSql(), 'analyze'] });
  const bare = bundle('bin/bench/bare.ts');
  const { node, help, floor, sql, answer } = inTurns(ROUNDS, {
    node: ['-e', '0'],
    help: [program, '--help'],
    floor: [bare, url],
    sql: [program, 'sql', '-d', url, 'select 1'],
    answer: [program, '-d', url, '-m', 'offline', '--new', QUESTION],
  });
  const { first, later } = embedded();
  const guard = await guardCost(url, 20);
  const guardAnew = await guardCost(url, 20, 'commit');
  const costs = await questionCosts(url);
  const tokens = costs.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens);
  return [
    ratio('--help, to bare node', { goal: 1.6, of: help, to: node }),
    ratio('sql "select 1" on a server, to bare node', { goal: 6, of: sql, to: node }),
    ratio('sql "select 1" on a server, to bare postgres.js', { goal: 2, of: sql, to: floor }),
    ratio('an offline answer on a server, to bare node', { goal: 10, of: answer, to: node }),
    absolute('first answer of the sample on a new machine', { goal: 3, unit: 's', of: first }),
    absolute('each later answer of the sample', { goal: 1.5, unit: 's', of: later }),
    absolute('what the guard adds to a statement', { goal: 5, unit: 'ms', of: guard }),
    absolute('the same, when others have committed since', { goal: 5, unit: 'ms', of: guardAnew }),
    { ...total('steps of ten questions', sum(costs.map(({ steps }) => steps))), costs },
    total('tokens of ten questions', sum(tokens)),
  ];
}

/** Milliseconds of whole processes, one of each kind in every round; the first round only fills caches. */
function inTurns(rounds, kinds) {
  const home = newHome();
  const times = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, args] of Object.entries(kinds)) {
      const ms = runNode(args, home);
      if (round > 0) times[name].push(ms);
    }
  }
  return times;
}

/** Seconds; every first answer has a machine of its own. */
function embedded() {
  const first = [];
  const later = [];
  for (let round = 0; round < EMBEDDED_ROUNDS; round++) {
    const home = newHome();
    const ask = () => runNode([program, '-m', 'offline', '--new', QUESTION], home) / 1000;
    first.push(ask());
    for (let i = 0; i < 3; i++) later.push(ask());
  }
  return { first, later };
}

function runNode(args, home) {
  // NODE_EXTRA_CA_CERTS and the like would be most of what is measured.
  const env = { PATH: process.env.PATH, HOME: home, TZ: 'UTC' };
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'pgask-bench-'));
  homes.push(home);
  return home;
}

function ratio(figure, { goal, of, to }) {
  const value = median(of) / median(to);
  return {
    figure,
    goal,
    unit: '×',
    value,
    met: value <= goal,
    best: Math.min(...of) / Math.min(...to),
    ms: { of: spread(of), to: spread(to) },
  };
}

function absolute(figure, { goal, unit, of }) {
  const value = median(of);
  return {
    ...{ figure, goal, unit, value },
    met: value < goal,
    best: Math.min(...of),
    spread: spread(of),
  };
}

function total(figure, value) {
  return { figure, goal: undefined, unit: 'in all', value, met: true };
}

function sum(values) {
  return values.reduce((all, value) => all + value, 0);
}

function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

function report(results) {
  const digits = ({ goal }) => (goal === undefined ? 0 : 2);
  const rows = results.map((result) => [
    result.figure,
    result.goal === undefined ? '' : `${result.unit === '×' ? '≤' : '<'} ${result.goal}`,
    `${result.value.toFixed(digits(result))} ${result.unit}`,
    result.best > 0 ? result.best.toFixed(digits(result)) : '',
    result.goal === undefined ? '' : result.met ? 'met' : 'MISSED',
  ]);
  const all = [['figure', 'goal', 'median', 'best', ''], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ');
  process.stdout.write(`${all.map((row) => line(row).trimEnd()).join('\n')}\n`);
  const { platform, arch, versions } = process;
  const file = join(root, 'bench-results.json');
  const content = { machine: { platform, arch, node: versions.node }, results };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** A file of TypeScript as a program: minified, as the thing that is measured is. */
function bundle(entry) {
  mkdirSync(scratch, { recursive: true });
  const outfile = join(scratch, `${entry.replace(/\W/g, '-')}.mjs`);
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@electric-sql/pglite', 'libpg-query'],
    banner: {
      js: "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);",
    },
  });
  return outfile;
}

async function load(entry) {
  return await import(pathToFileURL(bundle(entry)).href);
}
