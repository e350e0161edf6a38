/** Where the values of a database's columns are kept between requests: a file for each place, role and catalog. */
import type { App, OpenDatabase } from '../app.js';
import type { Catalog } from '../catalog/catalog.js';
import { openValueStore, type ValueStore } from '../catalog/value-store.js';
import { remembers } from './conversation.js';

/**
 * Undefined for the embedded database, which is read as fast as a file, where nothing is to be remembered, and where there
 * is no place for one.
 */
export function valueStoreOf(
  app: App,
  { entry: { target } }: OpenDatabase,
  { database, relations }: Catalog,
): ValueStore | undefined {
  const directory = app.cacheDirectory();
  // Who wants no session wants no trace: values are what is in the database.
  if (!remembers(app) || directory === undefined || target.kind === 'embedded') return undefined;
  // What a connection string leaves open, libpq's variables say.
  const variables = Object.entries(app.environment).filter(([name]) => /^PG(?!PASS)/.test(name));
  const shape = relations.map(({ schema, name, columns }) => [
    schema,
    name,
    columns.map((column) => [column.name, column.type]),
  ]);
  return openValueStore({
    directory: `${directory}/values`,
    of: [target.connection, JSON.stringify(variables.sort()), database, JSON.stringify(shape)],
    now: Date.now,
  });
}
