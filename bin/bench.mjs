/**
 * Measures the built program: ratios between processes that are run in turns, so that a busy machine slows all of them.
 * Prints tables and writes bench-results.json.
 *
 * `--only PART[,PART]` measures these parts alone, `--rows N` exports another number of rows than two million, and
 * `--check` makes a missed goal the exit code.
 */
import { rmSync } from 'node:fs';
import { startSuite } from '../__tests__/support/suite.mjs';
import { breadth } from './bench/breadth.mjs';
import { embedded } from './bench/embedded.mjs';
import { exports } from './bench/exports.mjs';
import { growth } from './bench/growth.mjs';
import { memory } from './bench/memory.mjs';
import { homes } from './bench/processes.mjs';
import { printHead, printResults, writeResults } from './bench/report.mjs';
import { startUp } from './bench/start-up.mjs';
import { guard, questions } from './bench/within.mjs';

/** In this order; each is `measure({ rows })`, which gives results. */
const parts = {
  'start-up': startUp,
  guard,
  questions,
  breadth,
  embedded,
  exports,
  memory,
  growth,
};

const ROWS = 2_000_000;

const options = readArguments(process.argv.slice(2));
if (typeof options === 'string') {
  process.stderr.write(`bench: ${options}\n`);
  process.exitCode = 2;
} else {
  await run(options);
}

async function run({ only, rows, check }) {
  const suite = await startSuite();
  process.env.SUITE_SERVERS = JSON.stringify(suite.greeting);
  const all = [];
  try {
    for (const name of only) {
      printHead(name);
      const results = await parts[name]({ rows });
      printResults(results);
      all.push(...results.map((result) => ({ part: name, ...result })));
    }
  } finally {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
    await suite.end();
  }
  writeResults(all);
  if (check && all.some(({ met }) => met === false)) process.exitCode = 1;
}

/** What is wrong with them, in words, or what they say. */
function readArguments(words) {
  const options = { only: Object.keys(parts), rows: ROWS, check: false };
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--check') {
      options.check = true;
    } else if (word === '--only') {
      options.only = (rest.shift() ?? '').split(',');
      const unknown = options.only.find((name) => !Object.hasOwn(parts, name));
      if (unknown !== undefined) {
        return `unknown part: '${unknown}'; there are ${Object.keys(parts).join(', ')}`;
      }
    } else if (word === '--rows') {
      options.rows = Number(rest.shift());
      if (!Number.isInteger(options.rows) || options.rows < 1) return '--rows wants a number';
    } else {
      return `unknown argument: ${word}; there are --only PART, --rows N and --check`;
    }
  }
  return options;
}
