/**
 * Executes INSERT, UPDATE, DELETE and MERGE so that rows are seen as they were and as they are: the statement stands in
 * a WITH query, byte for byte, and the query beside it reads what it gives back. PostgreSQL 18 gives back old and new
 * rows by itself; before, the query reads the table as it was when the statement began.
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
  /** Whether each row was, right before, what its image says: nobody else changed it meanwhile. */
  readonly exact: boolean;
  /** Stands for the keys of the rows that were there before: of other rows it is another one. */
  readonly keys: string;
  /** What its own RETURNING gives; undefined where it has none. */
  readonly returned: Executed['rows'] | undefined;
}

export interface CaptureQuery {
  readonly sql: string;
  /** Columns of the statement's own RETURNING. */
  readonly returning: number;
}

/** PostgreSQL allows so many columns of one query (MaxTupleAttributeNumber). */
const MAX_COLUMNS = 1600;

/**
 * Undefined where the statement can't stand in a WITH query, or its rows can't be told by a key: then it is to be
 * executed as it is.
 *
 * @param options.limit rows of which the images are wanted
 * @param options.returning columns that its own RETURNING gives
 */
export function captureQuery(
  statement: ChangeStatement,
  target: Target,
  options: { readonly limit: number; readonly version: number; readonly returning: number },
): CaptureQuery | undefined {
  const { fields, tag } = statement.parsed;
  const { limit, version, returning } = options;
  // Rules rewrite what stands in WITH, views have no key; of children a key does not tell.
  if (!['r', 'p'].includes(target.kind) || target.key.length === 0) return undefined;
  if (target.obstacle !== undefined || modifiesInWith(fields)) return undefined;
  const how = version >= 180_000 ? byOldAndNew(fields, target, returning) : undefined;
  const images = how ?? byKey(tag, fields, target, version);
  if (images === undefined) return undefined;
  const own = numbered('r', returning);
  if (own.length + images.names.length + 1 > MAX_COLUMNS) return undefined;
  const shown = own.map((name) => `pgask_row.${name}, `).join('');
  const kept = `pgask_row.pgask_place <= ${limit}`;
  // The offset makes it wait for the statement's end: what is read beside it is then marked as changed by it.
  const sql = `with pgask_changed (${[...own, ...images.names].join(', ')}) as (
${statement.sql}
${returning > 0 ? ', ' : images.opening}${images.values.join(', ')}
)
select pgask_count.n, pgask_rows.*, pgask_count.keys from (select pg_catalog.count(*) as n, (
    select pg_catalog.sum(pg_catalog.hashtextextended((${images.key})::pg_catalog.text, 0)) from pgask_changed pgask_row ${images.join}
  ) as keys from pgask_changed) pgask_count left join lateral (
  select ${shown}case when ${kept} then ${images.before} end, ${images.existed}, case when ${kept} then ${images.after} end,
    ${images.exact}
  from (select *, pg_catalog.row_number() over () as pgask_place from pgask_changed${returning > 0 ? '' : ` limit ${limit}`}) pgask_row
  ${images.join} order by pgask_row.pgask_place offset pgask_count.n * 0
) pgask_rows on true`;
  return { sql, returning };
}

/** Where the statement begins in the query: places in it count from there. */
export function openingOf({ sql }: CaptureQuery, statement: string): number {
  return [...sql.slice(0, sql.indexOf(`as (\n${statement}`) + 5)].length;
}

interface Images {
  /** Of the columns that are given back. */
  readonly names: readonly string[];
  /** What RETURNING begins with, where the statement has none. */
  readonly opening: string;
  readonly values: readonly string[];
  readonly before: string;
  /** The key that the row had before; null where it was not there. */
  readonly key: string;
  readonly existed: string;
  readonly after: string;
  readonly exact: string;
  readonly join: string;
}

