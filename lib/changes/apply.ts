/** Carries out a change that was approved: once, in one transaction, and written down before it is committed. */
import type {
  ChangeLimits,
  ChangeTransaction,
  Returned,
  WritableDatabase,
} from '../databases/writable.js';
import { type Effect, RefusedError } from '../errors.js';
import { applyAlone } from './apply-alone.js';
import type { Proposal } from './change.js';
import { unexplained } from './explained.js';
import { fingerprintOf } from './fingerprint.js';
import type { Entry, Journal } from './journal.js';
import { checkPlace, isSameDatabase, type Place, placeOf } from './place.js';
import { close, settle } from './outcome.js';
import { rank } from '../sql/change.js';
import { runsAlone } from './irrevocable.js';
import { type ImageStore, imagesOf, reasonAgainst, WRITING_SETTINGS } from './images.js';
import { type ChangeRun, elsewhereOf, rowsOf, runStatements } from './run.js';
import { openWatch } from './watch.js';

/** What was approved: with anything else nothing is applied. */
export interface Approved {
  readonly id: string;
  readonly proposal: Proposal;
  readonly grant: Effect;
  readonly place: Place;
  /** Rows of each statement; undefined where nobody could know them, or the command has none. */
  readonly counts: readonly (number | undefined)[];
  /** {@link rowsOf} */
  readonly rows: readonly (string | undefined)[];
  /** Rows of all statements together at most, with those that cascades and triggers change. */
  readonly maxRows: number;
  /** Tables whose rows cascades, triggers and functions change, as the preview saw. */
  readonly watch: readonly string[];
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
  /** How what statements give back is wanted. */
  readonly returning: 'text' | 'json';
  readonly images: ImageStore;
  readonly now: () => Date;
}

export interface AppliedStatement {
  readonly sql: string;
  /** The words of its command tag: `UPDATE`, `DROP TABLE`. */
  readonly command: string;
  /** Undefined where the command has no number of rows. */
  readonly rowCount: number | undefined;
  /** What it gave back; undefined where that is no rows. */
  readonly returned: Returned | undefined;
}

export interface Applied {
  readonly id: string;
  readonly place: Place;
  /** The most that it took of a grant, by its text: `write` at least. */
  readonly effect: Effect;
  readonly statements: readonly AppliedStatement[];
  readonly durationMs: number;
  /** Whether it changed rows that can be put back. */
  readonly undo: boolean;
  /** Why not, as a clause. */
  readonly against: string | undefined;
}

/**
 * @throws {RefusedError} something is not as it was approved, with both numbers; or an earlier run is not resolved
 * @throws {OutcomeUnknownError} the connection was lost at COMMIT, and the server can't be asked (exit 5)
 */
export async function apply(approved: Approved, options: ApplyOptions): Promise<Applied> {
  const { database, journal, limits, now } = options;
  const { proposal, id } = approved;
  await checkUnresolved(journal, proposal.hash, approved.place);
  if (proposal.statements.some(({ parsed }) => runsAlone(parsed)))
    return await applyAlone(approved, options);
  let entry: Entry | undefined;
  const ending = await database
    .commit(
      limits,
      async (inside) => {
        const place = await placeOf((sql) => inside.ask(sql), database.name);
        checkPlace(place, approved.place, proposal.effect);
        await checkFingerprint(inside, approved);
        const watch = await openWatch(inside, options.undoRows === 0 ? [] : approved.watch);
        const run = await runStatements(inside, proposal.statements, {
          grant: approved.grant,
          keptRows: options.undoRows,
          returning: options.returning,
          settings: proposal.settings,
          deferred: proposal.undoes !== undefined,
        });
        checkRows(run, approved);
        const why = await reasonAgainst(run, options.undoRows, inside);
        const watched = why ?? (await watch.read(unexplained(run), options.undoRows));
        if (typeof watched === 'string') return { run, place, against: watched };
        const images = imagesOf(run, watched, await settingsOf(inside));
        if (images.tables.every(({ rows }) => rows.length === 0))
          return { run, place, against: 'it changed no row' };
        return { run, place, images };
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
      if (entry !== undefined)
        await close(journal, entry, { state: 'not applied', outcome: messageOf(error) }, now);
      throw error;
    });
  const written = entry!;
  if (ending.type === 'unknown') await settle(ending.cause, written, options, limits.signal);
  else await close(journal, written, { state: 'applied' }, now);
  const { run } = ending.value;
  return {
    id,
    place: written.place,
    effect: rank(proposal.effect) < rank('write') ? 'write' : proposal.effect,
    statements: run.statements.map(({ statement: { sql }, tag, rowCount, returned }) => ({
      ...{ sql, command: tag, rowCount, returned },
    })),
    durationMs: run.durationMs,
    // NOTIFY and the like leave nothing to put back.
    undo: ending.value.images?.tables.some(({ rows }) => rows.length > 0) ?? false,
    against: ending.value.against,
  };
}

