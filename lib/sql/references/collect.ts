/** What one node of a parse tree names. */
import type { Tree } from '../parse.js';
import type { FunctionReference, References, TypeReference } from '../references.js';
import { namesOf } from '../walk.js';
import { at, child, isRelation, listOf, qualified, type Visit } from './node.js';
import { equality, operators, subLink } from './operators.js';

/** Functions through which rows become JSON or are made from it. */
export const ROW_CONVERSIONS =
  /populate_record|to_record|^json|^row_to_json|^to_json|^hstore|^array_to_json/;

/** The references as they are collected. */
export type Found = {
  -readonly [K in keyof References]: References[K] extends readonly (infer T)[]
    ? T[]
    : References[K];
} & {
  /** Names that stand alone, and the names that FROM items are given. */
  readonly columns: Set<string>;
  readonly aliases: Set<string>;
};

/** Fields that hold an expression of a certain type: boolean, whole number. */
const COERCED: ReadonlySet<string> = new Set([
  ...['whereClause', 'havingClause', 'quals', 'agg_filter', 'limitCount', 'limitOffset'],
  ...['startOffset', 'endOffset', 'lidx', 'uidx', 'rowexpr', 'docexpr', 'colexpr', 'coldefexpr'],
]);
/** Nodes whose members all are. */
const COERCING: ReadonlySet<string> = new Set([
  ...['BoolExpr', 'BooleanTest', 'RangeTableSample', 'XmlExpr', 'XmlSerialize'],
]);

export function collect({ tag, fields, scope }: Visit, found: Found): void {
  const location = at(fields);
  // A field's name is the tag of what it holds.
  if (COERCED.has(tag)) found.coerced.push(fields);
  if (COERCING.has(tag)) {
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
      if (last !== undefined) found.fields.add(last);
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
      // Columns under other names: which ones are shown is not to be seen.
      if (fields['colnames'] !== undefined) found.fields.add('*');
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
        found.fields.add('*');
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
        passing: 'names',
        node: fields,
      });
      return;
    }
    case 'cycle_clause':
    case 'search_clause':
      // Rows of the columns are compared as they are.
      found.ordersValues = true;
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
  if (tag.startsWith('Json') || tag === 'XmlSerialize') found.convertsRows = true;
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
    passing: named ? 'names' : fields['func_variadic'] === true ? 'array' : 'positions',
    node: fields,
  };
}

function field(
  name: string,
  location: number | undefined,
  node: Tree,
  operand: Tree,
): FunctionReference {
  return { names: [name], location, use: 'field', operands: [operand], passing: 'positions', node };
}

/** What stands before the i-th step of `(x).a[1].b`. */
function indirect({ arg, indirection }: Tree, i: number): Tree {
  if (i === 0) return arg as Tree;
  return { A_Indirection: { arg, indirection: listOf(indirection).slice(0, i) } };
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
