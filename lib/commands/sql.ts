/** `pgask sql`: SQL that a person wrote, under the same guard, limits and formats as the model's. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { type ExitCode, UsageError } from '../errors.js';
import { findFormat } from '../formats/formats.js';
import { NO_USAGE } from '../models/model.js';
import { defineCommand } from './command.js';
import { envelopeFormat } from './envelope.js';
import { checkEnvelope, deliverRows, exitOf, withOutput } from './result.js';
import { inputName, readStatement, type StatementSource } from './statement-text.js';

export const sql = defineCommand({
  name: 'sql',
  summary: 'Run SQL that you wrote',
  words: '[sql..]',
  input: z
    .object({
      sql: z.string().optional().describe('one statement, or - to read it from stdin'),
      file: z.string().optional().describe('read the statement from a file'),
      check: z
        .boolean()
        .default(false)
        .describe('print the verdict as JSON, run nothing; exit 0 allowed, 3 refused'),
      each: z
        .string()
        .optional()
        .describe(
          'with --check: a verdict for each line {"id", "sql"} of a file or -; exit 0 once all are judged',
        ),
    })
    .strict(),
  short: { f: 'file' },
  examples: [
    'pgask sql "select count(*) from orders"',
    'pgask sql -f report.sql --format csv -o report.csv',
    'echo "table customers" | pgask sql - --format jsonl | jq .name',
    'pgask sql --check -f report.sql',
    'pgask sql --check --each statements.jsonl | grep refuse',
  ],
  async run({ sql: words = '', file, check, each }, app) {
    checkWords({ words, file, check, each });
    if (!check) return await runStatement(app, { words, file });
    // Running a statement is what is mostly asked for, and needs none of it.
    const { checkEach, checkOne } = await import('./check.js');
    return each === undefined ? await checkOne(app, { words, file }) : await checkEach(app, each);
  },
});

/** @throws {UsageError} */
function checkWords(given: StatementSource & { check: boolean; each: string | undefined }): void {
  const { words, file, check, each } = given;
  if (each === undefined) return;
  if (!check) {
    throw new UsageError('--each is for --check, and is not there to run statements', {
      hint: 'add --check, or run one statement at a time',
    });
  }
  if (words !== '' || file !== undefined) {
    throw new UsageError('--each brings its own statements', {
      hint: 'leave the other statement out',
    });
  }
}

async function runStatement(app: App, source: StatementSource): Promise<ExitCode> {
  checkEnvelope(app);
  const text = await readStatement(app, source);
  if (text === undefined) {
    throw new UsageError(`${inputName(source.file ?? '-')} can't be read: it is not UTF-8 text`);
  }
  const started = Date.now();
  return await withOutput(app, async () => {
    const open = await app.database();
    if (app.flags.allow !== undefined) {
      // Reading is what is mostly asked for, and needs none of it.
      const { isChange, runChange } = await import('./change.js');
      if (await isChange(app, text)) return await runChange(app, text);
    }
    const format = app.flags.envelope
      ? envelopeFormat(
          findFormat('json'),
          { answer: '', sql: app.io.secrets.inSql(text), database: open.entry.name },
          () => ({
            steps: 0,
            usage: NO_USAGE,
            durationMs: Date.now() - started,
            session: null,
          }),
        )
      : app.format();
    return exitOf(app, await deliverRows(app, open, { sql: text }, format));
  });
}
