/** A made-up database with questions about it: what the planner is measured by. */

/** A question with the SQL whose rows are right. Rows count as a multiset, columns in any order. */
export type Case = readonly [question: string, gold: string];

export interface Domain {
  readonly name: string;
  /** What `today` means, ISO 8601. */
  readonly today: string;
  /** Statements that make the database. */
  readonly sql: readonly string[];
  readonly cases: readonly Case[];
  /** Requests that must not be answered, with what the message or its choices have to name. */
  readonly refusals: readonly (readonly [request: string, says: RegExp])[];
  /** Conversations: each request in turn with the SQL whose rows are right. */
  readonly talks: readonly (readonly Case[])[];
}
