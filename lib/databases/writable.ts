/**
 * Where changes run: a transaction that reads and writes, and that is rolled back unless a commit is asked for. Only
 * changes/ may import this, and it commits nothing that was not previewed and approved.
 */
import { type Effect, EFFECTS, RefusedError, StatementError } from '../errors.js';
import type { ChangeStatement } from '../sql/change.js';
import { refusal } from '../sql/policy.js';
import type { Row } from './database.js';
import { watchTime } from './deadline.js';
import type { Connection, Executed, WireColumn } from './driver.js';
import { judgeNames, lookUp } from './identity.js';
import type { Objection } from './identity/functions.js';
import type { Pool } from './pool.js';
import { abandon, beginReadWrite, type SessionFacts } from './read-only.js';
import { giveBack, type Returned } from './returned.js';

export type { Executed, Returned };

export interface WritableOptions {
  readonly name: string;
  /** What the invocation may do here: more is refused. */
  readonly grant: Effect;
  readonly allow: {
    readonly functions: readonly string[];
    readonly extensions: readonly string[];
  };
}

export interface ChangeLimits {
  readonly signal: AbortSignal;
  /** Milliseconds that all of the transaction may take. */
  readonly timeoutMs: number;
  /** Milliseconds that a statement waits for another session's lock. */
  readonly lockTimeoutMs: number;
}

/** What the names in a statement come to, in this database. */
export interface Judged {
  /** The most that anything it calls takes of a grant. */
  readonly effect: Effect;
  /** What it does that no rollback takes back, a clause each. */
  readonly irrevocable: readonly string[];
}

/** Inside the transaction. Everything rejects with StatementError, ConnectionLostError or LimitError. */
export interface ChangeTransaction {
  /** As server_version_num: 150018. */
  readonly version: number;
  /**
   * What the statement's names mean here and now: what statements before it have made is there.
   *
   * @throws {RefusedError} it takes more than the grant
   */
  judge(statement: ChangeStatement): Promise<Judged>;
  /** A statement that was judged, byte for byte, or one that wraps it. */
  execute(sql: string): Promise<Executed>;
  /** The columns that a statement gives: nothing is executed. */
  describe(sql: string): Promise<readonly WireColumn[]>;
  /**
   * What a statement has given back, as it is to be printed.
   *
   * @param layout `json` asks the server for each row's JSON
   * @throws {RefusedError} JSON of its values is what a user's own function says
   * @throws {LimitError} it is more than is kept in memory
   */
  giveBack(
    columns: readonly WireColumn[],
    rows: readonly Row[],
    layout: 'text' | 'json',
  ): Promise<Returned>;
  /** A short query of pgask's own; its names must be qualified. */
  ask(sql: string, parameters?: readonly (string | null)[]): Promise<Row[]>;
}

/** How a transaction ended that was to be committed. */
export type Ending<T> =
  | { readonly type: 'committed'; readonly value: T }
  /** The connection was lost at COMMIT: it may be applied or not. */
  | { readonly type: 'unknown'; readonly value: T; readonly cause: unknown };

export type TransactionStatus = 'committed' | 'aborted' | 'in progress' | 'forgotten';

export interface WritableDatabase {
  readonly name: string;
  /** Rolls back whatever `work` did, and hands on what it returns. */
  rehearse<T>(limits: ChangeLimits, work: (inside: ChangeTransaction) => Promise<T>): Promise<T>;
  /**
   * Commits what `work` did, once. `beforeCommit` is awaited before COMMIT is sent: where it throws, all is rolled back.
   *
   * @throws whatever `work` or `beforeCommit` throw, and a server's refusal to commit: then nothing is applied
   */
  commit<T>(
    limits: ChangeLimits,
    work: (inside: ChangeTransaction) => Promise<T>,
    beforeCommit: (written: { readonly value: T; readonly xid: string }) => Promise<void>,
  ): Promise<Ending<T>>;
  /** Runs one statement outside of a transaction: what refuses to run inside of one. */
  alone(limits: ChangeLimits, statement: ChangeStatement): Promise<Executed>;
  /**
   * What became of a transaction.
   *
   * @param xid as pg_current_xact_id gave it
   * @throws {ConnectionError} the server can't be asked
   */
  statusOf(xid: string, signal: AbortSignal): Promise<TransactionStatus>;
  /** A short query of pgask's own, outside of any change. */
  ask(sql: string, parameters: readonly (string | null)[], signal: AbortSignal): Promise<Row[]>;
}

