/**
 * Executes INSERT, UPDATE, DELETE and MERGE so that rows are seen as they were and as they are: the statement stands in
 * a WITH query, byte for byte, and the query beside it reads the table as it was when the statement began.
 *
 * PostgreSQL manual, "Data-Modifying Statements in WITH": all of them and the main query see one snapshot.
 */
import type { ChangeTransaction, Executed } from '../databases/writable.js';
import type { ChangeStatement } from '../sql/change.js';
import type { Tree } from '../sql/parse.js';
import { quoteIdentifier } from '../sql/quote.js';
import type { Column, Target } from './target.js';

/** Values as the types' own output functions write them, by the order of the table's columns; null is NULL. */
export type Image = readonly (string | null)[];

export interface RowChange {
  /** Undefined where the row was not there before. */
  readonly before: Image | undefined;
  /** Undefined where it is gone. */
  readonly after: Image | undefined;
}

export interface Captured {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  readonly rows: readonly RowChange[];
  /** Whether `rows` are all that the statement changed. */
  readonly complete: boolean;
}

/**
 * Undefined where the statement can't stand in a WITH query, or its rows can't be told by a key: then it is to be
 * executed as it is.
 */
export function captureQuery(
  statement: ChangeStatement,
  target: Target,
  { limit, version }: { readonly limit: number; readonly version: number },
): string | undefined {
  const { tag, fields } = statement.parsed;
  // Rules rewrite what stands in WITH, views have no key, and a statement's own RETURNING is somebody's.
  if (!['r', 'p'].includes(target.kind) || target.key.length === 0) return undefined;
  if (fields['returningClause'] !== undefined || fields['returningList'] !== undefined)
    return undefined;
  if (tag === 'MergeStmt' && version < 170_000) return undefined;
  if (modifiesInWith(fields) || setsKey(fields, target)) return undefined;
  const all = (alias: string) =>
    `array[${target.columns.map(({ name }) => valueOf(`${alias}.${quoteIdentifier(name)}`)).join(', ')}]`;
  const key = target.key.map(quoteIdentifier);
  const same = key
    .map((column) => `pgask_before.${column} = pgask_changed.${column}`)
    .join(' and ');
  const isDelete = tag === 'DeleteStmt';
  const shown = target.columns.map(({ name }) => `${target.called}.${quoteIdentifier(name)}`);
  return `${OPENING}${statement.sql}
returning ${shown.join(', ')}
)
select (select pg_catalog.count(*) from pgask_changed), pgask_rows.* from (select 1) pgask_one left join (
  select ${all('pgask_before')}, pgask_before.tableoid is not null, ${isDelete ? 'null' : all('pgask_changed')}
  from pgask_changed left join ${target.name} pgask_before on ${same}
  ${limit === Infinity ? '' : `limit ${limit}`}
) pgask_rows on true`;
}

/** What stands before the statement: places in it count from there. */
export const OPENING = 'with pgask_changed as (\n';

/** @throws {StatementError} */
export async function capture(
  inside: ChangeTransaction,
  query: string,
  target: Target,
): Promise<Captured> {
  const { rows } = await inside.execute(query);
  const rowCount = Number(rows[0]?.[0] ?? 0);
  const changes = rowCount === 0 ? [] : rows.map(toChange);
  return {
    rowCount,
    columns: target.columns,
    rows: changes,
    complete: changes.length === rowCount,
  };
}

function toChange([, before = null, existed, after = null]: Executed['rows'][number]): RowChange {
  return {
    before: existed === 't' ? readArray(before) : undefined,
    after: after === null ? undefined : readArray(after),
  };
}

/** `format` calls the type's output function, where a cast to text may be a user's own; NULL stays NULL. */
function valueOf(column: string): string {
  return `case when pg_catalog.num_nulls(${column}) = 0 then pg_catalog.format('%s', ${column}) end`;
}

/** An array of text as the server writes it. */
function readArray(text: string | null): Image {
  const values: (string | null)[] = [];
  for (const [, quoted, bare] of (text ?? '{}')
    .slice(1, -1)
    .matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs)) {
    if (quoted !== undefined) values.push(quoted.replace(/\\(.)/gs, '$1'));
    else values.push(bare === 'NULL' ? null : bare!);
  }
  return values;
}

/** WITH queries that change data are allowed at the top of a statement alone. */
function modifiesInWith(fields: Tree): boolean {
  return /"(Insert|Update|Delete|Merge)Stmt"/.test(JSON.stringify(fields['withClause'] ?? null));
}

/** A row whose key is set is not found again by it. */
function setsKey(fields: Tree, target: Target): boolean {
  const conflict = (fields['onConflictClause'] as Tree | undefined)?.['targetList'];
  const merges = (fields['mergeWhenClauses'] as Tree[] | undefined) ?? [];
  const updates = merges.flatMap((item) => {
    const clause = item['MergeWhenClause'] as Tree;
    return clause['commandType'] === 'CMD_UPDATE' ? ((clause['targetList'] as Tree[]) ?? []) : [];
  });
  const isUpdate = fields['cols'] === undefined && fields['mergeWhenClauses'] === undefined;
  const own = isUpdate ? ((fields['targetList'] as Tree[] | undefined) ?? []) : [];
  return [...own, ...((conflict as Tree[] | undefined) ?? []), ...updates].some((item) =>
    target.key.includes(String((item['ResTarget'] as Tree | undefined)?.['name'])),
  );
}
