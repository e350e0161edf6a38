/** How each word of a request was read: what it stands for in the answer, and why. */
import { isLinkingVerb } from './lexicon/verbs.js';
import { isStructureWord } from './lexicon/structure.js';
import type { Lattice } from './lattice.js';
import type { Query } from './meaning/query.js';
import type { Ask } from './phrase.js';
import type { Field, Table } from './schema/schema.js';
import { COST } from './schema/sense.js';

export interface WordReading {
  readonly words: string;
  /** A table, a column, a value or a span of time; null where the words say nothing by themselves. */
  readonly as: string | null;
  readonly reason: string;
  /** From 1, which is certain, down to 0. */
  readonly score: number;
}

interface Option {
  readonly cost: number;
  readonly table?: Table;
  readonly field?: Field;
  readonly value?: unknown;
}

interface Mention {
  readonly text: string;
  readonly options: readonly Option[];
}

export function readingOf(ask: Ask, query: Query, lattice: Lattice): WordReading[] {
  const used = new Set<unknown>();
  collect(query, used, new Set());
  const found: WordReading[] = [];
  walk(ask, new Set(), (thing) => {
    if (isMention(thing)) found.push(mentioned(thing, used));
    else if (isSpan(thing))
      found.push({ words: thing.text, as: spanOf(thing), reason: 'a time', score: 1 });
  });
  const distinct = found.filter(
    (one, i) => found.findIndex((other) => other.words === one.words && other.as === one.as) === i,
  );
  return [...distinct, ...skipped(lattice, distinct)];
}

function mentioned({ text, options }: Mention, used: ReadonlySet<unknown>): WordReading {
  const sorted = [...options].sort((a, b) => a.cost - b.cost);
  const chosen = sorted.find(({ field, table }) => used.has(field ?? table)) ?? sorted[0];
  if (chosen === undefined)
    return { words: text, as: null, reason: 'a word of the request', score: 0 };
  const { field, table, value, cost } = chosen;
  const name =
    field === undefined
      ? (table?.relation.name ?? '')
      : `${field.table.relation.name}.${field.column.name}`;
  const isValue = typeof value === 'string';
  const as = value === undefined ? name : `${name} = ${isValue ? `"${value}"` : String(value)}`;
  return {
    words: text,
    as,
    reason: isValue ? valueReason(text, value) : nameReason(cost),
    score: Number(Math.max(0, 1 - cost / 2).toFixed(2)),
  };
}

function valueReason(text: string, value: string): string {
  if (text === value) return 'exact value';
  return text.toLowerCase() === value.toLowerCase() ? 'value, whatever its case' : 'value like it';
}

/** The kinds of evidence by what they cost (`schema/vocabulary.ts`). */
function nameReason(cost: number): string {
  if (cost <= COST.name) return 'exact name';
  if (cost <= COST.short) return 'name without what its table says';
  if (cost <= COST.abbreviation) return 'abbreviated name';
  if (cost <= COST.title) return 'what its comment calls it';
  if (cost <= COST.head) return 'last word of the name';
  if (cost < COST.part) return 'synonym';
  if (cost < COST.root) return 'part of the name';
  if (cost < COST.comment) return 'related word';
  return 'inferred from a comment or a part of the name';
}

/** Words that nothing was made of: what shapes a request is not counted among them. */
function skipped(lattice: Lattice, found: readonly WordReading[]): WordReading[] {
  const read = new Set(found.flatMap(({ words }) => words.toLowerCase().split(/\s+/)));
  const idle = lattice.idle.map((words) => ({
    words,
    as: null,
    reason: 'says nothing more than what stands beside it',
    score: 1,
  }));
  const shaping = lattice.tokens.flatMap(({ kind, word, text }): WordReading[] => {
    if (kind !== 'word' || read.has(word) || isStructureWord(word)) return [];
    const reason = isLinkingVerb(word) ? 'links what stands around it' : 'shapes the request';
    return [{ words: text, as: null, reason, score: 1 }];
  });
  return [...shaping, ...idle];
}

interface Span {
  readonly text: string;
  readonly from?: string;
  readonly to?: string;
}

function spanOf({ from, to }: Span): string {
  return [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `before ${to}`]
    .join(' ')
    .trim();
}

function isMention(thing: object): thing is Mention {
  return 'text' in thing && 'options' in thing && Array.isArray(thing.options);
}

function isSpan(thing: object): thing is Span {
  return 'text' in thing && ('from' in thing || 'to' in thing);
}

/** Everything of a tree of phrases; the schema that it points at is no part of it. */
function walk(thing: unknown, seen: Set<object>, visit: (thing: object) => void): void {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return;
  seen.add(thing);
  visit(thing);
  if (isMention(thing)) return;
  for (const inner of Object.values(thing)) walk(inner, seen, visit);
}

/** The tables and columns that a query uses. */
function collect(thing: unknown, used: Set<unknown>, seen: Set<object>): void {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return;
  seen.add(thing);
  if ('relation' in thing || 'column' in thing) {
    used.add(thing);
    return;
  }
  for (const inner of Object.values(thing)) collect(inner, used, seen);
}