/** What PostgreSQL 18 gives back by itself: also where the key is changed. */
function byOldAndNew(fields: Tree, target: Target, returning: number): Images | undefined {
  const { columns } = target;
  // Beside a RETURNING of the statement's own, `old` and `new` are free where nothing else is called so.
  const said = returning > 0;
  if (said && TAKEN.test(JSON.stringify(fields))) return undefined;
  const [old, fresh] = said ? ['old', 'new'] : ['pgask_old', 'pgask_new'];
  const of = (row: string) => columns.map(({ name }) => `${row}.${quoteIdentifier(name)}`);
  const [was, is] = [numbered('b', columns.length), numbered('a', columns.length)];
  const keyed = was.filter((_, i) => target.key.includes(columns[i]!.name));
  const all = (names: readonly string[]) =>
    `array[${names.map((name) => valueOf(`pgask_row.${name}`)).join(', ')}]`;
  return {
    names: ['existed', ...was, 'exists', ...is],
    opening: `returning with (old as ${old}, new as ${fresh}) `,
    values: [
      `${old}.tableoid is not null`,
      ...of(old!),
      `${fresh}.tableoid is not null`,
      ...of(fresh!),
    ],
    before: `case when pgask_row.existed then ${all(was)} end`,
    key: `case when pgask_row.existed then ${all(keyed)} end`,
    existed: 'pgask_row.existed',
    after: `case when pgask_row.exists then ${all(is)} end`,
    exact: 'true',
    join: '',
  };
}

/** Relations that are called `old` or `new`, and a RETURNING that calls them otherwise. */
const TAKEN = /"(aliasname|relname|ctename)":"(old|new)"|"returningClause":\{"options"/;

/** What the table held when the statement began, found by the key that the row has afterwards. */
function byKey(tag: string, fields: Tree, target: Target, version: number): Images | undefined {
  if (tag === 'MergeStmt' && version < 170_000) return undefined;
  // MERGE does not say of a row whether it is gone.
  if (tag === 'MergeStmt' && JSON.stringify(fields).includes('"CMD_DELETE"')) return undefined;
  if (setsKey(fields, target)) return undefined;
  const { columns, key } = target;
  const names = numbered('a', columns.length);
  const placeOf = (name: string) => columns.findIndex((column) => column.name === name);
  const same = key.map(
    (name) => `pgask_before.${quoteIdentifier(name)} = pgask_row.a${placeOf(name)}`,
  );
  const was = columns.map(({ name }) => valueOf(`pgask_before.${quoteIdentifier(name)}`));
  const keyed = key.map((name) => valueOf(`pgask_before.${quoteIdentifier(name)}`));
  const is = names.map((name) => valueOf(`pgask_row.${name}`));
  return {
    names,
    opening: 'returning ',
    values: columns.map(({ name }) => `${target.called}.${quoteIdentifier(name)}`),
    before: `case when pgask_before.tableoid is not null then array[${was.join(', ')}] end`,
    key: `case when pgask_before.tableoid is not null then array[${keyed.join(', ')}] end`,
    existed: 'pgask_before.tableoid is not null',
    after: tag === 'DeleteStmt' ? 'null::text[]' : `array[${is.join(', ')}]`,
    // A row that another session changed right before this one is not what the query sees.
    exact: `pgask_before.tableoid is null or pgask_before.xmax = pg_catalog.pg_current_xact_id()::pg_catalog.xid`,
    join: `left join ${target.name} pgask_before on ${same.join(' and ')}`,
  };
}

/** @throws {StatementError} */
export async function capture(
  inside: ChangeTransaction,
  { sql, returning }: CaptureQuery,
  target: Target,
): Promise<Captured> {
  const { rows } = await inside.execute(sql);
  const rowCount = Number(rows[0]?.[0] ?? 0);
  const all = rowCount === 0 ? [] : rows;
  const own = all.map((row) => row.slice(1, 1 + returning));
  const changes = all.map((row) => toChange(row.slice(1 + returning)));
  // Beyond the limit there are rows without images, for the sake of what they give back.
  const kept = changes.filter(({ before, after }) => before !== undefined || after !== undefined);
  return {
    rowCount,
    columns: target.columns,
    rows: kept,
    complete: kept.length === rowCount,
    exact: all.every((row) => row.at(-2) === 't'),
    keys: rows[0]?.at(-1) ?? '',
    returned: returning > 0 ? own : undefined,
  };
}

function toChange([before = null, , after = null]: Executed['rows'][number]): RowChange {
  return {
    before: before === null ? undefined : readArray(before),
    after: after === null ? undefined : readArray(after),
  };
}

/** `format` calls the type's output function, where a cast to text may be a user's own; NULL stays NULL. */
export function valueOf(column: string): string {
  return `case when pg_catalog.num_nulls(${column}) = 0 then pg_catalog.format('%s', ${column}) end`;
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}`);
}

/** An array of text as the server writes it. */
export function readArray(text: string | null): Image {
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
