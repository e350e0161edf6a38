/** What became of a change whose end nobody saw: the server is asked, and the journal told. */
import type { WritableDatabase } from '../databases/writable.js';
import { FileError, OutcomeUnknownError, PgaskError } from '../errors.js';
import { statusAlone } from './alone-outcome.js';
import type { Entry, Journal } from './journal.js';
import { isSameDatabase, placeOf } from './place.js';

/** Milliseconds that the server is asked for what became of a transaction. */
const ASK_FOR_MS = 15_000;
const ASK_EVERY_MS = 250;
/** Once the run is interrupted: the process itself does not outlive that by long, and must have said what it knows. */
const ASK_AFTER_SIGNAL_MS = 2000;

export interface Outcome {
  readonly state: 'applied' | 'not applied';
  /** In words, where there is more to say. */
  readonly outcome?: string | undefined;
  /** Nothing tells: whoever has looked knows better. */
  readonly guessed?: boolean | undefined;
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
  const time = timeToAsk(signal);
  const found = await findOutcome(database, entry, { signal: time.signal, patient: true });
  time.stop();
  if (found === undefined || found === 'in progress') {
    const outcome =
      found === undefined ? 'the server could not be asked' : 'the server was still at it';
    await close(journal, entry, { state: 'unknown', outcome }, now);
    throw new OutcomeUnknownError(
      `the connection was lost at COMMIT, and ${outcome}${found === undefined ? ' whether the change was applied' : ''}`,
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

function timeToAsk(interrupted: AbortSignal) {
  const over = new AbortController();
  const end = () => over.abort();
  const most = setTimeout(end, ASK_FOR_MS);
  let rest: NodeJS.Timeout | undefined;
  const hurry = () => (rest = setTimeout(end, ASK_AFTER_SIGNAL_MS));
  if (interrupted.aborted) hurry();
  else interrupted.addEventListener('abort', hurry);
  return {
    signal: over.signal,
    stop() {
      interrupted.removeEventListener('abort', hurry);
      clearTimeout(most);
      clearTimeout(rest);
    },
  };
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
  options: {
    readonly signal: AbortSignal;
    readonly patient: boolean;
    /** Milliseconds to wait for what is in progress. */
    readonly forMs?: number;
  },
): Promise<Outcome | 'in progress' | undefined> {
  const { signal, patient, forMs = ASK_FOR_MS } = options;
  const until = performance.now() + forMs;
  let known: 'in progress' | undefined;
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
      known = status;
    } catch (error) {
      if (!patient) throw error;
      if (signal.aborted || !(error instanceof PgaskError)) return known;
    }
    if (performance.now() > until || signal.aborted) return known;
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
