/**
 * What a statement names: functions, operators, relations and types, each at its place. Pure: what the names mean
 * is for one database's catalog to say (databases/identity).
 */
import type { ParsedStatement, Tree } from './parse.js';
import { namesOf } from './walk.js';

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
  /** Where an argument is named or VARIADIC, candidates can't be told by their number of parameters. */
  readonly counted: boolean;
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
  /** True where a row is used as a value: `select c from customers c`. */
  readonly wholeRows: boolean;
}

interface Visit {
  readonly tag: string;
  readonly fields: Tree;
  /** Names of WITH queries that hide relations here. */
  readonly scope: ReadonlySet<string>;
}

const NO_NAMES: ReadonlySet<string> = new Set();
const ROW_CONVERSIONS =
  /populate_record|to_record|^json|^row_to_json|^to_json|^hstore|^array_to_json/;

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

type Found = {
  -readonly [K in keyof References]: References[K] extends readonly (infer T)[]
    ? T[]
    : References[K];
} & {
  /** Names that stand alone, and the names that FROM items are given. */
  readonly columns: Set<string>;
  readonly aliases: Set<string>;
};

/** Fields that hold an expression of a certain type: boolean, whole number. */
const COERCED = [
  ...['whereClause', 'havingClause', 'quals', 'agg_filter', 'limitCount', 'limitOffset'],
  ...['startOffset', 'endOffset', 'lidx', 'uidx', 'rowexpr', 'docexpr', 'colexpr', 'coldefexpr'],
];
/** Nodes whose members all are. */
const COERCING = /^(BoolExpr|BooleanTest|RangeTableSample|XmlExpr|XmlSerialize)$/;

function collect({ tag, fields, scope }: Visit, found: Found): void {
  const location = at(fields);
  for (const key of COERCED) {
    if (fields[key] !== undefined) found.coerced.push(fields[key] as Tree);
  }
  if (COERCING.test(tag)) {
    for (const key of ['args', 'arg', 'expr'])
      found.coerced.push(...([fields[key] ?? []].flat() as Tree[]));
  }
  switch (tag) {
    case 'FuncCall':
      found.functions.push(functionCall(fields, location));
      if (fields['agg_order'] !== undefined || fields['agg_distinct'] === true)
        found.ordersValues = true;
      return;
    case 'ColumnRef': {
      const names = namesOf(fields['fields']);
      const last = names.at(-1);
      if (names.length === 1 && last !== undefined) found.columns.add(last);
      // One name alone is a column or a whole row, never a call.
      if (names.length > 1 && last !== undefined && last !== '*') {
        const row = { ColumnRef: { fields: listOf(fields['fields']).slice(0, -1), location } };
        found.functions.push(field(last, location, fields, row));
      }
      return;
    }
    case 'Alias':
    case 'alias':
      found.aliases.add(String(fields['aliasname']));
      return;
    case 'A_Indirection':
      for (const [i, item] of listOf(fields['indirection']).entries()) {
        const name = (item['String'] as { sval?: string } | undefined)?.sval;
        if (name === undefined) continue;
        found.functions.push(field(name, at(child(fields['arg'])), fields, indirect(fields, i)));
      }
      return;
    case 'A_Expr':
      found.operators.push(...operators(fields, location));
      return;
    case 'SubLink':
      if (fields['testexpr'] !== undefined) found.operators.push(subLink(fields, location));
      return;
    case 'CaseExpr':
      collectCase(fields, location, found);
      return;
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      found.unions.push({ members: listOf(fields['args']), node: fields });
      if (tag === 'MinMaxExpr') found.ordersValues = true;
      return;
    case 'A_ArrayExpr':
      found.unions.push({ members: listOf(fields['elements']), node: fields });
      return;
    case 'JoinExpr':
      if (fields['isNatural'] === true || fields['usingClause'] !== undefined) {
        const columns =
          fields['usingClause'] === undefined ? undefined : namesOf(fields['usingClause']);
        found.operators.push(equality(columns, location, fields));
      }
      return;
    case 'over':
      // PARTITION BY compares, ORDER BY is a node of its own.
      if (fields['partitionClause'] !== undefined) found.ordersValues = true;
      return;
    case 'SortBy':
      found.ordersValues = true;
      if (fields['useOp'] !== undefined) {
        const names = qualified(fields['useOp']);
        const operand = fields['node'] as Tree;
        found.operators.push({
          ...{
            names,
            location,
            pairs: [[operand, operand]],
            columns: undefined,
            elementwise: false,
          },
          node: (Object.values(operand)[0] ?? {}) as Tree,
        });
      }
      return;
    case 'RangeTableSample': {
      const names = qualified(fields['method']);
      found.functions.push({
        names,
        location,
        use: 'sample',
        operands: [],
        counted: false,
        node: fields,
      });
      return;
    }
    case 'CTECycleClause':
    case 'CTESearchClause':
      found.operators.push(equality(undefined, location, fields));
      return;
    case 'TypeCast':
      found.types.push(
        typeReference(fields['typeName'] as Tree, fields['arg'] as Tree | undefined, fields),
      );
      return;
    case 'typeName':
    case 'TypeName':
      found.types.push(typeReference(fields, undefined, fields));
      return;
  }
  if (isRelation(fields)) collectRelation(tag, fields, scope, found);
  else if (
    'targetList' in fields ||
    'valuesLists' in fields ||
    'op' in fields ||
    'groupClause' in fields
  ) {
    collectSelect(fields, found);
  }
  if (/^Json|^XmlSerialize/.test(tag)) found.convertsRows = true;
}

