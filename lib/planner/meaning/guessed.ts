/** A thing that a word was only guessed to be, and of which nothing is told: then the guess has nothing that bears it out. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Ask } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { root, singular } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { fieldOf } from './showing.js';
import type { Condition, Query, Scope } from './query.js';

/** Names at least this dear are none of ours: a thesaurus has them near the word. */
const GUESSED = 0.7;

/** @throws {Misfit} where all that is told is told of other things */
export function refuseGuessed(query: Query, ask: Ask): void {
  const told = toldOf(query);
  if (told.size === 0) return;
  const used = tablesOf(query.scope);
  for (const { text, table } of guessesIn(ask, new Set())) {
    if (used.has(table) && !told.has(table))
      throw new Misfit(`${text} can't be told to be ${table.relation.name}`, { weight: 3 });
  }
}

function guessesIn(thing: unknown, seen: Set<object>): { text: string; table: Table }[] {
  if (typeof thing !== 'object' || thing === null || seen.has(thing)) return [];
  seen.add(thing);
  if ('text' in thing && 'options' in thing && Array.isArray(thing.options)) {
    const options = thing.options as readonly { cost: number; table?: Table }[];
    const guessed = options.length > 0 && options.every(({ cost }) => cost >= GUESSED);
    const text = String(thing.text);
    return options.flatMap(({ table }) =>
      guessed && table !== undefined && !isCalled(table, text) ? [{ text, table }] : [],
    );
  }
  if ('relation' in thing || 'column' in thing) return [];
  return Object.values(thing).flatMap((inner) => guessesIn(inner, seen));
}

/** Whether the table's name has one of the words in it, in any form, or is of a kind that they name: pets are animals. */
function isCalled({ words }: Table, text: string): boolean {
  const said = text.toLowerCase().split(/\s+/).map(singular);
  const head = words.at(-1) ?? '';
  // What is told of somebody may stand where all people are kept: a professor's name among the employees'.
  if (isKindOf(head, 'person') && said.some((word) => isKindOf(word, 'person'))) return true;
  const roots = new Set(words.map(root));
  return said.some((word) => roots.has(root(word)) || isKindOf(head, word));
}

function tablesOf({ nodes, where }: Scope): Set<Table> {
  const inner = where.flatMap((one) => (one.type === 'exists' ? [...tablesOf(one.scope)] : []));
  return new Set([...nodes.map(({ table }) => table), ...inner]);
}

/** The tables of which a column is shown, computed or said something of. */
function toldOf({ scope, outputs, groupBy, orderBy }: Query): Set<Table> {
  const shown = [
    ...outputs.map(({ expression }) => expression),
    ...groupBy,
    ...orderBy.flatMap(({ tie, expression }) => (tie ? [] : [expression])),
  ];
  const own = shown.flatMap((one) => {
    // What is counted is told of by that.
    if (one.type === 'aggregate' && one.of === undefined) return [scope.root.table];
    return fieldOf(one)?.table ?? [];
  });
  return new Set([...own, ...scope.where.flatMap(tablesTold)]);
}

function tablesTold(condition: Condition): Table[] {
  if (condition.type === 'exists') return condition.scope.where.flatMap(tablesTold);
  if (condition.type === 'all' || condition.type === 'any') return condition.of.flatMap(tablesTold);
  const left = 'left' in condition ? fieldOf(condition.left) : undefined;
  return left === undefined ? [] : [left.table];
}
