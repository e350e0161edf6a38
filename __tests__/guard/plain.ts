/** What statements give in one session without the guard: psql's word, or the driver's where psql can't be asked. */
import type { Connection, Driver } from '../../lib/databases/driver.js';
import { StatementError } from '../../lib/errors.js';
import type { Outcome } from './honest.js';
import { askPsql, psqlInstalled } from './psql.js';
import type { Role, Shop } from './shop.js';

/** One outcome for each statement, in their order. */
export async function askPlainly(
  shop: Shop,
  role: Role,
  statements: readonly string[],
): Promise<Outcome[]> {
  if (shop.url === undefined || !psqlInstalled()) return askDriver(shop.driver(role), statements);
  const url = new URL(shop.url);
  url.username = role;
  return askPsql(url.href, statements);
}

async function askDriver(driver: Driver, statements: readonly string[]): Promise<Outcome[]> {
  const connection = await driver.connect(new AbortController().signal);
  const outcomes: Outcome[] = [];
  for (const sql of statements) outcomes.push(await ask(connection, sql));
  await connection.close();
  return outcomes;
}

async function ask(connection: Connection, sql: string): Promise<Outcome> {
  try {
    const columns = await connection.describe(sql);
    const rows = await connection.query(sql);
    return { names: columns.map(({ name }) => name), rows };
  } catch (error) {
    if (error instanceof StatementError) return { sqlstate: error.sqlstate ?? error.message };
    throw error;
  }
}
