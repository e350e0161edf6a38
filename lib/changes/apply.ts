/** Carries out a change that was approved: once, in one transaction, and written down before it is committed. */
import type {
  ChangeLimits,
  ChangeTransaction,
  Ending,
  WritableDatabase,
} from '../databases/writable.js';
import { type Effect, OutcomeUnknownError, PgaskError, RefusedError } from '../errors.js';
import { applyAlone } from './apply-alone.js';
import type { Proposal } from './change.js';
import { fingerprintOf } from './fingerprint.js';
import type { Entry, Journal, Place } from './journal.js';
import { runsAlone } from './irrevocable.js';
import { type ImageStore, imagesOf, reasonAgainst, WRITING_SETTINGS } from './images.js';
import { type ChangeRun, runStatements } from './run.js';

/** What was approved: with anything else nothing is applied. */
export interface Approved {
  readonly id: string;
  readonly proposal: Proposal;
  readonly grant: Effect;
  readonly role: string;
  /** Rows of each statement; undefined where nobody could know them, or the command has none. */
  readonly counts: readonly (number | undefined)[];
  /** Rows of all statements together at most. */
  readonly maxRows: number;
  /** {@link Fingerprint.digest} */
  readonly fingerprint: string;
}

export interface ApplyOptions {
  readonly database: WritableDatabase;
  readonly journal: Journal;
  readonly limits: ChangeLimits;
  readonly who: string;
  /** Rows of each statement whose before-images are kept; 0 keeps none. */
  readonly undoRows: number;
  readonly images: ImageStore;
  readonly now: () => Date;
}

export interface AppliedStatement {
  readonly sql: string;
  /** As PostgreSQL's documentation names it. */
  readonly command: string;
  /** Undefined where the command has no number of rows. */
  readonly rowCount: number | undefined;
}

export interface Applied {
  readonly id: string;
  readonly place: Place;
  /** The most that it took of a grant, by its text. */
  readonly effect: Effect;
  readonly statements: readonly AppliedStatement[];
  readonly durationMs: number;
  /** Whether it can be undone. */
  readonly undo: boolean;
  /** Why not, as a clause. */
  readonly against: string | undefined;
}

/** Milliseconds that the server is asked for what became of a transaction. */
const ASK_FOR_MS = 15_000;
const ASK_EVERY_MS = 250;

/**
 * @throws {RefusedError} something is not as it was approved, with both numbers; or an earlier run is not resolved
 * @throws {OutcomeUnknownError} the connection was lost at COMMIT, and the server can't be asked (exit 5)
 */
export async function apply(approved: Approved, options: ApplyOptions): Promise<Applied> {
  const { database, journal, limits, now } = options;
  const { proposal, id } = approved;
  await checkUnresolved(journal, proposal.hash, database.name);
  if (proposal.statements.some(({ parsed }) => runsAlone(parsed)))
    return await applyAlone(
      approved,
      await placeOf((sql) => database.ask(sql, [], limits.signal), database.name),
      options,
    );
  let entry: Entry | undefined;
  const ending = await database
    .commit(
      limits,
      async (inside) => {
        const place = await placeOf((sql) => inside.ask(sql), database.name);
        await checkPlace(inside, place, approved);
        const run = await runStatements(inside, proposal.statements, {
          grant: approved.grant,
          keptRows: options.undoRows,
          settings: proposal.settings,
        });
        checkCounts(run, approved);
        const against = options.undoRows === 0 ? 'nothing is kept for undo' : reasonAgainst(run);
        const images = against === undefined ? imagesOf(run, await settingsOf(inside)) : undefined;
        return { run, place, images, against };
      },
      async ({ value: { run, place, images }, xid }) => {
        const undo = images !== undefined;
        if (images !== undefined) await options.images.keep(id, images);
        entry = {
          ...{
            id,
            at: now().toISOString(),
            state: 'committing',
            who: options.who,
            place,
            xid,
            undo,
          },
          ...{ hash: proposal.hash, statements: proposal.statements.map(({ sql }) => sql) },
          counts: run.statements.map(({ rowCount }) => rowCount ?? null),
          ...(proposal.undoes === undefined ? {} : { undoes: proposal.undoes }),
        };
        await journal.add(entry);
      },
    )
    .catch(async (error: unknown) => {
      // The server has said no to COMMIT, or was never asked: what stands in the journal must not look open.
      if (entry !== undefined) await close(journal, entry, 'not applied', messageOf(error), now);
      throw error;
    });
  const written = entry!;
  if (ending.type === 'unknown') await settle(ending, written, options);
  else await close(journal, written, 'applied', undefined, now);
  const { run } = ending.value;
  return {
    id,
    place: written.place,
    effect: proposal.effect,
    statements: run.statements.map(({ statement: { sql, command }, rowCount }) => ({
      ...{ sql, command, rowCount },
    })),
    durationMs: run.durationMs,
    undo: written.undo,
    against: ending.value.against,
  };
}

