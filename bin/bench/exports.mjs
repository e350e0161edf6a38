/** Large results beside psql's, to the same places: a file, a pipe, and a file that is there whole or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { program } from './bundle.mjs';
import { ratio, skipped } from './figures.mjs';
import { inTurns, newHome, node, run } from './processes.mjs';
import { findPsql, psql } from './psql.mjs';
import { mixedRows } from './rows.mjs';

const ROUNDS = { csv: 5, others: 3 };
const QUERY = 'select * from mixed';
const COPY = `\\copy (${QUERY}) to`;

export async function exports({ rows }) {
  const file = findPsql();
  if (file === undefined) {
    return [skipped('rows as fast as psql', 'psql is not installed: nothing to measure against')];
  }
  const url = await mixedRows(rows);
  const folder = newHome();
  // psql waits as long as it takes.
  const ours = (...args) =>
    node(program, 'sql', '-d', url, '--timeout', '10min', QUERY, '-F', ...args);
  const theirs = (...args) => psql(file, url, ...args);
  const mine = join(folder, 'ours');
  const other = join(folder, 'theirs');
  const csv = [ours('csv'), theirs('-c', `${COPY} stdout with (format csv, header)`)];
  const jsonl = [ours('jsonl'), theirs('-At', '-c', `select row_to_json(t) from (${QUERY}) t`)];
  const table = [ours('table'), theirs('-c', QUERY)];
  const count = rows.toLocaleString('en-US');

  const compare = (figure, { goal, rounds = ROUNDS.others }, [us, them]) => {
    const times = inTurns(rounds, { us, them });
    return ratio(figure, { goal, of: times.us, to: times.them });
  };
  const toFile = ([us, them]) => [() => run(us, { to: mine }), () => run(them, { to: other })];
  const toPipe = ([us, them]) => [() => run(us, { to: 'pipe' }), () => run(them, { to: 'pipe' })];

  await same(mine, other, toFile(csv), 'CSV');
  await same(mine, other, toFile(jsonl), 'JSON lines');
  const results = [
    compare(
      `CSV of ${count} rows to a file, to \\copy`,
      { goal: 1, rounds: ROUNDS.csv },
      toFile(csv),
    ),
    compare('the same to a pipe', { goal: 1, rounds: ROUNDS.csv }, toPipe(csv)),
    compare('the same with -o, synced and renamed, to \\copy to a file, synced', { goal: 1 }, [
      () => run(ours('csv', '-o', mine)),
      () => synced(theirs('-c', `${COPY} '${other}' with (format csv, header)`), other),
    ]),
    compare('JSON lines to a file, to psql -At of row_to_json', { goal: 1.11 }, toFile(jsonl)),
    compare('a table to a file, to psql aligned', { goal: 1 }, toFile(table)),
  ];
  rmSync(mine, { force: true });
  rmSync(other, { force: true });
  return results;
}

/** What is compared must be the same work. */
async function same(mine, other, [us, them], what) {
  us();
  them();
  if ((await digest(mine)) !== (await digest(other)))
    throw new Error(`${what} differs from psql's`);
}

async function digest(file) {
  const hash = createHash('sha1');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function synced(command, file) {
  const { ms } = run(command);
  return { ms: ms + run(['sync', file]).ms };
}
