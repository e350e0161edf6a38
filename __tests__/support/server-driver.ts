/** A server's driver on a fresh database, for the contract suite. */
import postgres from 'postgres';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Driver } from '../../lib/databases/driver.js';
import { serverDriver } from '../../lib/databases/server.js';
import { type AvailableServer, testDatabase } from './server.js';

export interface DriverFixture {
  readonly driver: Driver;
  /** Runs statements past the guard. */
  execute(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export async function serverFixture(available: AvailableServer): Promise<DriverFixture> {
  const server = await available.start();
  const database = await testDatabase({ server });
  const target = resolveConnection(parseConnectionString(database.url), {}, undefined);
  return {
    driver: serverDriver({ target, maxConnections: 4, warn: () => undefined }),
    async execute(statements) {
      const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
      for (const statement of statements) await sql.unsafe(statement);
      await sql.end();
    },
    close: () => database.drop(),
  };
}
