/** A shop with the hostile statements that only its catalog condemns, and a guard that is watched. */
import type { Connection } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { type Hostile, hostileFor } from './hostile.js';
import type { Vocabulary } from './mutate.js';
import { sorted, verdictOf, vocabularyOf } from './mutation-run.js';
import { watchSessions } from './sessions.js';
import type { Place, Role } from './shop.js';
import { difference, snapshot } from './state.js';

export interface MutationPlace {
  readonly statements: readonly Hostile[];
  readonly vocabulary: Vocabulary;
  /** Sends a text to the guard, to be run. */
  verdict(sql: string): Promise<string>;
  /** What differs in the database and in the guarded sessions since this was opened. */
  changes(): Promise<string[]>;
  close(): Promise<void>;
}

/** @param place a server: the embedded database has no second session to watch from */
export async function openMutationPlace(place: Place, role: Role): Promise<MutationPlace> {
  const shop = await place.open();
  const observer: Connection = await shop.driver('postgres').connect(new AbortController().signal);
  const watched = watchSessions(shop.driver(role));
  const database = guardDatabase(watched.driver, { name: 'shop', lockTimeoutMs: 500 });
  const state = () => snapshot((sql) => observer.query(sql));
  const { byCatalog } = await sorted(await hostileFor(place, role, observer));
  const vocabulary = await vocabularyOf(observer);
  const before = await state();
  return {
    statements: byCatalog,
    vocabulary,
    verdict: verdictOf(database),
    changes: async () => [...difference(before, await state()), ...(await watched.drift())],
    async close() {
      await database.close();
      await observer.close();
      await shop.close();
    },
  };
}
