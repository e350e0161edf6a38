/** What every command that prints a result does with it: output, limits, trailing talk, exit code. */
import type { App, OpenDatabase } from '../app.js';
import type { Statement } from '../databases/database.js';
import { EXIT, type ExitCode, LimitError, UsageError } from '../errors.js';
import type { Format, FormatOptions } from '../formats/format.js';
import { printable } from '../io.js';
import { type Delivery, deliver, type DeliveryLimits } from './delivery.js';
import { untilLeft } from './leaving.js';
import { withQuotedNumbers } from './quoted-numbers.js';

/** What the result may have: the configuration has put flags, the database's own limits and the general ones together. */
export function deliveryLimits(app: App, { entry }: OpenDatabase): DeliveryLimits {
  const { timeoutMs, maxRows, maxBytes } = entry.limits;
  return { limit: app.flags.limit, maxRows, maxBytes, timeoutMs };
}

/**
 * Streams a statement's rows to the output. The output is committed by {@link withOutput}.
 *
 * @param waiting what is said at a terminal meanwhile
 */
export async function deliverRows(
  app: App,
  open: OpenDatabase,
  statement: Statement,
  format: Format,
  waiting: string | (() => string) = 'waiting for the database',
): Promise<Delivery> {
  if (app.flags.showSql) app.io.talk.statement(statement.sql);
  const output = await app.output();
  const { sink, path, left } = output;
  const options = {
    database: app.flags.jsonNumbers === 'string' ? withQuotedNumbers(open.database) : open.database,
    sink,
    limits: deliveryLimits(app, open),
    formatOptions: formatOptions(app, path),
  };
  const { signal } = app;
  const done = app.flags.quiet ? () => undefined : app.io.talk.progress(waiting);
  try {
    if (left === undefined) return await deliver(statement, { ...options, format, signal });
    const either = AbortSignal.any([signal, left]);
    const delivery = await untilLeft(statement, format, left, (watched) =>
      deliver(statement, { ...options, format: watched, signal: either }),
    );
    await output.whole?.();
    return delivery;
  } finally {
    done();
  }
}

/** @param path the file that is written to, where it is one */
export function formatOptions(app: App, path: string | undefined): FormatOptions {
  const { width, height } = app.io.out;
  return {
    ...(path === undefined ? { width, height } : { width: undefined, height: undefined }),
    color: path === undefined && app.io.out.color(app.flags.color),
    warn: (message) => app.warn(message),
  };
}

/** Opens the output before the work begins; what was written becomes the file only if the work succeeds. */
export async function withOutput<T>(app: App, work: () => Promise<T>): Promise<T> {
  const output = await app.output();
  try {
    const value = await work();
    await output.commit();
    return value;
  } catch (error) {
    await output.abort();
    throw error;
  }
}

/** Text that is the whole result. */
export async function writeText(app: App, text: string): Promise<void> {
  const { sink } = await app.output();
  await sink.write(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Words, or an object, where no rows are the result: formats of rows never carry prose.
 *
 * @returns exit code 7 where the format has no place for it: stdout stays empty
 */
export async function writeWords(
  app: App,
  words: string,
  object: unknown = { answer: words },
): Promise<ExitCode> {
  const format = app.format();
  switch (format.words) {
    case 'text':
      await writeText(app, printable(words));
      return EXIT.done;
    case 'json':
      await writeText(app, JSON.stringify(object));
      return EXIT.done;
    case 'none':
      app.io.talk.line(words);
      return EXIT.notUnderstood;
  }
}

/** The exit code that a delivered result has earned. @throws {LimitError} it was cut */
export function exitOf(app: App, delivery: Delivery): ExitCode {
  if (delivery.cutBy !== undefined) {
    const limit = delivery.cutBy;
    throw new LimitError(`the result was cut after ${delivery.rowCount} rows by --${limit}`, {
      limit,
      hint: `raise --${limit}, or ask for fewer rows with --limit`,
    });
  }
  if (delivery.rowCount === 0 && app.flags.failEmpty) {
    app.say('no rows');
    return EXIT.failed;
  }
  return EXIT.done;
}

/** `--envelope` is JSON whatever the default format is; another format with it is a contradiction. */
export function checkEnvelope(app: App): void {
  const { envelope, format } = app.flags;
  if (envelope && format !== undefined && format !== 'json' && format !== 'jsonl') {
    throw new UsageError(`--envelope is JSON, and --format asks for ${format}`, {
      hint: 'leave one of them out',
    });
  }
}
