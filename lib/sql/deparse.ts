/**
 * A statement with one part replaced, as text: to ask the server for the types at that place. Never to be executed in
 * place of what was given: that text runs as it is.
 */
import { balancedEnd } from './balance.js';
import { scalarOf, selectOf } from './build.js';
import { type ParsedStatement, parseSql, type Tree } from './parse.js';
import { namesOf } from './walk.js';

export interface Source {
  readonly statement: Pick<ParsedStatement, 'tag' | 'fields'>;
  /** The text that it was parsed from. */
  readonly sql: string;
}

/**
 * Undefined where the text does not come out the same when it is parsed again: what can't be written back can't be
 * asked about.
 *
 * @param part the fields of the node to replace
 * @param replacement a node with its tag
 */
export async function withReplaced(
  { statement: { tag, fields }, sql }: Source,
  part: Tree,
  replacement: Tree,
): Promise<string | undefined> {
  const module = await import('pgsql-deparser');
  // Bundled, a CommonJS package is what it exports by default.
  const { deparseSync } =
    'deparseSync' in module ? module : (module as { default: typeof module }).default;
  const bytes = Buffer.from(sql, 'utf8');
  const holes: string[] = [];
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    // A node stands in its parent as `{ Tag: fields }`: that wrapper is what is replaced.
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]![1] === part) return replacement;
    const [kind, inner] = entries[0] ?? [];
    if (entries.length === 1 && KEPT.has(kind!) && !holds(inner, part)) {
      const hole = asHole(kind!, inner as Tree, bytes, holes);
      if (hole !== undefined) return hole;
    }
    return simplified(Object.fromEntries(entries.map(([key, item]) => [key, rewrite(item)])));
  };
  try {
    const replaced = { [tag]: rewrite(fields) };
    const text = deparseSync({ version: 180000, stmts: [{ stmt: replaced }] } as never);
    const [again, ...more] = await parseSql(text);
    if (again === undefined || more.length > 0) return undefined;
    if (plain({ [again.tag]: again.fields }) !== plain(replaced)) return undefined;
    // A literal that looks like a hole would be filled too, and the text mean something else.
    if ((text.match(/pgask_hole_/gi) ?? []).length !== holes.length) return undefined;
    return text.replace(/pgask_hole_(\d+)\(\)/g, (_, i) => holes[Number(i)]!);
  } catch {
    return undefined;
  }
}

/** The statement itself, under the same condition. */
export async function asText(source: Source): Promise<string | undefined> {
  const nothing = {};
  return await withReplaced(source, nothing, nothing);
}

/** SQL/JSON and XML constructs are kept as they were written: a keyword and what its brackets hold. */
const KEPT = new Set([
  ...['JsonTable', 'RangeTableFunc', 'JsonFuncExpr', 'JsonParseExpr', 'JsonScalarExpr'],
  ...['JsonSerializeExpr', 'JsonObjectConstructor', 'JsonArrayConstructor'],
  ...['JsonArrayQueryConstructor', 'XmlExpr', 'XmlSerialize'],
]);

/** A call without arguments in its place, until the text is there. */
function asHole(kind: string, fields: Tree, text: Buffer, holes: string[]): Tree | undefined {
  const { location, alias, lateral } = fields;
  if (typeof location !== 'number') return undefined;
  const rest = text.subarray(location).toString('utf8');
  const end = balancedEnd(rest);
  if (end === undefined) return undefined;
  const call: Tree = {
    FuncCall: {
      funcname: [{ String: { sval: `pgask_hole_${holes.length}` } }],
      funcformat: 'COERCE_EXPLICIT_CALL',
    },
  };
  holes.push(rest.slice(0, end));
  if (kind !== 'JsonTable' && kind !== 'RangeTableFunc') return call;
  return {
    RangeFunction: {
      ...(lateral === undefined ? {} : { lateral }),
      functions: [{ List: { items: [call, {}] } }],
      ...(alias === undefined ? {} : { alias }),
    },
  };
}

function holds(tree: unknown, part: Tree): boolean {
  if (tree === part) return true;
  if (typeof tree !== 'object' || tree === null) return false;
  return Object.values(tree).some((item) => holds(item, part));
}

/** Without what has no bearing on types, and with one spelling where there are several. */
function simplified(node: Tree): Tree {
  if (node['limitOption'] === 'LIMIT_OPTION_WITH_TIES') {
    return simplified({ ...node, limitOption: 'LIMIT_OPTION_COUNT' });
  }
  if (node['groupDistinct'] === true) return { ...node, groupDistinct: undefined };
  const call = node['FuncCall'] as Tree | undefined;
  if (call?.['funcformat'] === 'COERCE_SQL_SYNTAX' && isAtLocal(call)) {
    return { FuncCall: { ...call, funcformat: 'COERCE_EXPLICIT_CALL' } };
  }
  const bits = (node['A_Const'] as Tree | undefined)?.['bsval'] as Tree | undefined;
  // An empty hexadecimal string is not written back as one; without digits it is the same bits.
  if (bits?.['bsval'] === 'x') return { A_Const: { bsval: { bsval: 'b' } } };
  const expression = node['A_Expr'] as Tree | undefined;
  if (/^AEXPR_(LIKE|ILIKE|SIMILAR)$/.test(String(expression?.['kind']))) {
    // The operator that it stands for: what LIKE and SIMILAR TO take can't be any expression again.
    return { A_Expr: { ...expression, kind: 'AEXPR_OP' } };
  }
  const sort = node['SortBy'] as Tree | undefined;
  if (sort?.['useOp'] !== undefined) {
    const { useOp: _, ...others } = sort;
    return { SortBy: { ...others, sortby_dir: 'SORTBY_DEFAULT' } };
  }
  const indirection = node['A_Indirection'] as Tree | undefined;
  const arg = indirection?.['arg'] as Tree | undefined;
  if (arg !== undefined && 'A_ArrayExpr' in arg) {
    return { A_Indirection: { ...indirection, arg: scalarOf(selectOf([{ val: arg }])) } };
  }
  return node;
}

/** `x AT LOCAL` is timezone(x). */
function isAtLocal({ funcname, args }: Tree): boolean {
  return namesOf(funcname).at(-1) === 'timezone' && (args as unknown[]).length === 1;
}

/** A function in SQL's own syntax and one that is called by name are the same call. */
const PLACE =
  /^(location|funcformat|name_location|stmt_len|rexpr_list_(start|end)|list_(start|end))$/;

/** Without places, and without the schema of PostgreSQL's own types, which is not written back. */
function plain(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => {
    if (PLACE.test(key)) return undefined;
    if (key !== 'names' || !Array.isArray(value) || value.length !== 2) return value;
    const [schema, name] = value as Tree[];
    return (schema?.['String'] as Tree | undefined)?.['sval'] === 'pg_catalog' ? [name] : value;
  });
}
