/** Columns that a new row can't do without. */
import type { Field, Table } from '../schema/schema.js';
import type { Setting } from './change.js';

export function missing(_: Table, __: readonly Setting[]): readonly Field[] {
  return [];
}
