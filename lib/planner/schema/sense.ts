/** What a word may stand for in a schema, and how strong the evidence for it is. */
import type { Field, Step, Table } from './schema.js';

/** Evidence costs: the lower, the stronger. Names stand well before synonyms, and those before comments. */
export const COST = {
  name: 0,
  short: 0.1,
  head: 0.5,
  synonym: 0.6,
  part: 0.8,
  root: 0.85,
  comment: 1.1,
  abbreviation: 0.3,
  title: 0.32,
  partOfTable: 1.3,
  commentOfTable: 1.5,
} as const;

export type Sense =
  | {
      readonly type: 'table';
      readonly table: Table;
      readonly cost: number;
      readonly via?: Step;
      /** The column by whose name the rows are called. */
      readonly by?: Field;
    }
  | { readonly type: 'field'; readonly field: Field; readonly cost: number }
  | { readonly type: 'label'; readonly field: Field; readonly label: string; readonly cost: number }
  | {
      readonly type: 'flag';
      readonly field: Field;
      /** What the column has to be. */
      readonly value: boolean;
      readonly cost: number;
    };
