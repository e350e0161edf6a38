/** What a new row can't do without, and what it may not say. */
import type { Field, Table } from '../schema/schema.js';
import type { Setting } from './change.js';

/** Columns that are declared NOT NULL, have no value of their own and were given none. */
export function missing({ fields }: Table, settings: readonly Setting[]): readonly Field[] {
  const given = new Set(settings.map(({ field }) => field));
  return fields.filter(
    (field) => field.column.notNull && field.column.filled === undefined && !given.has(field),
  );
}

/** Whether only the server gives a column its values: a generated one, an identity that is always made. */
export function isServersOwn({ column }: Field): boolean {
  return column.filled === 'always';
}
