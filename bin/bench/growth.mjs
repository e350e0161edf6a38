/** How the cost of a result grows with its rows, its columns and the size of its values. */
import { program } from './bundle.mjs';
import { inTurns, node, run } from './processes.mjs';
import { median } from './figures.mjs';
import { findPsql, psql } from './psql.mjs';
import { serverOf } from './rows.mjs';

const ROUNDS = 2;
const FORMATS = ['csv', 'jsonl', 'table'];
const MB = 1024 * 1024;

/** How many values in all while the columns grow, and how many bytes while the values do. */
const VALUES = 512_000;
const BYTES = 40 * MB;

/** Each: what grows, its points, the statement of a point, the unit, and how many of that a point has. */
const AXES = [
  {
    ...{ name: 'rows', unit: 'µs a row', points: [1e3, 1e4, 1e5, 1e6] },
    statement: (rows) =>
      `select g, g * 7 as n, 'row number ' || g as name, g * 1.5 as amount from ${series(rows)}`,
    amount: (rows) => rows / 1000,
  },
  {
    ...{ name: 'columns', unit: 'ns a value', points: [1, 8, 64, 512] },
    statement: (columns) =>
      `select ${Array.from({ length: columns }, (_, i) => `g + ${i} as c${i}`).join(', ')} from ${series(VALUES / columns)}`,
    amount: () => VALUES / 1e6,
  },
  {
    ...{ name: 'bytes of a value', unit: 'ms a MB', points: [10, 100, 1e3, 1e4, 1e5, 1e6, 1e7] },
    statement: (bytes) => `select repeat('x', ${bytes}) as v from ${series(valuesOf(bytes))}`,
    amount: (bytes) => (bytes * valuesOf(bytes)) / MB,
  },
];

export async function growth() {
  const url = await serverOf();
  const file = findPsql();
  const ours = (format, sql) =>
    node(program, 'sql', '-d', url, '-F', format, '--timeout', '600', sql);
  const copy = (sql) => psql(file, url, '-c', `\\copy (${sql}) to stdout with (format csv)`);
  const measure = (sql) => {
    const kinds = FORMATS.map((format) => [format, () => run(ours(format, sql))]);
    if (file !== undefined) kinds.push(['psql \\copy', () => run(copy(sql))]);
    const times = inTurns(ROUNDS, Object.fromEntries(kinds));
    return Object.fromEntries(kinds.map(([name]) => [name, median(times[name])]));
  };

  // What a run costs without rows is start-up, not growth.
  const idle = measure('select 1 as a where false');
  const names = Object.keys(idle);
  return AXES.map(({ name, unit, points, statement, amount }) => {
    const costs = points.map((point) => {
      const ms = measure(statement(point));
      return names.map((kind) => (ms[kind] - idle[kind]) / amount(point));
    });
    const rows = points.map((point, i) => [
      point.toLocaleString('en-US'),
      ...costs[i].map((cost) => cost.toFixed(cost < 10 ? 2 : 0)),
    ]);
    return {
      figure: `${unit}, beyond an empty result, by ${name}`,
      table: { head: [name, ...names], rows },
    };
  });
}

function valuesOf(bytes) {
  return Math.min(1e6, Math.ceil(BYTES / bytes));
}

function series(rows) {
  return `(select generate_series(1, ${rows}) as g) s`;
}
