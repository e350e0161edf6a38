/** `find_values`, which is `pgask values`: where words stand among a database's values. */
import { z } from 'zod/v3';
import type { Catalog, Relation } from '../catalog/catalog.js';
import { listValues, MATCHES, type ValueMatch } from '../catalog/matching.js';
import { readRare } from '../catalog/rare-values.js';
import { readLists } from '../catalog/value-lists.js';
import { type ValueColumn, valueColumns } from '../catalog/values.js';
import { quoteQualified } from '../sql/quote.js';
import { defineTool, type ToolContext } from './tool.js';

/** Columns that are searched at most; where there are more, those nearest to the relations that are named. */
const MAX_COLUMNS = 400;
/** Matches that are told in all. */
const MAX_MATCHES = 400;

export const findValues = defineTool({
  name: 'find_values',
  summary:
    'Find which text columns hold given words as values: one JSON line per match, exact ones first.',
  input: z
    .object({
      words: z
        .array(z.string().min(1).max(200))
        .min(1)
        .max(60)
        .describe('words or phrases to look for, as a person would write them'),
      near: z
        .array(z.string().min(1).max(200))
        .max(40)
        .optional()
        .describe('tables to look in first, where there are too many to search them all'),
    })
    .strict(),
  command: {
    name: 'values',
    positional: 'words',
    examples: ['pgask values Spain', 'pgask values "wireless mouse" cancelled'],
  },
  async run({ words, near = [] }, context) {
    const matches = await search(words, near, context);
    const lines = matches.map((match) => JSON.stringify(match));
    return lines.length === 0
      ? { text: 'no column holds any of these words', details: [] }
      : { text: '', values: lines.join('\n'), details: matches };
  },
});

interface Match extends ValueMatch {
  /** Qualified, as SQL text. */
  readonly relation: string;
  readonly column: string;
}

async function search(
  words: readonly string[],
  near: readonly string[],
  context: ToolContext,
): Promise<Match[]> {
  const columns = nearest(await context.catalog(), near);
  const [lists, rare] = await Promise.all([
    readLists(columns, context),
    readRare(context.database, columns, words, context),
  ]);
  const places = new Map(words.map((word, i) => [word, i]));
  const rank = ({ word, match }: Match) =>
    places.get(word)! * MATCHES.length + MATCHES.indexOf(match);
  return columns
    .flatMap((place, i) => {
      const looked = listValues(rare.get(place) ?? []);
      return [...places.keys()].flatMap((word) =>
        together(looked.find(word), lists[i]!.find(word)).map(({ value, match }) => ({
          word,
          relation: quoteQualified(place.relation.schema, place.relation.name),
          column: place.column.name,
          value,
          match,
        })),
      );
    })
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_MATCHES);
}

/** What an index found, and of what was read the rest: where a value was found, none that is only similar. */
function together(
  looked: readonly ValueMatch[],
  read: readonly ValueMatch[],
): readonly ValueMatch[] {
  const sure = looked.filter(({ match }) => match !== 'similar');
  if (sure.length === 0) return read;
  const more = read.filter(
    ({ value, match }) => match !== 'similar' && !sure.some((one) => one.value === value),
  );
  return [...sure, ...more];
}

/** Every column where there are few; else those of the relations that are named, then of their neighbours, then of small ones. */
function nearest(catalog: Catalog, near: readonly string[]): ValueColumn[] {
  const columns = valueColumns(catalog);
  if (columns.length <= MAX_COLUMNS) return columns;
  const wanted = new Set(near);
  const isNamed = ({ schema, name }: Relation) =>
    wanted.has(name) || wanted.has(quoteQualified(schema, name));
  const named = new Set(catalog.relations.filter(isNamed));
  const key = (schema: string, name: string) => JSON.stringify([schema, name]);
  const linked = new Set(
    [...named].flatMap(({ foreignKeys }) =>
      foreignKeys.map(({ references }) => key(references.schema, references.relation)),
    ),
  );
  const far = ({ relation }: ValueColumn) =>
    named.has(relation) ? 0 : linked.has(key(relation.schema, relation.name)) ? 1 : 2;
  const rows = ({ relation }: ValueColumn) => relation.rowEstimate ?? Infinity;
  return columns
    .map((column) => ({ column, far: far(column), rows: rows(column) }))
    .sort((a, b) => a.far - b.far || (a.rows === b.rows ? 0 : a.rows - b.rows))
    .slice(0, MAX_COLUMNS)
    .map(({ column }) => column);
}