async function settingsOf(inside: ChangeTransaction): Promise<Record<string, string>> {
  const items = WRITING_SETTINGS.map((name) => `pg_catalog.current_setting('${name}')`);
  const [row] = await inside.ask(`select ${items.join(', ')}`);
  return Object.fromEntries(WRITING_SETTINGS.map((name, i) => [name, row?.[i] ?? '']));
}

async function checkUnresolved(journal: Journal, hash: string, here: Place): Promise<void> {
  const open = (await journal.unresolved()).find(
    ({ hash: other, place }) =>
      other === hash && (place.database === here.database || isSameDatabase(place, here)),
  );
  if (open === undefined) return;
  throw new RefusedError(
    `refused: it is not known whether this very change was applied on ${open.at.slice(0, 10)} (${open.id})`,
    { rule: 'unresolved', effect: 'write', hint: `find out first: pgask plans resolve ${open.id}` },
  );
}

/** @throws {RefusedError} its relations are not as they were when it was approved */
export async function checkFingerprint(
  inside: ChangeTransaction,
  { proposal, fingerprint }: Approved,
): Promise<void> {
  const { digest } = await fingerprintOf(inside, proposal.statements);
  if (digest === fingerprint) return;
  throw mismatch('fingerprint', 'its tables have been altered since it was approved');
}

function checkRows(run: ChangeRun, { counts, rows, maxRows }: Approved): void {
  const { statements } = run;
  const now = rowsOf(run);
  let total = 0;
  for (const [i, { rowCount, statement }] of statements.entries()) {
    total += rowCount ?? 0;
    const expected = counts[i];
    const which =
      statements.length === 1 ? statement.command : `statement ${i + 1} (${statement.command})`;
    if (expected !== undefined && expected !== rowCount) {
      const what = `${which} was approved for ${expected} rows, and would now change`;
      throw mismatch('count', `${what} ${rowCount ?? 'no'} rows`);
    }
    if (rows[i] !== undefined && now[i] !== undefined && rows[i] !== now[i]) {
      const what = `${which} was approved for ${expected} rows, and would now change ${rowCount}`;
      throw mismatch('rows', `${what} of which not all are the same`);
    }
  }
  // What cascades and triggers do counts as well: a bound that one key can get around is none.
  const elsewhere = (elsewhereOf(run) ?? []).reduce(
    (sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted,
    0,
  );
  if (total + elsewhere > maxRows) {
    const where = elsewhere === 0 ? '' : `, ${elsewhere} of them by cascades and triggers`;
    const what = `at most ${maxRows} rows may be changed, and these are ${total + elsewhere}`;
    throw mismatch('count', `${what}${where}`);
  }
}

function mismatch(rule: string, what: string): RefusedError {
  return new RefusedError(`refused: ${what}; it was rolled back`, {
    rule: `approved-${rule}`,
    effect: 'write',
    hint: 'look at it again, and approve what it would do now',
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
