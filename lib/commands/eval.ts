/** `pgask eval`: how many questions are answered rightly, over a file of cases. */
import { z } from 'zod/v3';
import { UsageError } from '../errors.js';
import { wholeNumber } from '../flags.js';
import { defineCommand } from './command.js';

export const evalCommand = defineCommand({
  name: 'eval',
  summary: 'Measure answers against cases with known ones',
  words: '[cases]',
  input: z
    .object({
      cases: z.string().optional().describe('a file of cases, one JSON object a line, or -'),
      databaseUrl: z
        .string()
        .min(1)
        .optional()
        .describe("where the cases' databases are: {db} stands for each one's name"),
      concurrency: wholeNumber(1).default('3').describe('databases at once'),
      predictions: z
        .string()
        .min(1)
        .optional()
        .describe('write {"id", "sql"} for each question to a file'),
      threshold: z
        .array(z.string())
        .default([])
        .describe('METRIC=VALUE, as accuracy=60%: exit 8 below it; may be repeated'),
    })
    .strict(),
  examples: [
    'pgask eval cases.jsonl',
    'pgask eval cases.jsonl --database-url "postgresql://localhost/{db}" --format markdown',
    'pgask eval cases.jsonl --threshold accuracy=60% --threshold refused=0.85',
    'pgask eval - --model offline --predictions answers.jsonl < cases.jsonl',
  ],
  async run({ cases, ...options }, app) {
    if (cases === undefined || cases === '') {
      throw new UsageError('eval needs a file of cases', {
        hint: 'pgask eval cases.jsonl, each line as {"id", "db", "question", "gold_sql"}',
      });
    }
    // Measuring is for few runs, and all the others would load it.
    const { evaluate } = await import('./evaluate.js');
    return await evaluate(app, { path: cases, ...options });
  },
});
