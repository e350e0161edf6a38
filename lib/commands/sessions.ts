/** `pgask sessions`: what is remembered, looked at and removed. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { defineCommand } from './command.js';
import { withOutput } from './result.js';
import { writeRecords } from './records.js';

export const sessions = defineCommand({
  name: 'sessions',
  summary: 'List, show or remove sessions',
  words: '[action] [name]',
  input: z
    .object({
      action: z.enum(['list', 'show', 'rm']).default('list').describe('what to do'),
      name: z.string().optional().describe("the session's name or id"),
    })
    .strict(),
  examples: ['pgask sessions list', 'pgask sessions show billing', 'pgask sessions rm billing'],
  run: ({ action, name }, app) =>
    withOutput(app, async () => {
      switch (action) {
        case 'list':
          return await list(app);
        case 'show':
          return await show(app, named(name, 'show'));
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
    turns.map(({ at, request, sql, rowCount, answer, model }) => [
      at,
      request,
      sql,
      rowCount === null ? null : String(rowCount),
      answer,
      model,
    ]),
  );
}
