/** Statements as COPY sends their rows: at the speed of psql's own, and in the server's own words. */
import type { ResultColumn, RowLayout } from './database.js';
import { parseSql, type ParsedStatement } from '../sql/parse.js';
import { sameTree } from '../sql/walk.js';
import { quoteIdentifier } from '../sql/quote.js';

/** A statement of ours around somebody else's. */
export interface Wrapped {
  readonly sql: string;
  /** Characters before the inner statement, by which the server's positions are off. */
  readonly offset: number;
}

/** Only queries stand in parentheses: SHOW and EXPLAIN do not. */
export function canBeWrapped({ tag }: ParsedStatement): boolean {
  return tag === 'SelectStmt';
}

/** The statement whose one column is each row's row_to_json. */
export function asJson(inner: Wrapped, columns: readonly ResultColumn[]): Wrapped {
  // Only where two columns have one name: the keys of the others are the names as they are.
  const renamed = columns.some(({ name, key }) => name !== key);
  const names = renamed ? `(${columns.map(({ key }) => quoteIdentifier(key)).join(', ')})` : '';
  // With a star it can't be one of the columns.
  return around(
    'select pg_catalog.row_to_json(pgask_row.*) from (',
    inner,
    `) as pgask_row${names}`,
  );
}

/** HEADER is not asked for: before PostgreSQL 15 text format had none. */
export function asCopy(inner: Wrapped, layout: RowLayout): Wrapped {
  return around('copy (', inner, `) to stdout (format ${layout === 'csv' ? 'csv' : 'text'})`);
}

/** The statement's own text, without the semicolon that may end it, nor what stands around it. */
export function textOfStatement(sql: string, { location, length }: ParsedStatement): Wrapped {
  const bytes = Buffer.from(sql, 'utf8');
  const before = bytes.subarray(0, location).toString('utf8');
  const text = bytes.subarray(location, length === 0 ? undefined : location + length);
  return { sql: text.toString('utf8'), offset: -[...before].length };
}

/** A comment to the end of the line may end the text. */
function around(before: string, { sql, offset }: Wrapped, after: string): Wrapped {
  return { sql: `${before}${sql}\n${after}`, offset: offset + before.length };
}

/**
 * What runs must be what was judged: the wrapped text is parsed, and the statement in it compared.
 *
 * @throws {Error} it is another: a bug of ours
 */
export async function checkWrapped(wrapped: Wrapped, parsed: ParsedStatement): Promise<void> {
  const [statement, ...more] = await parseSql(wrapped.sql);
  let inner: unknown = statement === undefined ? undefined : { [statement.tag]: statement.fields };
  if (statement?.tag === 'CopyStmt') inner = statement.fields['query'];
  if (!sameTree(inner, { [parsed.tag]: parsed.fields })) inner = subqueryOf(inner);
  if (more.length > 0 || !sameTree(inner, { [parsed.tag]: parsed.fields })) {
    throw new Error('the statement would not be the same within a statement of ours');
  }
}

/** `select … from (THIS) as …`. */
function subqueryOf(tree: unknown): unknown {
  const select = (tree as { SelectStmt?: { fromClause?: unknown[] } } | undefined)?.SelectStmt;
  const from = select?.fromClause?.[0] as { RangeSubselect?: { subquery?: unknown } } | undefined;
  return from?.RangeSubselect?.subquery;
}
