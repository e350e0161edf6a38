/** Rows as they are compared: numbers to six significant digits whatever their type, text without trailing blanks. */
import type { Cell, Database, ResultColumn, Row, Statement } from '../databases/database.js';

/** Cells of which equal ones are the same text; null is NULL, and no text is. */
export type Rows = readonly Row[];

export interface Table {
  readonly columns: readonly ResultColumn[];
  /** Not more than were to be kept. */
  readonly rows: Rows;
  /** All that there were; of a result that was left, those that were kept and one. */
  readonly rowCount: number;
}

/** What a statement may take, by the rule of comparison. */
export const STATEMENT_MS = 10_000;
const SIGNIFICANT_DIGITS = 6;

/** `pg_type.typname`; the server sends a domain as its base type. */
const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'oid']);

/**
 * Runs a statement as the guard lets it.
 *
 * @param keep rows at most
 * @param toTheEnd counts the others
 * @param shape what is kept of a row; the server's own text is compared otherwise than ours
 * @throws {PgaskError}
 */
export async function readTable(
  database: Pick<Database, 'read'>,
  statement: Statement,
  {
    signal,
    keep = Number.POSITIVE_INFINITY,
    toTheEnd = false,
    shape = comparable,
  }: {
    readonly signal: AbortSignal;
    readonly keep?: number;
    readonly toTheEnd?: boolean;
    readonly shape?: (row: Row, columns: readonly ResultColumn[]) => Row;
  },
): Promise<Table> {
  const options = { signal, timeoutMs: STATEMENT_MS };
  return await database.read(statement, options, async ({ columns, batches }) => {
    const rows: Row[] = [];
    let rowCount = 0;
    for await (const batch of batches) {
      rowCount += batch.length;
      const room = Math.max(0, keep - rows.length);
      rows.push(...batch.slice(0, room).map((row) => shape(row, columns)));
      if (rowCount > keep && !toTheEnd) break;
    }
    return { columns, rows, rowCount };
  });
}

export function comparable(row: Row, columns: readonly ResultColumn[]): Row {
  return row.map((cell, i) => comparableCell(cell, columns[i]!.type));
}

export function comparableCell(cell: Cell, type: string): string | null {
  if (cell === null) return null;
  if (!NUMBERS.has(type)) return cell.replace(/ +$/, '');
  const number = Number(cell);
  // Infinity, NaN, and what is beyond a double.
  if (!Number.isFinite(number)) return cell;
  const rounded = Number(number.toPrecision(SIGNIFICANT_DIGITS));
  return String(rounded === 0 ? 0 : rounded);
}
