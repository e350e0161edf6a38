/** The port of whatever is measured: requests in, statements out. */
import type { Database } from '../databases/database.js';
import type { Table } from './rows.js';

export type Reply = {
  /** From the request to the statement, or to the refusal; the statement's own time is not counted. */
  readonly ms: number;
} & (
  | { readonly type: 'answered'; readonly sql: string; readonly table: Table }
  /** The statement was the answer, and the server would not have it, or not in time. */
  | { readonly type: 'failed'; readonly sql: string; readonly why: string }
  | { readonly type: 'refused'; readonly why: string }
  /** Neither an answer nor a refusal: the model could not be reached, say, or there is a bug. */
  | { readonly type: 'error'; readonly error: Error }
);

/** A conversation: what was said before is known at the next request. */
export interface Respondent {
  /**
   * @param options.keep rows of the answer that are kept at most
   * @param options.toTheEnd counts the others: more will be asked, and what was answered is known then
   * @throws {InterruptedError} the signal's reason
   */
  ask(
    request: string,
    options: { readonly keep: number; readonly toTheEnd: boolean },
  ): Promise<Reply>;
}

export interface OpenSubject {
  readonly database: Database;
  /** A fresh one. */
  converse(): Respondent;
  close(): Promise<void>;
}

/**
 * Opens the database of a case, and reads its catalog.
 *
 * @throws {PgaskError} there is no such database
 */
export type OpenSubjectOf = (db: string | undefined) => Promise<OpenSubject>;
