/** The port of databases, as everything but the drivers sees it: guarded reads, and nothing else yet. */
import type { Effect } from '../errors.js';
import type { RowChunk, RowLayout } from '../rows.js';

export type { RowChunk, RowLayout };

export interface ResultColumn {
  readonly name: string;
  /** The name's bytes where they are no UTF-8: a database in SQL_ASCII has any. */
  readonly bytes?: Uint8Array | undefined;
  /** The same, but distinct among the columns: the second `a` is `a_2`. */
  readonly key: string;
  /** The type's OID in that database. */
  readonly oid: number;
  /** As `pg_type.typname` says: `int4`, `_text`, `order_status`. */
  readonly type: string;
}

export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /** Can be read once; left early, the statement is stopped. */
  readonly chunks: AsyncIterable<RowChunk>;
}

/** The server's own text of a value; null is NULL. No value is ever a JavaScript number or Date. */
export type Cell = string | null;
export type Row = readonly Cell[];

export interface Result {
  readonly columns: readonly ResultColumn[];
  /** Some rows at a time, as they arrive. Can be read once. */
  readonly batches: AsyncIterable<readonly Row[]>;
}

export interface Statement {
  readonly sql: string;
  /** Text of `$1`, `$2` …; the server infers their types. */
  readonly parameters?: readonly Cell[] | undefined;
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Milliseconds that the statement may run; the server is told and the client checks. */
  readonly timeoutMs: number;
}

export interface StreamOptions extends ReadOptions {
  readonly layout: RowLayout;
  /** Rows that are wanted at most: the server is asked for no more at once. There may come more. */
  readonly limit?: number | undefined;
}

/** The guard's word on a statement, without running it. */
export type Judgement =
  | { readonly verdict: 'allow'; readonly effect: 'read' }
  | {
      readonly verdict: 'refuse';
      readonly effect: Effect;
      readonly rule: string;
      readonly reason: string;
      readonly hint: string;
      /** In characters from 1. */
      readonly position?: number | undefined;
    };

export interface Database {
  /** As the configuration names it; `sample` for the embedded one. */
  readonly name: string;
  /**
   * Runs one statement that changes nothing, hands its rows to `consume` while they arrive, and always rolls
   * back. What `consume` returns is returned; where it throws, the statement is cancelled. A connection that is
   * lost before the first rows are there is made anew, once, and the statement run again.
   *
   * @throws {RefusedError} the guard says no (exit 3)
   * @throws {StatementError} the server does
   * @throws {LimitError} the time ran out (exit 6)
   * @throws {ConnectionError} there is no connection; {@link ConnectionLostError} it broke
   */
  read<T>(
    statement: Statement,
    options: ReadOptions,
    consume: (result: Result) => Promise<T>,
  ): Promise<T>;
  /** The same for rows that are printed, as bytes. */
  stream<T>(
    statement: Statement,
    options: StreamOptions,
    consume: (rows: RowStream) => Promise<T>,
  ): Promise<T>;
  /**
   * Judges a statement against the catalog; nothing of it is executed or planned. What is not SQL is refused by
   * the rule `syntax`.
   *
   * @throws {ConnectionError}
   */
  check(
    statement: Statement,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<Judgement>;
  /** Ends every connection. Never rejects. */
  close(): Promise<void>;
}
