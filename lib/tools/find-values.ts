/** `find_values`, which is `pgask values`: where words stand among a database's values. */
import { z } from 'zod/v3';
import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import type { Row } from '../databases/database.js';
import { quoteIdentifier, quoteQualified } from '../sql/quote.js';
import { defineTool, type ToolContext } from './tool.js';

/** Tables with more rows than this are not searched: without a fitting index that would read them whole. */
const MAX_ROWS = 200_000;
/** Values of one column that are looked at, and matches of one column that are told. */
const MAX_MATCHES = 40;
/** Columns that one statement searches. */
const COLUMNS_PER_STATEMENT = 24;

export const findValues = defineTool({
  name: 'find_values',
  summary:
    'Find which text columns hold given words as values: one JSON line per match, exact ones first.',
  input: z
    .object({
      words: z
        .array(z.string().min(1).max(200))
        .min(1)
        .max(40)
        .describe('words or phrases to look for, as a person would write them'),
    })
    .strict(),
  command: {
    name: 'values',
    positional: 'words',
    examples: ['pgask values Spain', 'pgask values "wireless mouse" cancelled'],
  },
  async run({ words }, context) {
    const matches = await search(words, context);
    const lines = matches.map((match) => JSON.stringify(match));
    return lines.length === 0
      ? { text: 'no column holds any of these words', details: [] }
      : { text: '', values: lines.join('\n'), details: matches };
  },
});

interface Match {
  readonly word: string;
  /** Qualified, as SQL text. */
  readonly relation: string;
  readonly column: string;
  readonly value: string;
  /** `case`: equal but for upper and lower case. `prefix`, `contains`: the value begins with it, or holds it. */
  readonly match: 'exact' | 'case' | 'prefix' | 'contains';
}

const ORDER: readonly Match['match'][] = ['exact', 'case', 'prefix', 'contains'];

async function search(words: readonly string[], context: ToolContext): Promise<Match[]> {
  const targets = searchable(await context.catalog());
  const groups = Array.from({ length: Math.ceil(targets.length / COLUMNS_PER_STATEMENT) }, (_, i) =>
    targets.slice(i * COLUMNS_PER_STATEMENT, (i + 1) * COLUMNS_PER_STATEMENT),
  );
  const found = await Promise.all(groups.map((group) => lookUp(group, words, context)));
  return found
    .flat()
    .sort(
      (a, b) =>
        words.indexOf(a.word) - words.indexOf(b.word) ||
        ORDER.indexOf(a.match) - ORDER.indexOf(b.match),
    );
}

interface Target {
  readonly relation: Relation;
  readonly column: Column;
}

function searchable({ relations }: Catalog): Target[] {
  return relations
    .filter(({ rowEstimate = 0 }) => rowEstimate <= MAX_ROWS)
    .flatMap((relation) =>
      relation.columns
        .filter(({ type, enumLabels }) => enumLabels === undefined && isText(type))
        .map((column) => ({ relation, column })),
    );
}

function isText(type: string): boolean {
  return /^(text|citext|name|character( varying)?(\(\d+\))?)$/.test(type);
}

async function lookUp(
  targets: readonly Target[],
  words: readonly string[],
  { database, signal, timeoutMs }: ToolContext,
): Promise<Match[]> {
  const sql = targets.map((target, i) => `(${columnSql(target, i)})`).join('\nunion all\n');
  // `lower` of the words is the server's, so that both sides fold by the same rules.
  const wanted = `with wanted as (select w, lower(w) as folded from unnest($1::text[]) w)\n${sql}`;
  const parameters = [arrayLiteral(words)];
  return await database.read(
    { sql: wanted, parameters },
    { signal, timeoutMs },
    async ({ batches }) => {
      const matches: Match[] = [];
      for await (const rows of batches) matches.push(...rows.map((row) => toMatch(row, targets)));
      return matches;
    },
  );
}

function columnSql({ relation, column }: Target, index: number): string {
  const table = quoteQualified(relation.schema, relation.name);
  const value = quoteIdentifier(column.name);
  // A phrase inside a longer text says little unless it is itself long enough to be a name.
  return `select ${index}, w, v, case
      when v = w then 'exact' when lower(v) = folded then 'case'
      when starts_with(lower(v), folded) then 'prefix' else 'contains' end
    from (select distinct ${value}::text as v from ${table} where ${value} is not null) t
    join wanted on lower(v) = folded or (length(folded) >= 4 and position(folded in lower(v)) > 0)
    order by lower(v) <> folded, length(v), v
    limit ${MAX_MATCHES}`;
}

function toMatch(row: Row, targets: readonly Target[]): Match {
  const { relation, column } = targets[Number(row[0])]!;
  return {
    word: row[1]!,
    relation: quoteQualified(relation.schema, relation.name),
    column: column.name,
    value: row[2]!,
    match: row[3] as Match['match'],
  };
}

/** An array's text form: every element quoted (PostgreSQL manual, "Array Input and Output Syntax"). */
function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}
