/** The port of drivers: an unguarded session. Only databases/guarded.ts holds one. */
import type { Cell, Row, RowChunk } from './database.js';

export interface WireColumn {
  readonly name: string;
  /** The name's bytes where they are no UTF-8: a database in SQL_ASCII has any. */
  readonly bytes?: Uint8Array | undefined;
  /** The type's OID. */
  readonly oid: number;
}

export interface WireStatement {
  readonly sql: string;
  readonly parameters: readonly Cell[];
  /** Rows that are asked for first; later batches are as large as their rows make sensible. */
  readonly batchRows: number;
}

export interface Executed {
  /** The command tag's words: `UPDATE`, `CREATE TABLE`. */
  readonly command: string;
  /** The command tag's number of rows; undefined where it has none. */
  readonly rowCount: number | undefined;
  readonly columns: readonly WireColumn[];
  readonly rows: readonly Row[];
}

/**
 * One session. Statements are sent in the order of the calls, without waiting for the answers before, so that
 * several that need no answer cost one round trip. Every one goes by the extended protocol, which takes
 * exactly one statement.
 *
 * All reject with StatementError (the server's word, with its SQLSTATE) or ConnectionLostError.
 */
export interface Connection {
  /** All rows at once: for short results of our own statements. */
  query(sql: string, parameters?: readonly Cell[]): Promise<Row[]>;
  /** Executes a statement of a change, and tells what the server says it did; its rows are all in memory. */
  execute(sql: string): Promise<Executed>;
  /** The columns that a statement would give: Parse and Describe, nothing is executed. */
  describe(sql: string): Promise<readonly WireColumn[]>;
  /** DataRow messages without their headers, asked for in batches. The iteration can be left early. */
  rows(statement: WireStatement): AsyncIterable<RowChunk>;
  /**
   * The values of a statement's only column, none of them NULL, each with a line feed. The iteration can be left early.
   *
   * @param statement.batchRows undefined asks for all rows at once: the server waits while nobody takes them
   */
  lines(
    statement: Omit<WireStatement, 'batchRows'> & {
      readonly batchRows: number | undefined;
    },
  ): AsyncIterable<RowChunk>;
  /** What a COPY … TO STDOUT sends, a row's CopyData for each row. The iteration can be left early. */
  copy(sql: string): AsyncIterable<RowChunk>;
  /** False once the session has ended, for whatever reason. */
  readonly alive: boolean;
  /** Asks the server to stop what this session runs. Resolves when asked; never rejects. */
  cancel(): Promise<void>;
  /** A cancel that is on its way, which would hit whatever the session runs next; undefined where none is. Never rejects. */
  readonly cancelling: Promise<void> | undefined;
  /** Ends the session at once, whatever it is doing. Never rejects. */
  destroy(): Promise<void>;
  /** Ends an idle session politely. Never rejects. */
  close(): Promise<void>;
}

export interface Driver {
  /** Sessions that can be open at once. */
  readonly maxConnections: number;
  /** Whether COPY waits for its reader, and can be stopped without ending the session. */
  readonly copies: boolean;
  /**
   * A new session.
   *
   * @throws {ConnectionError} with a hint
   */
  connect(signal: AbortSignal): Promise<Connection>;
  /** Releases what the sessions share (a worker, a lock). Never rejects. */
  close(): Promise<void>;
}
