/** The table that a statement changes: its columns and its primary key, as the catalog has them inside the transaction. */
import type { ChangeTransaction } from '../databases/writable.js';
import type { ChangeStatement } from '../sql/change.js';
import type { Tree } from '../sql/parse.js';
import { quoteIdentifier } from '../sql/quote.js';

export interface Column {
  readonly name: string;
  /** As format_type writes it: `numeric(10,2)`. */
  readonly type: string;
  /** Computed by the server: never written. */
  readonly generated: boolean;
  readonly notNull: boolean;
  /** GENERATED ALWAYS AS IDENTITY: written only with OVERRIDING SYSTEM VALUE. */
  readonly always: boolean;
}

export interface TableFacts {
  readonly oid: string;
  /** Qualified, as SQL. */
  readonly name: string;
  /** `r`, `p`, `v`, `f` … (pg_class.relkind). */
  readonly kind: string;
  readonly columns: readonly Column[];
  /** Columns of the primary key in its order; none where there is none. */
  readonly key: readonly string[];
  /** Why its rows can't be followed, as a clause. */
  readonly obstacle: string | undefined;
  /** Partitions that hold rows, qualified, as SQL. */
  readonly partitions: readonly string[];
  /** Of the table itself, as far as it is on disk. */
  readonly bytes: number;
}

export interface Target extends TableFacts {
  /** What the statement calls the table: its alias, or its name. */
  readonly called: string;
}

const COMMANDS = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

/** Undefined for what is no INSERT, UPDATE, DELETE or MERGE, or where there is no such table. */
export async function targetOf(
  { parsed: { tag, fields } }: ChangeStatement,
  inside: ChangeTransaction,
): Promise<Target | undefined> {
  if (!COMMANDS.includes(tag)) return undefined;
  const range = fields['relation'] as Tree;
  const { schemaname, relname } = range as { schemaname?: string; relname?: string };
  const names = [...(schemaname === undefined ? [] : [schemaname]), relname ?? ''];
  const facts = await factsOf(names.map(quoteIdentifier).join('.'), inside);
  if (facts === undefined) return undefined;
  const alias = (range['alias'] as { aliasname?: string } | undefined)?.aliasname;
  return { ...facts, called: quoteIdentifier(alias ?? relname ?? '') };
}

/** @param table as SQL */
export async function factsOf(
  table: string,
  inside: ChangeTransaction,
): Promise<TableFacts | undefined> {
  const [row] = await inside.ask(FACTS, [table]);
  const [oid = null, name, kind, columns, key, obstacle = null, partitions, bytes] = row ?? [];
  if (oid === null) return undefined;
  return {
    oid,
    name: name!,
    kind: kind!,
    columns: JSON.parse(columns ?? '[]') as Column[],
    key: JSON.parse(key ?? '[]') as string[],
    obstacle: obstacle === null ? undefined : `${name!} ${obstacle}`,
    partitions: JSON.parse(partitions ?? '[]') as string[],
    bytes: Number(bytes ?? 0),
  };
}

const FACTS = `select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind,
  (select pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'generated', a.attgenerated <> '', 'always', a.attidentity = 'a', 'notNull', a.attnotnull) order by a.attnum)
    from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  (select pg_catalog.json_agg(a.attname order by k.place)
    from pg_catalog.pg_index i
    cross join lateral pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality k (number, place)
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
    where i.indrelid = c.oid and i.indisprimary),
  case when exists (select from pg_catalog.pg_rewrite r where r.ev_class = c.oid) then 'has rules'
    when c.relkind = 'r' and exists (select from pg_catalog.pg_inherits h where h.inhparent = c.oid)
      then 'has tables that inherit from it'
    when pg_catalog.row_security_active(c.oid) then 'shows its role only some of its rows'
    when exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and not pg_catalog.has_column_privilege(c.oid, a.attnum, 'select'))
      then 'has columns that its role may not read' end,
  case when c.relkind = 'p' then (select pg_catalog.json_agg(pg_catalog.format('%I.%I', ln.nspname, l.relname))
    from pg_catalog.pg_partition_tree(c.oid) t join pg_catalog.pg_class l on l.oid = t.relid
    join pg_catalog.pg_namespace ln on ln.oid = l.relnamespace where t.isleaf) end,
  case when c.relkind = 'r' then pg_catalog.pg_relation_size(c.oid)
    when c.relkind = 'p' then (select pg_catalog.sum(pg_catalog.pg_relation_size(t.relid)) from pg_catalog.pg_partition_tree(c.oid) t) end
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = pg_catalog.to_regclass($1)`;
