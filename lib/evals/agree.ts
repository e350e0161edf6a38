/** Whether two results agree under some one permutation of the columns, found column by column and not by trying them all. */
import type { Rows } from './rows.js';

export interface Expected {
  readonly columns: number;
  /** Rows that have to be there; in this order where `ordered`. */
  readonly required: Rows;
  /** Rows tied at the cut of a LIMIT: any of them fill it up. */
  readonly optional: Rows;
  /** Rows of the reference; all that are required and optional are right too. */
  readonly size: number;
  readonly ordered: boolean;
}

export function agrees(
  found: { readonly columns: number; readonly rows: Rows },
  expected: Expected,
): boolean {
  const { required, optional, size, columns } = expected;
  const count = found.rows.length;
  if (found.columns !== columns) return false;
  if (count !== size && count !== required.length + optional.length) return false;
  return assign(internColumns(found.rows, expected), expected);
}

/**
 * What is tried, as rows times columns, before two results count as different: only many columns of the same values in another
 * order each come near it.
 */
const MAX_WORK = 50_000_000;

/** A column's values as small numbers, equal for equal ones: of the result, then of what is required, then optional. */
type Columns = readonly (readonly number[])[];

interface Interned {
  readonly values: number;
  readonly found: Columns;
  readonly required: Columns;
  readonly optional: Columns;
}

function internColumns(rows: Rows, { columns, required, optional }: Expected): Interned {
  const known = new Map<string | null, number>();
  const numberOf = (value: string | null): number => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  };
  const turned = (from: Rows): Columns =>
    Array.from({ length: columns }, (_, i) => from.map((row) => numberOf(row[i]!)));
  return {
    found: turned(rows),
    required: turned(required),
    optional: turned(optional),
    get values() {
      return known.size;
    },
  };
}

/** Rows so far, each by the number of its kind. */
interface Labels {
  readonly found: readonly number[];
  readonly required: readonly number[];
  readonly optional: readonly number[];
}

/** Depth first: a column of the reference after the other, those first that few columns fit. */
function assign(columns: Interned, expected: Expected): boolean {
  const width = expected.columns;
  const rows =
    expected.required.length + expected.optional.length + (columns.found[0]?.length ?? 0);
  const blank = (count: number) => Array.from({ length: count }, () => 0);
  const start: Labels = {
    found: blank(columns.found[0]?.length ?? expected.size),
    required: blank(expected.required.length),
    optional: blank(expected.optional.length),
  };
  let work = 0;
  const extend = (labels: Labels, theirs: number, mine: number): Labels | undefined => {
    work += rows + 1;
    const next = extended(labels, columns, theirs, mine);
    return holds(next, expected.ordered) ? next : undefined;
  };
  const all = Array.from({ length: width }, (_, i) => i);
  const candidates = candidatesOf(columns, expected.ordered);
  const order = [...all].sort((a, b) => candidates[a]!.length - candidates[b]!.length);
  const twins = twinsOf(columns.found);
  const taken = new Set<number>();
  const place = (depth: number, labels: Labels): boolean => {
    if (depth === width) return true;
    const theirs = order[depth]!;
    const tried = new Set<number>();
    for (const mine of candidates[theirs]!) {
      // Of columns that are the same throughout, one is as good as the other.
      if (taken.has(mine) || tried.has(twins[mine]!)) continue;
      tried.add(twins[mine]!);
      if (work > MAX_WORK) return false;
      const next = extend(labels, theirs, mine);
      if (next === undefined) continue;
      taken.add(mine);
      if (place(depth + 1, next)) return true;
      taken.delete(mine);
    }
    return false;
  };
  return place(0, start);
}

/** For each column of the reference those of the result that have its values. */
function candidatesOf({ found, required, optional }: Interned, ordered: boolean): number[][] {
  const all = found.map((_, i) => i);
  // What has no choice of rows can be compared by one text for each column.
  if (optional.some((column) => column.length > 0)) return required.map(() => all);
  const text = (column: readonly number[]) =>
    (ordered ? column : [...column].sort((a, b) => a - b)).join();
  const texts = found.map(text);
  return required.map((column) => {
    const wanted = text(column);
    return all.filter((i) => texts[i] === wanted);
  });
}

/** Rows that were alike stay so where the values of one more column are equal. */
function extended(
  labels: Labels,
  { values, found, required, optional }: Interned,
  theirs: number,
  mine: number,
): Labels {
  const kinds = new Map<number, number>();
  const labelled = (before: readonly number[], column: readonly number[]) =>
    before.map((label, row) => {
      // Rows by values: results that are kept in memory stay below what a double counts exactly.
      const key = label * values + column[row]!;
      const kind = kinds.get(key) ?? kinds.size;
      kinds.set(key, kind);
      return kind;
    });
  return {
    required: labelled(labels.required, required[theirs]!),
    optional: labelled(labels.optional, optional[theirs]!),
    found: labelled(labels.found, found[mine]!),
  };
}

/** All that is required is there, and what is there besides is optional. */
function holds({ found, required, optional }: Labels, ordered: boolean): boolean {
  if (ordered && required.some((kind, row) => found[row] !== kind)) return false;
  const left = new Map<number, number>();
  for (const kind of found) left.set(kind, (left.get(kind) ?? 0) + 1);
  for (const kind of required) {
    const count = left.get(kind) ?? 0;
    if (count === 0) return false;
    left.set(kind, count - 1);
  }
  for (const kind of optional) left.set(kind, (left.get(kind) ?? 0) - 1);
  return [...left.values()].every((count) => count <= 0);
}

/** For each column the first that is the same, row by row. */
function twinsOf(columns: Columns): number[] {
  const first = new Map<string, number>();
  return columns.map((column, i) => {
    const text = column.join();
    if (!first.has(text)) first.set(text, i);
    return first.get(text)!;
  });
}
