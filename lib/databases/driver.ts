/** The port of drivers: an unguarded session. Only databases/guarded.ts holds one. */
import type { Cell } from './database.js';

export interface WireColumn {
  readonly name: string;
  readonly oid: number;
}

export type WireRow = readonly Cell[];

export interface Connection {
  /**
   * One statement by the extended protocol, all its rows at once: for short results of our own statements.
   *
   * @throws {StatementError} with the server's SQLSTATE; {@link ConnectionLostError} where the session ended
   */
  query(sql: string, parameters?: readonly Cell[]): Promise<WireRow[]>;
  /**
   * One statement by the extended protocol, its rows in batches of at most `batchRows`. `consume` gets the
   * columns before the first row; the next batch is asked for only when the last was taken.
   */
  stream<T>(
    statement: { sql: string; parameters: readonly Cell[]; batchRows: number },
    consume: (
      columns: readonly WireColumn[],
      batches: AsyncIterable<readonly WireRow[]>,
    ) => Promise<T>,
  ): Promise<T>;
  /** Asks the server to stop what this session runs. Resolves when asked; never rejects. */
  cancel(): Promise<void>;
  /** Ends the session at once, whatever it is doing. Never rejects. */
  destroy(): Promise<void>;
  /** Ends an idle session politely. Never rejects. */
  close(): Promise<void>;
}

export interface Driver {
  /** Sessions that can be open at once. */
  readonly maxConnections: number;
  /**
   * A new session.
   *
   * @throws {ConnectionError} with a hint
   */
  connect(signal: AbortSignal): Promise<Connection>;
  /** Releases what the sessions share (a worker, a lock). Never rejects. */
  close(): Promise<void>;
}
