/** What every check of a judgement is handed. */
import type { Effect } from '../../errors.js';
import type { ParsedStatement, Tree } from '../../sql/parse.js';
import type { References } from '../../sql/references.js';
import type { Finding } from '../../sql/rules/rule.js';
import type { WireColumn } from '../driver.js';
import type { Allowed, Objection } from './functions.js';
import type { FunctionFacts } from './lookups/functions.js';
import type { OperatorFacts } from './lookups/operators.js';
import type { CastFacts, OrderFacts } from './lookups/own.js';
import type { RelationFacts } from './lookups/relations.js';
import type { NamedType } from './lookups/types.js';
import type { World } from './world.js';

export interface IdentityFinding extends Finding {
  readonly rule: string;
}

export interface Context {
  /** What is executed or planned: inside an EXPLAIN, the statement explained. */
  readonly statement: Pick<ParsedStatement, 'tag' | 'fields'>;
  readonly references: References;
  readonly world: World;
  /** What the person granted: `admin` opens the catalogs that hold secrets. */
  readonly grant: Effect;
  /** What the catalog has of the names in the statement, in any schema. */
  readonly named: {
    readonly functions: readonly FunctionFacts[];
    readonly relations: readonly RelationFacts[];
    readonly types: readonly NamedType[];
    /** Only those that a user had a hand in. */
    readonly operators: readonly OperatorFacts[];
    /** Every cast of a user's, whatever the statement names. */
    readonly casts: readonly CastFacts[];
    /** Every operator class of a user's that is its type's default. */
    readonly orders: readonly OrderFacts[];
    readonly allowed: Allowed;
  };
  /** User types whose values the statement can come across: its relations' columns and the types that it names. */
  readonly reachable: Set<number>;
  /** OIDs of the relations that the statement reads, views and partitions included. */
  readonly reached: Set<number>;
  /**
   * The types that the server gives expressions where `part` stands; undefined where it can't be asked. Nothing is
   * executed: the statement is parsed with a function in that place that does not exist, and the error names the types.
   */
  typesAt(
    part: Tree,
    operands: readonly Tree[],
    /** Where the part is no expression: what stands in its place around the call. */
    place?: (call: Tree) => Tree,
  ): Promise<readonly number[] | undefined>;
  /** The columns that a query by itself would give. */
  columnsOf(query: Tree): Promise<readonly WireColumn[] | undefined>;
  /** Whether the statement, with `part` replaced, passes the server's parse analysis; else the SQLSTATE. */
  parses(part: Tree, replacement: Tree): Promise<true | string | undefined>;
}

/** A check finds a reason against a statement by what its names mean, or nothing. */
export type Check = (context: Context) => Promise<IdentityFinding | undefined>;

/**
 * Those of a name that count: in the schema that is written, or anywhere on the search path, first places first.
 */
export function visible<T extends { readonly schema: string; readonly name: string }>(
  all: readonly T[],
  names: readonly string[],
  world: World,
): T[] {
  const name = names.at(-1);
  const schema = names.length > 1 ? names[0] : undefined;
  return all
    .filter((one) => one.name === name)
    .filter((one) =>
      schema === undefined ? world.placeOf(one.schema) >= 0 : one.schema === schema,
    )
    .sort((one, other) => world.placeOf(one.schema) - world.placeOf(other.schema));
}

export function against(
  rule: string,
  { reason, hint, effect }: Pick<Objection, 'reason' | 'hint' | 'effect'>,
  location: number | undefined,
  where = '',
): IdentityFinding {
  // What a name means here is nothing that a model could have seen.
  const mendable = effect !== 'admin';
  return { rule, reason: `${where}${reason}`, hint, effect, mendable, location };
}
