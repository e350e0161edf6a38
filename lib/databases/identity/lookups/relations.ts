/** What pg_class says of tables, views and the rest, and what hangs on them. */
import type { Row } from '../../database.js';
import { type Ask, FIRST_USER_OID, nameArray, numbers, oidArray } from './ask.js';

export interface RelationFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly rowType: number;
  readonly hasChildren: boolean;
  /** Whether policies apply to the role that asks. */
  readonly secured: boolean;
  /** Whether policies apply to anybody. */
  readonly hasPolicies: boolean;
  /** Types of columns that are not PostgreSQL's own. */
  readonly columnTypes: readonly number[];
  /** Support functions of the operator classes that are not PostgreSQL's own, of indexes and partition keys. */
  readonly support: readonly number[];
  /** Of a foreign table: the extension of its wrapper. */
  readonly wrapper: string | undefined;
  /** Expressions of indexes, checks, partition keys and statistics that call functions of a user's, as trees. */
  readonly expressions: string | undefined;
}

const RELATIONS = `select c.oid, n.nspname, c.relname, c.relkind, c.reltype, c.relhassubclass,
  c.relkind in ('r', 'p') and row_security_active(c.oid), c.relrowsecurity, c.relchecks > 0 or c.relkind = 'p',
  (select string_agg(distinct a.atttypid::text, ' ') from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid >= ${FIRST_USER_OID}),
  (select string_agg(i.indclass::text || case when i.indexprs is null and i.indpred is null then '' else ' x' end, ' ')
    from pg_index i where i.indrelid = c.oid),
  exists (select from pg_statistic_ext s where s.stxrelid = c.oid)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace`;

/** What is asked of the few that have something of a user's in their indexes, checks or keys. */
const MORE_OF_RELATIONS = `select c.oid,
  (select string_agg(distinct s.amproc::oid::text, ' ')
    from (select i.indclass from pg_index i where i.indrelid = c.oid
      union all select p.partclass from pg_partitioned_table p where p.partrelid = c.oid) k
    cross join lateral unnest(k.indclass::oid[]) as class
    join pg_opclass l on l.oid = class
    join pg_amproc s on s.amprocfamily = l.opcfamily
    where s.amproc::oid >= ${FIRST_USER_OID}),
  (select e.extname from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
    join pg_depend d on d.classid = 'pg_foreign_data_wrapper'::regclass and d.objid = s.srvfdw and d.deptype = 'e'
    join pg_extension e on e.oid = d.refobjid where t.ftrelid = c.oid limit 1),
  (select string_agg(x.tree, ' ') from (
    select concat(i.indexprs::text, i.indpred::text) from pg_index i where i.indrelid = c.oid
    union all select k.conbin::text from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
    union all select p.partexprs::text from pg_partitioned_table p where p.partrelid = c.oid
    union all select to_jsonb(s) ->> 'stxexprs' from pg_statistic_ext s where s.stxrelid = c.oid) x (tree)
    where x.tree ~ ':(funcid|opfuncid|opno) [1-9][0-9]{4}')
  from pg_class c`;

export async function relationsByName(
  ask: Ask,
  names: readonly string[],
): Promise<RelationFacts[]> {
  return await withMore(ask, await ask(`${RELATIONS} where c.relname = any(${nameArray(names)})`));
}

export async function relationsByOid(ask: Ask, oids: readonly number[]): Promise<RelationFacts[]> {
  if (oids.length === 0) return [];
  return await withMore(ask, await ask(`${RELATIONS} where c.oid = any(${oidArray(oids)})`));
}

/** Partitions and children that a read of these goes down to, at all depths. */
export async function descendants(ask: Ask, oids: readonly number[]): Promise<number[]> {
  const rows = await ask(`with recursive below (oid) as (
    select inhrelid from pg_inherits where inhparent = any(${oidArray(oids)})
    union select i.inhrelid from pg_inherits i join below on i.inhparent = below.oid) select oid from below`);
  return rows.map(([oid]) => Number(oid));
}

async function withMore(ask: Ask, rows: readonly Row[]): Promise<RelationFacts[]> {
  const odd = rows.filter(
    ([oid, , , kind, , , , , checks, , classes, statistics]) =>
      Number(oid) >= FIRST_USER_OID &&
      (kind === 'f' || checks === 't' || statistics === 't' || hasUsersClass(classes ?? null)),
  );
  const oids = odd.map(([oid]) => Number(oid));
  const found =
    oids.length === 0 ? [] : await ask(`${MORE_OF_RELATIONS} where c.oid = any(${oidArray(oids)})`);
  const more = new Map(found.map(([oid, ...facts]) => [oid, facts]));
  return rows.map((row) => toRelation(row, more.get(row[0]!) ?? []));
}

/** An index over expressions is marked with an x. */
function hasUsersClass(classes: string | null): boolean {
  return (classes ?? '').split(' ').some((one) => one === 'x' || Number(one) >= FIRST_USER_OID);
}

function toRelation(row: Row, more: readonly Row[number][]): RelationFacts {
  const [oid, schema, name, kind, type, children, secured, policies, , columns] = row;
  const [support, wrapper, expressions] = more;
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    kind: kind!,
    rowType: Number(type),
    hasChildren: children === 't',
    secured: secured === 't',
    hasPolicies: policies === 't',
    columnTypes: numbers(columns),
    support: numbers(support),
    wrapper: wrapper ?? undefined,
    expressions: expressions ?? undefined,
  };
}
