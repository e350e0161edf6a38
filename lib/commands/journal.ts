/** `pgask journal`: what was changed from here, when, by whom, and what became of it. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import type { Entry } from '../changes/changes.js';
import { EXIT, type ExitCode } from '../errors.js';
import { defineCommand } from './command.js';
import { writeRecords } from './records.js';
import { withOutput, writeWords } from './result.js';

export const journal = defineCommand({
  name: 'journal',
  summary: 'Show what was changed, the latest last',
  words: '[id]',
  input: z
    .object({
      id: z.string().optional().describe('the change to show, or the beginning of its id'),
      since: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d/, 'expected a date such as 2026-01-31')
        .optional()
        .describe('changes since a date or a time in ISO 8601'),
    })
    .strict(),
  examples: [
    'pgask journal --since 2026-01-01 --db production',
    'pgask journal 3f2a9c01',
    'pgask journal --limit 10 --format jsonl | jq .state',
  ],
  run: ({ id, since }, app) =>
    withOutput(app, async () => {
      const { changes, entry } = await app.changes();
      if (id !== undefined) return await show(app, await changes.find(id));
      const all = await changes.journal.changes();
      const { db, limit } = app.flags;
      const wanted = all.filter(
        ({ at, place }) =>
          (since === undefined || at >= since) &&
          (db === undefined || place.database === entry.name),
      );
      return await list(app, limit === undefined ? wanted : wanted.slice(-limit || Infinity));
    }),
});

async function list(app: App, entries: readonly Entry[]): Promise<ExitCode> {
  return await writeRecords(
    app,
    [
      ...['at', 'change', 'state', 'who', 'database', 'role'],
      { name: 'rows', type: 'int8' },
      ...['undo', 'undoes', 'statements', 'outcome'],
    ],
    entries.map((one) => [
      ...[one.at, one.id, one.state, one.who, one.place.database, one.place.role],
      String(rowsOf(one)),
      one.undo ? 'yes' : 'no',
      one.undoes ?? null,
      one.statements.join(';\n'),
      one.outcome ?? null,
    ]),
  );
}

async function show(app: App, one: Entry): Promise<ExitCode> {
  const { id, at, state, who, place, statements, counts, outcome, undo, undoes } = one;
  const lines = [
    `change ${id}, ${state}${outcome === undefined ? '' : ` (${outcome})`}, ${at}, by ${who}`,
    `database ${place.database} (${place.datname}), role ${place.role}`,
    ...(undoes === undefined ? [] : [`it undoes ${undoes}`]),
    ...statements.flatMap((sql, i) => ['', sql, `  ${counts[i] ?? 'no'} rows`]),
    ...(undo && state === 'applied' ? ['', `pgask undo ${id} puts its rows back`] : []),
  ];
  const exit = await writeWords(app, lines.join('\n'), {
    change: { ...one, rowCount: rowsOf(one) },
  });
  return exit === EXIT.notUnderstood ? EXIT.done : exit;
}

function rowsOf({ counts }: Entry): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