function functionCall(fields: Tree, location: number | undefined): FunctionReference {
  const args = listOf(fields['args']);
  const ordered = fields['agg_within_group'] === true ? listOf(fields['agg_order']) : [];
  const operands = [...args, ...ordered.map((sort) => (sort['SortBy'] as Tree)['node'] as Tree)];
  const named = args.some((argument) => 'NamedArgExpr' in argument);
  return {
    names: qualified(fields['funcname']),
    location,
    use: 'call',
    operands,
    counted: !named && fields['func_variadic'] !== true && ordered.length === 0,
    node: fields,
  };
}

function field(
  name: string,
  location: number | undefined,
  node: Tree,
  operand: Tree,
): FunctionReference {
  return { names: [name], location, use: 'field', operands: [operand], counted: true, node };
}

/** What stands before the i-th step of `(x).a[1].b`. */
function indirect({ arg, indirection }: Tree, i: number): Tree {
  if (i === 0) return arg as Tree;
  return { A_Indirection: { arg, indirection: listOf(indirection).slice(0, i) } };
}

/** BETWEEN stands for two comparisons, IN for one with each member; the others name what they call. */
function operators(fields: Tree, location: number | undefined): OperatorReference[] {
  const kind = fields['kind'];
  const left = fields['lexpr'] as Tree | undefined;
  const right = fields['rexpr'] as Tree | undefined;
  const members =
    right !== undefined && 'List' in right ? listOf((right['List'] as Tree)['items']) : undefined;
  const others = members ?? (right === undefined ? [] : [right]);
  const pairs =
    left === undefined ? others.map((one) => [one]) : others.map((other) => [left, other]);
  const elementwise = kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL';
  const names = /BETWEEN/.test(String(kind))
    ? [['<'], ['>'], ['<='], ['>=']]
    : [qualified(fields['name'])];
  const rows = pairs.every(([one, other]) => !isRow(one) || isRow(other))
    ? pairs.flatMap(columnwise)
    : undefined;
  return names.map((name) => ({
    ...{ names: name, location, pairs: rows, columns: undefined, elementwise },
    node: fields,
  }));
}

/** Rows are compared column by column. */
function columnwise(pair: readonly (Tree | undefined)[]): Tree[][] {
  const [left, right] = pair.map((node) =>
    listOf((node?.['RowExpr'] as Tree | undefined)?.['args']),
  );
  if (left === undefined || left.length === 0 || left.length !== right?.length)
    return [pair as Tree[]];
  return left.flatMap((one, i) => columnwise([one, right[i]]));
}

