/** What is printed of the figures, and the file that keeps them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.mjs';

export function printHead(part) {
  process.stdout.write(`\n${part}\n`);
}

/** A line for each figure, then the tables. */
export function printResults(results) {
  const figures = results.filter(({ table }) => table === undefined);
  if (figures.length > 0) print([['figure', 'goal', 'median', 'best', ''], ...figures.map(line)]);
  for (const { figure, table } of results.filter(({ table }) => table !== undefined)) {
    process.stdout.write(`${figure}\n`);
    print([table.head, ...table.rows]);
  }
}

export function writeResults(results) {
  const { platform, arch, versions } = process;
  const content = { machine: { platform, arch, node: versions.node }, results };
  writeFileSync(join(root, 'bench-results.json'), `${JSON.stringify(content, null, 2)}\n`);
}

function line({ figure, goal, unit, value, best, met, skipped }) {
  if (skipped !== undefined) return [figure, '', 'not measured', '', skipped];
  const number = (amount) =>
    amount.toFixed(unit === '×' || unit === 's' ? 2 : unit === 'ms' ? 1 : 0);
  return [
    figure,
    goal === undefined ? '' : `${unit === '×' ? '≤' : '<'} ${goal}`,
    `${number(value)} ${unit}`,
    best > 0 ? number(best) : '',
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ];
}

function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((row) => row[column].length)));
  const text = lines.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`${text.map((row) => `  ${row}\n`).join('')}`);
}
