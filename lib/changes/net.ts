/** What several statements did to rows, as one step from what each was to what it is. */
import type { TableImages } from './images.js';
import { keyOf } from './watch.js';

type RowImages = TableImages['rows'][number];

/** One for each table, with the rows that are not as they were. */
export function netOf(tables: readonly TableImages[]): TableImages[] {
  const all = new Map<string, TableImages[]>();
  for (const table of tables) all.set(table.name, [...(all.get(table.name) ?? []), table]);
  return [...all.values()].flatMap((steps) => {
    const rows = netRows(steps);
    return rows.length === 0 ? [] : [{ ...steps[0]!, rows }];
  });
}

function netRows(steps: readonly TableImages[]): RowImages[] {
  const rows: RowImages[] = [];
  /** By the key that a row has now; of one that is gone, by its last. */
  const current = new Map<string, RowImages>();
  for (const table of steps) {
    // Keys can change places within one statement: all are found before any is moved.
    const found = table.rows.map((row) => {
      const key = row.before ?? row.after!;
      const known = current.get(keyOf(table, key));
      return {
        row,
        known: (known?.after === undefined) === (row.before === undefined) ? known : undefined,
      };
    });
    for (const { row } of found) current.delete(keyOf(table, row.before ?? row.after!));
    for (const { row, known } of found) {
      const entry = known ?? { before: row.before };
      if (known === undefined) rows.push(entry);
      entry.after = row.after;
      current.set(keyOf(table, row.after ?? row.before!), entry);
    }
  }
  return rows.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}
