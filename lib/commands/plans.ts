/** `pgask plans`: changes that were written down, and those of which it is not known whether they were applied. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import type { Entry } from '../changes/changes.js';
import { EXIT, type ExitCode, OutcomeUnknownError, UsageError } from '../errors.js';
import { defineCommand } from './command.js';
import { findEntry } from '../changes/journal.js';
import { writeRecords } from './records.js';
import { withOutput, writeWords } from './result.js';

export const plans = defineCommand({
  name: 'plans',
  summary: 'List, show, drop or resolve planned changes',
  words: '[action] [id]',
  input: z
    .object({
      action: z.enum(['list', 'show', 'drop', 'resolve']).default('list').describe('what to do'),
      id: z.string().optional().describe("the plan's id; resolve: the change's, by default all"),
      as: z
        .enum(['applied', 'not-applied'])
        .optional()
        .describe("resolve: what you have seen yourself, where the server can't tell any more"),
    })
    .strict(),
  examples: [
    'pgask plans',
    'pgask plans show 3f2a9c01',
    'pgask plans drop 3f2a9c01',
    'pgask plans resolve',
    'pgask plans resolve 3f2a9c01 --as not-applied',
  ],
  run: ({ action, id, as }, app) =>
    withOutput(app, async () => {
      if (as !== undefined && (action !== 'resolve' || id === undefined))
        throw new UsageError('--as is for one change: plans resolve ID --as applied');
      switch (action) {
        case 'list':
          return await list(app);
        case 'show':
          return await show(app, named(id, 'show'));
        case 'drop': {
          const { changes } = await app.changes();
          await changes.plans.drop(named(id, 'drop'));
          app.say(`dropped plan ${id}`);
          return EXIT.done;
        }
        case 'resolve':
          return await resolve(app, id, as === 'not-applied' ? 'not applied' : as);
      }
    }),
});

function named(id: string | undefined, action: string): string {
  if (id !== undefined) return id;
  throw new UsageError(`plans ${action} needs a plan's id`, {
    hint: 'pgask plans list shows them',
  });
}

async function list(app: App): Promise<ExitCode> {
  const { changes } = await app.changes();
  const found = await changes.plans.list();
  return await writeRecords(
    app,
    ['plan', 'database', 'effect', 'statements', 'made', 'void after'],
    found.map(({ id, database, effect, statements, createdAt, expiresAt }) => [
      id,
      database,
      effect,
      statements.join('; '),
      createdAt,
      expiresAt,
    ]),
  );
}

async function show(app: App, id: string): Promise<ExitCode> {
  const { planLines } = await import('./change-result.js');
  const { changes } = await app.changes();
  const plan = await changes.plans.find(id);
  return await writeWords(app, planLines(plan).join('\n'), { plan });
}

/** @throws {OutcomeUnknownError} the server can't be asked, or does not know any more */
async function resolve(
  app: App,
  id: string | undefined,
  said: 'applied' | 'not applied' | undefined,
): Promise<ExitCode> {
  const { changes } = await app.changes();
  const here = await changes.unresolved();
  const wanted = id === undefined ? here : [openChange(id, await changes.journal.unresolved())];
  const found: { id: string; state: string; rowCount: number }[] = [];
  for (const one of wanted) {
    const isHere = here.some((other) => other.id === one.id);
    const state = isHere ? await changes.resolve(one, said) : undefined;
    if (state === undefined) {
      throw new OutcomeUnknownError(`what became of the change ${one.id} can't be found out`, {
        hint: isHere
          ? `look at its rows, and say so: pgask plans resolve ${one.id} --as applied, or not-applied`
          : `it was made in ${one.place.datname} of ${one.place.database}: name that with --db`,
      });
    }
    const rowCount = one.counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    found.push({ id: one.id, state, rowCount });
  }
  const lines = found.map((one) => `${one.id}: ${one.state}`);
  return await writeWords(app, lines.length === 0 ? 'nothing is open' : lines.join('\n'), {
    resolved: found,
  });
}

/** @throws {UsageError} nothing is open that begins so, or several are */
function openChange(id: string, open: readonly Entry[]): Entry {
  const begun = open.filter((one) => one.id.startsWith(id));
  if (begun.length > 0) return findEntry(id, begun);
  throw new UsageError(`there is nothing to find out about ${id}`, {
    hint: 'pgask journal shows what became of every change',
  });
}