function isRow(node: Tree | undefined): boolean {
  return node !== undefined && 'RowExpr' in node;
}

function subLink(fields: Tree, location: number | undefined): OperatorReference {
  const subquery: Tree = {
    SubLink: { subLinkType: 'EXPR_SUBLINK', subselect: fields['subselect'], location: -1 },
  };
  return {
    names: fields['operName'] === undefined ? ['='] : qualified(fields['operName']),
    location,
    pairs: isRow(fields['testexpr'] as Tree) ? undefined : [[fields['testexpr'] as Tree, subquery]],
    columns: undefined,
    elementwise: false,
    node: fields,
  };
}

function collectCase(fields: Tree, location: number | undefined, found: Found): void {
  const whens = listOf(fields['args']).map((when) => when['CaseWhen'] as Tree);
  const arg = fields['arg'] as Tree | undefined;
  if (arg !== undefined) {
    const pairs = whens.map((when) => [arg, when['expr'] as Tree]);
    found.operators.push({ ...equality(undefined, location, fields), pairs });
  } else found.coerced.push(...whens.map((when) => when['expr'] as Tree));
  const results = [...whens.map((when) => when['result']), fields['defresult']];
  found.unions.push({
    members: results.filter((node): node is Tree => node !== undefined),
    node: fields,
  });
}

/** The equality of columns that are named, or of all. */
function equality(
  columns: readonly string[] | undefined,
  location: number | undefined,
  node: Tree,
): OperatorReference {
  return { names: ['='], location, pairs: undefined, columns, elementwise: false, node };
}

function collectRelation(
  tag: string,
  fields: Tree,
  scope: ReadonlySet<string>,
  found: Found,
): void {
  const name = String(fields['relname']);
  const schema = fields['schemaname'] as string | undefined;
  const target = tag === 'relation';
  if (schema === undefined && !target && scope.has(name)) return;
  const names = schema === undefined ? [name] : [schema, name];
  found.relations.push({ names, location: at(fields), target });
}

function collectSelect(fields: Tree, found: Found): void {
  if (listOf(fields['valuesLists']).length > 1) found.alignsValues = true;
  const orders = ['sortClause', 'groupClause', 'distinctClause', 'windowClause'];
  if (orders.some((clause) => fields[clause] !== undefined)) found.ordersValues = true;
  const operation = String(fields['op']);
  if (operation.startsWith('SETOP_') && operation !== 'SETOP_NONE') {
    found.setOperations.push(fields);
    found.ordersValues = true;
  }
}

function typeReference(fields: Tree, cast: Tree | undefined, node: Tree): TypeReference {
  return { names: qualified(fields['names']), location: at(fields), cast, node };
}

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
  for (const [key, value] of Object.entries(fields)) {
    // The type of a cast is collected with what it casts.
    if (key === 'withClause' || (tag === 'TypeCast' && key === 'typeName')) continue;
    push(key, value, inner, pending);
  }
}

function push(tag: string, value: unknown, scope: ReadonlySet<string>, pending: Visit[]): void {
  if (Array.isArray(value)) for (const item of value) push(tag, item, scope, pending);
  else if (typeof value === 'object' && value !== null)
    pending.push({ tag, fields: value as Tree, scope });
}

function isRelation(fields: Tree): boolean {
  return typeof fields['relname'] === 'string';
}

/** The last two names: a catalog's name before them can only be the database's own. */
function qualified(list: unknown): string[] {
  return namesOf(list).slice(-2);
}

function listOf(value: unknown): Tree[] {
  return Array.isArray(value) ? (value as Tree[]) : [];
}

function at(fields: Tree | undefined): number | undefined {
  const location = fields?.['location'];
  return typeof location === 'number' && location >= 0 ? location : undefined;
}

function child(value: unknown): Tree | undefined {
  const [entry] = Object.values((value ?? {}) as Tree);
  return typeof entry === 'object' && entry !== null ? (entry as Tree) : undefined;
}
