/**
 * Carries out what refuses to run in a transaction: CREATE INDEX CONCURRENTLY and its kin. It can stop half-way, and what
 * it leaves behind is looked for and told.
 */
import { isRefusal } from '../databases/writable.js';
import { FileError, type PgaskError, StatementError } from '../errors.js';
import type { ChangeStatement } from '../sql/change.js';
import { quoteIdentifier } from '../sql/quote.js';
import { type Applied, type ApplyOptions, type Approved, checkFingerprint } from './apply.js';
import type { Entry } from './journal.js';
import { close, settle } from './outcome.js';
import { checkPlace, placeOf } from './place.js';

/** @throws {StatementError} the server refused it, with what it left behind */
export async function applyAlone(approved: Approved, options: ApplyOptions): Promise<Applied> {
  const { id, proposal } = approved;
  const { database, journal, limits, who, now } = options;
  const statement = proposal.statements[0]!;
  // Nothing of it can be rolled back: what is compared is compared before.
  const place = await database.rehearse(limits, async (inside) => {
    const here = await placeOf((sql) => inside.ask(sql), database.name);
    checkPlace(here, approved.place, proposal.effect);
    await checkFingerprint(inside, approved);
    await inside.judge(statement);
    return here;
  });
  const entry: Entry = {
    ...{ id, at: now().toISOString(), state: 'committing', who, place, undo: false, xid: null },
    ...{ hash: proposal.hash, statements: [statement.sql], counts: [null] },
  };
  const ask = (sql: string, parameters: readonly string[]) =>
    database.ask(sql, parameters, AbortSignal.timeout(ASK_MS));
  // What was invalid before is not of our making.
  const before = new Set(await invalidIndexes(ask));
  await journal.add(entry);
  const started = performance.now();
  // Where settling finds out that it was applied, the server's own word is lost.
  let tag: string = statement.command;
  try {
    ({ command: tag } = await database.alone(limits, statement));
    await close(journal, entry, { state: 'applied' }, now);
  } catch (error) {
    if (error instanceof FileError) throw error;
    // Of anything but the server's own no it is not known how far it came.
    if (!isRefusal(error)) await settle(error, entry, options, limits.signal);
    else {
      const left = await invalidIndexes(ask).catch(() => undefined);
      const ours = (left ?? []).filter((name) => !before.has(name));
      const outcome = describe(statement, ours, left === undefined);
      await close(journal, entry, { state: 'not applied', outcome: outcome ?? error.message }, now);
      throw outcome === undefined ? error : withOutcome(error, outcome, ours);
    }
  }
  return {
    ...{ id, place, effect: proposal.effect },
    statements: [{ sql: statement.sql, command: tag, rowCount: undefined, returned: undefined }],
    durationMs: Math.round(performance.now() - started),
    ...{ undo: false, against: `${statement.command} is no change of rows` },
  };
}

const ASK_MS = 15_000;

type Ask = (
  sql: string,
  parameters: readonly string[],
) => Promise<readonly (readonly (string | null)[])[]>;

/** Qualified, as SQL. */
async function invalidIndexes(ask: Ask): Promise<string[]> {
  const rows = await ask(
    `select n.nspname, c.relname from pg_catalog.pg_index i
       join pg_catalog.pg_class c on c.oid = i.indexrelid
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where not i.indisvalid order by 1, 2`,
    [],
  );
  return rows.map((names) => names.map((name) => quoteIdentifier(name ?? '')).join('.'));
}

function describe(
  { command }: ChangeStatement,
  left: readonly string[],
  unknown: boolean,
): string | undefined {
  if (unknown) return `${command} broke off, and the server could not be asked what it left behind`;
  return left.length === 0 ? undefined : `it left the invalid index ${left.join(', ')} behind`;
}

function withOutcome(error: PgaskError, outcome: string, left: readonly string[]): PgaskError {
  const drop = left.map((name) => `drop index concurrently ${name}`).join('; ');
  return new StatementError(`${error.message}; ${outcome}`, {
    ...{ cause: error, sqlstate: error.sqlstate, sql: error.sql, position: error.position },
    hint: drop === '' ? error.hint : `remove it: pgask sql --allow ddl ${JSON.stringify(drop)}`,
  });
}
