/** Rows of a statement on their way from the session to whoever asked, a batch at a time. */
import { LimitError } from '../errors.js';
import type { Cell, Result, ResultColumn, Row } from './database.js';
import type { Connection } from './driver.js';
import { handoff, NoMoreWanted } from './handoff.js';

export interface RowLimits {
  /** Rows that one batch holds at most. */
  readonly batchRows: number;
  /** Bytes of one value at most. */
  readonly maxCellBytes: number | undefined;
}

/** @throws what `consume` throws, and what the session does */
export async function streamRows<T>(
  connection: Connection,
  statement: { readonly sql: string; readonly parameters: readonly Cell[] },
  { batchRows, maxCellBytes }: RowLimits,
  columns: readonly ResultColumn[],
  consume: (result: Result) => Promise<T>,
): Promise<T> {
  const batches = handoff<readonly Row[]>();
  const produced = connection
    .stream({ ...statement, batchRows }, (rows) => {
      if (maxCellBytes !== undefined) checkCells(rows, columns, maxCellBytes);
      return batches.push(rows);
    })
    .then(
      () => batches.finish(),
      (reason: unknown) => {
        batches.finish({ reason });
        if (!(reason instanceof NoMoreWanted)) throw reason;
      },
    );
  // The failure is the consumer's to see first; it must not be unhandled until then.
  produced.catch(() => undefined);
  try {
    const value = await consume({ columns, batches: batches.items });
    batches.abandon();
    await produced;
    return value;
  } catch (error) {
    batches.abandon();
    await produced.catch(() => undefined);
    throw error;
  }
}

function checkCells(rows: readonly Row[], columns: readonly ResultColumn[], limit: number): void {
  for (const row of rows) {
    for (const [i, cell] of row.entries()) {
      // A character has at most three bytes for each unit of its length.
      if (cell === null || cell.length * 3 <= limit) continue;
      const bytes = Buffer.byteLength(cell);
      if (bytes <= limit) continue;
      throw new LimitError(`a value of ${columns[i]?.name ?? 'a column'} has ${bytes} bytes`, {
        limit: 'max-cell-bytes',
        hint: `leave the column out or shorten it; limits.maxCellBytes is ${limit}`,
      });
    }
  }
}
