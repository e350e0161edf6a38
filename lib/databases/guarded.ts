/**
 * The only database that anybody is handed: what the policy refuses never reaches the server, and what reaches
 * it runs in a READ ONLY transaction with limits that is always rolled back.
 */
import {
  ConnectionError,
  ConnectionLostError,
  type Effect,
  RefusedError,
  StatementError,
} from '../errors.js';
import { isOnlyPlanned } from '../sql/classify.js';
import { loadParser, type ParsedStatement } from '../sql/parse.js';
import { judge, judgeGrammar, refusal, type Verdict } from '../sql/policy.js';
import { nodesOf } from '../sql/walk.js';
import { resolveColumns } from './columns.js';
import type { Database, Judgement, ReadOptions, RowLayout, Statement } from './database.js';
import { watchTime } from './deadline.js';
import type { Connection, Driver, WireColumn } from './driver.js';
import { judgeNames, lookUp, type Named } from './identity.js';
import { judgeJson } from './identity/to-json.js';
import { checkPlanCost } from './plan-cost.js';
import { openPool, type Pool } from './pool.js';
import { abandon, beginReadOnly, endReadOnly, type SessionFacts } from './read-only.js';
import { withReadOnlyRole } from './read-only-role.js';
import { type Asked, chunksOf, rowsOf } from './sources.js';

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
  /** Refuses every read where the role can do more than that. */
  readonly requireReadOnlyRole?: boolean;
  /** Told when a statement is run again. */
  readonly warn?: ((message: string) => void) | undefined;
}

const IDLE_MS = 600_000;

/** @param pool the driver's sessions, where changes share them */
export function guardDatabase(
  driver: Driver,
  guard: GuardOptions,
  pool: Pool = openPool(driver),
): Database {
  /** Whoever has seen the first rows may have printed them: from there on nothing is done twice. */
  async function run<Item, T>(
    statement: Statement,
    limits: Limits,
    source: Source<Item>,
    consume: Consume<Item, T>,
  ): Promise<T> {
    // The parser loads while the server is reached; a refusal is the answer even where it can't be.
    void loadParser();
    pool.warm(limits.signal);
    const parsed = allowed(await judge(statement.sql, limits), statement.sql);
    let seen = false;
    const once = () =>
      pool.with(limits.signal, (connection) =>
        runRead(connection, { ...statement, parsed }, limits, source, (columns, items) => {
          seen = true;
          return consume(columns, items);
        }),
      );
    try {
      return await once();
    } catch (error) {
      if (seen || !(error instanceof ConnectionLostError)) throw error;
      guard.warn?.(`${error.message}; nothing was printed yet: the statement is run again`);
      return await once().catch((second: unknown) => {
        // A server that is gone by now: what the run met first is that the connection was lost.
        throw second instanceof ConnectionError ? error : second;
      });
    }
  }

  const database: Database = {
    name: guard.name,
    read: (statement, options, consume) =>
      run(statement, { ...guard, ...options }, rowsOf, (columns, batches) =>
        consume({ columns, batches }),
      ),
    stream: (statement, { layout, limit, ...options }, consume) =>
      run(
        statement,
        { ...guard, ...options, layout },
        (connection, asked) => chunksOf(connection, { ...asked, layout, limit }, driver.copies),
        (columns, chunks) => consume({ columns, chunks }),
      ),
    async check({ sql }, options) {
      void loadParser();
      pool.warm(options.signal);
      const verdict = await judge(sql, options);
      // A verdict is that of a catalog: where there is none, there is no verdict.
      return await pool.with(options.signal, async (connection) =>
        verdict.type === 'allow'
          ? await judgeThere(
              connection,
              { sql, parsed: verdict.statement },
              { ...guard, ...options },
            )
          : toJudgement(verdict),
      );
    },
    close: () => pool.close(),
  };
  return guard.requireReadOnlyRole === true ? withReadOnlyRole(database) : database;
}

type Refused = Exclude<Verdict, { type: 'allow' }>;

/** @throws {RefusedError} {StatementError} */
function allowed(verdict: Verdict, sql: string): ParsedStatement {
  if (verdict.type === 'allow') return verdict.statement;
  if (verdict.type === 'invalid') {
    throw new StatementError(verdict.message, {
      sqlstate: '42601',
      sql,
      position: verdict.position,
    });
  }
  throw new RefusedError(`refused: ${verdict.reason}`, {
    rule: verdict.rule,
    effect: verdict.effect,
    mendable: verdict.mendable,
    hint: verdict.hint,
    sql,
    position: verdict.position,
    end: verdict.end,
  });
}

function toJudgement(verdict: Refused): Judgement {
  if (verdict.type === 'refuse') {
    const { effect, rule, reason, hint, position } = verdict;
    return { verdict: 'refuse', effect, rule, reason, hint, position };
  }
  return {
    verdict: 'refuse',
    effect: 'read',
    rule: 'syntax',
    reason: verdict.message,
    hint: 'write it as PostgreSQL reads it',
    position: verdict.position,
  };
}

