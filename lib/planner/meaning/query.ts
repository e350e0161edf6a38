/** The logical form: what is computed, over which tables, joined how. SQL and the sentence are both printed from it. */
import type { Comparison } from '../lexicon/words.js';
import type { AggregateName } from '../phrase.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { DateSpan, Grain } from '../text/calendar.js';

/** One use of a table. */
export interface Node {
  readonly table: Table;
  /** Where it is joined to, and how; undefined for the first of its scope. */
  readonly join?: { readonly to: Node; readonly step: Step } | undefined;
  /** True while rows without a partner are to stay. */
  optional: boolean;
}

/** The tables of one SELECT and what holds of their rows. The first node's rows are counted once each. */
export interface Scope {
  readonly root: Node;
  readonly nodes: Node[];
  readonly where: Condition[];
  /** Where this is a subquery: the step from a node outside to the root. */
  readonly outer?: { readonly node: Node; readonly step: Step } | undefined;
}

export type Expression =
  | { readonly type: 'column'; readonly node: Node; readonly field: Field }
  | {
      readonly type: 'bucket';
      readonly grain: Grain;
      readonly of: Expression;
      readonly field: Field;
    }
  | {
      readonly type: 'aggregate';
      readonly fn: AggregateName;
      /** Undefined for count(*). */
      readonly of?: Expression | undefined;
      readonly distinct: boolean;
      /** What it is called in the result and in the answer. */
      readonly name: string;
    }
  /** A text that is read as a number. */
  | { readonly type: 'number'; readonly of: Expression }
  | { readonly type: 'product'; readonly factors: readonly Expression[] }
  | { readonly type: 'subquery'; readonly scope: Scope; readonly value: Expression };

export type Condition =
  | {
      readonly type: 'compare';
      readonly left: Expression;
      readonly operator: Comparison;
      readonly right: { readonly digits: string } | { readonly text: string } | Expression;
    }
  | {
      readonly type: 'between';
      readonly left: Expression;
      readonly low: string;
      readonly high: string;
    }
  | {
      readonly type: 'in';
      readonly left: Expression;
      readonly values: readonly string[];
      readonly not: boolean;
      /** The spellings of each value, where an `and` adds one to the other. */
      readonly each?: readonly (readonly string[])[] | undefined;
    }
  | {
      readonly type: 'span';
      readonly left: Expression;
      readonly field: Field;
      readonly span: DateSpan;
    }
  | { readonly type: 'null'; readonly left: Expression; readonly not: boolean }
  | { readonly type: 'truth'; readonly left: Expression; readonly value: boolean }
  | {
      readonly type: 'like';
      readonly left: Expression;
      readonly how: 'starts' | 'ends' | 'contains';
      readonly text: string;
      readonly not: boolean;
    }
  | {
      /** Among what a subquery gives. */
      readonly type: 'within';
      readonly left: Expression;
      readonly scope: Scope;
      readonly value: Expression;
      readonly not: boolean;
    }
  | { readonly type: 'exists'; readonly scope: Scope; readonly not: boolean }
  /** Of each of the first rows there is one of the others. */
  | { readonly type: 'every'; readonly scope: Scope; readonly linked: Scope }
  /** The value is one of those that another query gives. */
  | { readonly type: 'among'; readonly left: Expression; readonly query: Query }
  | { readonly type: 'any' | 'all'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition };

export interface Output {
  readonly expression: Expression;
  readonly name: string;
}

export interface Order {
  readonly expression: Expression;
  readonly descending: boolean;
  /** Only to make the order total: not worth a word. */
  readonly tie: boolean;
}

export interface Query {
  readonly scope: Scope;
  readonly outputs: readonly Output[];
  readonly distinct: boolean;
  readonly groupBy: readonly Expression[];
  /** What holds of each group. */
  readonly having?: readonly Condition[] | undefined;
  readonly orderBy: readonly Order[];
  readonly limit?: number | undefined;
  /** Rows that are passed over first. */
  readonly offset?: number | undefined;
  /** All rows that tie with the last one are given as well. */
  readonly ties: boolean;
  /** The limit is one for each of these: `the cheapest product of each category`; what is level with the last is given, too. */
  readonly per?: readonly Expression[] | undefined;
  /** An aggregate over the rows of this query, which then are not the result themselves. */
  readonly over?: { readonly fn: AggregateName; readonly name: string } | undefined;
  /** What a row is called in the answer: the subject's table. */
  readonly rows: Table;
}
