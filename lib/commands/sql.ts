/** `pgask sql`: SQL that a person wrote, under the same guard, limits and formats as the model's. */
import { readFileSync } from 'node:fs';
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { UsageError } from '../errors.js';
import { findFormat } from '../formats/formats.js';
import { NO_USAGE } from '../models/model.js';
import { defineCommand } from './command.js';
import { envelopeFormat } from './envelope.js';
import { checkEnvelope, deliverRows, exitOf, withOutput } from './result.js';

export const sql = defineCommand({
  name: 'sql',
  summary: 'Run SQL that you wrote',
  words: '[sql..]',
  input: z
    .object({
      sql: z.string().optional().describe('one statement, or - to read it from stdin'),
      file: z.string().optional().describe('read the statement from a file'),
    })
    .strict(),
  short: { f: 'file' },
  examples: [
    'pgask sql "select count(*) from orders"',
    'pgask sql -f report.sql --format csv -o report.csv',
    'echo "table customers" | pgask sql - --format jsonl | jq .name',
  ],
  async run({ sql: words = '', file }, app) {
    checkEnvelope(app);
    const text = await statementText(app, words, file);
    const started = Date.now();
    return await withOutput(app, async () => {
      const open = await app.database();
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
  },
});

async function statementText(app: App, words: string, file: string | undefined): Promise<string> {
  if (file !== undefined && words !== '') {
    throw new UsageError('give SQL on the command line or with --file, not both');
  }
  if (words === '-' || file === '-') return await app.io.readInput();
  if (file !== undefined) return readSqlFile(file);
  if (words.trim() === '') {
    throw new UsageError('there is no SQL to run', {
      hint: 'pgask sql "select 1", pgask sql -f FILE, or pgask sql - to read stdin',
    });
  }
  return words;
}

function readSqlFile(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
          ? 'it is not UTF-8 text'
          : code;
    throw new UsageError(`${path} can't be read: ${why}`, { cause: error });
  }
}
