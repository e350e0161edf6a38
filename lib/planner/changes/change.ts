/** A change of one table's rows, as it was understood. The statement and the sentence are both printed from it. */
import type { Lattice } from '../lattice.js';
import type { Query } from '../meaning/query.js';
import type { Ask } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';

/** Rows of one table that a request tells from the others, read as a question for them. */
export interface Rows {
  readonly table: Table;
  readonly query: Query;
  /** What was read, for `--show-reading`. */
  readonly ask: Ask;
  readonly lattice: Lattice;
}

/** What a column becomes. */
export interface Setting {
  readonly field: Field;
  /** An expression. */
  readonly sql: string;
  /** The same in words. */
  readonly told: string;
  /** The words that said it. */
  readonly words: string;
}

export type Change =
  | { readonly type: 'delete'; readonly rows: Rows }
  | { readonly type: 'update'; readonly rows: Rows; readonly settings: readonly Setting[] }
  | { readonly type: 'insert'; readonly table: Table; readonly settings: readonly Setting[] };
