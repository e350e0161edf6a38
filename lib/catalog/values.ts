/** The distinct values of text columns, read within bounds: what words of a request are looked for among. */
import type { Database } from '../databases/database.js';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../sql/quote.js';
import type { Catalog, Column, Relation } from './catalog.js';

/** Rows of a table that are read at most; of larger ones the statistics tell the commonest values as well. */
const MAX_ROWS = 50_000;
/** Different values of one column that are kept. What has more is no list of names or kinds that a person knows. */
const MAX_VALUES = 10_000;
/** Longer ones are texts, not names: nobody types them. In characters. */
const MAX_LENGTH = 200;
/** Columns that one statement reads. */
const COLUMNS_PER_STATEMENT = 24;

export interface ValueColumn {
  readonly relation: Relation;
  readonly column: Column;
}

/** True of a table that is not read as a whole. */
export function isLarge({ rowEstimate = 0 }: Relation): boolean {
  return rowEstimate > MAX_ROWS;
}

/** Columns whose values a person may name; enums stand in the catalog with their labels. */
export function valueColumns({ relations }: Catalog): ValueColumn[] {
  return relations.flatMap((relation) =>
    relation.columns
      .filter(({ type, enumLabels }) => enumLabels === undefined && isText(type))
      .map((column) => ({ relation, column })),
  );
}

function isText(type: string): boolean {
  return /^(text|citext|name|bpchar|"char"|character( varying)?(\(\d+\))?)$/.test(type);
}

export interface ReadBounds {
  readonly signal: AbortSignal;
  /** Milliseconds that one statement may run. */
  readonly timeoutMs: number;
}

/** The values of each column, in the columns' order; each one once. */
export async function readDistinct(
  database: Database,
  columns: readonly ValueColumn[],
  bounds: ReadBounds,
): Promise<string[][]> {
  const groups = Array.from({ length: Math.ceil(columns.length / COLUMNS_PER_STATEMENT) }, (_, i) =>
    columns.slice(i * COLUMNS_PER_STATEMENT, (i + 1) * COLUMNS_PER_STATEMENT),
  );
  const read = await Promise.all(groups.map((group) => readGroup(database, group, bounds)));
  return read.flat();
}

async function readGroup(
  database: Database,
  columns: readonly ValueColumn[],
  bounds: ReadBounds,
): Promise<string[][]> {
  const sql = columns.map((column, i) => `(${columnSql(column, i)})`).join('\nunion all\n');
  return await database.read({ sql }, bounds, async ({ batches }) => {
    const values = columns.map(() => new Set<string>());
    for await (const rows of batches) {
      for (const [index, value] of rows) values[Number(index)]!.add(value!.trimEnd());
    }
    return values.map((set) => [...set]);
  });
}

function columnSql({ relation, column }: ValueColumn, index: number): string {
  const table = quoteQualified(relation.schema, relation.name);
  const value = quoteIdentifier(column.name);
  const rows = `select ${value}::text as v from ${table} where ${value} is not null limit ${MAX_ROWS}`;
  const distinct = `select distinct v from (${rows}) r where length(v) between 1 and ${MAX_LENGTH}`;
  const read = `select ${index} as i, v from (${distinct}) d limit ${MAX_VALUES}`;
  if (!isLarge(relation)) return read;
  // pg_stats shows a role only what it may read anyway (PostgreSQL manual, "pg_stats").
  const common = `select ${index}, v from pg_catalog.pg_stats, unnest(most_common_vals::text::text[]) v
    where schemaname = ${quoteLiteral(relation.schema)} and tablename = ${quoteLiteral(relation.name)}
      and attname = ${quoteLiteral(column.name)} and length(v) between 1 and ${MAX_LENGTH}`;
  return `(${read})\nunion all\n${common}`;
}
