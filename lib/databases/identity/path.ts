/**
 * Which search_path the session has at the moment. Look-ups run with pg_catalog alone, so that nobody's operators stand
 * in for PostgreSQL's; the statement and what is asked about it run with the session's own.
 */
import { quoteLiteral } from '../../sql/quote.js';
import type { Connection } from '../driver.js';

export interface SearchPath {
  /** Sent without waiting: what is sent next finds it. */
  toCatalog(): void;
  /** @param own the setting, where it is not known yet from an earlier call */
  toOwn(): void;
  /** What the session's own is, as soon as that is known. */
  learn(own: string): void;
}

/** Temporary objects last: a table named pg_proc could stand before the catalog's. */
const CATALOG = 'pg_catalog, pg_temp';

export function openSearchPath(connection: Connection): SearchPath {
  let own: string | undefined;
  let current: 'own' | 'catalog' = 'own';
  const set = (path: string) => {
    const sql = `select pg_catalog.set_config('search_path', ${quoteLiteral(path)}, true)`;
    // Where it fails, the transaction has: whatever comes next fails too.
    connection.query(sql).catch(() => undefined);
  };
  return {
    toCatalog() {
      if (current === 'catalog') return;
      current = 'catalog';
      set(CATALOG);
    },
    toOwn() {
      if (current === 'own') return;
      if (own === undefined) throw new Error("the session's search_path is not known yet");
      current = 'own';
      set(own);
    },
    learn(path) {
      own = path;
    },
  };
}
