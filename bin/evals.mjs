/**
 * Measures the offline planner on the project's own cases and writes evals/RESULTS.md, from which a test knows what has been
 * reached. Prints the report; `--failures` prints what was not right as well, except of the cases that are held out, and
 * `--keep` leaves the file as it is.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSuite } from '../__tests__/support/suite.mjs';
import { load, program, root } from './bench/bundle.mjs';

const folder = join(root, 'evals');
const unknown = process.argv.slice(2).find((word) => !['--failures', '--keep'].includes(word));
if (unknown === undefined) {
  await measure(process.argv.includes('--failures'), process.argv.includes('--keep'));
} else {
  process.stderr.write(`evals: unknown argument: ${unknown}; there are --failures and --keep\n`);
  process.exitCode = 2;
}

async function measure(failures, keep) {
  const suite = await startSuite();
  process.env.SUITE_SERVERS = JSON.stringify(suite.greeting);
  const home = mkdtempSync(join(tmpdir(), 'pgask-evals-'));
  try {
    const { HELD_OUT, openOwnCases, TODAY } = await load('__tests__/evals/own-cases.ts');
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      PGASK_TODAY: TODAY,
    };
    const ask = async (cases, { verbose }) => {
      const { url, lines, drop } = await openOwnCases(cases);
      const args = ['eval', '-', '--database-url', url, '--model', 'offline', '--format', 'json'];
      // One at a time: times are of a question alone.
      args.push('--concurrency', '1', ...(verbose ? ['--verbose'] : []));
      const report = await run([program, ...args], { env, cwd: home, input: lines });
      await drop();
      return JSON.parse(report);
    };
    const known = await ask(folder, { verbose: failures });
    const heldOut = await ask(join(folder, HELD_OUT), { verbose: false });
    const text = resultsText(known, heldOut);
    process.stdout.write(text);
    const times = known.filter(({ unit }) => unit === 'ms');
    for (const { metric, value } of times) process.stdout.write(`${metric}: ${value} ms\n`);
    if (!keep) writeFileSync(join(folder, 'RESULTS.md'), text);
  } finally {
    rmSync(home, { recursive: true, force: true });
    await suite.end();
  }
}

function run(args, { input, ...options }) {
  const child = spawn(process.execPath, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(new Error(`pgask eval ended with ${code}`));
    });
  });
}

function isShare({ unit }) {
  return unit === '%';
}

function percent({ value }) {
  return value === null ? '–' : `${value.toFixed(1)} %`;
}

/** What must not get worse, of each kind of case; then the parts. Times are the machine's, and stay out. */
function resultsText(known, heldOut) {
  const shares = known.filter(isShare);
  const parts = [...new Set(shares.map(({ part }) => part))]
    .filter((part) => part !== 'all')
    .sort(byPart);
  const columns = ['accuracy', 'answered', 'right-when-answered', 'refused'];
  const cell = (part, metric) => {
    const share = shares.find((one) => one.part === part && one.metric === metric);
    return share === undefined ? '' : `${percent(share)} of ${share.n}`;
  };
  return `# Own cases, offline

Written by \`npm run evals\`, and read by a test that fails when a figure of the first two tables gets worse. What the figures
mean, README.md says under "Measuring answers".

## Known

Cases in \`cases/\`, of the databases in \`schemas/\`: their failures are looked at, and mended.

${totals(known)}
## Held out

Cases of other databases, in \`held-out/\`: nobody looks at them, and only these totals are printed. They tell what a database that the planner has
never met may expect.

${totals(heldOut)}
## Known, by parts

${table(
  ['part', ...columns],
  parts.map((part) => [part, ...columns.map((metric) => cell(part, metric))]),
)}`;
}

function totals(report) {
  const rows = report
    .filter((one) => isShare(one) && one.part === 'all' && one.n > 0)
    .map((share) => [share.metric, percent(share), `${share.count} of ${share.n}`]);
  return table(['metric', 'value', 'count'], rows);
}

/** Difficulties as they come, tags by the alphabet. */
function byPart(a, b) {
  const [isTag, isOtherTag] = [a, b].map((part) => part.startsWith('tag'));
  if (isTag !== isOtherTag) return isTag ? 1 : -1;
  return isTag ? (a < b ? -1 : 1) : 0;
}

function table(head, rows) {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const line = (cells) => `| ${cells.map((text, i) => text.padEnd(widths[i])).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}
