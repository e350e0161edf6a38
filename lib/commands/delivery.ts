/** A statement's rows, from the database to the output, in a format and within limits. */
import type { Database, Statement } from '../databases/database.js';
import { BrokenResultError, PgaskError } from '../errors.js';
import type { Format, FormatOptions } from '../formats/format.js';
import type { Sink } from '../io.js';
import { fit, ofWholeRows } from '../rows.js';
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
  const { timeoutMs, limit = Infinity, maxRows = Infinity, maxBytes = Infinity } = limits;
  let rowCount = 0;
  try {
    const reading = { signal, timeoutMs, layout: format.layout, limit: limits.limit };
    return await database.stream(statement, reading, async ({ columns, chunks }) => {
      const writer = format.open(counted.sink, columns, options.formatOptions);
      const { framing = NO_FRAMING } = writer;
      let bytes = framing.bytes;
      let cutBy: Delivery['cutBy'];
      for await (const arrived of maxBytes === Infinity ? chunks : ofWholeRows(chunks, maxBytes)) {
        signal.throwIfAborted();
        const room = {
          rows: Math.min(limit, maxRows) - rowCount,
          bytes: maxBytes - bytes,
          perRow: framing.perRow,
        };
        const { chunk, cut } = fit(arrived, room);
        if (chunk.bytes.length > 0) await writer.rows(chunk);
        rowCount += chunk.ends.length;
        bytes += chunk.bytes.length + chunk.ends.length * framing.perRow;
        if (rowCount >= limit && cut !== 'bytes') break;
        if (cut === undefined) continue;
        cutBy = cut === 'rows' ? 'max-rows' : 'max-bytes';
        break;
      }
      await writer.end({ rowCount, truncated: cutBy !== undefined });
      return { sql: statement.sql, columns, rowCount, truncated: cutBy !== undefined, cutBy };
    });
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

const NO_FRAMING = { bytes: 0, perRow: 0 };

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
