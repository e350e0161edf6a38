/** The one statement that finds what the connected role can do besides reading; for PostgreSQL 12 and newer. */

/** Names told of each finding; the rest is a number. */
const NAMES = 5;

/** No rights in these are anybody's own: they come with the server. */
const SYSTEM = "('pg_catalog', 'information_schema')";

/**
 * Rows of kind, count, privileges, names as a JSON list of lists, whether all of it comes through PUBLIC.
 *
 * It is the login role that counts, whatever SET ROLE made of it, and with it every role that it may become:
 * a right that takes a SET ROLE first is a right. A superuser is everybody, so nothing more is looked up for it.
 * Privileges are read from the access lists: has_table_privilege would not see those of roles without INHERIT.
 */
export const ROLE_SQL = `
with me as (
  select r.oid, r.rolsuper from pg_catalog.pg_roles r where r.rolname = session_user
),
roles as materialized (
  select r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication
  from pg_catalog.pg_roles r, me
  where r.oid = me.oid or (not me.rolsuper and pg_catalog.pg_has_role(me.oid, r.oid, 'member'))
),
grantees as (
  select oid from roles union all select 0::pg_catalog.oid
),
found (kind, privilege, through_public, names) as (
  select a.kind, null, false, pg_catalog.jsonb_build_array(r.rolname)
  from roles r, lateral (values
    ('superuser', r.rolsuper), ('bypassrls', r.rolbypassrls), ('createrole', r.rolcreaterole),
    ('createdb', r.rolcreatedb), ('replication', r.rolreplication),
    ('server role', r.rolname ~ '^pg_')) a (kind, held)
  where a.held
  union all
  select 'relation', a.privilege_type, a.grantee = 0,
    pg_catalog.jsonb_build_array(n.nspname, c.relname)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace,
  lateral pg_catalog.aclexplode(c.relacl) a
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and a.privilege_type <> 'SELECT'
    and a.grantee in (select oid from grantees)
    and c.relowner not in (select oid from roles)
    and (a.grantee <> 0 or n.nspname not in ${SYSTEM})
  union all
  select 'sequence', a.privilege_type, a.grantee = 0,
    pg_catalog.jsonb_build_array(n.nspname, c.relname)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace,
  lateral pg_catalog.aclexplode(c.relacl) a
  where c.relkind = 'S'
    and a.privilege_type <> 'SELECT'
    and a.grantee in (select oid from grantees)
    and c.relowner not in (select oid from roles)
  union all
  select 'column', a.privilege_type, a.grantee = 0,
    pg_catalog.jsonb_build_array(n.nspname, c.relname, t.attname)
  from pg_catalog.pg_attribute t
  join pg_catalog.pg_class c on c.oid = t.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace,
  lateral pg_catalog.aclexplode(t.attacl) a
  where t.attacl is not null and not t.attisdropped
    and a.privilege_type <> 'SELECT'
    and a.grantee in (select oid from grantees)
    and c.relowner not in (select oid from roles)
    and (a.grantee <> 0 or n.nspname not in ${SYSTEM})
  union all
  select 'schema', a.privilege_type, a.grantee = 0, pg_catalog.jsonb_build_array(n.nspname)
  from pg_catalog.pg_namespace n,
  lateral pg_catalog.aclexplode(n.nspacl) a
  where a.privilege_type = 'CREATE'
    and a.grantee in (select oid from grantees)
    and n.nspowner not in (select oid from roles)
  union all
  select case when a.privilege_type = 'TEMPORARY' then 'temporary' else 'database' end, a.privilege_type,
    a.grantee = 0, pg_catalog.jsonb_build_array(d.datname)
  from pg_catalog.pg_database d,
  lateral pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) a
  where d.datname = pg_catalog.current_database()
    and a.privilege_type in ('CREATE', 'TEMPORARY')
    and a.grantee in (select oid from grantees)
    and d.datdba not in (select oid from roles)
  union all
  -- Below 16384 are the objects that initdb makes (FirstNormalObjectId); a trigger's function can't be called.
  select 'definer', a.privilege_type, true,
    pg_catalog.jsonb_build_array(n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace,
  lateral pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
  where p.prosecdef and p.oid >= 16384
    and p.prorettype not in (2279, 3838)
    and a.grantee = 0
    and p.proowner not in (select oid from roles)
    and exists (select from roles r where pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage'))
),
ranked as (
  select f.kind, f.privilege, f.through_public, f.names,
    pg_catalog.dense_rank() over (partition by f.kind order by f.names) as place
  from found f
),
owned as materialized (
  -- 1260 is pg_authid, 1418 pg_user_mapping: a mapping is made for a role, and says nothing of its rights.
  select o.classid, o.objid, pg_catalog.count(*) over () as total
  from pg_catalog.pg_shdepend o
  where o.refclassid = 1260 and o.deptype = 'o' and o.classid <> 1418
    and o.dbid in (0, (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()))
    and o.refobjid in (select oid from roles)
  order by o.classid, o.objid
  limit ${NAMES}
)
select kind, pg_catalog.max(place)::text as count,
  pg_catalog.string_agg(distinct privilege, ', ') as privileges,
  (pg_catalog.jsonb_agg(distinct names) filter (where place <= ${NAMES} or kind = 'server role'))::text as names,
  pg_catalog.bool_and(through_public)::text as through_public
from ranked
group by kind
union all
select 'owner', pg_catalog.max(o.total)::text, null,
  pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(i.type || ' ' || i.identity))::text, 'false'
from owned o, lateral pg_catalog.pg_identify_object(o.classid, o.objid, 0) i
having pg_catalog.count(*) > 0
union all
select 'me', null, null, pg_catalog.jsonb_build_array(current_user, session_user)::text, null from me
`;
