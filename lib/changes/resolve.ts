/** A change whose end nobody saw comes to one: by the server's word, or where it has none by that of a person who has looked. */
import type { WritableDatabase } from '../databases/writable.js';
import { RefusedError } from '../errors.js';
import type { Entry, Journal } from './journal.js';
import { close, findOutcome, type Outcome } from './outcome.js';

export type ResolvedState = Outcome['state'];

export interface ResolveOptions {
  readonly database: WritableDatabase;
  readonly journal: Journal;
  readonly limits: { readonly signal: AbortSignal };
  readonly who: string;
  readonly now: () => Date;
}

/**
 * Undefined: the server can't say, and nobody else has.
 *
 * @param said by a person: nobody is asked for it in the server's place while that can say
 * @throws {RefusedError} the server says otherwise, or is not done with it; {ConnectionError} it can't be asked
 */
export async function resolveChange(
  entry: Entry,
  said: ResolvedState | undefined,
  { database, journal, limits, who, now }: ResolveOptions,
): Promise<ResolvedState | undefined> {
  const found = await findOutcome(database, entry, {
    ...{ signal: limits.signal, patient: false },
    ...(said === undefined ? {} : { forMs: 0 }),
  });
  const known = typeof found === 'object' && found.guessed !== true ? found : undefined;
  if (said !== undefined && found === 'in progress')
    throw contradicted(entry, 'the server is not done with it', 'wait, and ask again');
  if (said !== undefined && known !== undefined && known.state !== said) {
    const hint = `without --as the journal is told that: pgask plans resolve ${entry.id}`;
    throw contradicted(entry, `the server says that it was ${known.state}`, hint);
  }
  if (said !== undefined && known === undefined) {
    const outcome = `so says ${who}, who has looked: the server can't tell`;
    await close(journal, entry, { state: said, outcome }, now);
    return said;
  }
  if (typeof found !== 'object') return undefined;
  const outcome = found.outcome ?? 'found out by plans resolve';
  await close(journal, entry, { state: found.state, outcome }, now);
  return found.state;
}

function contradicted({ id }: Entry, why: string, hint: string): RefusedError {
  return new RefusedError(`refused: ${why}: nobody else can say what became of the change ${id}`, {
    ...{ rule: 'resolve', effect: 'write', hint },
  });
}
