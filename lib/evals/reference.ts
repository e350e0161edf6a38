/** What a case's own statement says is right: its rows, whether their order counts, and which are tied at its cut. */
import type { Database } from '../databases/database.js';
import { PgaskError } from '../errors.js';
import { type KeyedStatement, orderingOf } from '../sql/sort-keys.js';
import type { Expected } from './agree.js';
import type { Gold } from './case.js';
import { comparable, readTable, type Rows, type Table } from './rows.js';

export type Reference =
  | { readonly type: 'rows'; readonly expected: Expected }
  /** The case's own statement fails: it tells nothing about an answer. */
  | { readonly type: 'broken'; readonly why: string };

export type ReadReference = (gold: Gold) => Promise<Reference>;

/** Every distinct statement runs once. */
export function openReferences(
  database: Pick<Database, 'read'>,
  signal: AbortSignal,
): ReadReference {
  const known = new Map<string, Promise<Reference>>();
  const tables = new Map<string, Promise<Table>>();
  const reading: Reading = {
    signal,
    read(sql) {
      const table = tables.get(sql) ?? readTable(database, { sql }, { signal });
      tables.set(sql, table);
      return table;
    },
    readAsIs: (sql) => readTable(database, { sql }, { signal, shape: (row) => row }),
  };
  return (gold) => {
    const key = JSON.stringify(gold);
    const reference = known.get(key) ?? readReference(gold, reading);
    known.set(key, reference);
    return reference;
  };
}

interface Reading {
  readonly signal: AbortSignal;
  /** Rows as they are compared; kept, for some cases have the same statement. */
  readonly read: (sql: string) => Promise<Table>;
  /** What rows are ordered by is not rounded. */
  readonly readAsIs: (sql: string) => Promise<Table>;
}

async function readReference(gold: Gold, reading: Reading): Promise<Reference> {
  try {
    const table = await reading.read(gold.sql);
    const ordered = await orderCounts(gold, table, reading);
    const { required, optional } = await tiesOf(gold, table, reading);
    const expected = {
      ...{ columns: table.columns.length, size: table.rows.length },
      ...{ required, optional, ordered },
    };
    return { type: 'rows', expected };
  } catch (error) {
    reading.signal.throwIfAborted();
    if (!(error instanceof PgaskError)) throw error;
    return { type: 'broken', why: error.message };
  }
}

/** Only where it is known that the rows are ordered and that nothing ties: rows in any order are right otherwise. */
async function orderCounts(
  { sql, ordered, orderTotal }: Gold,
  table: Table,
  reading: Reading,
): Promise<boolean> {
  if (ordered === false || orderTotal === false) return false;
  if (ordered === true && orderTotal === true) return true;
  const ordering = await orderingOf(sql);
  if (ordering.type === 'unordered') return false;
  if (table.rows.length < 2) return true;
  const keys = await keysOf(ordering.keyed, table, reading);
  if (keys === undefined) return false;
  return keys.every(
    (key, i) => i === 0 || key !== keys[i - 1] || isSameRow(table.rows[i]!, table.rows[i - 1]!),
  );
}

/**
 * The rows that the cut leaves a choice of are those whose keys are the last row's. Where the keys can't be had, only the
 * reference itself and all of the tied rows are right.
 */
async function tiesOf(
  { ties }: Gold,
  table: Table,
  reading: Reading,
): Promise<{ required: Rows; optional: Rows }> {
  const none = { required: table.rows, optional: [] };
  if (ties === undefined) return none;
  const tied = await reading.read(ties);
  if (tied.rows.length <= table.rows.length) return none;
  const ordering = await orderingOf(ties, tied.rows.length);
  const keyed = ordering.type === 'ordered' ? ordering.keyed : undefined;
  const keys = await keysOf(keyed, tied, reading);
  if (keys === undefined) return { required: table.rows, optional: without(tied.rows, table.rows) };
  const cut = keys.indexOf(keys.at(-1)!);
  return { required: tied.rows.slice(0, cut), optional: tied.rows.slice(cut) };
}

/** What each row is ordered by, as text; undefined where the keyed statement does not give the same rows. */
async function keysOf(
  keyed: KeyedStatement | undefined,
  { rows }: Table,
  { readAsIs, signal }: Reading,
): Promise<string[] | undefined> {
  if (keyed === undefined) return undefined;
  try {
    const table = await readAsIs(keyed.sql);
    const own = table.rows.map((row) =>
      comparable(row.slice(0, row.length - keyed.added), table.columns),
    );
    if (table.rows.length !== rows.length || !own.every((row, i) => isSameRow(row, rows[i]!))) {
      return undefined;
    }
    return table.rows.map((row) => JSON.stringify(keyed.keys.map((place) => row.at(place))));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PgaskError) return undefined;
    throw error;
  }
}

function isSameRow(one: Rows[number], other: Rows[number]): boolean {
  return one.length === other.length && one.every((cell, i) => cell === other[i]);
}

function without(rows: Rows, taken: Rows): Rows {
  const left = new Map<string, number>();
  for (const row of taken) {
    const key = JSON.stringify(row);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return rows.filter((row) => {
    const key = JSON.stringify(row);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
