/** `pgask db`: which databases are configured, whether they answer, which one is the default. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { defineCommand } from './command.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';

export const db = defineCommand({
  name: 'db',
  summary: 'List the databases, test one, or choose the default',
  words: '[action] [name]',
  input: z
    .object({
      action: z.enum(['list', 'test', 'use']).default('list').describe('what to do'),
      name: z.string().optional().describe('a configured database'),
    })
    .strict(),
  examples: ['pgask db list', 'pgask db test shop', 'pgask db use shop'],
  run: ({ action, name }, app) =>
    withOutput(app, async () => {
      switch (action) {
        case 'list':
          return await list(app);
        case 'test':
          return await test(app, name);
        case 'use':
          return await use(app, name);
      }
    }),
});

async function list(app: App): Promise<ExitCode> {
  const config = app.config();
  return await writeRecords(
    app,
    ['database', 'default', 'kind', 'access', 'where', 'comment'],
    config.databases.map((entry) => [
      entry.name,
      entry.name === config.defaultName ? 'yes' : 'no',
      entry.target.kind,
      entry.access,
      entry.description,
      entry.comment ?? null,
    ]),
  );
}

const TEST_SQL = `select current_setting('server_version') as version, current_database() as database,
  current_user as role, (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as superuser,
  current_setting('transaction_read_only') as read_only`;

/** Connects and asks the server who we are to it. */
async function test(app: App, name: string | undefined): Promise<ExitCode> {
  const { database, entry } = await app.database(name);
  const started = Date.now();
  const row = await database.read(
    { sql: TEST_SQL },
    { signal: app.signal, timeoutMs: entry.limits.timeoutMs, encoding: 'text' },
    async ({ batches }) => {
      for await (const [first] of batches) return first;
      return undefined;
    },
  );
  const [version = null, server = null, role = null, superuser = null] = row ?? [];
  if (superuser === 't') {
    app.warn(`the role ${role} is a superuser`, 'a role that may only read is safer');
  }
  return await writeRecords(
    app,
    ['database', 'server version', 'connected to', 'role', 'superuser', 'milliseconds'],
    [
      [
        entry.name,
        version,
        server,
        role,
        superuser === 't' ? 'yes' : 'no',
        String(Date.now() - started),
      ],
    ],
  );
}

/** Writes the default into the configuration file, and touches nothing else there. */
async function use(app: App, name: string | undefined): Promise<ExitCode> {
  if (name === undefined) {
    throw new UsageError('db use needs the name of a database', {
      hint: `known are: ${app
        .config()
        .databases.map((entry) => entry.name)
        .join(', ')}`,
    });
  }
  const path = await app.config().useDatabase(name);
  app.say(`${name} is the default database now (${path})`);
  return EXIT.done;
}
