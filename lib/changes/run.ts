/** The statements of a change inside a transaction, for the preview and for good alike. */
import type { ChangeTransaction, Executed, Returned } from '../databases/writable.js';
import { type Effect, RefusedError, StatementError } from '../errors.js';
import { type ChangeStatement, rank } from '../sql/change.js';
import { capture, type Captured, type CaptureQuery, captureQuery, openingOf } from './capture.js';
import { type Footprint, openFootprint } from './footprint.js';
import { type Target, targetOf } from './target.js';

export interface RunOptions {
  readonly grant: Effect;
  /** Rows of each statement that are kept as they were and are. */
  readonly keptRows: number;
  /** Whether what statements give back is wanted, and as JSON. */
  readonly returning?: 'text' | 'json' | undefined;
  /** Constraints that can be are checked at the end alone. */
  readonly deferred?: boolean | undefined;
  /** Of the transaction. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

export interface StatementRun {
  readonly statement: ChangeStatement;
  /** Undefined where the command has no number of rows. */
  readonly rowCount: number | undefined;
  readonly target: Target | undefined;
  /** Undefined where its rows can't be followed. */
  readonly captured: Captured | undefined;
  /** The words of its command tag: `UPDATE`, `DROP TABLE`. */
  readonly tag: string;
  /** What it gives back; undefined where that is no rows. */
  readonly returned: Returned | undefined;
}

export interface ChangeRun {
  readonly statements: readonly StatementRun[];
  readonly footprint: Footprint;
  readonly durationMs: number;
}

/**
 * Judges each statement where it stands, and executes it. What has been judged before is judged again: between two
 * transactions a name can come to mean something else.
 *
 * @throws {RefusedError} it takes more than the grant, triggers included
 */
export async function runStatements(
  inside: ChangeTransaction,
  statements: readonly ChangeStatement[],
  options: RunOptions,
): Promise<ChangeRun> {
  const { grant, deferred = false, settings = {} } = options;
  for (const [name, value] of Object.entries(settings))
    await inside.ask('select pg_catalog.set_config($1, $2, true)', [name, value]);
  if (deferred) await inside.ask('set constraints all deferred');
  const footprint = await openFootprint(inside);
  const started = performance.now();
  const runs: StatementRun[] = [];
  for (const statement of statements) {
    await inside.judge(statement);
    runs.push(await runOne(inside, statement, options));
  }
  // What is put off to COMMIT is part of what it does.
  await inside.ask('set constraints all immediate');
  const durationMs = Math.round(performance.now() - started);
  const left = await footprint.sofar();
  checkCatalogs(left, statements, grant);
  return { statements: runs, footprint: left, durationMs };
}

async function runOne(
  inside: ChangeTransaction,
  statement: ChangeStatement,
  { keptRows, returning }: RunOptions,
): Promise<StatementRun> {
  const target = await targetOf(statement, inside);
  const given = target === undefined ? [] : await givenBack(inside, statement);
  const query =
    target === undefined
      ? undefined
      : captureQuery(statement, target, {
          ...{ limit: keptRows, version: inside.version, returning: given.length },
        });
  const take = async (columns: typeof given, rows: Executed['rows'] | undefined) =>
    returning === undefined || rows === undefined || columns.length === 0
      ? undefined
      : await inside.giveBack(columns, rows, returning);
  if (query === undefined || target === undefined) {
    const { rowCount, command: tag, columns, rows } = await inside.execute(statement.sql);
    const returned = await take(columns, rows);
    return { statement, rowCount, target, captured: undefined, tag, returned };
  }
  const captured = await capture(inside, query, target).catch((error: unknown) => {
    throw inTheirText(error, query, statement.sql);
  });
  const { rowCount } = captured;
  const returned = await take(given, captured.returned);
  return { statement, rowCount, target, captured, tag: statement.command, returned };
}

/** The columns of the statement's own RETURNING. */
async function givenBack(inside: ChangeTransaction, { parsed, sql }: ChangeStatement) {
  const { returningClause, returningList } = parsed.fields;
  return returningClause === undefined && returningList === undefined
    ? []
    : await inside.describe(sql);
}

/** The place in the text is that in the query around it. */
function inTheirText(error: unknown, query: CaptureQuery, sql: string): unknown {
  if (!(error instanceof StatementError)) return error;
  const { message, sqlstate, hint, position } = error;
  const inside = (position ?? 0) - openingOf(query, sql);
  const known = inside > 0 && inside <= [...sql].length ? { position: inside } : {};
  return new StatementError(message, { sqlstate, hint, sql, cause: error, ...known });
}

/**
 * What stands for the rows that each statement changes: other rows are another text. Undefined where nobody can know, or
 * where the rows may have been written by the change itself.
 */
export function rowsOf({ statements, footprint: { touched } }: ChangeRun): (string | undefined)[] {
  const targets = new Set(statements.map(({ target }) => target?.name));
  const reachesOut = touched?.some(({ table }) => !targets.has(table)) ?? true;
  return statements.map(({ target, captured }, i) => {
    const earlier = statements.slice(0, i).map((one) => one.target?.name);
    const own = earlier.includes(target?.name) || earlier.includes(undefined);
    return i > 0 && (own || reachesOut) ? undefined : captured?.keys;
  });
}

/** Rows in tables that no statement names as its target. Undefined where they were not counted. */
export function elsewhereOf({ statements, footprint: { touched } }: ChangeRun) {
  const targets = statements.flatMap(({ target }) =>
    target === undefined ? [] : [target.name, ...target.partitions],
  );
  return touched?.filter(({ table, system }) => !system && !targets.includes(table));
}

/** Catalogs of roles and of the whole server. */
const OF_THE_SERVER =
  /\.pg_(authid|auth_members|database|db_role_setting|tablespace|default_acl|parameter_acl|seclabel|shseclabel|subscription|user_mapping|foreign_server|policy)$/;
/** Written by the server on its own account. */
const NO_MATTER =
  /\.pg_(statistic|statistic_ext_data|largeobject|largeobject_metadata|depend|shdepend)$/;

/**
 * A trigger or a function can do what the statement's text does not show: whatever writes to the catalogs takes the
 * grant for that.
 */
function checkCatalogs(
  { touched = [] }: Footprint,
  statements: readonly ChangeStatement[],
  grant: Effect,
): void {
  const catalogs = touched.filter(({ system, table }) => system && !NO_MATTER.test(table));
  if (catalogs.length === 0) return;
  const effect: Effect = catalogs.some(({ table }) => OF_THE_SERVER.test(table)) ? 'admin' : 'ddl';
  if (rank(effect) <= rank(grant)) return;
  if (statements.some((statement) => rank(statement.effect) >= rank(effect))) return;
  const what = effect === 'admin' ? 'roles, rights or the server' : 'the schema';
  throw new RefusedError(
    `refused: a trigger or function that it calls changes ${what} (${catalogs[0]!.table})`,
    { rule: 'touched-catalogs', effect, hint: `if you mean it: --allow ${effect}` },
  );
}
