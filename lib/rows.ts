/** Rows as bytes: how they are laid out, and how they come. */
export { fit, ofWholeRows } from './rows/cut.js';
export {
  type ByteWriter,
  layOut,
  openByteWriter,
  type RowWriter,
  rowWriter,
} from './rows/layout.js';

/**
 * How rows are laid out, each ending with a line feed. `text` and `csv`: as COPY writes them (fields end with a tab
 * or a comma, NULL is `\\N` or nothing), under the session's own settings. `json`: each row's row_to_json.
 */
export type RowLayout = 'text' | 'csv' | 'json';

/** Rows on their way, as the server's own bytes: UTF-8, or whatever a database in SQL_ASCII holds. */
export interface RowChunk {
  readonly bytes: Uint8Array;
  /**
   * Offsets in `bytes` just behind each row that ends in it, ascending. What comes after the last is the beginning
   * of a row that goes on in the next chunk.
   */
  readonly ends: readonly number[];
}

/** The bytes of a value; null is NULL. */
export type RawCell = Uint8Array | null;
