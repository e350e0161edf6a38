/** What a database's catalog says that the SQL of a reader role has to be made of. */
import type { ReaderFacts } from '../sql/reader-role.js';
import type { Database, Row } from './database.js';
import { readRows, type ShortRead } from './read-rows.js';

/**
 * Rows of kind, names as a JSON list, privileges. Schemas are those that somebody made; owners are those of schemas,
 * of relations and of the database, because they are who will make more.
 */
const FACTS_SQL = `
with schemas as (
  select n.oid, n.nspname, n.nspowner, n.nspacl
  from pg_catalog.pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
),
relations as (
  select c.oid, s.nspname, c.relname, c.relkind, c.relowner, c.relacl
  from pg_catalog.pg_class c
  join schemas s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
),
here as (
  select d.datname, d.datdba, d.datacl from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()
),
facts (kind, names, privileges) as (
  select 'database', pg_catalog.jsonb_build_array(h.datname), null from here h
  union all
  select 'schema', pg_catalog.jsonb_build_array(s.nspname), null from schemas s
  union all
  select 'owner', pg_catalog.jsonb_build_array(r.rolname), null
  from pg_catalog.pg_roles r
  where r.rolname !~ '^pg_'
    and r.oid in (select nspowner from schemas union select relowner from relations union select datdba from here)
  union all
  select case when r.rolname = $1 then 'itself' else 'other' end, pg_catalog.jsonb_build_array(r.rolname),
    case when r.rolsuper then 'SUPERUSER' end
  from pg_catalog.pg_roles r
  where r.rolname = $1 or (r.rolname !~ '^pg_' and not r.rolsuper)
  union all
  select 'public on relation', pg_catalog.jsonb_build_array(r.nspname, r.relname), a.privilege_type
  from relations r, lateral pg_catalog.aclexplode(r.relacl) a
  where a.grantee = 0 and a.privilege_type <> 'SELECT' and r.relkind <> 'S'
  union all
  select 'public on sequence', pg_catalog.jsonb_build_array(r.nspname, r.relname), a.privilege_type
  from relations r, lateral pg_catalog.aclexplode(r.relacl) a
  where a.grantee = 0 and a.privilege_type <> 'SELECT' and r.relkind = 'S'
  union all
  select 'public on column', pg_catalog.jsonb_build_array(r.nspname, r.relname, t.attname), a.privilege_type
  from relations r
  join pg_catalog.pg_attribute t on t.attrelid = r.oid, lateral pg_catalog.aclexplode(t.attacl) a
  where t.attacl is not null and not t.attisdropped and a.grantee = 0 and a.privilege_type <> 'SELECT'
  union all
  select 'public on schema', pg_catalog.jsonb_build_array(s.nspname), a.privilege_type
  from schemas s, lateral pg_catalog.aclexplode(s.nspacl) a
  where a.grantee = 0 and a.privilege_type = 'CREATE'
  union all
  select 'public on database', pg_catalog.jsonb_build_array(h.datname), a.privilege_type
  from here h, lateral pg_catalog.aclexplode(coalesce(h.datacl, pg_catalog.acldefault('d', h.datdba))) a
  where a.grantee = 0 and a.privilege_type in ('CREATE', 'TEMPORARY')
  union all
  -- The same functions as in role-query.ts, whose schemas this role will reach.
  select 'public on definer',
    pg_catalog.jsonb_build_array(n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
    a.privilege_type
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace,
  lateral pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
  where p.prosecdef and p.oid >= 16384 and p.prorettype not in (2279, 3838) and a.grantee = 0
)
select kind, names::text, pg_catalog.string_agg(privileges, ', ' order by privileges)
from facts group by kind, names order by kind, names
`;

/** @param role that the SQL will make, or that is there already */
export async function readReaderFacts(
  database: Pick<Database, 'read'>,
  role: string,
  options: ShortRead,
): Promise<ReaderFacts> {
  const rows = await readRows(database, { sql: FACTS_SQL, parameters: [role] }, options);
  const of = (kind: string) => rows.filter((row) => row[0] === kind).map(namesOf);
  const firsts = (kind: string) => of(kind).map(([name]) => name!);
  const granted = (kind: string) =>
    rows
      .filter((row) => row[0] === `public on ${kind}`)
      .map((row) => ({ name: namesOf(row), privileges: row[2] ?? '' }));
  const itself = rows.find(([kind]) => kind === 'itself');
  return {
    database: firsts('database')[0]!,
    schemas: firsts('schema'),
    owners: firsts('owner'),
    others: firsts('other'),
    existing: itself === undefined ? undefined : { superuser: itself[2] !== null },
    toPublic: {
      relations: granted('relation'),
      sequences: granted('sequence'),
      columns: granted('column'),
      schemas: granted('schema'),
      databases: granted('database'),
      definers: granted('definer'),
    },
  };
}

function namesOf([, names]: Row): string[] {
  return JSON.parse(names ?? '[]') as string[];
}
