/** `pgask journal`: what was changed from here, when, by whom, and what became of it. */
import { z } from 'zod/v3';
import { defineCommand } from './command.js';
import { writeRecords } from './records.js';
import { withOutput } from './result.js';

export const journal = defineCommand({
  name: 'journal',
  summary: 'Show what was changed',
  words: '',
  input: z.object({}).strict(),
  examples: ['pgask journal', 'pgask journal --format jsonl | jq .state'],
  run: (_, app) =>
    withOutput(app, async () => {
      const { changes } = await app.changes();
      const entries = await changes.journal.changes();
      return await writeRecords(
        app,
        [
          'at',
          'change',
          'state',
          'who',
          'database',
          'role',
          { name: 'rows', type: 'int8' },
          'statements',
          'outcome',
        ],
        entries.map(({ at, id, state, who, place, counts, statements, outcome }) => [
          at,
          id,
          state,
          who,
          place.database,
          place.role,
          String(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)),
          statements.join(';\n'),
          outcome ?? null,
        ]),
      );
    }),
});
