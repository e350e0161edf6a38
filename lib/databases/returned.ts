/** What a statement of a change gives back (RETURNING), before the change is committed: as text, or as the server's JSON. */
import { LimitError, RefusedError } from '../errors.js';
import { quoteIdentifier } from '../sql/quote.js';
import { resolveColumns } from './columns.js';
import type { ResultColumn, Row } from './database.js';
import type { Connection, WireColumn } from './driver.js';

export interface Returned {
  readonly columns: readonly ResultColumn[];
  /** Values as the server writes them. */
  readonly rows: readonly Row[];
  /** Each row as row_to_json has it, where that was asked for. */
  readonly json: readonly string[] | undefined;
}

/** Bytes of text that are kept until the change is committed. */
const MAX_BYTES = 64 * 1024 * 1024;
/** record and its array: their texts can't be read back. */
const OPEN_TYPES: readonly number[] = [2249, 2287];
const JSON_TYPES: readonly number[] = [114, 3802];

/** @throws {RefusedError} {LimitError} */
export async function giveBack(
  connection: Connection,
  given: readonly WireColumn[],
  rows: readonly Row[],
  layout: 'text' | 'json',
): Promise<Returned> {
  checkSize(rows);
  const columns = await resolveColumns(given, connection);
  if (layout === 'text') return { columns, rows, json: undefined };
  return { columns, rows, json: await asJson(connection, columns, rows) };
}

function checkSize(rows: readonly Row[]): void {
  let bytes = 0;
  for (const row of rows) for (const cell of row) bytes += cell?.length ?? 0;
  if (bytes <= MAX_BYTES) return;
  throw new LimitError(`RETURNING gives back more than ${MAX_BYTES / 1024 / 1024} MB`, {
    limit: 'returning',
    hint: 'it was rolled back: leave RETURNING out, or change fewer rows at a time',
  });
}

/** The texts are read back as values of their types, which row_to_json writes as it does those of a table. */
async function asJson(
  connection: Connection,
  columns: readonly ResultColumn[],
  rows: readonly Row[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const oids = [...new Set(columns.map(({ oid }) => oid))];
  const facts = await connection.query(TYPES, [`{${oids.join()}}`]);
  const types = new Map(facts.map(([oid, name]) => [Number(oid), name!]));
  const [, , , casts = null] = facts[0] ?? [];
  const ownTypes = facts.some(([, , own]) => own === 't');
  if (casts === 't' && ownTypes)
    throw noJson('JSON of its values is what a cast of the database says', 'cast-identity');
  if (columns.some(({ oid }) => OPEN_TYPES.includes(oid)))
    throw noJson('JSON of a row without a type is not known', 'returning');
  const isJson = (oid: number) => JSON_TYPES.includes(oid);
  const fields = columns.map(({ oid }, i) => `c${i} ${isJson(oid) ? 'text' : types.get(oid)!}`);
  const named = columns.map(({ key, oid }, i) => {
    const type = isJson(oid) ? `::${types.get(oid)!}` : '';
    return `pgask_read.c${i}${type} as ${quoteIdentifier(key)}`;
  });
  const objects = rows.map(
    (row) => `{${row.map((cell, i) => `"c${i}":${JSON.stringify(cell)}`).join()}}`,
  );
  const found = await connection.query(
    `select pg_catalog.row_to_json(pgask_row.*)
    from rows from (pg_catalog.json_to_recordset($1::pg_catalog.json) as (${fields.join(', ')}))
      with ordinality as pgask_read (${columns.map((_, i) => `c${i}`).join(', ')}, pgask_place)
    cross join lateral (select ${named.join(', ')}) pgask_row
    order by pgask_read.pgask_place`,
    [`[${objects.join()}]`],
  );
  return found.map(([json]) => json!);
}

function noJson(why: string, rule: string): RefusedError {
  return new RefusedError(`refused: ${why}`, {
    rule,
    effect: 'read',
    hint: 'it was rolled back: choose another format, or name in RETURNING what you want',
  });
}

/** Its name with -1 for a modifier: `bpchar` is any length, where `character` is one. Pseudo-types are told as text. */
const TYPES = `select t.oid, case when t.typtype = 'p' then 'text' else pg_catalog.format_type(t.oid, -1) end,
  t.oid >= 16384 or t.oid = any ('{2249,2287,2277}'),
  exists (select from pg_catalog.pg_cast c where c.casttarget = 114 and c.castmethod = 'f' and c.castsource >= 16384)
  from pg_catalog.pg_type t where t.oid = any ($1::pg_catalog.oid[])`;
