/** What a statement could change, seen by a superuser: taken before and after, and compared in words. */
import type { Row } from '../../lib/databases/database.js';

/** Asks as the superuser, outside of any transaction. Statements are taken one at a time. */
export type Ask = (sql: string) => Promise<readonly Row[]>;

/** What there is (`table shop.orders`, `setting work_mem`) and a text that differs when it does. */
export type State = ReadonlyMap<string, string>;

/**
 * Everything in this database, and of the server what belongs to this database, to the server itself, or has a name
 * that begins with `hostile`: other suites make roles and databases on the same server meanwhile.
 *
 * @param others more of the outside world: what a victim has noticed, say
 */
export async function snapshot(
  ask: Ask,
  others: readonly (() => Promise<State>)[] = [],
): Promise<State> {
  const state = new Map<string, string>();
  await ask('begin transaction isolation level repeatable read');
  try {
    // Planning a scan evaluates what the table's indexes and constraints call.
    await ask("set local traps.quiet = 'on'");
    for (const query of [await contents(ask), ...QUERIES]) {
      if (query === '') continue;
      for (const [name, value] of await ask(query)) state.set(name ?? '', value ?? 'null');
    }
  } finally {
    await ask('rollback');
  }
  for (const other of others) for (const [name, value] of await other()) state.set(name, value);
  return state;
}

/** One line for each thing that appeared, went or differs; none where both are the same. */
export function difference(before: State, after: State): string[] {
  const changes: string[] = [];
  for (const [name, value] of before) {
    const now = after.get(name);
    if (now === undefined) changes.push(`${name} is gone`);
    else if (now !== value) changes.push(`${name} changed: ${short(value)} → ${short(now)}`);
  }
  for (const [name, value] of after) {
    if (!before.has(name)) changes.push(`${name} is new: ${short(value)}`);
  }
  return changes;
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** A row of name and hash for every table, and of name and position for every sequence. */
async function contents(ask: Ask): Promise<string> {
  const relations = await ask(`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind, n.nspname
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where (c.relkind in ('r', 'S') or c.relkind = 'm' and c.relispopulated)
      and n.nspname !~ '^(pg_toast|pg_temp|information_schema)'
    order by 1`);
  return relations
    .filter(([name]) => !SHARED.has(name ?? ''))
    .map(([name, kind, schema]) => {
      const what = schema === 'pg_catalog' ? 'catalog' : kind === 'S' ? 'sequence' : 'table';
      const value =
        kind === 'S'
          ? "last_value || ' ' || is_called"
          : "count(*) || ' rows ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '')";
      // What is below a table is listed by itself, and may be foreign.
      return `select ${literal(`${what} ${name}`)}, ${value} from only ${name} t`;
    })
    .join('\nunion all ');
}

/** Catalogs of the whole server, of which a part is read below. */
const SHARED = new Set(
  'pg_authid pg_auth_members pg_database pg_db_role_setting pg_shdepend pg_shdescription pg_shseclabel'
    .split(' ')
    .map((name) => `pg_catalog.${name}`),
);

const WATCHED_ROLE = "(rolname ~ '^(pg_|shop_|hostile)' or rolname = 'postgres')";
const WATCHED_DATABASE =
  "(datname = current_database() or datname in ('postgres', 'template1') or datname ~ '^hostile')";
const HERE = '(select oid from pg_catalog.pg_database where datname = current_database())';

const QUERIES: readonly string[] = [
  `select 'role ' || rolname, md5(a::text) from pg_catalog.pg_authid a where ${WATCHED_ROLE}`,
  `select 'membership ' || m.roleid::regrole || ' ' || m.member::regrole, md5(to_jsonb(m)::text)
   from pg_catalog.pg_auth_members m join pg_catalog.pg_authid a on a.oid = m.member where ${WATCHED_ROLE}`,
  `select 'database ' || datname, (to_jsonb(d) - 'datfrozenxid' - 'datminmxid')::text
   from pg_catalog.pg_database d where ${WATCHED_DATABASE}`,
  `select 'default setting of ' || coalesce(d.datname, 'all') || ' ' || coalesce(r.rolname, 'all'), setconfig::text
   from pg_catalog.pg_db_role_setting s
   left join pg_catalog.pg_database d on d.oid = s.setdatabase
   left join pg_catalog.pg_authid r on r.oid = s.setrole
   where (setdatabase = 0 or ${WATCHED_DATABASE}) and (setrole = 0 or ${WATCHED_ROLE})`,
  `select 'shared dependencies', md5(string_agg(d::text, chr(10) order by d::text)) from pg_catalog.pg_shdepend d where dbid = ${HERE}`,
  `select 'shared comments', md5(string_agg(d::text, chr(10) order by d::text)) from pg_catalog.pg_shdescription d
   where objoid = ${HERE} or classoid = 'pg_authid'::regclass`,
  // First, since reading it marks settings as pending a restart in the session that reads.
  `select 'file setting ' || seqno, concat_ws(' ', name, setting, applied) from pg_catalog.pg_file_settings`,
  // 'session' is what the observer itself has set.
  `select 'setting ' || name, concat_ws(' ', setting, source, boot_val, reset_val, case when pending_restart then 'pending restart' end)
   from pg_catalog.pg_settings where source <> 'session' and name !~ '^transaction_|^in_hot_standby'`,
  `select 'access rule ' || line_number, r::text from pg_catalog.pg_hba_file_rules r`,
  `select 'replication slot ' || slot_name, slot_type from pg_catalog.pg_replication_slots`,
  `select 'prepared transaction ' || gid, owner::text from pg_catalog.pg_prepared_xacts where database = current_database()`,
  `select 'advisory lock ' || concat_ws(' ', classid, objid, objsubid), mode from pg_catalog.pg_locks
   where locktype = 'advisory' and database = ${HERE}`,
  `select 'statistics of the database', concat_ws(' ', 'reset at', coalesce(stats_reset::text, 'never'))
   from pg_catalog.pg_stat_database where datid = ${HERE}`,
  `select 'statistics of the archiver', stats_reset::text from pg_catalog.pg_stat_archiver`,
  `select 'statistics of the writer', stats_reset::text from pg_catalog.pg_stat_bgwriter`,
  `select 'statistics of slru ' || name, stats_reset::text from pg_catalog.pg_stat_slru`,
  `select 'backup', pg_catalog.pg_is_in_recovery()::text`,
  `select 'file ' || name, 'there' from pg_catalog.pg_ls_dir('.') name where name not in ('postmaster.pid', 'current_logfiles')`,
  `select 'file ' || dir || '/' || name, 'there' from unnest(array['pg_replslot', 'pg_tblspc', 'pg_twophase']) dir,
   lateral pg_catalog.pg_ls_dir(dir) name`,
  `select 'file ' || name, concat_ws(' ', s.size, 'bytes', s.modification)
   from pg_catalog.pg_ls_dir('.') name, lateral pg_catalog.pg_stat_file(name) s where name ~ '[.]conf$'`,
  `select 'file /tmp/' || name, 'there' from pg_catalog.pg_ls_dir('/tmp') name where name ~ '^hostile'`,
];

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
