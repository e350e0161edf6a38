/**
 * Values of large tables that are too rare to stand among their commonest ones: looked up as words spell them, by an
 * index, and never where that would take reading the table.
 */
import type { Database } from '../databases/database.js';
import { LimitError } from '../errors.js';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../sql/quote.js';
import type { Relation } from './catalog.js';
import { isLarge, type ReadBounds, type ValueColumn } from './values.js';

/** Columns that are looked into at most. */
const MAX_COLUMNS = 24;
/** Values of one column that are told. */
const MAX_FOUND = 40;
/** Milliseconds: an index answers in far less, and what does not is not worth the wait. */
const TIMEOUT_MS = 2_000;

/** For each column what it holds of the words, in the spellings that names have; nothing where no index can tell. */
export async function readRare(
  database: Database,
  columns: readonly ValueColumn[],
  words: readonly string[],
  { signal, timeoutMs }: ReadBounds,
): Promise<ReadonlyMap<ValueColumn, readonly string[]>> {
  const large = columns.filter(({ relation }) => isLarge(relation));
  if (large.length === 0 || words.length === 0) return new Map();
  const bounds = { signal, timeoutMs: Math.min(timeoutMs, TIMEOUT_MS) };
  try {
    const indexed = await readIndexed(database, relationsOf(large), bounds);
    const wanted = large
      .filter(({ relation, column }) =>
        indexed.has(key(relation.schema, relation.name, column.name)),
      )
      .slice(0, MAX_COLUMNS);
    return wanted.length === 0 ? new Map() : await lookUp(database, wanted, words, bounds);
  } catch (error) {
    // What an index should have told and did not in time stays unknown, as it would be without the index.
    if (error instanceof LimitError && !signal.aborted) return new Map();
    throw error;
  }
}

function relationsOf(columns: readonly ValueColumn[]): Relation[] {
  return [...new Set(columns.map(({ relation }) => relation))];
}

function key(...names: readonly string[]): string {
  return JSON.stringify(names);
}

/** Columns that an index of the whole table begins with, of a kind that finds equal values. */
async function readIndexed(
  database: Database,
  relations: readonly Relation[],
  bounds: ReadBounds,
): Promise<ReadonlySet<string>> {
  const names = relations.map(
    ({ schema, name }) => `(${quoteLiteral(schema)}, ${quoteLiteral(name)})`,
  );
  const sql = `select n.nspname, c.relname, a.attname
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_class x on x.oid = i.indexrelid
    join pg_catalog.pg_am m on m.oid = x.relam
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where (n.nspname, c.relname) in (${names.join(', ')})
      and m.amname in ('btree', 'hash') and i.indisvalid and i.indpred is null`;
  return await database.read({ sql }, bounds, async ({ batches }) => {
    const found = new Set<string>();
    for await (const rows of batches) for (const row of rows) found.add(key(...row.map(String)));
    return found;
  });
}

async function lookUp(
  database: Database,
  columns: readonly ValueColumn[],
  words: readonly string[],
  bounds: ReadBounds,
): Promise<ReadonlyMap<ValueColumn, readonly string[]>> {
  const literals = [...new Set(words.flatMap(spellings))].map((word) => quoteLiteral(word));
  const each = columns.map(({ relation, column }, i) => {
    const name = quoteIdentifier(column.name);
    // A literal takes the column's own type; a cast of the column would leave the index unused.
    return `(select distinct ${i} as i, ${name}::text as v from ${quoteQualified(relation.schema, relation.name)}
      where ${name} in (${literals.join(', ')}) limit ${MAX_FOUND})`;
  });
  return await database.read({ sql: each.join('\nunion all\n') }, bounds, async ({ batches }) => {
    const found = new Map(columns.map((column) => [column, [] as string[]]));
    for await (const rows of batches) {
      for (const [index, value] of rows) found.get(columns[Number(index)]!)!.push(value!.trimEnd());
    }
    return found;
  });
}

/** As typed, and as a name, a code or a plain word would be written. */
function spellings(word: string): string[] {
  const lower = word.toLowerCase();
  const named = lower.replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
  return [word, lower, named, word.toUpperCase()];
}
