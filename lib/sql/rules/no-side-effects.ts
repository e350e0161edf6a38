/**
 * Built-in functions that act outside the transaction, or on it: READ ONLY does not stop them. Names only: what
 * a name means in one database's catalog is for the identity check to say.
 */
import type { Effect } from '../../errors.js';
import { namesOf, nodesOf } from '../walk.js';
import type { Rule } from './rule.js';

/** PostgreSQL 18's functions with effects, as patterns over `proname` (manual, chapter 9.28 and the contrib modules). */
const ACTING: readonly {
  readonly names: RegExp;
  readonly effect: Effect;
  readonly what: string;
}[] = [
  {
    names: /^(set_config|pg_(try_)?advisory_.*|pg_export_snapshot|pg_notify|setval|nextval)$/,
    effect: 'write',
    what: 'changes settings, locks or sequences',
  },
  {
    names: /^(lo_.*|lowrite|loread)$/,
    effect: 'write',
    what: 'works on large objects and files',
  },
  {
    names:
      /^(pg_read_.*|pg_ls_.*|pg_stat_file|pg_file_.*|pg_logdir_ls|pg_current_logfile|pg_logfile_rotate|pg_rotate_logfile)$/,
    effect: 'admin',
    what: 'reaches the files of the server',
  },
  {
    names: /^dblink.*$/,
    effect: 'admin',
    what: 'opens connections to other servers',
  },
  {
    names:
      /^(query_to_xml.*|table_to_xml.*|schema_to_xml.*|database_to_xml.*|cursor_to_xml.*|ts_stat|ts_rewrite)$/,
    effect: 'admin',
    what: 'runs SQL text that nobody has checked',
  },
  {
    names:
      /^(pg_terminate_backend|pg_cancel_backend|pg_signal_.*|pg_reload_conf|pg_promote|pg_switch_wal|pg_create_.*|pg_drop_.*|pg_backup_.*|pg_(start|stop)_backup|pg_wal_replay_.*|pg_replication_.*|pg_logical_.*|pg_copy_.*_slot|pg_sync_replication_slots|pg_stat_reset.*|pg_stat_clear_snapshot|pg_stat_force_next_flush|pg_stat_statements_reset|pg_log_.*|pg_import_system_collations|pg_extension_config_dump|pg_restore_.*|pg_clear_.*_stats|pg_nextoid|pg_stop_making_pinned_objects|binary_upgrade_.*|brin_summarize.*|brin_desummarize.*|gin_clean_pending_list|pg_prewarm|autoprewarm.*|pg_truncate_.*|heap_force_.*|pg_buffercache_evict.*|injection_points.*)$/,
    effect: 'admin',
    what: 'controls the server or other sessions',
  },
];

const SLEEPING = /^(pg_sleep|pg_sleep_for|pg_sleep_until)$/;

export const noSideEffects: Rule = {
  code: 'no-side-effects',
  summary: 'a read must not call functions that act',
  check(statement) {
    for (const { tag, fields } of nodesOf(statement)) {
      if (tag !== 'FuncCall') continue;
      const names = namesOf(fields['funcname']);
      // The parser has folded the case of what was not quoted, as the server does.
      const name = names.at(-1) ?? '';
      const acting = ACTING.find((entry) => entry.names.test(name));
      if (acting === undefined || SLEEPING.test(name)) continue;
      const location = fields['location'];
      return {
        reason: `${name} ${acting.what}`,
        hint: 'leave the call out; a person can run it with psql',
        effect: acting.effect,
        location: typeof location === 'number' ? location : undefined,
      };
    }
    return undefined;
  },
};
