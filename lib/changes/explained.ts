/** What of all that a change touched its statements' own rows explain; the rest is the work of cascades, triggers and functions. */
import type { Touched } from './footprint.js';
import type { ChangeRun } from './run.js';

interface Counts {
  inserted: number;
  updated: number;
  deleted: number;
}

/** Tables of which some rows were changed that no statement's own rows are, qualified, as SQL. */
export function unexplained({ statements, footprint }: ChangeRun): Touched[] {
  const known = new Map<string, Counts>();
  for (const { target, captured } of statements) {
    if (target === undefined || captured === undefined) continue;
    const counts = known.get(target.name) ?? { inserted: 0, updated: 0, deleted: 0 };
    for (const { before, after } of captured.rows) {
      if (before === undefined) counts.inserted += 1;
      else if (after === undefined) counts.deleted += 1;
      else counts.updated += 1;
    }
    known.set(target.name, counts);
  }
  const partitions = new Map(
    statements.flatMap(({ target }) =>
      (target?.partitions ?? []).map((leaf) => [leaf, target!.name]),
    ),
  );
  const touched = (footprint.touched ?? []).filter(({ system }) => !system);
  const whole = new Map<string, Touched[]>();
  for (const one of touched) {
    const table = partitions.get(one.table) ?? one.table;
    whole.set(table, [...(whole.get(table) ?? []), one]);
  }
  return [...whole].flatMap(([table, all]) => (fits(all, known.get(table)) ? [] : all));
}

/** A row that an UPDATE moves to another partition is counted as deleted there and inserted here. */
function fits(all: readonly Touched[], known: Counts | undefined): boolean {
  if (known === undefined) return false;
  const sum = (of: (one: Touched) => number) => all.reduce((total, one) => total + of(one), 0);
  const moved = known.updated - sum(({ updated }) => updated);
  return (
    moved >= 0 &&
    sum(({ inserted }) => inserted) - known.inserted === moved &&
    sum(({ deleted }) => deleted) - known.deleted === moved
  );
}
