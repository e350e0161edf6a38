/** What a run costs before and after the work: whole processes beside bare node, and beside the least that a driver needs. */
import { bundle, program } from './bundle.mjs';
import { ratio } from './figures.mjs';
import { inTurns, node, run } from './processes.mjs';
import { shop, QUESTION } from './shop.mjs';

const ROUNDS = 25;

export async function startUp() {
  const url = await shop();
  const bare = bundle('bin/bench/bare.ts');
  const time = (...args) => run(node(...args));
  const times = inTurns(ROUNDS, {
    node: () => time('-e', '0'),
    help: () => time(program, '--help'),
    floor: () => time(bare, url),
    sql: () => time(program, 'sql', '-d', url, 'select 1'),
    answer: () => time(program, '-d', url, '-m', 'offline', '--new', QUESTION),
  });
  return [
    ratio('--help, to bare node', { goal: 1.6, of: times.help, to: times.node }),
    ratio('sql "select 1" on a server, to bare node', { goal: 6, of: times.sql, to: times.node }),
    ratio('sql "select 1" on a server, to bare postgres.js', {
      goal: 2,
      of: times.sql,
      to: times.floor,
    }),
    ratio('an offline answer on a server, to bare node', {
      goal: 10,
      of: times.answer,
      to: times.node,
    }),
  ];
}
