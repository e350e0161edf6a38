/** Where the honest corpus runs: the shop among traps, on each server and embedded, as each role. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Database } from '../../lib/databases/database.js';
import type { Connection, Driver } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import { StatementError } from '../../lib/errors.js';
import { parseSql } from '../../lib/sql/parse.js';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { type AvailableServer, testDatabase } from '../support/server.js';
import type { Outcome } from './honest.js';
import { askPsql, psqlInstalled } from './psql.js';

export const ROLES = ['postgres', 'shop_owner', 'shop_reader'] as const;
export type Role = (typeof ROLES)[number];

export interface Place {
  /** What a session without the guard gives, one outcome for each statement. */
  plain(statements: readonly string[], role: Role): Promise<Outcome[]>;
  guarded(role: Role): Database;
  close(): Promise<void>;
}

const SETUP = readFileSync(join(import.meta.dirname, 'setup.sql'), 'utf8');

export async function serverPlace(available: AvailableServer): Promise<Place> {
  const server = await available.start();
  const database = await testDatabase({ server, sql: [SETUP] });
  const url = (role: Role) => server.url(database.name, { name: role });
  const driver = (role: Role) => {
    const target = resolveConnection(parseConnectionString(url(role)), {}, undefined);
    return serverDriver({ target, maxConnections: 4, warn: () => undefined });
  };
  return {
    plain: (statements, role) =>
      psqlInstalled() ? askPsql(url(role), statements) : askDriver(driver(role), statements),
    guarded: (role) => guardDatabase(driver(role), { name: 'shop', lockTimeoutMs: 2000 }),
    close: () => database.drop(),
  };
}

/** Its only role is the superuser. */
export async function embeddedPlace(): Promise<Place> {
  const { driver, execute, close } = await embeddedFixture();
  await execute(await separate(SETUP));
  return {
    plain: (statements) => askDriver(driver, statements),
    guarded: () => guardDatabase(driver, { name: 'shop', lockTimeoutMs: 2000 }),
    close,
  };
}

/** The statements of a script: the extended protocol takes one at a time. */
async function separate(script: string): Promise<string[]> {
  const bytes = Buffer.from(script);
  const starts = (await parseSql(script)).map(({ location }) => location);
  return starts.map((start, i) => bytes.subarray(start, starts[i + 1]).toString());
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
