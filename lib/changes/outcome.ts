/** What became of a change whose end nobody saw: the server is asked, and the journal told. */
import type { WritableDatabase } from '../databases/writable.js';
import { FileError, OutcomeUnknownError, PgaskError } from '../errors.js';
import { statusAlone } from './alone-outcome.js';
import type { Entry, Journal } from './journal.js';
import { isSameDatabase, placeOf } from './place.js';

/** Milliseconds that the server is asked for what became of a transaction. */
const ASK_FOR_MS = 15_000;
const ASK_EVERY_MS = 250;

export interface Outcome {
  readonly state: 'applied' | 'not applied';
  /** In words, where there is more to say. */
  readonly outcome?: string | undefined;
}

export interface OutcomeOptions {
  readonly database: WritableDatabase;
  readonly journal: Journal;
  readonly now: () => Date;
}

/**
 * Asks the server until it knows, after the connection was lost at COMMIT. A run that was interrupted still owes the
 * truth.
 *
 * @throws {OutcomeUnknownError} it can't be asked; `cause`, or the signal's reason: it was not applied
 */
export async function settle(
  cause: unknown,
  entry: Entry,
  { database, journal, now }: OutcomeOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await findOutcome(database, entry, {
    signal: AbortSignal.timeout(ASK_FOR_MS),
    patient: true,
  });
  if (found === undefined) {
    await close(
      journal,
      entry,
      { state: 'unknown', outcome: 'the server could not be asked' },
      now,
    );
    throw new OutcomeUnknownError(
      'the connection was lost at COMMIT, and the server could not be asked whether the change was applied',
      {
        cause,
        hint: `pgask plans resolve ${entry.id} finds out; until then the same change is refused`,
      },
    );
  }
  const { state, outcome } = found;
  const when = state === 'applied' ? 'after' : 'before';
  const told = { state, outcome: outcome ?? `the connection was lost ${when} COMMIT` };
  await close(journal, entry, told, now);
  if (state === 'applied') return told;
  signal.throwIfAborted();
  throw cause instanceof PgaskError
    ? Object.assign(cause, { message: `${cause.message}; the change was not applied` })
    : cause;
}

/**
 * What became of a change, by the server's own word. Undefined where it can't be asked, is not the same server, or does
 * not know any more.
 *
 * @param options.patient tries again where there is no connection to be had
 * @throws {ConnectionError} unless patient
 */
export async function findOutcome(
  database: WritableDatabase,
  entry: Entry,
  { signal, patient }: { readonly signal: AbortSignal; readonly patient: boolean },
): Promise<Outcome | undefined> {
  const until = performance.now() + ASK_FOR_MS;
  for (;;) {
    try {
      const here = await placeOf((sql) => database.ask(sql, [], signal), database.name);
      const there = entry.place;
      // Of a transaction that a failover has lost, another one can have the number by now.
      const sameHistory = (there.timeline ?? null) === null || here.timeline === there.timeline;
      if (!isSameDatabase(here, there) || !sameHistory) return undefined;
      const status =
        entry.xid === null
          ? await statusAlone(database, entry, signal)
          : await database.statusOf(entry.xid, signal);
      if (typeof status === 'object') return status;
      if (status === 'committed') return { state: 'applied' };
      if (status === 'aborted') return { state: 'not applied' };
      if (status === 'forgotten') return undefined;
    } catch (error) {
      if (!patient) throw error;
      if (signal.aborted || !(error instanceof PgaskError)) return undefined;
    }
    if (performance.now() > until || signal.aborted) return undefined;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

/**
 * Writes a change's end into the journal.
 *
 * @throws {FileError} it can't be written, which changes nothing of what has happened
 */
export async function close(
  journal: Journal,
  entry: Entry,
  { state, outcome }: { readonly state: Entry['state']; readonly outcome?: string | undefined },
  now: () => Date,
): Promise<void> {
  const at = now().toISOString();
  try {
    await journal.add({ ...entry, at, state, ...(outcome === undefined ? {} : { outcome }) });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const what = state === 'unknown' ? 'may have been applied' : `was ${state}`;
    throw new FileError(`the change ${entry.id} ${what}, and ${error.message}`, {
      cause: error,
      hint: `once the journal can be written: pgask plans resolve ${entry.id}`,
    });
  }
}
