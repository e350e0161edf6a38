/** How the cost of requests to the offline planner grows with the tables of a database. */
import { load, program } from './bundle.mjs';
import { median, ratio } from './figures.mjs';
import { inTurns, node, run } from './processes.mjs';

const SIZES = [8, 80, 800];
const ROUNDS = 7;
const REQUEST = 'number of orders per client';
/** The same order of cost with a hundred times the tables. */
const GOAL = 10;

export async function breadth() {
  const { testDatabase } = await load('__tests__/support/server.ts');
  const { openBreadth, schemaOf } = await load('bin/bench/breadth.ts');
  const urls = [];
  for (const size of SIZES) urls.push((await testDatabase({ sql: schemaOf(size) })).url);
  const databases = await Promise.all(urls.map(openBreadth));
  const first = [];
  for (const one of databases) first.push(await one.round());
  const costs = await rounds(databases);
  for (const one of databases) await one.close();
  const processes = Object.values(inTurns(ROUNDS, Object.fromEntries(urls.map(processOf))));
  const of = (i, kind) => (kind === 'process' ? processes[i] : costs[i].map((cost) => cost[kind]));
  const ratios = SIZES.slice(1).flatMap((size, i) =>
    Object.keys(NAMES).map((kind) =>
      ratio(`${NAMES[kind]}, ${size} tables to ${SIZES[0]}`, {
        ...{ of: of(i + 1, kind), to: of(0, kind) },
        ...(size === SIZES.at(-1) ? { goal: GOAL } : {}),
      }),
    ),
  );
  const rows = SIZES.map((size, i) => [
    ...[String(size), first[i].planner.toFixed(0)],
    ...Object.keys(NAMES).map((kind) => median(of(i, kind)).toFixed(0)),
  ]);
  const head = ['tables', 'planner, first', 'planner', 'until the answers', 'a process'];
  return [
    ...ratios,
    { figure: 'ms of seven requests, and of one as a process, by tables', table: { head, rows } },
  ];
}

const NAMES = {
  planner: 'the planner',
  whole: 'requests until their answers',
  process: 'a request as a process',
};

function processOf(url, i) {
  const args = ['--db', url, '--model', 'offline', '--session', 'none', REQUEST];
  return [`${SIZES[i]} tables`, () => run(node(program, ...args))];
}

async function rounds(databases) {
  const costs = databases.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, one] of databases.entries()) costs[i].push(await one.round());
  }
  return costs;
}
