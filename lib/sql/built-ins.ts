/**
 * PostgreSQL's own functions by what they do beyond reading. Their labels do not tell: `query_to_xml` is stable and
 * runs any text. Names are those of PostgreSQL 13 to 18 and of its contrib modules (manual, chapter 9 and appendix F).
 */
import type { Effect } from '../errors.js';

export interface Acting {
  readonly effect: Effect;
  /** As in "lo_put works on large objects". */
  readonly what: string;
}

const ACTING: readonly (Acting & { readonly names: RegExp })[] = [
  {
    names:
      /^(set_config|setseed|pg_(try_)?advisory_\w+|pg_export_snapshot|pg_notify|setval|nextval)$/,
    effect: 'write',
    what: 'changes settings, locks or sequences',
  },
  {
    names: /^(be_)?lo_(im|ex)port(_with_oid)?$/,
    effect: 'admin',
    what: 'reaches the files of the server',
  },
  {
    names: /^(be_)?lo_unlink$/,
    effect: 'admin',
    what: 'destroys a large object',
  },
  {
    names: /^(lo_\w+|lowrite|loread|be_lo\w+)$/,
    effect: 'write',
    what: 'works on large objects',
  },
  {
    names:
      /^(pg_read_(binary_)?file(_all|_off_len|_off_len_missing)?|pg_read_file_(old|v2)|pg_ls_\w+|pg_stat_file(_1arg)?|pg_file_\w+|pg_logdir_ls|pg_current_logfile|pg_logfile_rotate|pg_rotate_logfile(_old|_v2)?|pg_hba_file_rules|pg_ident_file_mappings|pg_show_all_file_settings|pg_walfile_\w+_read)$/,
    effect: 'admin',
    what: 'reaches the files of the server',
  },
  {
    names: /^(dblink\w*|postgres_fdw_disconnect\w*)$/,
    effect: 'admin',
    what: 'works on connections to other servers',
  },
  {
    names:
      /^((query|table|schema|database|cursor)_to_xml\w*|ts_stat\w*|crosstab\w*|connectby\w*|xpath_table|pg_execute_\w+)$/,
    effect: 'admin',
    what: 'runs SQL text that nobody has checked',
  },
  {
    names:
      /^(pg_terminate_backend|pg_cancel_backend|pg_signal_\w+|pg_reload_conf|pg_promote|pg_switch_(wal|xlog)|pg_create_\w+|pg_drop_\w+|pg_backup_\w+|pg_(start|stop)_backup|pg_wal_replay_(pause|resume)|pg_replication_origin_(advance|create|drop|session_(setup|reset)|xact_(setup|reset))|pg_replication_slot_advance|pg_logical_\w+|pg_copy_\w+_slot|pg_sync_replication_slots|pg_stat_reset\w*|pg_stat_clear_snapshot|pg_stat_force_next_flush|pg_stat_\w+_reset|pg_log_(backend_memory_contexts|standby_snapshot)|pg_import_system_collations|pg_extension_config_dump|pg_restore_\w+|pg_clear_\w+_stats|pg_nextoid|pg_stop_making_pinned_objects|binary_upgrade_\w+|brin_summarize_\w+|brin_desummarize_range|gin_clean_pending_list|pg_prewarm|autoprewarm\w*|pg_truncate_\w+|heap_force_\w+|pg_buffercache_evict\w*|pg_buffercache_mark\w*|injection_points_\w+|pg_wal_\w*_control|pgp_\w+_signal)$/,
    effect: 'admin',
    what: 'controls the server or other sessions',
  },
];

/** Functions that PostgreSQL calls itself, and that do more than compute when somebody else does. */
const VALIDATING = /^(fmgr_\w+|plpgsql)_validator$/;
/** Input and receive functions read a value as a type that is given by its OID, and call what that type checks. */
const READING_VALUES =
  /^(domain|record|array|range|multirange|anyarray|anyrange|anymultirange)_(in|recv)$/;

/** What a function of PostgreSQL's does that no read may, whatever its label says; undefined where nothing is known. */
export function actingFunction(name: string): Acting | undefined {
  if (VALIDATING.test(name))
    return { effect: 'write', what: 'looks into functions, and may run what is in them' };
  if (READING_VALUES.test(name)) return { effect: 'read', what: 'reads values of any type' };
  return ACTING.find(({ names }) => names.test(name));
}

/** Volatile because their result changes, not because they change anything. */
const HARMLESS = new Set(
  `random random_normal clock_timestamp timeofday gen_random_uuid uuidv4 uuidv7 currval lastval current_query
  bernoulli system system_rows system_time array_sample array_shuffle amvalidate pg_available_wal_summaries pg_blocking_pids pg_collation_actual_version
  pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system pg_current_wal_flush_lsn
  pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_collation_actual_version pg_database_size pg_get_aios
  pg_get_backend_memory_contexts pg_get_loaded_modules pg_get_multixact_members pg_get_sequence_data
  pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events pg_get_wal_replay_pause_state
  pg_get_wal_resource_managers pg_get_wal_summarizer_state pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused
  pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact pg_last_wal_receive_lsn
  pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status pg_notification_queue_usage
  pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_relation_size pg_replication_origin_progress
  pg_replication_origin_session_is_setup pg_replication_origin_session_progress pg_safe_snapshot_blocking_pids
  pg_sequence_last_value pg_show_replication_origin_status pg_stat_get_backend_io pg_stat_get_backend_wal
  pg_stat_get_io pg_stat_get_recovery_prefetch pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit
  pg_stat_get_xact_function_calls pg_stat_get_xact_function_self_time pg_stat_get_xact_function_total_time
  pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted pg_stat_get_xact_tuples_fetched
  pg_stat_get_xact_tuples_hot_updated pg_stat_get_xact_tuples_inserted pg_stat_get_xact_tuples_newpage_updated
  pg_stat_get_xact_tuples_returned pg_stat_get_xact_tuples_updated pg_stat_have_stats pg_table_size
  pg_tablespace_size pg_total_relation_size pg_wal_summary_contents pg_xact_commit_timestamp
  pg_xact_commit_timestamp_origin pg_xact_status txid_status
  pgp_sym_encrypt pgp_sym_encrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea
  uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_salt gen_random_bytes normal_rand
  pg_stat_statements pg_stat_statements_info pg_buffercache_pages pg_buffercache_summary
  pg_buffercache_usage_counts pgstattuple pgstattuple_approx pgstatindex pg_relpages pg_freespace`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export function isHarmlessVolatile(name: string): boolean {
  return HARMLESS.has(name);
}

/** Sleeping is a read that only takes time: the policy bounds it by the statement's limit. */
export const SLEEPING: ReadonlySet<string> = new Set([
  'pg_sleep',
  'pg_sleep_for',
  'pg_sleep_until',
]);

/**
 * Catalogs and views of pg_catalog that hold secrets, or other people's data: passwords, connection strings,
 * column values in statistics, the server's files.
 */
const SECRET = new Set(
  `pg_authid pg_shadow pg_user_mapping pg_user_mappings pg_statistic pg_statistic_ext_data pg_subscription
  pg_hba_file_rules pg_ident_file_mappings pg_file_settings pg_largeobject`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

export function isSecretCatalog(schema: string, name: string): boolean {
  if (schema === 'pg_catalog') return SECRET.has(name);
  if (schema === 'information_schema') return /^(_pg_)?user_mapping(s|_options)$/.test(name);
  return schema === 'pg_toast';
}
