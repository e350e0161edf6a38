/** Finds the statements that put a change's rows back: tried in a transaction that is rolled back, in one order after the other. */
import type { ChangeTransaction } from '../databases/writable.js';
import { StatementError } from '../errors.js';
import { type Proposal, proposeOwn } from './change.js';
import type { ChangesOptions } from './changes.js';
import type { Images, TableImages } from './images.js';
import { netOf } from './net.js';
import { checkUnchanged, inOrderOfKeys, listed, notRestored, undoOrders } from './undo.js';

/**
 * Or why there are none, as a clause.
 *
 * @throws {RefusedError} rows have changed since, or the grant does not reach it
 */
export async function proposeUndo(
  kept: Images,
  { database, grant, limits }: Pick<ChangesOptions, 'database' | 'grant' | 'limits'>,
): Promise<Proposal | string> {
  return await database.rehearse(limits, async (inside) => {
    for (const [name, value] of Object.entries(kept.settings))
      await inside.ask('select pg_catalog.set_config($1, $2, true)', [name, value]);
    const net = netOf(kept.tables);
    if (net.length === 0) return 'it left every row as it was';
    await checkUnchanged(inside, net);
    let refused: string | undefined;
    for (const statements of undoOrders(await inOrderOfKeys(inside, net))) {
      const proposal = await proposeOwn(statements, grant);
      const tried = await attempt(inside, proposal, net);
      if (typeof tried !== 'string') return { ...proposal, notes: tried };
      refused ??= tried;
    }
    return refused!;
  });
}

/** What there is to say of it; or why the server refuses it. */
async function attempt(
  inside: ChangeTransaction,
  { statements }: Proposal,
  net: readonly TableImages[],
): Promise<readonly string[] | string> {
  await inside.ask('savepoint pgask_undo');
  try {
    await inside.ask('set constraints all deferred');
    for (const statement of statements) {
      await inside.judge(statement);
      await inside.execute(statement.sql);
    }
    await inside.ask('set constraints all immediate');
    const others = await notRestored(inside, net);
    if (others.length === 0) return [];
    return [`triggers keep these rows from being just as they were: ${listed(others)}`];
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return `the server refuses it: ${error.message}`;
  } finally {
    await inside.ask('rollback to savepoint pgask_undo');
  }
}
