/**
 * The only database that anybody is handed: what the policy refuses never reaches the server, and what reaches
 * it runs in a READ ONLY transaction with limits that is always rolled back.
 */
import {
  ConnectionLostError,
  type Effect,
  LimitError,
  RefusedError,
  StatementError,
} from '../errors.js';
import { loadParser } from '../sql/parse.js';
import { judge, type Verdict } from '../sql/policy.js';
import type {
  Database,
  Judgement,
  ReadOptions,
  Result,
  ResultColumn,
  Statement,
} from './database.js';
import type { Connection, Driver, WireColumn } from './driver.js';
import { handoff, NoMoreWanted } from './handoff.js';
import { openPool } from './pool.js';
import { resolveTypes } from './types.js';

export interface GuardOptions {
  readonly name: string;
  /** Milliseconds that a statement waits for another session's lock. */
  readonly lockTimeoutMs: number;
  /** What the configuration lets reads use besides what is known to be harmless; by default nothing. */
  readonly allow?: {
    /** `schema.function` or `schema.function(argument types)`. */
    readonly functions: readonly string[];
    readonly extensions: readonly string[];
  };
  /** Planner cost above which a statement is refused before it runs. */
  readonly maxPlanCost?: number | undefined;
  /** Bytes of one value. */
  readonly maxCellBytes?: number | undefined;
  /** Milliseconds that a transaction may sit idle while its rows are not taken. */
  readonly idleTimeoutMs?: number | undefined;
  /** What this invocation may do here, the database's access level considered; by default `read`. */
  readonly grant?: Effect | undefined;
}

const BATCH_ROWS = 1000;
/** After the time is up, or the run is aborted, the server has this long to stop by itself. */
const CANCEL_GRACE_MS = 1000;

export function guardDatabase(driver: Driver, { name, lockTimeoutMs }: GuardOptions): Database {
  const pool = openPool(driver);
  return {
    name,
    async read(statement, options, consume) {
      // The parser loads while the server is reached; a refusal is the answer even where it can't be.
      void loadParser();
      pool.warm(options.signal);
      const allowed = await check(statement);
      return await pool.with(options.signal, (connection) =>
        runRead(connection, allowed, { ...options, lockTimeoutMs }, consume),
      );
    },
    async check({ sql }, { signal }) {
      void loadParser();
      pool.warm(signal);
      const judgement = toJudgement(await judge(sql));
      // A verdict is that of a catalog: where there is none, there is no verdict.
      await pool.with(signal, () => Promise.resolve());
      return judgement;
    },
    close: () => pool.close(),
  };
}

function toJudgement(verdict: Verdict): Judgement {
  switch (verdict.type) {
    case 'allow':
      return { verdict: 'allow', effect: 'read' };
    case 'refuse': {
      const { effect, rule, reason, hint, position } = verdict;
      return { verdict: 'refuse', effect, rule, reason, hint, position };
    }
    case 'invalid':
      return {
        verdict: 'refuse',
        effect: 'read',
        rule: 'syntax',
        reason: verdict.message,
        hint: 'write it as PostgreSQL reads it',
        position: verdict.position,
      };
  }
}

/** The statement, if the policy lets it run. @throws {RefusedError} {StatementError} */
async function check(statement: Statement): Promise<Statement> {
  const { sql } = statement;
  const verdict = await judge(sql);
  switch (verdict.type) {
    case 'allow':
      return statement;
    case 'refuse':
      throw new RefusedError(`refused: ${verdict.reason}`, {
        rule: verdict.rule,
        effect: verdict.effect,
        hint: verdict.hint,
        sql,
        position: verdict.position,
      });
    case 'invalid':
      throw new StatementError(verdict.message, {
        sqlstate: '42601',
        sql,
        position: verdict.position,
      });
  }
}

type Limits = ReadOptions & { readonly lockTimeoutMs: number };

async function runRead<T>(
  connection: Connection,
  { sql, parameters = [] }: Statement,
  limits: Limits,
  consume: (result: Result) => Promise<T>,
): Promise<T> {
  const watch = watchTime(connection, limits);
  try {
    const columns = await begin(connection, sql, limits);
    const value = await stream(connection, { sql, parameters }, limits, columns, consume);
    await finish(connection);
    return value;
  } catch (error) {
    await abandon(connection);
    throw watch.explain(error);
  } finally {
    watch.stop();
  }
}

