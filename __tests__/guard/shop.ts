/** The shop with its traps, over a driver: what the guard's corpora run against. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Driver } from '../../lib/databases/driver.js';
import { serverDriver } from '../../lib/databases/server.js';
import { parseSql } from '../../lib/sql/parse.js';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { type AvailableServer, availableServers, testDatabase } from '../support/server.js';

export const ROLES = ['postgres', 'shop_owner', 'shop_reader', 'shop_misled'] as const;
export type Role = (typeof ROLES)[number];

export interface Shop {
  /** A driver that logs in as this role; the embedded database has but one. */
  driver(role: Role): Driver;
  /** The superuser's; undefined for the embedded database, which nobody can reach but through its driver. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

export interface Place {
  /** `bundled 18`, `system 15`, `embedded`. */
  readonly name: string;
  /** PostgreSQL's major version. */
  readonly version: number;
  readonly embedded: boolean;
  open(): Promise<Shop>;
}

/** Every database that a corpus can run over; the run's own server comes first. */
export function places(): readonly Place[] {
  return [
    ...availableServers().map((server) => ({
      name: server.name,
      version: server.version,
      embedded: false,
      open: () => openOnServer(server),
    })),
    { name: 'embedded', version: 18, embedded: true, open: openEmbedded },
  ];
}

export const SETUP = readFileSync(join(import.meta.dirname, 'setup.sql'), 'utf8');

async function openOnServer(available: AvailableServer): Promise<Shop> {
  const server = await available.start();
  const database = await testDatabase({ server, sql: [SETUP] });
  return {
    url: database.url,
    driver(role) {
      const url = server.url(database.name, { name: role });
      const target = resolveConnection(parseConnectionString(url), {}, undefined);
      return serverDriver({ target, maxConnections: 2, warn: () => undefined });
    },
    close: () => database.drop(),
  };
}

async function openEmbedded(): Promise<Shop> {
  const fixture = await embeddedFixture();
  await fixture.execute(await statementsOf(SETUP));
  return { url: undefined, driver: () => fixture.driver, close: () => fixture.close() };
}

/** One text for each statement: the embedded database takes no more at a time. */
async function statementsOf(text: string): Promise<string[]> {
  const bytes = Buffer.from(text);
  const starts = (await parseSql(text)).map(({ location }) => location);
  return starts.map((start, i) => bytes.subarray(start, starts[i + 1]).toString());
}
