/** Relations that a change of one relation can reach by the catalog alone. */

/**
 * Common table expressions, to stand after WITH RECURSIVE and one called `named (oid)`: `reached (oid)` are those and
 * all that foreign keys cascade to, that inherit or are partitions, and that a view or a rule is about.
 */
export const REACHED = `reached (oid) as (
    select oid from named
    union
    select further.oid from reached r cross join lateral (
      select c.conrelid from pg_catalog.pg_constraint c
        where c.confrelid = r.oid and c.contype = 'f'
          and (c.confdeltype in ('c', 'n', 'd') or c.confupdtype in ('c', 'n', 'd'))
      union all
      select i.inhrelid from pg_catalog.pg_inherits i where i.inhparent = r.oid
      union all
      select d.refobjid from pg_catalog.pg_rewrite w join pg_catalog.pg_depend d on d.objid = w.oid
        where w.ev_class = r.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
          and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) as further (oid))`;
