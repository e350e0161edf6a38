/** Puts the pipeline of one database together; loaded when something is to be changed. */
import type { WritableDatabase } from '../databases/writable.js';
import type { Effect } from '../errors.js';
import { type Changes, openChanges, type ChangesOptions } from './changes.js';
import { openImages } from './images.js';
import { openJournal } from './journal.js';
import { openPlans } from './plans.js';

export function openAll(given: {
  readonly database: WritableDatabase;
  readonly grant: Effect;
  /** Where pgask keeps its state. */
  readonly directory: string;
  readonly timeoutMs: number;
  readonly settings: ChangesOptions['settings'] & { readonly lockTimeoutMs: number };
  readonly who: string;
  readonly signal: AbortSignal;
  /** How what statements give back is wanted. */
  readonly returning?: 'text' | 'json';
}): Changes {
  const {
    database,
    grant,
    directory,
    timeoutMs,
    settings,
    who,
    signal,
    returning = 'text',
  } = given;
  return openChanges({
    database,
    grant,
    journal: openJournal(`${directory}/journal.jsonl`, signal),
    plans: openPlans(`${directory}/plans`),
    images: openImages(`${directory}/undo`),
    limits: { signal, timeoutMs, lockTimeoutMs: settings.lockTimeoutMs },
    settings,
    who,
    returning,
    now: () => new Date(),
  });
}