/** Asks the server until it knows. @throws {OutcomeUnknownError} */
async function settle(
  { cause }: Extract<Ending<unknown>, { type: 'unknown' }>,
  entry: Entry,
  { database, journal, now }: ApplyOptions,
): Promise<void> {
  // A run that was interrupted still owes the truth.
  const status = await askForStatus(database, entry, AbortSignal.timeout(ASK_FOR_MS));
  switch (status) {
    case 'committed':
      return await close(journal, entry, 'applied', 'the connection was lost after COMMIT', now);
    case 'aborted':
      await close(journal, entry, 'not applied', 'the connection was lost before COMMIT', now);
      throw cause instanceof PgaskError
        ? Object.assign(cause, { message: `${cause.message}; the change was not applied` })
        : cause;
    default:
      await close(journal, entry, 'unknown', 'the server could not be asked', now);
      throw new OutcomeUnknownError(
        'the connection was lost at COMMIT, and the server could not be asked whether the change was applied',
        {
          cause,
          hint: `pgask plans resolve ${entry.id} finds out; until then the same change is refused`,
        },
      );
  }
}

/**
 * What became of a change, by the server's own word. Undefined where it can't be asked, or is not the same server, or
 * does not know any more.
 */
export async function askForStatus(
  database: WritableDatabase,
  { xid, place }: Entry,
  signal: AbortSignal,
): Promise<'committed' | 'aborted' | undefined> {
  if (xid === null) return undefined;
  const until = performance.now() + ASK_FOR_MS;
  for (;;) {
    try {
      const here = await placeOf((sql) => database.ask(sql, [], signal), database.name);
      if (here.datname !== place.datname || here.system !== place.system) return undefined;
      const status = await database.statusOf(xid, signal);
      if (status === 'committed' || status === 'aborted') return status;
      if (status === 'forgotten') return undefined;
    } catch (error) {
      if (signal.aborted || !(error instanceof PgaskError)) return undefined;
    }
    if (performance.now() > until || signal.aborted) return undefined;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

export async function placeOf(ask: Ask, database: string): Promise<Place> {
  const [row] = await ask(`select pg_catalog.current_database(), current_user,
    pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute')`);
  const [datname = null, role = null, may = null] = row ?? [];
  const [found] =
    may === 't'
      ? await ask('select system_identifier::pg_catalog.text from pg_catalog.pg_control_system()')
      : [];
  return { database, datname: datname ?? '', system: found?.[0] ?? null, role: role ?? '' };
}

async function settingsOf(inside: ChangeTransaction): Promise<Record<string, string>> {
  const items = WRITING_SETTINGS.map((name) => `pg_catalog.current_setting('${name}')`);
  const [row] = await inside.ask(`select ${items.join(', ')}`);
  return Object.fromEntries(WRITING_SETTINGS.map((name, i) => [name, row?.[i] ?? '']));
}

async function checkUnresolved(journal: Journal, hash: string, database: string): Promise<void> {
  const open = (await journal.unresolved()).find(
    (entry) => entry.hash === hash && entry.place.database === database,
  );
  if (open === undefined) return;
  throw new RefusedError(
    `refused: it is not known whether this very change was applied on ${open.at.slice(0, 10)} (${open.id})`,
    { rule: 'unresolved', effect: 'write', hint: `find out first: pgask plans resolve ${open.id}` },
  );
}

async function checkPlace(
  inside: ChangeTransaction,
  { role }: Place,
  approved: Approved,
): Promise<void> {
  if (role !== approved.role)
    throw mismatch('role', `it was approved for the role ${approved.role}, and this is ${role}`);
  const { digest } = await fingerprintOf(inside, approved.proposal.statements);
  if (digest === approved.fingerprint) return;
  throw mismatch('fingerprint', 'its tables have been altered since it was approved');
}

function checkCounts({ statements }: ChangeRun, { counts, maxRows }: Approved): void {
  let total = 0;
  for (const [i, { rowCount, statement }] of statements.entries()) {
    total += rowCount ?? 0;
    const expected = counts[i];
    if (expected === undefined || expected === rowCount) continue;
    const which =
      statements.length === 1 ? statement.command : `statement ${i + 1} (${statement.command})`;
    throw mismatch(
      'count',
      `${which} was approved for ${expected} rows, and would now change ${rowCount ?? 'no'} rows`,
    );
  }
  if (total > maxRows) {
    throw mismatch('count', `at most ${maxRows} rows may be changed, and these are ${total}`);
  }
}

function mismatch(rule: string, what: string): RefusedError {
  return new RefusedError(`refused: ${what}; it was rolled back`, {
    rule: `approved-${rule}`,
    effect: 'write',
    hint: 'look at it again, and approve what it would do now',
  });
}

async function close(
  journal: Journal,
  entry: Entry,
  state: Entry['state'],
  outcome: string | undefined,
  now: () => Date,
): Promise<void> {
  const at = now().toISOString();
  await journal.add({ ...entry, at, state, ...(outcome === undefined ? {} : { outcome }) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
