/** A store's options with bounds that nothing reaches; a test changes those that it is about. */
import type { StoreOptions } from '../../lib/sessions/store.js';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export function storeOptions(directory: string, changes: Partial<StoreOptions> = {}): StoreOptions {
  return {
    directory,
    idleMs: 60 * MINUTE,
    maxTurns: 50,
    maxTokens: 1e6,
    maxSessions: 100,
    maxAgeMs: 30 * DAY,
    now: Date.now,
    warn: () => undefined,
    ...changes,
  };
}
