/** `requireReadOnlyRole`: a database that is read only as a role which can do nothing else. */
import { RefusedError } from '../errors.js';
import type { Database } from './database.js';
import type { ShortRead } from './read-rows.js';
import { excessOf, lookAtRole } from './role.js';

/** The role is looked at before the first read, and its excess is remembered for as long as the database is open. */
export function withReadOnlyRole(database: Database): Database {
  let looking: Promise<RefusedError | undefined> | undefined;

  async function look(options: ShortRead): Promise<RefusedError | undefined> {
    const others = looking;
    if (others !== undefined) {
      try {
        return await others;
      } catch {
        // It failed for whoever looked, whose time may have been up: ours is not.
        if (looking === others) looking = undefined;
        return await look(options);
      }
    }
    const mine = refusalOf(database, options);
    looking = mine;
    try {
      return await mine;
    } catch (error) {
      if (looking === mine) looking = undefined;
      throw error;
    }
  }

  /** @throws {RefusedError} */
  async function check(options: ShortRead): Promise<void> {
    const refusal = await look(options);
    if (refusal !== undefined) throw refusal;
  }

  return {
    ...database,
    async read(statement, options, consume) {
      await check(options);
      return await database.read(statement, options, consume);
    },
    async stream(statement, options, consume) {
      await check(options);
      return await database.stream(statement, options, consume);
    },
  };
}

async function refusalOf(
  database: Database,
  options: ShortRead,
): Promise<RefusedError | undefined> {
  const report = await lookAtRole(database, options);
  const excess = excessOf(report);
  if (excess === undefined) return undefined;
  const { name } = database;
  return new RefusedError(
    `refused: the role ${report.loginRole} of ${name} can do more than read: it ${excess}`,
    {
      rule: 'read-only-role',
      // Another statement would fare no better: only a person can give another role.
      effect: 'admin',
      hint: `pgask db grant-readonly ${name} prints the SQL of a role that can't; databases.${name}.requireReadOnlyRole asks for one`,
    },
  );
}
