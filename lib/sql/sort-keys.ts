/** What a statement is ordered by, beside its rows: whether its order has ties shows only there. */
import { asText } from './deparse.js';
import { type ParsedStatement, parseSql, type Tree } from './parse.js';
import { namesOf, nodesOf } from './walk.js';

export type Ordering =
  /** `ORDER BY` is not the statement's own. */
  | { readonly type: 'unordered' }
  | { readonly type: 'ordered'; readonly keyed: KeyedStatement | undefined };

/** The same rows, with what they are ordered by. */
export interface KeyedStatement {
  readonly sql: string;
  /** Columns that were added at the end. */
  readonly added: number;
  /** The keys' places among the columns, from 0; what is below 0 counts from the end. */
  readonly keys: readonly number[];
}

/**
 * The statement's order, and a statement that shows its keys where one can be written: not where it says what the printer
 * leaves out. Whoever runs it has to compare its rows with the statement's own.
 *
 * @param limit rows in place of its own LIMIT, ties and all
 * @throws {SqlSyntaxError}
 */
export async function orderingOf(sql: string, limit?: number): Promise<Ordering> {
  const [statement, ...more] = await parseSql(sql);
  if (statement === undefined || more.length > 0) return { type: 'unordered' };
  const sorts = (statement.fields['sortClause'] ?? []) as readonly Tree[];
  if (statement.tag !== 'SelectStmt' || sorts.length === 0) return { type: 'unordered' };
  return { type: 'ordered', keyed: await keyedStatement(statement, sql, sorts, limit) };
}

async function keyedStatement(
  { tag, fields }: ParsedStatement,
  sql: string,
  sorts: readonly Tree[],
  limit: number | undefined,
): Promise<KeyedStatement | undefined> {
  const keys = keysOf(fields, sorts);
  if (keys === undefined) return undefined;
  const added = keys.filter((key): key is Tree => typeof key === 'object');
  // All of them are shown, and the statement can stay as it is.
  if (added.length === 0) return { sql, added: 0, keys: keys as number[] };
  const limited = limit === undefined ? {} : limitOf(fields, limit);
  if (limited === undefined) return undefined;
  const statement = {
    tag,
    fields: {
      ...fields,
      ...limited,
      targetList: [
        ...((fields['targetList'] ?? []) as readonly Tree[]),
        ...added.map((val) => ({ ResTarget: { val } })),
      ],
    },
  };
  if (nodesOf(statement).some(({ fields: node }) => isSimplified(node))) return undefined;
  const text = await asText({ statement, sql });
  if (text === undefined) return undefined;
  let next = -added.length;
  return {
    sql: text,
    added: added.length,
    keys: keys.map((key) => (typeof key === 'number' ? key : next++)),
  };
}

/** Each key as the place of a column, or as the expression to show; undefined where that can't be said. */
function keysOf(fields: Tree, sorts: readonly Tree[]): (number | Tree)[] | undefined {
  const keys = sorts.map((sort) => keyOf((sort['SortBy'] as Tree)['node'] as Tree, fields));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function keyOf(node: Tree, fields: Tree): number | Tree | undefined {
  const place = ((node['A_Const'] as Tree | undefined)?.['ival'] as Tree | undefined)?.['ival'];
  if (typeof place === 'number') return place - 1;
  const isSet = fields['op'] !== undefined && fields['op'] !== 'SETOP_NONE';
  const targets = targetsOf(fields);
  const names = namesOf((node['ColumnRef'] as Tree | undefined)?.['fields']);
  if (names.length === 1) {
    // A lone name means a column of the result before one of a table (PostgreSQL manual, "Sorting Rows").
    const at = targets.findIndex((target) => nameOf(target) === names[0]);
    const starred = targets.slice(0, at).some(isStar);
    if (at !== -1 && !starred) return at;
    if (at !== -1) return targets[at]!['val'] as Tree;
  }
  // What a set operation is ordered by is a column of its result.
  return isSet || fields['valuesLists'] !== undefined ? undefined : node;
}

/** Of a set operation, the first statement names the columns. */
function targetsOf(fields: Tree): readonly Tree[] {
  const left = fields['larg'] as Tree | undefined;
  if (left !== undefined) return targetsOf(left);
  const list = (fields['targetList'] ?? []) as readonly Tree[];
  return list.map((item) => item['ResTarget'] as Tree);
}

function nameOf(target: Tree): string | undefined {
  const name = target['name'];
  if (typeof name === 'string') return name;
  const val = target['val'] as Tree | undefined;
  return namesOf((val?.['ColumnRef'] as Tree | undefined)?.['fields']).at(-1);
}

function isStar(target: Tree): boolean {
  return nameOf(target) === '*';
}

/** Without an offset: the first rows that it leaves out may be tied as well. */
function limitOf(fields: Tree, rows: number): Tree | undefined {
  if (fields['limitOffset'] !== undefined) return undefined;
  return {
    limitCount: { A_Const: { ival: rows === 0 ? {} : { ival: rows } } },
    limitOption: 'LIMIT_OPTION_COUNT',
  };
}

/** What the printer makes something else of, which would be another result. */
function isSimplified(node: Tree): boolean {
  return (
    node['limitOption'] === 'LIMIT_OPTION_WITH_TIES' ||
    node['groupDistinct'] === true ||
    node['useOp'] !== undefined
  );
}
