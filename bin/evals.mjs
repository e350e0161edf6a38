/**
 * Measures the offline planner on the project's own cases and writes evals/RESULTS.md, from which a test knows what has been
 * reached. Prints the report; `--failures` prints what was not right as well, and `--keep` leaves the file as it is.
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
    const { openOwnCases, TODAY } = await load('__tests__/evals/own-cases.ts');
    const { url, lines } = await openOwnCases(folder);
    const args = ['eval', '-', '--database-url', url, '--model', 'offline', '--format', 'json'];
    // One at a time: times are of a question alone.
    args.push('--concurrency', '1', ...(failures ? ['--verbose'] : []));
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      PGASK_TODAY: TODAY,
    };
    const report = JSON.parse(await run([program, ...args], { env, cwd: home, input: lines }));
    const text = resultsText(report);
    process.stdout.write(text);
    const times = report.filter(({ unit }) => unit === 'ms');
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

/** Two tables: all, with the figures that must not get worse, and the parts. Times are the machine's, and stay out. */
function resultsText(report) {
  const shares = report.filter(({ unit }) => unit === '%');
  const percent = ({ value }) => (value === null ? '–' : `${value.toFixed(1)} %`);
  const all = shares
    .filter(({ part }) => part === 'all')
    .map((share) => [share.metric, percent(share), `${share.count} of ${share.n}`]);
  const parts = [...new Set(shares.map(({ part }) => part))]
    .filter((part) => part !== 'all')
    .sort(byPart);
  const columns = ['accuracy', 'answered', 'right-when-answered', 'refused'];
  const cell = (part, metric) => {
    const share = shares.find((one) => one.part === part && one.metric === metric);
    return share === undefined ? '' : `${percent(share)} of ${share.n}`;
  };
  return `# Own cases, offline

Written by \`npm run evals\`, and read by a test that fails when a figure of the first table gets worse. The cases are in
\`cases/\`, the databases that they are asked of in \`schemas/\`; what the figures mean, README.md says under "Measuring answers".

${table(['metric', 'value', 'count'], all)}
${table(
  ['part', ...columns],
  parts.map((part) => [part, ...columns.map((metric) => cell(part, metric))]),
)}`;
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
