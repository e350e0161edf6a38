/** `pgask sessions`: what is remembered, looked at, copied and removed. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import type { TurnChange } from '../sessions/session.js';
import type { SessionKey } from '../sessions/store.js';
import { defineCommand } from './command.js';
import { withOutput } from './result.js';
import { writeRecords } from './records.js';

/** How many each action takes at most. */
const NAMES = { list: 0, show: 1, fork: 2, rm: 1 } as const;

export const sessions = defineCommand({
  name: 'sessions',
  summary: 'List, show, fork or remove sessions',
  words: '[action] [name..]',
  input: z
    .object({
      action: z.enum(['list', 'show', 'fork', 'rm']).default('list').describe('what to do'),
      name: z
        .array(z.string())
        .optional()
        .describe("the session's name or id; fork: the copy's name, or what to copy and the name"),
    })
    .strict(),
  examples: [
    'pgask sessions list',
    'pgask sessions show billing',
    'pgask sessions fork what-if',
    'pgask sessions fork billing billing-by-country',
    'pgask sessions rm billing',
  ],
  run: ({ action, name: names = [] }, app) =>
    withOutput(app, async () => {
      const [name, to] = names;
      const extra = names[NAMES[action]];
      if (extra !== undefined) {
        throw new UsageError(`sessions ${action} was given ${extra}, which is one name too many`, {
          hint: 'see pgask sessions --help',
        });
      }
      switch (action) {
        case 'list':
          return await list(app);
        case 'show':
          return await show(app, named(name, 'show'));
        case 'fork':
          return await fork(app, named(name, 'fork'), to);
        case 'rm':
          await (await app.sessions()).remove(named(name, 'rm'));
          app.say(`removed session ${name}`);
          return EXIT.done;
      }
    }),
});

function named(name: string | undefined, action: string): string {
  if (name !== undefined) return name;
  throw new UsageError(`sessions ${action} needs a session's name`, {
    hint: 'pgask sessions list shows them',
  });
}

/** Of two names the first is forked, as with cp; of one, the session that a request here would continue. */
async function fork(app: App, first: string, second: string | undefined): Promise<ExitCode> {
  const store = await app.sessions();
  const name = second ?? first;
  const { turns } = await store.fork(second === undefined ? here(app) : first, name);
  const count = `${turns.length} turn${turns.length === 1 ? '' : 's'}`;
  app.say(`forked ${second === undefined ? 'the session here' : first} as ${name}, ${count}`);
  app.say(`continue it with: pgask --session ${name} "REQUEST"`);
  return EXIT.done;
}

function here(app: App): SessionKey {
  const { sessionName: name } = app.config();
  return { name, directory: app.cwd, database: app.config().database().name };
}

async function list(app: App): Promise<ExitCode> {
  const found = await (await app.sessions()).list();
  return await writeRecords(
    app,
    ['session', 'database', 'directory', 'turns', 'updated', 'last request'],
    found.map(({ id, name, database, directory, turns, updatedAt, request }) => [
      name ?? id,
      database,
      directory,
      String(turns),
      updatedAt,
      request,
    ]),
  );
}

async function show(app: App, name: string): Promise<ExitCode> {
  const { turns } = await (await app.sessions()).show(name);
  return await writeRecords(
    app,
    ['at', 'request', 'sql', 'rows', 'answer', 'model'],
    turns.map(({ at, request, sql, rowCount, answer, model, changes = [] }) => [
      at,
      request,
      changes.length === 0 ? sql : changedBy(changes, sql),
      rowCount === null ? null : String(rowCount),
      answer,
      model,
    ]),
  );
}

/** What was changed or planned stands before the statement that answered. */
function changedBy(changes: readonly TurnChange[], sql: string | null): string {
  const made = changes.flatMap(({ statements }) => statements.map((one) => one.sql));
  return [...made, ...(sql === null ? [] : [sql])].join(';\n');
}
