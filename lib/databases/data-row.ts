/** DataRow as it comes from the server (PostgreSQL manual, "Message Formats"): a count, then length and bytes of each value. */
import type { RawCell } from '../rows.js';
import type { Cell, Row, RowChunk } from './database.js';

/** Whole rows, whatever chunks they came in. */
export async function* wholeRows(
  chunks: AsyncIterable<RowChunk>,
): AsyncGenerator<readonly Uint8Array[]> {
  let torn: Uint8Array[] = [];
  for await (const { bytes: chunk, ends } of chunks) {
    const bytes = plain(chunk);
    const rows: Uint8Array[] = [];
    let from = 0;
    for (const end of ends) {
      const row = bytes.subarray(from, end);
      rows.push(torn.length === 0 ? row : plain(Buffer.concat([...torn, row])));
      torn = [];
      from = end;
    }
    if (from < bytes.length) torn.push(bytes.subarray(from));
    if (rows.length > 0) yield rows;
  }
}

/** Node's Buffer takes three times as long to make a view of a part. */
function plain({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The values of a row; they share its memory. */
export function cellsOf(row: Uint8Array): RawCell[] {
  const cells: RawCell[] = new Array<RawCell>((row[0]! << 8) | row[1]!);
  let at = 2;
  for (let i = 0; i < cells.length; i++) {
    const length = (row[at]! << 24) | (row[at + 1]! << 16) | (row[at + 2]! << 8) | row[at + 3]!;
    at += 4;
    cells[i] = length === -1 ? null : row.subarray(at, at + length);
    if (length > 0) at += length;
  }
  return cells;
}

export function textRow(cells: readonly RawCell[]): Row {
  return cells.map(textOf);
}

export function textOf(cell: RawCell): Cell {
  return cell === null
    ? null
    : Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8');
}
