/** `find_values`, which is `pgask values`: where words stand among a database's values. */
import { z } from 'zod/v3';
import type { Catalog, Relation } from '../catalog/catalog.js';
import { listValues, MATCHES, type ValueList, type ValueMatch } from '../catalog/matching.js';
import { readDistinct, type ValueColumn, valueColumns } from '../catalog/values.js';
import type { Database } from '../databases/database.js';
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
  const lists = await listsOf(columns, context);
  const places = new Map(words.map((word, i) => [word, i]));
  const rank = ({ word, match }: Match) =>
    places.get(word)! * MATCHES.length + MATCHES.indexOf(match);
  return columns
    .flatMap(({ relation, column }, i) =>
      [...places.keys()].flatMap((word) =>
        lists[i]!.find(word).map(({ value, match }) => ({
          word,
          relation: quoteQualified(relation.schema, relation.name),
          column: column.name,
          value,
          match,
        })),
      ),
    )
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_MATCHES);
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

/** Milliseconds for which what was read is as good as read again: a turn asks more than once, and little is written meanwhile. */
const FRESH_MS = 60_000;

interface Known {
  readonly list: ValueList;
  readonly readAt: number;
}

/** What was read of a database in this process. */
const known = new WeakMap<Database, Map<string, Known>>();

async function listsOf(
  columns: readonly ValueColumn[],
  { database, signal, timeoutMs }: ToolContext,
): Promise<ValueList[]> {
  const lists = known.get(database) ?? new Map<string, Known>();
  known.set(database, lists);
  const keyOf = ({ relation, column }: ValueColumn) =>
    JSON.stringify([relation.schema, relation.name, column.name]);
  const now = Date.now();
  const missing = columns.filter(
    (column) => now - (lists.get(keyOf(column))?.readAt ?? -Infinity) > FRESH_MS,
  );
  const read = await readDistinct(database, missing, { signal, timeoutMs });
  missing.forEach((column, i) =>
    lists.set(keyOf(column), { list: listValues(read[i]!), readAt: now }),
  );
  return columns.map((column) => lists.get(keyOf(column))!.list);
}
