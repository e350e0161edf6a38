/** Sends hostile statements through the guard, as a role, and tells what was not refused and what has changed. */
import type { Database } from '../../lib/databases/database.js';
import type { Connection } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { RefusedError, StatementError } from '../../lib/errors.js';
import { type Hostile, hostileFor } from './hostile.js';
import { type WatchedDriver, watchSessions } from './sessions.js';
import type { Place, Role, Shop } from './shop.js';
import { difference, snapshot, type State } from './state.js';
import type { Victim } from './victim.js';

export interface Miss {
  readonly id: string;
  readonly sql: string;
  readonly why: string;
  readonly role: Role;
  readonly place: string;
  readonly happened: string;
}

export interface Target {
  readonly place: Place;
  readonly shop: Shop;
  readonly role: Role;
}

const NEVER = new AbortController().signal;
/** What is allowed by mistake, a sleep say, is not waited for. */
const TIMEOUT_MS = 3000;

/** The guard's verdict on each statement; nothing is run. */
export async function judgeAll(target: Target): Promise<Miss[]> {
  return await withDatabase(target, async ({ database, statements }) => {
    const misses: Miss[] = [];
    for (const hostile of statements) {
      const options = { signal: NEVER, timeoutMs: TIMEOUT_MS };
      const judgement = await database
        .check({ sql: hostile.sql }, options)
        .catch((error: unknown) => ({ verdict: 'failed', rule: String(error) }) as const);
      const refused = judgement.verdict === 'refuse';
      if (refused && (hostile.invalid === true || judgement.rule !== 'syntax')) continue;
      const rule = 'rule' in judgement ? `: ${judgement.rule}` : '';
      misses.push(missed(target, hostile, `${judgement.verdict}${rule}`));
    }
    return misses;
  });
}

/**
 * Sends each to be run. After so many the state is compared with the one before; where it differs, those that
 * were not refused are sent again one by one, to name the culprit.
 */
export async function attackAll(
  target: Target,
  { victim, batch }: { readonly victim: Victim | undefined; readonly batch: number },
): Promise<Miss[]> {
  return await withDatabase(target, async ({ database, watched, statements, observer }) => {
    const misses: Miss[] = [];
    const others = victim === undefined ? [] : [victim.state];
    const state = async () => {
      const ask = (await observer()).query;
      return await snapshot(ask, others);
    };
    let before = await state();
    /** What differs since the last time it was asked. */
    const changed = async (): Promise<string[]> => {
      const after: State = await state();
      const changes = [...difference(before, after), ...(await watched.drift())];
      before = after;
      return changes;
    };
    for (let at = 0; at < statements.length; at += batch) {
      const sent = statements.slice(at, at + batch);
      const ran: Hostile[] = [];
      for (const hostile of sent) {
        const happened = await send(database, hostile);
        if (happened === undefined) continue;
        misses.push(missed(target, hostile, happened));
        ran.push(hostile);
      }
      const changes = await changed();
      if (changes.length === 0) continue;
      misses.push(
        missed(target, { id: sent.map(({ id }) => id).join(' '), sql: '', why: '' }, told(changes)),
      );
      // Where all were refused, a refusal itself has done it.
      for (const hostile of ran.length > 0 ? ran : sent) {
        await watched.unlock();
        before = await state();
        await send(database, hostile);
        const again = await changed();
        if (again.length > 0) misses.push(missed(target, hostile, told(again)));
      }
    }
    return misses;
  });
}

/** What happened instead of a refusal. */
async function send(database: Database, { sql, invalid }: Hostile): Promise<string | undefined> {
  try {
    const rows = await database.read(
      { sql },
      { signal: NEVER, timeoutMs: TIMEOUT_MS },
      async ({ batches }) => {
        let count = 0;
        for await (const rows of batches) if ((count += rows.length) > 10_000) break;
        return count;
      },
    );
    return `it ran and gave ${rows} rows`;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    if (error instanceof StatementError && invalid === true) return undefined;
    return `not refused, but: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function missed(
  { place, role }: Target,
  { id, sql, why }: Pick<Hostile, 'id' | 'sql' | 'why'>,
  happened: string,
): Miss {
  return { id, sql: sql.slice(0, 300), why, role, place: place.name, happened };
}

function told(changes: readonly string[]): string {
  return `changed: ${changes.slice(0, 5).join('; ')}`;
}

interface Opened {
  readonly database: Database;
  readonly watched: WatchedDriver;
  readonly statements: readonly Hostile[];
  /** The superuser's session; of the embedded database, which has but one, the guarded session itself. */
  observer(): Promise<Connection>;
}

async function withDatabase<T>(
  { place, shop, role }: Target,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const watched = watchSessions(shop.driver(role));
  const own = place.embedded ? undefined : await shop.driver('postgres').connect(NEVER);
  const database = guardDatabase(watched.driver, { name: 'shop', lockTimeoutMs: 1000 });
  const observer = async () => {
    if (own !== undefined) return own;
    const [session] = watched.open();
    if (session !== undefined) return session;
    // Opened by a statement, and kept by the pool.
    await database.read({ sql: 'select 1' }, { signal: NEVER, timeoutMs: TIMEOUT_MS }, () =>
      Promise.resolve(),
    );
    return watched.open()[0]!;
  };
  try {
    const statements = await hostileFor(place, role, await observer());
    return await work({ database, watched, statements, observer });
  } finally {
    await database.close();
    await own?.close();
    await watched.driver.close();
  }
}
