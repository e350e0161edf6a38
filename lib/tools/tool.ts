/** The port of tools: what the model may call, and so what a person may type. */
import type { AnyZodObject, z } from 'zod/v3';
import type { Catalog } from '../catalog/catalog.js';
import type { ValueStore } from '../catalog/value-store.js';
import type { Touched } from '../changes/footprint.js';
import type { Database, ResultColumn, Row } from '../databases/database.js';
import { type Effect, RefusedError } from '../errors.js';

/** A statement that ran in this turn, so that `answer` can name it instead of repeating its SQL. */
export interface EarlierQuery {
  readonly id: string;
  readonly sql: string;
}

/** What was written to the result when an answer was delivered. */
export interface Delivered {
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  readonly truncated: boolean;
}

/** What a tool may use. Everything is bounded by the run that made it. */
export interface ToolContext {
  /** The guarded database. */
  readonly database: Database;
  readonly catalog: () => Promise<Catalog>;
  /** Aborts at this call's own deadline, or when the run ends. */
  readonly signal: AbortSignal;
  /** Milliseconds that one statement may run. */
  readonly timeoutMs: number;
  /** Where values of the database's columns outlive the process; undefined where they may not. */
  readonly valueStore?: ValueStore | undefined;
  /** Rows that the model may see of a result; 0 shows it none. */
  readonly previewRows: number;
  /** Queries of this turn by their ids; `query_database` adds to it. */
  readonly queries: Map<string, EarlierQuery>;
  /**
   * Streams a statement's rows to the result.
   *
   * @throws {StatementError} recoverable only while nothing has been written
   */
  readonly deliver: (answer: { sql: string; text: string }) => Promise<Delivered>;
  /**
   * Streams a statement's rows to a new file of the working directory; undefined where a model may write none. The path
   * is a model's, and trusted in nothing.
   *
   * @throws {ToolInputError} the path is no place for it
   */
  readonly exportRows?: (request: {
    readonly sql: string;
    readonly file: string;
    readonly signal: AbortSignal;
  }) => Promise<WrittenFile>;
  /** What the person has granted here; by default `read`. */
  readonly grant?: Effect | undefined;
  /**
   * Has a change previewed and approved, and then carries it out or writes it down, as the person's flags say; undefined
   * where nothing can be changed. One at a time, and none twice in a run.
   *
   * @throws {RefusedError} the grant does not reach it, or nobody has approved it: that ends the run
   * @throws {StatementError} it can't be previewed: the model may mend it
   */
  readonly change?: (sql: string) => Promise<ChangeMade>;
}

/** What a model may know of a change. */
export type ChangeMade =
  | {
      readonly type: 'applied' | 'planned';
      /** The change's, or the plan's. */
      readonly id: string;
      /** It was made earlier in this run, and nothing was done now. */
      readonly again: boolean;
      readonly statements: readonly {
        readonly command: string;
        readonly rowCount: number | undefined;
        /** What RETURNING gave, of which a model sees no more than of a query. */
        readonly returned?:
          { readonly columns: readonly ResultColumn[]; readonly rows: readonly Row[] } | undefined;
      }[];
      /** The statements that a person made of it. */
      readonly edited: string | undefined;
      /** Rows that cascades and triggers changed, as the preview counted them. */
      readonly elsewhere: readonly Pick<Touched, 'table' | 'inserted' | 'updated' | 'deleted'>[];
    }
  /** Printed, and not carried out. */
  | { readonly type: 'shown'; readonly delivered: Delivered };

/** Where a run makes no changes, whatever was granted. */
export function cannotChange(effect: Effect): RefusedError {
  return new RefusedError('refused: nothing is changed here', {
    rule: 'no-changes',
    effect,
    hint: 'ask for it with pgask "REQUEST", or run it with pgask sql',
  });
}

/** What a model may know of a file that it had written. */
export interface WrittenFile {
  /** Relative to the working directory. */
  readonly path: string;
  readonly rowCount: number;
  readonly bytes: number;
}

/** How the turn ended: rows, or words alone. */
export type Answer =
  | { readonly type: 'rows'; readonly text: string; readonly delivered: Delivered }
  | { readonly type: 'words'; readonly text: string };

export interface ToolOutcome {
  /** What the model is shown, and a person who runs the tool by hand. Nothing in it comes from the database. */
  readonly text: string;
  /** Text that comes from the database, its names included: the loop marks it as data before a model sees it. */
  readonly values?: string;
  /** The same as an object, for `--format json` of the subcommand. */
  readonly details?: unknown;
  /** Set by the tool that ends the turn. */
  readonly answer?: Answer;
}

export interface Tool<Input extends AnyZodObject = AnyZodObject> {
  /** As the model calls it: snake_case. */
  readonly name: string;
  /** One sentence for the model and for `--help`. */
  readonly summary: string;
  readonly input: Input;
  /** The subcommand that it also is; none where a command of another kind does the same. */
  readonly command?: {
    readonly name: string;
    /** The input that the command line's words fill, by its name. */
    readonly positional?: string;
    readonly examples: readonly string[];
  };
  /** True where a call ends the turn: it runs after the other calls of its step. */
  readonly ends?: boolean;
  /** True where a call lasts as long as its statement may: the time of tool calls does not bound it. */
  readonly streams?: boolean;
  /**
   * True where a call changes the database: it runs after the others of its step, one at a time, and only where the whole
   * step arrived as the model meant it.
   */
  readonly alters?: boolean;
  /**
   * @throws {PgaskError} recoverable ones become observations, others end the run; anything else is a bug
   */
  run(input: z.output<Input>, context: ToolContext): Promise<ToolOutcome>;
}

/** A tool whose `run` takes the type of its own `input`. */
export function defineTool<Input extends AnyZodObject>(tool: Tool<Input>): Tool {
  // The loop calls `run` with what `input` parsed, so the narrower argument is what it gets.
  return tool as unknown as Tool;
}
