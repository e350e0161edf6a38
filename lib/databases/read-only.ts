/**
 * The transaction that every read happens in: READ ONLY, with limits that end with it, and always rolled back. By
 * itself it is no boundary: what runs in it is judged before.
 */
import { StatementError } from '../errors.js';
import type { RowLayout } from './database.js';
import type { Connection } from './driver.js';

export interface ReadLimits {
  /** Milliseconds that the statement may run. */
  readonly timeoutMs: number;
  /** Milliseconds that it waits for another session's lock. */
  readonly lockTimeoutMs: number;
  /** Milliseconds that the transaction may sit there while nobody takes rows. */
  readonly idleTimeoutMs: number;
  /** `json`: every digit of a float, whatever the session says. */
  readonly layout: RowLayout;
}

export interface SessionFacts {
  /** 150018 for 15.18 */
  readonly version: number;
  /** The limits as the server prints them: they end with the transaction. */
  readonly limits: readonly (string | null)[];
  /** As txid_current_snapshot says: the same for as long as nobody commits. */
  readonly snapshot: string;
  /** The setting itself: `"$user", public`. */
  readonly ownPath: string;
  /** Schemas in which the session looks up names, pg_catalog included, in order. */
  readonly searchPath: readonly string[];
}

/** Milliseconds between the server's looks whether its client is still there (14 and later, where the system can). */
const CLIENT_CHECK_MS = 1000;
/** After a failure the session has this long to come back to order. */
const CANCEL_GRACE_MS = 1000;

/**
 * Sends BEGIN and the settings without waiting, so that what follows is in the same round trip. The settings are a
 * query: it takes the transaction's first snapshot, after which READ ONLY can't be lifted by SET.
 */
export async function beginReadOnly(
  connection: Connection,
  limits: ReadLimits,
): Promise<SessionFacts> {
  return await begin(connection, 'read only', limits);
}

/** The same for a change: what it does is kept only by a COMMIT. Where writing is not the default, it is not made so. */
export async function beginReadWrite(
  connection: Connection,
  limits: ReadLimits,
): Promise<SessionFacts> {
  return await begin(connection, 'isolation level read committed', limits);
}

async function begin(
  connection: Connection,
  mode: string,
  limits: ReadLimits,
): Promise<SessionFacts> {
  const [, rows] = await Promise.all([
    connection.query(`begin transaction ${mode}`),
    connection.query(settings(limits)),
  ]);
  const [version = null, path = null, ownPath = null, snapshot = null, ...values] = rows[0] ?? [];
  const searchPath = JSON.parse(path ?? '[]') as string[];
  return {
    ...{ version: Number(version), searchPath },
    ...{ ownPath: ownPath ?? '', snapshot: snapshot ?? '' },
    limits: values.slice(0, LIMITS.length),
  };
}

/** SET LOCAL for several settings at once; every value is ours. The limits come first: {@link SessionFacts}. */
function settings({ timeoutMs, lockTimeoutMs, idleTimeoutMs, layout }: ReadLimits): string {
  const values: [name: string, value: string][] = [
    ['statement_timeout', `'${timeoutMs}ms'`],
    ['lock_timeout', `'${lockTimeoutMs}ms'`],
    ['idle_in_transaction_session_timeout', `'${idleTimeoutMs}ms'`],
    // The parser reads '\\' in a plain literal as itself, and the server must do the same.
    ['standard_conforming_strings', `'on'`],
    ['client_encoding', CLIENT_ENCODING],
  ];
  if (layout === 'json') values.push(['extra_float_digits', FLOAT_DIGITS]);
  const calls = values.map(([name, value]) => `pg_catalog.set_config('${name}', ${value}, true)`);
  return `select pg_catalog.current_setting('server_version_num'),
    pg_catalog.to_json(pg_catalog.current_schemas(true)), pg_catalog.current_setting('search_path'),
    pg_catalog.txid_current_snapshot(),
    ${[...calls, clientCheck()].join(', ')}`;
}

/** A database in SQL_ASCII holds bytes of which nobody knows the encoding: they come as they are. */
const CLIENT_ENCODING = `case when pg_catalog.texteq(pg_catalog.current_setting('server_encoding'), 'SQL_ASCII')
  then 'SQL_ASCII' else 'UTF8' end`;

/** Below 1 floats are rounded. */
const FLOAT_DIGITS = `greatest(pg_catalog.current_setting('extra_float_digits')::pg_catalog.int4, 1)::pg_catalog.text`;

/** Only where the server has the setting and its system can do it: elsewhere setting it is an error. */
function clientCheck(): string {
  return `case when pg_catalog.current_setting('client_connection_check_interval', true) is not null
    and pg_catalog.int4gt(pg_catalog.strpos(pg_catalog.version(), 'linux'), 0)
    then pg_catalog.set_config('client_connection_check_interval', '${CLIENT_CHECK_MS}ms', true) end`;
}

/** Limits that are set for the transaction alone. */
const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
const STATE = `select pg_catalog.current_setting('transaction_read_only'),
  ${LIMITS.map((name) => `pg_catalog.current_setting('${name}')`).join(', ')}`;

const IN_FAILED_TRANSACTION = '25P02';

/** The transaction must still be the one that was opened: if not, something got around the guard. */
export async function endReadOnly(connection: Connection, { limits }: SessionFacts): Promise<void> {
  const state = connection.query(STATE).catch((error: unknown) => {
    // A statement that was stopped early has failed, which only a transaction that is still open knows.
    if (error instanceof StatementError && error.sqlstate === IN_FAILED_TRANSACTION) return;
    throw error;
  });
  const [rows] = await Promise.all([state, connection.query('rollback')]);
  if (rows === undefined) return;
  const [readOnly, ...now] = rows[0] ?? [];
  if (readOnly !== 'on' || now.join() !== limits.join()) {
    await connection.destroy();
    throw new Error('the READ ONLY transaction was left by a statement that the guard let pass');
  }
}

/** After a failure: the transaction ends, or else the session does. */
export async function abandon(connection: Connection): Promise<void> {
  if (!connection.alive) return;
  const timer = setTimeout(() => void connection.destroy(), CANCEL_GRACE_MS);
  try {
    await connection.query('rollback');
  } catch {
    await connection.destroy();
  } finally {
    clearTimeout(timer);
  }
}
