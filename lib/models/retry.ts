/** Trying again: how long to wait, and when there is no point in it. */
import { setTimeout as delay } from 'node:timers/promises';
import { ModelError } from '../errors.js';
import { steadyNow } from './model.js';

/** One failed attempt. */
export interface Failure {
  /** A clause that names the endpoint. */
  readonly message: string;
  readonly hint: string;
  /** True where the same request may well succeed a little later. */
  readonly retry: boolean;
  /** What the server asked for, if anything. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

export type Attempt<T> =
  | { readonly type: 'done'; readonly value: T }
  | { readonly type: 'failed'; readonly failure: Failure };

/** Time and chance; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface RetryOptions {
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Milliseconds of the clock that no wait may reach. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly onRetry: ((message: string) => void) | undefined;
  readonly clock: Clock;
}

export const systemClock: Clock = {
  now: steadyNow,
  random: () => Math.random(),
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** A longer timer fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The first success.
 *
 * @throws {ModelError} the last failure, or the one whose wait would reach the deadline
 */
export async function retrying<T>(
  attempt: () => Promise<Attempt<T>>,
  options: RetryOptions,
): Promise<T> {
  const { maxRetries, deadline, signal, onRetry, clock } = options;
  for (let tries = 1; ; tries++) {
    const outcome = await attempt();
    // An attempt that was aborted may look like one that failed, or even succeeded.
    signal.throwIfAborted();
    if (outcome.type === 'done') return outcome.value;
    const { failure } = outcome;
    if (!failure.retry || tries > maxRetries) throw givenUp(failure, tries);
    const waitMs = failure.retryAfterMs ?? backoff(tries, clock.random());
    const leftMs = deadline - clock.now();
    if (waitMs >= leftMs || waitMs > LONGEST_TIMER_MS) throw outOfTime(failure, waitMs, leftMs);
    onRetry?.(
      `${failure.message}; trying again in ${seconds(waitMs)} (${String(tries)} of ${String(maxRetries)})`,
    );
    await clock.sleep(waitMs, signal);
  }
}

/** Full jitter: anything up to an exponentially growing bound, so that many clients do not come back as one. */
function backoff(tries: number, random: number): number {
  return random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
}

function givenUp(failure: Failure, tries: number): ModelError {
  const count = tries === 1 ? '' : ` (tried ${String(tries)} times)`;
  return new ModelError(failure.message + count, { hint: failure.hint, cause: failure.cause });
}

function outOfTime(failure: Failure, waitMs: number, leftMs: number): ModelError {
  const left = `${seconds(Math.max(0, leftMs))} of the run are left`;
  return failure.retryAfterMs === undefined
    ? new ModelError(`${failure.message}; no second try: ${left}`, {
        hint: failure.hint,
        cause: failure.cause,
      })
    : new ModelError(`${failure.message}; it asks to wait ${seconds(waitMs)}, and ${left}`, {
        hint: 'try again after that time, or give the run more of it',
        cause: failure.cause,
      });
}

/** Milliseconds for a reader. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${String(Math.round(ms / 100) / 10)} s`;
}

/**
 * How long a server asks to wait, in milliseconds, by `retry-after-ms` (OpenAI, Azure) or Retry-After (RFC 9110,
 * 10.2.3: seconds or an HTTP date). Undefined where it says nothing usable, or a moment that has passed: then the
 * backoff decides, since zero would hammer.
 */
export function retryAfterMs(
  header: (name: string) => string | null | undefined,
  now: number,
): number | undefined {
  const candidates = [
    decimal(header('retry-after-ms')),
    decimal(header('retry-after'), 1000),
    httpDate(header('retry-after'), now),
  ];
  return candidates.find((ms) => ms !== undefined && ms > 0);
}

function decimal(value: string | null | undefined, unitMs = 1): number | undefined {
  return /^\d+(\.\d+)?$/.test(value?.trim() ?? '') ? Number(value) * unitMs : undefined;
}

function httpDate(value: string | null | undefined, now: number): number | undefined {
  // Date.parse reads almost anything with a digit in it as some date.
  if (!/^[A-Z][a-z]+, \d.* GMT$/.test(value?.trim() ?? '')) return undefined;
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? undefined : at - now;
}
