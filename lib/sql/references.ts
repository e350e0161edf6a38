/**
 * What a statement names: functions, operators, relations and types, each at its place. Pure: what the names mean
 * is for one database's catalog to say (databases/identity).
 */
import type { ParsedStatement, Tree } from './parse.js';
import { collect, ROW_CONVERSIONS } from './references/collect.js';
import { listOf, type Visit } from './references/node.js';

interface Reference {
  /** As written, without a catalog: `['lower']`, `['shop', 'lower']`. */
  readonly names: readonly string[];
  /** Byte offset in the text, where the tree has it. */
  readonly location: number | undefined;
}

export interface FunctionReference extends Reference {
  /**
   * `call`: f(x). `field`: `c.f` or `(x).f`, which calls f where there is no such column. `sample`: a TABLESAMPLE
   * method.
   */
  readonly use: 'call' | 'field' | 'sample';
  /** Arguments as nodes, the ORDER BY of an ordered-set aggregate included; the value itself for a field. */
  readonly operands: readonly Tree[];
  /** Arguments by name can stand for any parameter; a VARIADIC array stands for several. */
  readonly passing: 'positions' | 'names' | 'array';
  /** The fields of the node, by which it can be found in the tree. */
  readonly node: Tree;
}

export interface OperatorReference extends Reference {
  /**
   * Operands of each call: left and right, or one alone. Undefined where they can't be told apart: columns by name, rows
   * of a subquery.
   */
  readonly pairs: readonly (readonly Tree[])[] | undefined;
  /** The columns of a USING clause; undefined for NATURAL, and where pairs are known. */
  readonly columns: readonly string[] | undefined;
  /** The right one is an array, or the rows of a subquery. */
  readonly elementwise: boolean;
  readonly node: Tree;
}

export interface RelationReference extends Reference {
  /** True where an INSERT, UPDATE, DELETE or MERGE (inside EXPLAIN) names it as its target. */
  readonly target: boolean;
}

export interface TypeReference extends Reference {
  /** What is cast, where the type stands in a cast. */
  readonly cast: Tree | undefined;
  readonly node: Tree;
}

export interface References {
  readonly functions: readonly FunctionReference[];
  readonly operators: readonly OperatorReference[];
  readonly relations: readonly RelationReference[];
  readonly types: readonly TypeReference[];
  /** Nodes whose members take one common type: CASE, COALESCE, ARRAY, GREATEST and LEAST. */
  readonly unions: readonly { readonly members: readonly Tree[]; readonly node: Tree }[];
  /** Whether values are sorted, grouped or compared as a whole, by their type's own operator class. */
  readonly ordersValues: boolean;
  readonly setOperations: readonly Tree[];
  /** True where VALUES has several rows. */
  readonly alignsValues: boolean;
  /** Expressions that are taken for a boolean or a number: conditions, limits, subscripts. */
  readonly coerced: readonly Tree[];
  /** True where a read converts JSON to row types or back: column types become reachable. */
  readonly convertsRows: boolean;
  /** Last names of columns; `*` where others than those that are named may be shown or compared. */
  readonly fields: Set<string>;
  /** True where a row is used as a value: `select c from customers c`. */
  readonly wholeRows: boolean;
}

const NO_NAMES: ReadonlySet<string> = new Set();

export function referencesOf(statement: Pick<ParsedStatement, 'tag' | 'fields'>): References {
  const found = {
    functions: [] as FunctionReference[],
    operators: [] as OperatorReference[],
    relations: [] as RelationReference[],
    types: [] as TypeReference[],
    unions: [] as { members: Tree[]; node: Tree }[],
    ordersValues: false,
    setOperations: [] as Tree[],
    alignsValues: false,
    coerced: [] as Tree[],
    convertsRows: false,
    wholeRows: false,
    fields: new Set<string>(),
    columns: new Set<string>(),
    aliases: new Set<string>(),
  };
  // A stack of our own: a tree as deep as the parser takes must not overflow JavaScript's.
  const pending: Visit[] = [{ ...statement, scope: NO_NAMES }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    collect(visit, found);
    descend(visit, pending);
  }
  const rows = [...found.aliases, ...found.relations.map(({ names }) => names.at(-1)!)];
  found.wholeRows = rows.some((name) => found.columns.has(name));
  found.convertsRows ||= found.functions.some(({ names }) => ROW_CONVERSIONS.test(names.at(-1)!));
  return found;
}

const NAMES: ReadonlySet<string> = new Set(['withClause', 'names', 'funcname', 'name', 'fields']);

/** Pushes what is below, with the WITH queries that each part sees. */
function descend({ tag, fields, scope }: Visit, pending: Visit[]): void {
  const clause = fields['withClause'] as Tree | undefined;
  let inner = scope;
  if (clause !== undefined && tag !== 'withClause') {
    const recursive = clause['recursive'] === true;
    const queries = listOf(clause['ctes']).map((entry) => entry['CommonTableExpr'] as Tree);
    const all = new Set([...scope, ...queries.map((query) => String(query['ctename']))]);
    const before = new Set(scope);
    for (const query of queries) {
      // Without RECURSIVE a query sees those before it, and not itself.
      pending.push({
        tag: 'CommonTableExpr',
        fields: query,
        scope: recursive ? all : new Set(before),
      });
      before.add(String(query['ctename']));
    }
    inner = all;
  }
  for (const key of Object.keys(fields)) {
    // The type of a cast is collected with what it casts; names hold nothing but words.
    if (NAMES.has(key) || (tag === 'TypeCast' && key === 'typeName')) continue;
    push(key, fields[key], inner, pending);
  }
}

function push(tag: string, value: unknown, scope: ReadonlySet<string>, pending: Visit[]): void {
  if (Array.isArray(value)) for (const item of value) push(tag, item, scope, pending);
  else if (typeof value === 'object' && value !== null)
    pending.push({ tag, fields: value as Tree, scope });
}
