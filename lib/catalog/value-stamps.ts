/** What tells that a table's rows are still the ones that were read, without reading them. */
import type { Database } from '../databases/database.js';
import { quoteLiteral } from '../sql/quote.js';
import type { ReadBounds, ValueColumn } from './values.js';

/**
 * A stamp for each column whose table has one: the server's counters of rows written (PostgreSQL manual,
 * "pg_stat_all_tables"), and the file that TRUNCATE, REFRESH and rewrites replace. Tables with row security have none,
 * since what they show depends on more; neither have views, foreign and partitioned tables, which count no writes.
 */
export async function readStamps(
  database: Database,
  columns: readonly ValueColumn[],
  { signal, timeoutMs }: ReadBounds,
): Promise<ReadonlyMap<ValueColumn, string>> {
  const keyOf = (schema: string, name: string) => JSON.stringify([schema, name]);
  const names = new Map(
    columns.map(({ relation: { schema, name } }) => [
      keyOf(schema, name),
      `(${quoteLiteral(schema)}, ${quoteLiteral(name)})`,
    ]),
  );
  const sql = `select n.nspname, c.relname,
      pg_catalog.concat_ws('/', current_user, c.oid, c.relfilenode, s.n_tup_ins, s.n_tup_upd, s.n_tup_del) as stamp
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_stat_all_tables s on s.relid = c.oid
    where (n.nspname, c.relname) in (${[...names.values()].join(', ')})
      and c.relkind in ('r', 'm') and not c.relrowsecurity`;
  const stamps = await database.read({ sql }, { signal, timeoutMs }, async ({ batches }) => {
    const found = new Map<string, string>();
    for await (const rows of batches)
      for (const [schema, name, stamp] of rows) found.set(keyOf(schema!, name!), stamp!);
    return found;
  });
  return new Map(
    columns.flatMap((column) => {
      const stamp = stamps.get(keyOf(column.relation.schema, column.relation.name));
      return stamp === undefined ? [] : [[column, stamp] as const];
    }),
  );
}
