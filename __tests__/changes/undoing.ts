/** A database on which changes are made and undone, and what all its tables hold, byte for byte. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Applied, Changes } from '../../lib/changes/changes.js';
import { openAll } from '../../lib/changes/open.js';
import { openPool } from '../../lib/databases/pool.js';
import { writableDatabase } from '../../lib/databases/writable.js';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { serverFixture } from '../support/server-driver.js';
import { availableServers } from '../support/server.js';

export const DRIVERS = [
  ...availableServers().map((server) => ({
    name: `server ${server.name}`,
    open: () => serverFixture(server),
  })),
  { name: 'embedded', open: embeddedFixture },
];

export interface Ground {
  readonly changes: Changes;
  /** Without any preview: what others do. */
  execute(...sql: readonly string[]): Promise<void>;
  /** Previews, and applies what was previewed. */
  run(sql: string): Promise<Applied>;
  undo(id: string): Promise<Applied>;
  /** COPY of a query. */
  copy(query: string): Promise<string>;
  /** COPY of all rows of these tables, in the order of their text. */
  contents(...tables: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export async function openGround(
  open: (typeof DRIVERS)[number]['open'],
  settings: { readonly undoRows?: number } = {},
): Promise<Ground> {
  const directory = await mkdtemp(join(tmpdir(), 'pgask-undo-'));
  const fixture = await open();
  const pool = openPool(fixture.driver);
  const { signal } = new AbortController();
  const changes = openAll({
    database: writableDatabase(pool, {
      ...{ name: 'x', grant: 'admin', allow: { functions: [], extensions: [] } },
    }),
    ...{ grant: 'admin', directory, timeoutMs: 20_000, who: 'somebody', signal },
    settings: {
      ...{ maxAffectedRows: 10_000, maxPreviewRows: 100_000, sampleRows: 3, planHours: 1 },
      ...{ undoRows: 1000, lockTimeoutMs: 1000, ...settings },
    },
  });
  const copy = (query: string) =>
    pool.with(signal, async (connection) => {
      const parts: Buffer[] = [];
      for await (const { bytes } of connection.copy(`copy (${query}) to stdout`))
        parts.push(Buffer.from(bytes));
      return Buffer.concat(parts).toString('latin1');
    });
  return {
    changes,
    copy,
    async execute(...sql) {
      for (const one of sql) await pool.with(signal, (connection) => connection.query(one));
    },
    async run(sql) {
      const proposal = await changes.propose(sql);
      return await changes.apply(proposal, await changes.preview(proposal), 'flag');
    },
    async undo(id) {
      const proposal = await changes.undo(id);
      return await changes.apply(proposal, await changes.preview(proposal), 'flag');
    },
    async contents(...tables) {
      const all: string[] = [];
      for (const table of tables)
        all.push(table, await copy(`select * from ${table} t order by t::text collate "C"`));
      return all.join('\n');
    },
    async close() {
      await pool.close();
      await fixture.close();
      await rm(directory, { recursive: true });
    },
  };
}
