/** The embedded database: what answers of the sample take, and an export once it is open. */
import { program } from './bundle.mjs';
import { absolute } from './figures.mjs';
import { newHome, node, run } from './processes.mjs';
import { COLUMNS } from './rows.mjs';
import { QUESTION } from './shop.mjs';

const ROUNDS = 5;

export async function embedded() {
  const first = [];
  const later = [];
  const exported = [];
  for (let round = 0; round < ROUNDS; round++) {
    // A machine of its own: the first answer makes the database.
    const home = newHome();
    const seconds = (...args) => run(node(program, ...args), { home }).ms / 1000;
    const ask = () => seconds('-m', 'offline', '--new', QUESTION);
    first.push(ask());
    for (let i = 0; i < 3; i++) later.push(ask());
    const take = (rows) =>
      seconds('sql', '-F', 'csv', `select ${COLUMNS} from generate_series(1, ${rows}) g`);
    take(1);
    // What a hundred thousand rows take beyond one row: opening the database is not an export.
    exported.push(-take(1) + take(100_000));
  }
  return [
    absolute('first answer of the sample on a new machine', { goal: 3, unit: 's', of: first }),
    absolute('each later answer of the sample', { goal: 1.5, unit: 's', of: later }),
    absolute('CSV of 100,000 rows of eight columns, once it is open', {
      ...{ goal: 1, unit: 's', of: exported },
    }),
  ];
}
