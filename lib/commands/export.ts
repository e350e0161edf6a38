/** `pgask export`: rows go from the database to a file, of SQL or of a request, and no model sees them. */
import { z } from 'zod/v3';
import type { App } from '../app.js';
import { type ExitCode, UsageError } from '../errors.js';
import { compressionOf } from '../files.js';
import type { Format } from '../formats/format.js';
import { findFormat } from '../formats/formats.js';
import { formatOfPath, knownSuffixes } from '../formats/suffix.js';
import { NO_USAGE } from '../models/model.js';
import { isSql } from '../sql/is-sql.js';
import { defineCommand } from './command.js';
import { exportRows, type ExportTarget } from './export-rows.js';
import { writeFiles } from './export-result.js';
import { exitOf } from './result.js';
import { inputName, readStatement } from './statement-text.js';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write rows to a file, unseen by the model',
  words: '[what..]',
  input: z
    .object({
      what: z.string().optional().describe('SQL or a request, or - to read it from stdin'),
      file: z.string().optional().describe('read the SQL from a file'),
    })
    .strict(),
  short: { f: 'file' },
  examples: [
    'pgask export "table orders" -o orders.csv',
    'pgask export "select * from orders" -o orders.jsonl.gz',
    'pgask export "top 5 customers by revenue" -o top.csv',
    'pgask export -f report.sql -o report.tsv --format json | jq .rowCount',
  ],
  async run({ what = '', file }, app) {
    const { output: path, sqlOnly } = app.flags;
    if (what.trim() === '' && file === undefined) {
      throw new UsageError('there is nothing to export', {
        hint: 'pgask export "table orders" -o orders.csv, with SQL or a request in plain words',
      });
    }
    if (path === undefined) {
      throw new UsageError('export needs a file to write to', {
        hint: 'add -o FILE.csv; without a file, pgask sql and pgask ask print rows',
      });
    }
    if (sqlOnly) {
      throw new UsageError('--sql-only leaves nothing to export', {
        hint: 'pgask ask --sql-only prints the statement',
      });
    }
    const format = fileFormat(app, path);
    // Everything that may be wrong with the command line is told before the file is opened.
    app.format();
    const text = await readStatement(app, { words: what, file });
    if (text === undefined) {
      throw new UsageError(`${inputName(file ?? '-')} can't be read: it is not UTF-8 text`);
    }
    const output = await app.output();
    try {
      const target: ExportTarget = { output, path, format };
      if (file !== undefined || (await isSql(text))) return await exportSql(app, text, target);
      // Loop, prompt and sessions are not for every export to load.
      const { answerRequest } = await import('./answer-request.js');
      return await answerRequest(app, text.trim(), { target });
    } finally {
      // Does nothing once the file is in place.
      await output.abort();
    }
  },
});

async function exportSql(app: App, sql: string, target: ExportTarget): Promise<ExitCode> {
  const began = Date.now();
  const open = await app.database();
  const { delivery, file } = await exportRows(app, open, { sql }, target);
  const exit = exitOf(app, delivery);
  if (file === undefined) return exit;
  await writeFiles(app, [file], {
    head: { answer: '', sql: app.io.secrets.inSql(sql), database: open.entry.name },
    tail: { steps: 0, usage: NO_USAGE, durationMs: Date.now() - began, session: null },
    delivery,
  });
  return exit;
}

/**
 * The suffix says what the file holds, and `--format` says it where there is none. Beside a suffix, a format of objects or
 * for people says how the file is told.
 *
 * @throws {UsageError} neither says it, or they contradict each other
 */
function fileFormat(app: App, path: string): Format {
  const bySuffix = formatOfPath(compressionOf(path).bare);
  const flag = app.flags.format === undefined ? undefined : findFormat(app.flags.format);
  if (bySuffix === undefined && flag === undefined) {
    throw new UsageError(`${path} does not say which format it is to have`, {
      hint: `end it in .${knownSuffixes().join(', .')}, or add --format`,
    });
  }
  if (bySuffix === undefined || flag === undefined) return bySuffix ?? flag!;
  // What .txt means is more than one thing.
  if (bySuffix.name === 'table' && flag.words === 'text') return flag;
  if (flag.words === 'none' && flag.name !== bySuffix.name) {
    throw new UsageError(`${path} is ${bySuffix.name}, and --format asks for ${flag.name}`, {
      hint: 'leave --format out, or choose another name',
    });
  }
  return bySuffix;
}
