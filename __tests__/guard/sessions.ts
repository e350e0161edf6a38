/** What statements leave behind in the guarded sessions themselves, where a rollback does not reach. */
import type { Connection, Driver } from '../../lib/databases/driver.js';
import { difference, type State } from './state.js';

export interface WatchedDriver {
  readonly driver: Driver;
  /** Sessions that are open now; the test may ask them while no statement runs. */
  open(): readonly Connection[];
  /** Gives back the advisory locks that statements left, so that they can be seen to leave them again. */
  unlock(): Promise<void>;
  /** How each open session differs from what it was when it was opened, in words. */
  drift(): Promise<string[]>;
}

export function watchSessions(inner: Driver): WatchedDriver {
  const sessions = new Map<Connection, State>();
  const open = () => [...sessions.keys()].filter(({ alive }) => alive);
  return {
    driver: {
      maxConnections: inner.maxConnections,
      copies: inner.copies,
      async connect(signal) {
        const connection = await inner.connect(signal);
        sessions.set(connection, await sessionState(connection));
        return connection;
      },
      close: () => inner.close(),
    },
    open,
    async unlock() {
      for (const connection of open()) {
        await connection.query('select pg_catalog.pg_advisory_unlock_all()');
        sessions.set(connection, await sessionState(connection));
      }
    },
    async drift() {
      const changes: string[] = [];
      for (const connection of open()) {
        const now = await sessionState(connection);
        for (const change of difference(sessions.get(connection)!, now)) {
          changes.push(`a guarded session's ${change}`);
        }
        // Told once: what comes after is not to blame.
        sessions.set(connection, now);
      }
      return changes;
    },
  };
}

const QUERIES: readonly string[] = [
  `select 'setting ' || name, setting from pg_catalog.pg_settings where name !~ '^(in_hot_standby|plpgsql[.])'`,
  `select 'setting traps.setting', pg_catalog.current_setting('traps.setting', true)`,
  `select 'user', session_user || ' ' || current_user`,
  `select 'prepared statement ' || name, statement from pg_catalog.pg_prepared_statements where from_sql`,
  `select 'cursor ' || name, statement from pg_catalog.pg_cursors where name <> ''`,
  `select 'channel ' || c, '' from pg_catalog.pg_listening_channels() c`,
  `select 'temporary schema', case pg_catalog.pg_my_temp_schema() when 0 then 'none' else 'made' end`,
  `select 'lock ' || pg_catalog.concat_ws(' ', locktype, relation, classid, objid, objsubid), mode from pg_catalog.pg_locks
   where pid = pg_catalog.pg_backend_pid() and locktype in ('advisory', 'userlock')`,
];

async function sessionState(connection: Connection): Promise<State> {
  const state = new Map<string, string>();
  const open = await inTransaction(connection);
  state.set('transaction', open ? 'open' : 'none');
  // A role's search_path can make traps of the operators below.
  const [before, after] = open
    ? [[], []]
    : [['begin', "set local traps.quiet = 'on'"], ['rollback']];
  for (const command of before) await connection.query(command);
  for (const query of QUERIES) {
    for (const [name, value] of await connection.query(query)) {
      state.set(name ?? '', value ?? 'null');
    }
  }
  for (const command of after) await connection.query(command);
  return state;
}

/** A transaction keeps the lock on what its last statement read. */
async function inTransaction(connection: Connection): Promise<boolean> {
  await connection.query('select from pg_catalog.pg_opfamily limit 0');
  const kept = await connection.query(
    `select 1 from pg_catalog.pg_locks where pid operator(pg_catalog.=) pg_catalog.pg_backend_pid()
     and relation operator(pg_catalog.=) 'pg_catalog.pg_opfamily'::pg_catalog.regclass`,
  );
  return kept.length > 0;
}
