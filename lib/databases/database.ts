/** The port of databases, as everything but the drivers sees it: guarded reads, and nothing else yet. */
import type { Effect } from '../errors.js';

/**
 * How a value's text becomes JSON, resolved through domains and arrays to the bottom. `row_to_json` decides
 * the same way (`json_categorize_type` in PostgreSQL's jsonfuncs.c).
 */
export type TypeShape =
  | { readonly kind: 'boolean' | 'number' | 'date' | 'timestamp' | 'timestamptz' | 'json' | 'text' }
  | { readonly kind: 'array'; readonly element: TypeShape; readonly delimiter: string }
  | {
      readonly kind: 'composite';
      readonly fields: readonly { readonly name: string; readonly shape: TypeShape }[];
    };

export interface ResultColumn {
  readonly name: string;
  /** The type's OID in that database. */
  readonly oid: number;
  /** As `pg_type.typname` says: `int4`, `_text`, `order_status`. */
  readonly type: string;
  readonly shape: TypeShape;
}

/** The server's own text of a value; null is NULL. No value is ever a JavaScript number or Date. */
export type Cell = string | null;
export type Row = readonly Cell[];

/**
 * `text` and `csv`: as COPY writes them (DELIMITER tab / comma, `\N` / empty for NULL). `json`: each row's row_to_json.
 * Every row ends with a line feed in all three.
 */
export type RowLayout = 'text' | 'csv' | 'json';

/** Rows as bytes (UTF-8, or whatever a SQL_ASCII database holds), on their way. */
export interface RowChunk {
  readonly bytes: Uint8Array;
  /**
   * Offsets in `bytes` just behind each row that ends in it (its line feed included), ascending. Bytes behind the last
   * are the beginning of a row that goes on in the next chunk: only a row that is larger than a chunk is torn so.
   */
  readonly ends: readonly number[];
}

export interface Result {
  readonly columns: readonly ResultColumn[];
  /** Batches as they arrive; each is awaited before the next is fetched. Can be read once. */
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
  /**
   * `text`: values print as the session's settings say, as psql shows them. `json`: dates and times as ISO 8601,
   * which {@link TypeShape} counts on.
   */
  readonly encoding: 'text' | 'json';
  /** Rows that one batch holds at most. */
  readonly batchRows?: number | undefined;
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
   * back. What `consume` returns is returned; where it throws, the statement is cancelled.
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
