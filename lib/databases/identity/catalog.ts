/**
 * Asks the catalog, and remembers the answers of one session for as long as nobody has committed anything since: while
 * the server's snapshot is the same, so is all that it shows.
 */
import type { Row } from '../database.js';
import type { Connection } from '../driver.js';
import type { Ask } from './lookups/ask.js';
import type { SearchPath } from './path.js';

interface Answers {
  /** txid_current_snapshot() at the beginning of the transaction that the answers are from. */
  snapshot: string | undefined;
  readonly rows: Map<string, Row[]>;
}

const remembered = new WeakMap<Connection, Answers>();
/** More are forgotten together: what is asked again is asked soon. */
const MOST = 1000;

/**
 * @param begun the transaction's own snapshot, once the server has told it
 */
export function openCatalog(
  connection: Connection,
  path: SearchPath,
  begun: Promise<{ readonly snapshot: string }>,
): Ask {
  const answers = remembered.get(connection) ?? { snapshot: undefined, rows: new Map() };
  remembered.set(connection, answers);
  // With nothing to reuse there is nothing to wait for.
  const isNew = answers.rows.size === 0;
  const ready = begun.then(({ snapshot }) => {
    if (answers.snapshot === snapshot && answers.rows.size < MOST) return;
    answers.rows.clear();
    answers.snapshot = snapshot;
  });
  ready.catch(() => undefined);
  return async (sql) => {
    if (!isNew) {
      await ready;
      const known = answers.rows.get(sql);
      if (known !== undefined) return known;
    }
    path.toCatalog();
    const rows = await connection.query(sql);
    await ready;
    answers.rows.set(sql, rows);
    return rows;
  };
}
