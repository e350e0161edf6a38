/** The values of columns, ready to be searched: from this process, from a file of an earlier one, or read anew. */
import type { Database } from '../databases/database.js';
import { listValues, type ValueList } from './matching.js';
import { readStamps } from './value-stamps.js';
import type { KeptValues, ValueStore } from './value-store.js';
import { readDistinct, type ReadBounds, type ValueColumn } from './values.js';

/** Milliseconds for which what was read is as good as read again: a turn asks more than once, and little is written meanwhile. */
const FRESH_MS = 60_000;
/** Rows of a table from which on its values are worth a file. */
const WORTH_KEEPING = 1_000;

interface Known {
  readonly list: ValueList;
  readonly readAt: number;
}

/** What was read of a database in this process. */
const known = new WeakMap<Database, Map<string, Known>>();

export interface ReadLists extends ReadBounds {
  readonly database: Database;
  /** Where values outlive the process; undefined where they may not. */
  readonly valueStore?: ValueStore | undefined;
}

/** A list for each column, in the columns' order. */
export async function readLists(
  columns: readonly ValueColumn[],
  { database, signal, timeoutMs, valueStore }: ReadLists,
): Promise<ValueList[]> {
  const lists = known.get(database) ?? new Map<string, Known>();
  known.set(database, lists);
  const readAt = Date.now();
  const missing = columns.filter(
    (column) => readAt - (lists.get(keyOf(column))?.readAt ?? -Infinity) > FRESH_MS,
  );
  const values = await readValues(database, missing, { signal, timeoutMs }, valueStore);
  missing.forEach((column, i) =>
    lists.set(keyOf(column), { list: listValues(values[i]!), readAt }),
  );
  return columns.map((column) => lists.get(keyOf(column))!.list);
}

async function readValues(
  database: Database,
  columns: readonly ValueColumn[],
  bounds: ReadBounds,
  store: ValueStore | undefined,
): Promise<(readonly string[])[]> {
  const worth = columns.filter(({ relation }) => (relation.rowEstimate ?? 0) >= WORTH_KEEPING);
  if (store === undefined || worth.length === 0)
    return await readDistinct(database, columns, bounds);
  // The stamps come first: what is written while values are read makes them older than they say, never younger.
  const stamps = await readStamps(database, worth, bounds);
  const kept = stamps.size === 0 ? new Map<string, KeptValues>() : await store.load();
  const held = (column: ValueColumn) => {
    const found = kept.get(keyOf(column));
    return found !== undefined && found.stamp === stamps.get(column) ? found.values : undefined;
  };
  const unread = columns.filter((column) => held(column) === undefined);
  const read = await readDistinct(database, unread, bounds);
  const fresh = new Map(unread.map((column, i) => [column, read[i]!] as const));
  const gained = [...fresh].flatMap(([column, values]) => {
    const stamp = stamps.get(column);
    return stamp === undefined ? [] : [[keyOf(column), { stamp, values }] as const];
  });
  if (gained.length > 0) await store.keep(new Map([...kept, ...gained]));
  return columns.map((column) => held(column) ?? fresh.get(column)!);
}

function keyOf({ relation, column }: ValueColumn): string {
  return JSON.stringify([relation.schema, relation.name, column.name]);
}
