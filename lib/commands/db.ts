/** `pgask db`: which databases are configured, whether they answer, as whom, and which one is the default. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { EFFECTS, EXIT, type ExitCode, UsageError } from '../errors.js';
import { flagName } from '../flags.js';
import { defineCommand } from './command.js';
import { addDatabase, removeDatabase } from './db-entries.js';
import { grantReadonly, testDatabase } from './db-role.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';

const ACTIONS = ['list', 'test', 'use', 'add', 'remove', 'grant-readonly'] as const;

export const db = defineCommand({
  name: 'db',
  summary: 'List, test, add or remove databases, or make a role that only reads',
  words: '[action] [name] [url]',
  input: z
    .object({
      action: z.enum(ACTIONS).default('list').describe('what to do'),
      name: z.string().optional().describe('a configured database; for add, the name it gets'),
      url: z
        .string()
        .optional()
        .describe('for add: where it is, without a password; - reads it from stdin'),
      access: z.enum(EFFECTS).optional().describe('for add: what may be granted there at most'),
      comment: z.string().min(1).optional().describe('for add: what the database is'),
      passwordEnv: z
        .string()
        .min(1)
        .optional()
        .describe('for add: environment variable that holds the password'),
      role: z
        .string()
        .min(1)
        .optional()
        .describe('for grant-readonly: name of the role (default pgask_reader)'),
    })
    .strict(),
  examples: [
    'pgask db list',
    'pgask db add shop postgresql://me@db.example/shop --password-env SHOP_PASSWORD',
    'pgask db test shop',
    'pgask db grant-readonly shop --role shop_reader > reader.sql',
    'pgask db use shop',
  ],
  run: (input, app) =>
    withOutput(app, async () => {
      const { action, name } = input;
      checkOwn(input);
      switch (action) {
        case 'list':
          return await list(app);
        case 'test':
          return await testDatabase(app, name);
        case 'use':
          return await use(app, named(app, action, name));
        case 'add':
          return await addDatabase(app, named(app, action, name), input);
        case 'remove':
          return await removeDatabase(app, named(app, action, name));
        case 'grant-readonly':
          return await grantReadonly(app, name, input.role);
      }
    }),
});

/** What goes with one action alone; with another it would be passed over in silence. */
const OWN = {
  url: 'add',
  access: 'add',
  comment: 'add',
  passwordEnv: 'add',
  role: 'grant-readonly',
} as const;

type Own = Readonly<Partial<Record<keyof typeof OWN, string | undefined>>>;

/** @throws {UsageError} */
function checkOwn(given: Own & { readonly action: string }): void {
  for (const key of Object.keys(OWN) as (keyof typeof OWN)[]) {
    if (given[key] === undefined || given.action === OWN[key]) continue;
    const what = key === 'url' ? 'a third word' : `--${flagName(key)}`;
    throw new UsageError(`${what} does not go with db ${given.action}`, {
      hint: `it belongs to pgask db ${OWN[key]}`,
    });
  }
}

/** @throws {UsageError} there is none */
function named(app: App, action: (typeof ACTIONS)[number], name: string | undefined): string {
  if (name !== undefined) return name;
  const known = app.config().databases.map((entry) => entry.name);
  throw new UsageError(`db ${action} needs the name of a database`, {
    hint:
      action === 'add'
        ? 'pgask db add NAME postgresql://user@host:5432/database'
        : `known are: ${known.join(', ')}`,
  });
}

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

/** Writes the default into the configuration file, and touches nothing else there. */
async function use(app: App, name: string): Promise<ExitCode> {
  const path = await app.config().useDatabase(name);
  app.say(`${name} is the default database now (${path})`);
  return EXIT.done;
}