/** Opens the transaction and learns the statement's columns: all in one round trip, nothing of it executed. */
async function begin(
  connection: Connection,
  sql: string,
  limits: Limits,
): Promise<readonly ResultColumn[]> {
  const [, , columns] = await Promise.all([
    connection.query('begin transaction read only'),
    connection.query(settings(limits)),
    connection.describe(sql),
  ]);
  return await resolve(columns, connection);
}

/** SET LOCAL for several settings at once; every value is ours. */
function settings({ timeoutMs, lockTimeoutMs, encoding }: Limits): string {
  const values: [name: string, value: string][] = [
    ['statement_timeout', `${timeoutMs}ms`],
    ['lock_timeout', `${lockTimeoutMs}ms`],
    ['idle_in_transaction_session_timeout', '0'],
    // The parser reads '\' in a plain literal as itself, and the server must do the same.
    ['standard_conforming_strings', 'on'],
  ];
  if (encoding === 'json') {
    values.push(['datestyle', 'ISO, YMD'], ['extra_float_digits', '1']);
  }
  const calls = values.map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', true)`);
  return `select ${calls.join(', ')}`;
}

async function resolve(
  columns: readonly WireColumn[],
  connection: Connection,
): Promise<ResultColumn[]> {
  const typeOf = await resolveTypes(
    columns.map(({ oid }) => oid),
    (sql) => connection.query(sql),
  );
  return columns.map(({ name, oid }) => {
    const { name: type, shape } = typeOf(oid);
    return { name, oid, type, shape };
  });
}

async function stream<T>(
  connection: Connection,
  statement: { readonly sql: string; readonly parameters: NonNullable<Statement['parameters']> },
  { batchRows = BATCH_ROWS }: ReadOptions,
  columns: readonly ResultColumn[],
  consume: (result: Result) => Promise<T>,
): Promise<T> {
  const batches = handoff<Parameters<Parameters<Connection['stream']>[1]>[0]>();
  const produced = connection
    .stream({ ...statement, batchRows }, (rows) => batches.push(rows))
    .then(
      () => batches.finish(),
      (reason: unknown) => {
        batches.finish({ reason });
        if (!(reason instanceof NoMoreWanted)) throw reason;
      },
    );
  // The failure is the consumer's to see first; it must not be unhandled until then.
  produced.catch(() => undefined);
  try {
    const value = await consume({ columns, batches: batches.items });
    batches.abandon();
    await produced;
    return value;
  } catch (error) {
    batches.abandon();
    await produced.catch(() => undefined);
    throw error;
  }
}

/** The transaction must still be the one that was opened: if not, something got around the guard. */
async function finish(connection: Connection): Promise<void> {
  const [state] = await Promise.all([
    connection.query("select pg_catalog.current_setting('transaction_read_only')"),
    connection.query('rollback'),
  ]);
  if (state[0]?.[0] !== 'on') {
    await connection.destroy();
    throw new Error('the READ ONLY transaction was left by a statement that the guard let pass');
  }
}

/** After a failure: the transaction ends, or else the session does. */
async function abandon(connection: Connection): Promise<void> {
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

/**
 * The client's own clock beside the server's: asks the server to stop when the time is up or the run is
 * aborted, and cuts the connection where it does not.
 */
function watchTime(connection: Connection, { signal, timeoutMs }: Limits) {
  let stopped: 'time' | 'abort' | undefined;
  let cut: NodeJS.Timeout | undefined;
  const stop = (why: 'time' | 'abort') => {
    stopped ??= why;
    cut ??= setTimeout(() => void connection.destroy(), CANCEL_GRACE_MS);
    void connection.cancel();
  };
  // A little after the server's own limit, which is cheaper: the session survives it.
  const started = Date.now();
  const timer = setTimeout(() => stop('time'), timeoutMs + 250);
  const abort = () => stop('abort');
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  return {
    stop() {
      clearTimeout(timer);
      clearTimeout(cut);
      signal.removeEventListener('abort', abort);
    },
    /** What a failure means, now that it is known who stopped the statement. */
    explain(error: unknown): unknown {
      const canceled = error instanceof StatementError && error.sqlstate === '57014';
      const ended = canceled || error instanceof ConnectionLostError;
      if (stopped === 'abort' && ended) return signal.reason;
      const timeUp = stopped === 'time' || (canceled && Date.now() - started >= timeoutMs);
      if (!ended || !timeUp) return error;
      return new LimitError(`the statement took longer than ${timeoutMs / 1000} s`, {
        cause: error,
        limit: 'timeout',
        hint: 'ask for less, or give it more time with --timeout',
      });
    },
  };
}
