/** What `find_values` says, read back: lines of JSON, of which nothing is believed that the catalog does not know. */
import { MATCHES } from '../catalog/matching.js';
import { quoteQualified } from '../sql/quote.js';
import type { FoundValue } from './lattice.js';
import type { Field, Schema } from './schema/schema.js';

export function readValues(texts: readonly string[], schema: Schema): FoundValue[] {
  const fields = fieldsByName(schema);
  return texts.flatMap((text) => text.split('\n')).flatMap((line) => readLine(line.trim(), fields));
}

/** Anything that is not such a line is not ours: markers, notes, and what a value may pretend to be. */
function readLine(line: string, fields: ReadonlyMap<string, Field>): FoundValue[] {
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
  const field = fields.get(JSON.stringify([relation, column]));
  const kind = MATCHES.find((known) => known === match);
  return field === undefined || kind === undefined ? [] : [{ word, field, value, match: kind }];
}

function fieldsByName({ tables }: Schema): Map<string, Field> {
  return new Map(
    tables.flatMap(({ relation, fields }) =>
      fields.map(
        (field) =>
          [
            JSON.stringify([quoteQualified(relation.schema, relation.name), field.column.name]),
            field,
          ] as const,
      ),
    ),
  );
}