export function writableDatabase(pool: Pool, options: WritableOptions): WritableDatabase {
  async function run<T>(
    limits: ChangeLimits,
    work: (connection: Connection, facts: SessionFacts) => Promise<T>,
  ): Promise<T> {
    return await pool.with(limits.signal, async (connection) => {
      const watch = watchTime(connection, limits);
      try {
        const facts = await beginReadWrite(connection, {
          ...limits,
          idleTimeoutMs: limits.timeoutMs,
          layout: 'text',
        });
        return await work(connection, facts);
      } catch (error) {
        await abandon(connection);
        throw watch.explain(hinted(error));
      } finally {
        watch.stop();
      }
    });
  }

  const inside = (connection: Connection, facts: SessionFacts): ChangeTransaction => ({
    version: facts.version,
    judge: (statement) => judge(connection, statement, facts, options),
    execute: (sql) => connection.execute(sql),
    describe: (sql) => connection.describe(sql),
    giveBack: (columns, rows, layout) => giveBack(connection, columns, rows, layout),
    ask: (sql, parameters) => connection.query(sql, parameters),
  });

  const ask: WritableDatabase['ask'] = (sql, parameters, signal) =>
    pool.with(signal, async (connection) => {
      // A server that is asked and does not answer is not waited for.
      const leave = () => void connection.destroy();
      signal.addEventListener('abort', leave);
      try {
        return await connection.query(sql, parameters);
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    });

  return {
    name: options.name,
    rehearse: (limits, work) =>
      run(limits, async (connection, facts) => {
        const value = await work(inside(connection, facts));
        await Promise.all([connection.query(UNLOCK), connection.query('rollback')]);
        return value;
      }),
    commit: (limits, work, beforeCommit) =>
      run(limits, async (connection, facts) => {
        if (options.grant === 'read') throw new Error('nothing is committed without a grant');
        const value = await work(inside(connection, facts));
        const [[row]] = await Promise.all([connection.query(STATE), connection.query(UNLOCK)]);
        const [xid = null, readOnly = null] = row ?? [];
        if (xid === null || readOnly !== 'off')
          throw new Error('the transaction of a change was left by one of its statements');
        await beforeCommit({ value, xid });
        // Whoever leaves now has not asked for it any more.
        limits.signal.throwIfAborted();
        try {
          const { command } = await connection.execute('commit');
          if (command === 'COMMIT') return { type: 'committed', value };
        } catch (error) {
          if (isRefusal(error)) throw error;
          return { type: 'unknown', value, cause: error };
        }
        // PostgreSQL answers ROLLBACK where the transaction had failed before.
        throw new Error('the server rolled back what was to be committed');
      }),
    alone: (limits, { sql }) =>
      pool.with(limits.signal, async (connection) => {
        const watch = watchTime(connection, limits);
        try {
          return await connection.execute(sql);
        } catch (error) {
          throw watch.explain(error);
        } finally {
          watch.stop();
        }
      }),
    async statusOf(xid, signal) {
      const [row] = await ask(STATUS, [xid], signal);
      return (row?.[0] ?? 'forgotten') as TransactionStatus;
    },
    ask,
  };
}

/** What the server says in a few words, with what to do about it. */
function hinted(error: unknown): unknown {
  if (!(error instanceof StatementError) || error.hint !== undefined) return error;
  const hint = HINTS[error.sqlstate ?? ''];
  if (hint === undefined) return error;
  const { message, sqlstate, sql, position } = error;
  return new StatementError(message, { hint, sqlstate, sql, position, cause: error });
}

const HINTS: Readonly<Record<string, string>> = {
  '55P03': 'another session holds what it needs: try again later, or set changes.lockTimeoutMs',
  '40P01': 'another session was in its way: nothing was changed, try again',
  '40001': 'another session was in its way: nothing was changed, try again',
  '25006': 'this server, or its role, only reads: name the one that is written to with --db',
};

/** Whether the server has said that it did not do it. What ends a session (57P01 and its kin) may come afterwards. */
export function isRefusal(error: unknown): error is StatementError {
  return error instanceof StatementError && /^(?!08|57P)./.test(error.sqlstate ?? '');
}

const STATE = `select pg_catalog.pg_current_xact_id()::pg_catalog.text,
  pg_catalog.current_setting('transaction_read_only')`;

/** No end of a transaction gives back locks of the session, and behind a pooler the session goes on without us. */
const UNLOCK = `select pg_catalog.pg_advisory_unlock_all() where exists (select from pg_catalog.pg_locks
  where locktype = 'advisory' and pid = pg_catalog.pg_backend_pid())`;

/** NULL for a transaction so old that its outcome is not kept any more. */
const STATUS = 'select pg_catalog.pg_xact_status($1::pg_catalog.xid8)';

async function judge(
  connection: Connection,
  statement: ChangeStatement,
  facts: SessionFacts,
  { grant, allow }: WritableOptions,
): Promise<Judged> {
  const irrevocable = new Set<string>();
  let effect: Effect = statement.effect;
  const waives = (objection: Objection, of: Parameters<Waives>[1]): boolean => {
    const found = raise(objection, of);
    // What changes nothing and is refused anyway is no matter of a grant.
    if (found.effect === 'read' || rank(found.effect) > rank(grant)) return false;
    if (rank(found.effect) > rank(effect)) effect = found.effect;
    if (of === 'foreign-table' || isIrrevocable(of, found)) irrevocable.add(found.reason);
    return true;
  };
  const named = lookUp(
    connection,
    { sql: statement.sql, parsed: statement.parsed },
    allow,
    Promise.resolve(facts),
    waives,
  );
  const finding = await judgeNames(connection, named, { facts, grant });
  if (finding !== undefined) throw refusedBy(finding, statement.sql);
  return { effect, irrevocable: [...irrevocable] };
}

/** A setting reaches beyond a statement's rows: it can switch triggers, the role or a limit off. */
function raise(found: Objection, of: Parameters<Waives>[1]): Objection {
  const isSetting = of !== 'foreign-table' && of.oid < FIRST_USER_OID && of.name === 'set_config';
  return isSetting ? { ...found, effect: 'admin' } : found;
}

type Waives = NonNullable<Parameters<typeof lookUp>[4]>;

/** Functions whose work stays when the transaction is rolled back, or that may do anything. */
function isIrrevocable(
  { oid, name, language, trusted, extension }: Exclude<Parameters<Waives>[1], 'foreign-table'>,
  { effect }: Objection,
): boolean {
  if (name === 'setval' || /^(dblink|pg_(try_)?advisory_(un)?lock)/.test(name)) return true;
  // Sequences are named by the locks that nextval leaves; what the server's own functions do besides is undone or admin.
  if (oid < FIRST_USER_OID) return effect === 'admin';
  if (language === 'c') return extension === undefined || effect === 'admin';
  // The C functions behind a type or an operator are internal ones, which no rollback leaves behind.
  return language === 'other' && (!trusted || effect === 'admin');
}

/** Objects of a database's users have OIDs from here on (FirstNormalObjectId). */
const FIRST_USER_OID = 16384;

function refusedBy(
  finding: { readonly rule: string } & Parameters<typeof refusal>[1],
  sql: string,
): RefusedError {
  const { type: _, reason, ...details } = refusal(finding.rule, finding, sql);
  return new RefusedError(`refused: ${reason}`, { ...details, sql });
}

function rank(effect: Effect): number {
  return EFFECTS.indexOf(effect);
}
