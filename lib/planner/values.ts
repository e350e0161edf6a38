/** What `find_values` says, read back: lines of JSON, of which nothing is believed that the catalog does not know. */
import { MATCHES } from '../catalog/matching.js';
import { quoteQualified } from '../sql/quote.js';
import type { FoundValue } from './lattice.js';
import type { Field, Schema, Table } from './schema/schema.js';

export function readValues(texts: readonly string[], schema: Schema): FoundValue[] {
  const tables = tablesByName(schema);
  return texts.flatMap((text) => text.split('\n')).flatMap((line) => readLine(line.trim(), tables));
}

/** Anything that is not such a line is not ours: markers, notes, and what a value may pretend to be. */
function readLine(line: string, tables: ReadonlyMap<string, Table>): FoundValue[] {
  if (!line.startsWith('{')) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  const { word, relation, column, value, match } = parsed as Record<string, unknown>;
  if (typeof word !== 'string' || typeof value !== 'string') return [];
  const field = fieldOf(typeof relation === 'string' ? tables.get(relation) : undefined, column);
  const kind = MATCHES.find((known) => known === match);
  return field === undefined || kind === undefined ? [] : [{ word, field, value, match: kind }];
}

function fieldOf(table: Table | undefined, column: unknown): Field | undefined {
  return table?.fields.find((field) => field.column.name === column);
}

/** Made once for each schema: quoting all the names of a wide one takes longer than planning. */
const named = new WeakMap<Schema, ReadonlyMap<string, Table>>();

function tablesByName(schema: Schema): ReadonlyMap<string, Table> {
  const known = named.get(schema);
  if (known !== undefined) return known;
  const tables = new Map(
    schema.tables.map((table) => {
      const { schema: within, name } = table.relation;
      return [quoteQualified(within, name), table] as const;
    }),
  );
  named.set(schema, tables);
  return tables;
}
