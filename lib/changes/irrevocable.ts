/** What no rollback takes back, so that nothing is executed to see what it would do. */
import type { ChangeTransaction } from '../databases/writable.js';
import type { ChangeStatement } from '../sql/change.js';
import type { Tree } from '../sql/parse.js';
import { REACHED } from './reached.js';

/** A clause for each thing that a statement does outside of the transaction, as far as its text tells. */
export function outsideOfTransaction({ parsed, command }: ChangeStatement): string | undefined {
  return runsAlone(parsed) ? `${command} can't run inside a transaction` : undefined;
}

/** Commands that PreventInTransactionBlock stops, each by its documentation page. */
export function runsAlone({ tag, fields }: ChangeStatement['parsed']): boolean {
  switch (tag) {
    case 'IndexStmt':
      return fields['concurrent'] === true;
    case 'DropStmt':
      return fields['concurrent'] === true;
    case 'VacuumStmt':
      return fields['is_vacuumcmd'] === true;
    case 'CreatedbStmt':
    case 'DropdbStmt':
    case 'CreateTableSpaceStmt':
    case 'DropTableSpaceStmt':
    case 'AlterSystemStmt':
      return true;
    case 'ReindexStmt':
      return (
        hasOption(fields['params'], 'concurrently') ||
        /SCHEMA|SYSTEM|DATABASE/.test(String(fields['kind']))
      );
    case 'ClusterStmt':
      return fields['relation'] === undefined;
    case 'AlterTableStmt':
      return /"concurrent":true/.test(JSON.stringify(fields['cmds'] ?? null));
    default:
      return false;
  }
}

function hasOption(options: unknown, name: string): boolean {
  return (
    Array.isArray(options) &&
    (options as Tree[]).some((option) => (option['DefElem'] as Tree)['defname'] === name)
  );
}

/** Triggers in languages whose functions reach beyond the database, on a relation and on those that it leads to. */
export async function untrustedTriggers(inside: ChangeTransaction, oid: string): Promise<string[]> {
  const rows = await inside.ask(TRIGGERS, [oid]);
  return rows.map(
    ([trigger, table, language]) =>
      `the trigger ${trigger} of ${table} is written in ${language}, which reaches beyond the database`,
  );
}

const TRIGGERS = `with recursive named (oid) as (select $1::pg_catalog.oid), ${REACHED}
  select t.tgname, t.tgrelid::pg_catalog.regclass, l.lanname
  from reached r
  join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal and t.tgenabled <> 'D'
  join pg_catalog.pg_proc p on p.oid = t.tgfoid
  join pg_catalog.pg_language l on l.oid = p.prolang
  where not l.lanpltrusted and l.lanname <> 'internal'
    and not (l.lanname = 'c' and exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e'))
  order by 1`;
