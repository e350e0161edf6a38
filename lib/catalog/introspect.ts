/** Reads a database's catalog with one statement, which runs through the guard like any other. */
import type { Database, ReadOptions } from '../databases/database.js';
import type { Catalog, Column, ForeignKey, Relation, RelationKind } from './catalog.js';

/**
 * Relations that the role may read, outside the system schemas, without partitions (their parent stands for
 * them) and without what belongs to an extension. PostgreSQL manual, chapter 53, "System Catalogs".
 */
const CATALOG_SQL = `
with visible as (
  select c.oid, n.nspname, c.relname, c.relkind, c.reltuples
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and not c.relispartition
    and n.nspname <> 'information_schema'
    and n.nspname !~ '^pg_'
    and pg_catalog.has_schema_privilege(n.oid, 'usage')
    and (pg_catalog.has_table_privilege(c.oid, 'select') or pg_catalog.has_any_column_privilege(c.oid, 'select'))
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
),
columns as (
  select a.attrelid, pg_catalog.json_agg(pg_catalog.json_build_array(
      a.attname,
      pg_catalog.format_type(a.atttypid, a.atttypmod),
      a.attnotnull,
      pg_catalog.col_description(a.attrelid, a.attnum),
      (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder)
       from pg_catalog.pg_enum e
       where e.enumtypid in (t.oid, t.typelem, t.typbasetype)),
      case
        when a.attidentity = 'a' or a.attgenerated <> '' then 'always'
        when a.attidentity = 'd' or a.atthasdef or t.typdefault is not null then 'default'
      end
    ) order by a.attnum) as list
  from pg_catalog.pg_attribute a
  join visible v on v.oid = a.attrelid
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where a.attnum > 0 and not a.attisdropped
    and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select')
  group by a.attrelid
),
keys as (
  select i.indrelid, pg_catalog.json_agg(pg_catalog.json_build_array(
      i.indisprimary,
      (select pg_catalog.json_agg(a.attname order by k.position)
       from pg_catalog.unnest(i.indkey) with ordinality k (attnum, position)
       join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
       where k.position <= i.indnkeyatts)
    ) order by i.indexrelid) as list
  from pg_catalog.pg_index i
  join visible v on v.oid = i.indrelid
  where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
  group by i.indrelid
),
foreign_keys as (
  select f.conrelid, pg_catalog.json_agg(pg_catalog.json_build_array(
      (select pg_catalog.json_agg(a.attname order by k.position)
       from pg_catalog.unnest(f.conkey) with ordinality k (attnum, position)
       join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
      r.nspname,
      r.relname,
      (select pg_catalog.json_agg(a.attname order by k.position)
       from pg_catalog.unnest(f.confkey) with ordinality k (attnum, position)
       join pg_catalog.pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)
    ) order by f.conname) as list
  from pg_catalog.pg_constraint f
  join visible v on v.oid = f.conrelid
  join visible r on r.oid = f.confrelid
  where f.contype = 'f'
  group by f.conrelid
)
select pg_catalog.json_build_object(
  'database', pg_catalog.current_database(),
  'serverVersion', pg_catalog.current_setting('server_version_num')::pg_catalog.int4,
  'searchPath', (select pg_catalog.json_agg(s) from pg_catalog.unnest(pg_catalog.current_schemas(false)) s),
  'relations', (
    select pg_catalog.json_agg(pg_catalog.json_build_array(
        v.nspname, v.relname, v.relkind,
        pg_catalog.obj_description(v.oid, 'pg_class'),
        v.reltuples::pg_catalog.numeric::pg_catalog.text,
        coalesce(columns.list, '[]'::pg_catalog.json), keys.list, foreign_keys.list
      ) order by v.nspname, v.relname)
    from visible v
    left join columns on columns.attrelid = v.oid
    left join keys on keys.indrelid = v.oid
    left join foreign_keys on foreign_keys.conrelid = v.oid))::pg_catalog.text`;

/** The shape of that statement's one value. */
interface Introspected {
  readonly database: string;
  readonly serverVersion: number;
  readonly searchPath: readonly string[] | null;
  readonly relations:
    | readonly [
        schema: string,
        name: string,
        kind: string,
        comment: string | null,
        rows: string,
        columns: readonly [
          name: string,
          type: string,
          notNull: boolean,
          comment: string | null,
          enumLabels: readonly string[] | null,
          filled: 'default' | 'always' | null,
        ][],
        keys: readonly [primary: boolean, columns: readonly string[]][] | null,
        foreignKeys: readonly [readonly string[], string, string, readonly string[]][] | null,
      ][]
    | null;
}

const KINDS: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};

export async function introspect(
  database: Database,
  { signal, timeoutMs }: Pick<ReadOptions, 'signal' | 'timeoutMs'>,
): Promise<Catalog> {
  const options: ReadOptions = { signal, timeoutMs };
  const text = await database.read({ sql: CATALOG_SQL }, options, async ({ batches }) => {
    for await (const [row] of batches) return row?.[0] ?? undefined;
    return undefined;
  });
  // Our own statement's JSON: names, types and flags, no values of the database.
  const found = JSON.parse(text ?? '{}') as Introspected;
  return {
    database: found.database,
    serverVersion: found.serverVersion,
    searchPath: found.searchPath ?? [],
    relations: (found.relations ?? []).map(relation),
  };
}

function relation([schema, name, kind, comment, rows, columns, keys, foreignKeys]: NonNullable<
  Introspected['relations']
>[number]): Relation {
  const unique = keys ?? [];
  // -1: never vacuumed or analyzed, so that the server itself does not know.
  const estimate = Math.round(Number(rows));
  return {
    schema,
    name,
    kind: KINDS[kind] ?? 'table',
    ...(comment === null ? {} : { comment }),
    ...(estimate < 0 || kind === 'v' ? {} : { rowEstimate: estimate }),
    columns: columns.map(column),
    primaryKey: unique.find(([primary]) => primary)?.[1] ?? [],
    uniques: unique.filter(([primary]) => !primary).map(([, list]) => list),
    foreignKeys: (foreignKeys ?? []).map(
      ([own, targetSchema, target, targetColumns]): ForeignKey => ({
        columns: own,
        references: { schema: targetSchema, relation: target, columns: targetColumns },
      }),
    ),
  };
}

function column([name, type, notNull, comment, enumLabels, filled]: NonNullable<
  Introspected['relations']
>[number][5][number]): Column {
  return {
    name,
    type,
    notNull,
    ...(comment === null ? {} : { comment }),
    ...(filled === null ? {} : { filled }),
    ...(enumLabels === null ? {} : { enumLabels }),
  };
}
