/** A statement's rows, from the database to the output, in a format and within limits. */
import type { Database, ResultColumn, Row, Statement } from '../databases/database.js';
import { BrokenResultError, PgaskError } from '../errors.js';
import type { Format, FormatOptions, Writer } from '../formats/format.js';
import type { Sink } from '../io.js';
import type { Delivered } from '../tools/tool.js';

export interface DeliveryLimits {
  /** Rows that were asked for: the result ends there and is whole. */
  readonly limit: number | undefined;
  /** Rows and bytes that the result may have: beyond them it is cut, and marked as cut. */
  readonly maxRows: number | undefined;
  readonly maxBytes: number | undefined;
  /** Milliseconds that the statement may run. */
  readonly timeoutMs: number;
}

export interface DeliveryOptions {
  readonly database: Database;
  readonly format: Format;
  readonly sink: Sink;
  readonly limits: DeliveryLimits;
  readonly formatOptions: FormatOptions;
  readonly signal: AbortSignal;
}

export interface Delivery extends Delivered {
  /** The guard that cut the result, by its flag's name. */
  readonly cutBy: 'max-rows' | 'max-bytes' | undefined;
}

/**
 * @throws {StatementError} before anything was written; {@link BrokenResultError} after
 */
export async function deliver(statement: Statement, options: DeliveryOptions): Promise<Delivery> {
  const { database, format, limits, signal } = options;
  const counted = countBytes(options.sink);
  const { timeoutMs } = limits;
  let rowCount = 0;
  try {
    return await database.read(
      statement,
      { signal, timeoutMs, encoding: format.encoding },
      async ({ columns, batches }) => {
        const iterator = batches[Symbol.asyncIterator]();
        // The first batch before the first byte: most errors come with it, and then nothing is written.
        let next = await iterator.next();
        const writer = format.open(counted.sink, columns, options.formatOptions);
        let cutBy: Delivery['cutBy'];
        while (next.done !== true) {
          const { rows, cut, whole } = take(next.value, rowCount, limits);
          await writeRows(writer, rows, signal);
          rowCount += rows.length;
          cutBy =
            cut ?? (counted.bytes() > (limits.maxBytes ?? Infinity) ? 'max-bytes' : undefined);
          if (whole || cutBy !== undefined) break;
          next = await iterator.next();
        }
        await iterator.return?.();
        await writer.end({ rowCount, truncated: cutBy !== undefined });
        return outcome(statement, columns, { rowCount, cutBy });
      },
    );
  } catch (error) {
    if (counted.bytes() === 0 || !(error instanceof PgaskError) || !error.recoverable) throw error;
    throw new BrokenResultError(`the result broke off: ${error.message}`, {
      cause: error,
      sqlstate: error.sqlstate,
      sql: error.sql,
      hint: 'what was written is not the whole result',
    });
  }
}

function outcome(
  { sql }: Statement,
  columns: readonly ResultColumn[],
  { rowCount, cutBy }: { rowCount: number; cutBy: Delivery['cutBy'] },
): Delivery {
  return { sql, columns, rowCount, truncated: cutBy !== undefined, cutBy };
}

/** The part of a batch that the limits let through. */
function take(
  batch: readonly Row[],
  before: number,
  { limit = Infinity, maxRows = Infinity }: DeliveryLimits,
): { rows: readonly Row[]; cut: 'max-rows' | undefined; whole: boolean } {
  const room = Math.min(limit, maxRows) - before;
  const rows = batch.length > room ? batch.slice(0, room) : batch;
  const cut = batch.length > room && maxRows < limit ? 'max-rows' : undefined;
  return { rows, cut, whole: before + rows.length >= limit };
}

async function writeRows(writer: Writer, rows: readonly Row[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (rows.length > 0) await writer.rows(rows);
}

function countBytes(sink: Sink): { sink: Sink; bytes: () => number } {
  let bytes = 0;
  return {
    bytes: () => bytes,
    sink: {
      async write(chunk) {
        bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
        await sink.write(chunk);
      },
    },
  };
}