interface Judged {
  readonly sql: string;
  readonly parsed: ParsedStatement;
}

type Limits = GuardOptions & ReadOptions & { readonly layout?: RowLayout };

type Source<Item> = (connection: Connection, asked: Asked) => AsyncGenerator<Item>;
type Consume<Item, T> = (columns: Asked['columns'], items: AsyncIterable<Item>) => Promise<T>;

async function runRead<Item, T>(
  connection: Connection,
  { sql, parameters = [], parsed }: Statement & Judged,
  limits: Limits,
  source: Source<Item>,
  consume: Consume<Item, T>,
): Promise<T> {
  return await withinTime(connection, limits, async () => {
    const { verdict, described, facts, named } = await examine(connection, { sql, parsed }, limits);
    if (verdict !== undefined) allowed(verdict, sql);
    checkParameters(parsed, sql, parameters);
    const shown = await (described ?? connection.describe(sql));
    if (limits.layout === 'json') {
      const types = shown.map(({ oid }) => oid);
      const finding = await judgeJson(connection, named, facts, types);
      if (finding !== undefined) allowed(refusal(finding.rule, finding, sql), sql);
    }
    const columns = await resolveColumns(shown, connection);
    if (limits.maxPlanCost !== undefined) {
      await checkPlanCost(connection, { sql, parameters, parsed }, limits.maxPlanCost);
    }
    const { maxCellBytes } = limits;
    const items = source(connection, { sql, parsed, parameters, columns, maxCellBytes });
    try {
      // Most failures come with the first rows: whoever consumes them has not begun then.
      const first = await items.next();
      const value = await consume(columns, following(first, items));
      await items.return(undefined);
      // Where leaving early took ending the session, that has rolled back as well.
      if (connection.alive) await endReadOnly(connection, facts);
      return value;
    } finally {
      await items.return(undefined);
    }
  });
}

async function* following<Item>(
  first: IteratorResult<Item, unknown>,
  rest: AsyncIterable<Item>,
): AsyncGenerator<Item> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

async function judgeThere(
  connection: Connection,
  statement: Judged,
  limits: Limits,
): Promise<Judgement> {
  return await withinTime(connection, limits, async () => {
    const { verdict, described } = await examine(connection, statement, limits);
    // What the server does not understand is its to say when it runs.
    await described?.catch(() => undefined);
    await abandon(connection);
    return verdict === undefined ? { verdict: 'allow', effect: 'read' } : toJudgement(verdict);
  });
}

async function withinTime<T>(
  connection: Connection,
  limits: Limits,
  work: () => Promise<T>,
): Promise<T> {
  const watch = watchTime(connection, limits);
  try {
    return await work();
  } catch (error) {
    await abandon(connection);
    throw watch.explain(error);
  } finally {
    watch.stop();
  }
}

/**
 * Opens the transaction and judges what the statement's names mean here. What names nothing is described in the same
 * round trip; the rest only after the verdict, for parsing can already call what a domain checks.
 */
async function examine(
  connection: Connection,
  { sql, parsed }: Judged,
  limits: Limits,
): Promise<{
  facts: SessionFacts;
  named: Named;
  verdict?: Refused;
  described?: Promise<readonly WireColumn[]>;
}> {
  const begun = beginReadOnly(connection, {
    timeoutMs: limits.timeoutMs,
    lockTimeoutMs: limits.lockTimeoutMs,
    idleTimeoutMs: limits.idleTimeoutMs ?? IDLE_MS,
    layout: limits.layout ?? 'text',
  });
  const allowance = limits.allow ?? { functions: [], extensions: [] };
  const named = lookUp(connection, { sql, parsed }, allowance, begun);
  const described = named.found === undefined ? connection.describe(sql) : undefined;
  described?.catch(() => undefined);
  const facts = await begun;
  const finding =
    judgeGrammar(parsed, sql, facts.version) ??
    (await judgeNames(connection, named, { facts, grant: limits.grant ?? 'read' }));
  if (finding !== undefined) return { facts, named, verdict: refusal(finding.rule, finding, sql) };
  return described === undefined ? { facts, named } : { facts, named, described };
}

/**
 * EXPLAIN (GENERIC_PLAN) has parameters and no values for them, and the extended protocol asks for values, which it
 * would plan with.
 *
 * @throws {StatementError}
 */
function checkParameters(parsed: ParsedStatement, sql: string, given: readonly unknown[]): void {
  if (given.length > 0 || !isOnlyPlanned(parsed)) return;
  if (!nodesOf(parsed).some(({ tag }) => tag === 'ParamRef')) return;
  throw new StatementError("a plan for parameters without values can't be asked for", {
    sql,
    hint: 'write values in place of $1, or use psql',
  });
}
