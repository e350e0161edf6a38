/** The one thing of a schema that a word may stand for which is not called by it, but by a word of nearly that meaning. */
import { isNear } from '../lexicon/near.js';
import { GENERALITIES, LIKENESSES } from '../lexicon/thesaurus.js';
import { unitsOf } from '../lexicon/units.js';
import { isKindOf } from '../lexicon/wordnet.js';
import type { Sense } from './sense.js';

/** What such a word costs beside the name that it stands for. */
const LIKE = 0.7;
const GENERAL = 0.9;
/** A word that is in none of our own lists. */
const NEAR = 0.8;
/** Names at most this dear are called by a word: in whole, or by their last one. */
const CALLED = 0.5;
/** What a name may hold besides, and name the same. */
const NAMING = new Set(['name', 'title']);

interface Names {
  /** What is called by a phrase. */
  readonly named: (phrase: string) => readonly Sense[];
  /** All words of names. */
  readonly words: () => Iterable<string>;
}

export function alike(phrase: string, { named, words }: Names): Sense[] {
  const found = only((LIKENESSES.get(phrase) ?? []).flatMap(named));
  if (found !== undefined) return found.map((sense) => ({ ...sense, cost: sense.cost + LIKE }));
  const general = only((GENERALITIES.get(phrase) ?? []).flatMap(named)) ?? [];
  if (general.length > 0) return general.map((sense) => ({ ...sense, cost: sense.cost + GENERAL }));
  return nearTo(phrase, { named, words });
}

/** What a thesaurus has among the synonyms of a word; one unit or currency is never another. */
function nearTo(word: string, { named, words }: Names): Sense[] {
  if (word.includes(' ') || unitsOf(word).length > 0) return [];
  const near = [...words()].filter((other) => isNear(word, other)).flatMap(named);
  // Somebody is no thing.
  const alike = near.filter((sense) => isPerson(word) === isOfPeople(sense));
  return (only(alike) ?? []).map((sense) => ({ ...sense, cost: sense.cost + NEAR }));
}

function isPerson(word: string): boolean {
  return isKindOf(word, 'person');
}

function isOfPeople(sense: Sense): boolean {
  if (sense.type === 'table') return isPerson(sense.table.words.at(-1) ?? '');
  return isPerson(sense.field.words.at(-1) ?? '');
}

/** Undefined where nothing is called so; nothing where several things are. */
function only(senses: readonly Sense[]): readonly Sense[] | undefined {
  const tables = senses.filter(
    (sense) => sense.type === 'table' && sense.via === undefined && sense.cost <= CALLED,
  );
  if (tables.length > 0) return oneTable(tables);
  const fields = senses.filter((sense) => sense.type === 'field' && isCalled(sense));
  if (fields.length === 0) return undefined;
  const names = new Set(
    fields.map((sense) => (sense.type === 'field' ? sense.field.words.join(' ') : '')),
  );
  return names.size === 1 ? fields : [];
}

function oneTable(senses: readonly Sense[]): readonly Sense[] {
  const least = Math.min(...senses.map(({ cost }) => cost));
  const near = senses.filter(({ cost }) => cost === least);
  const tables = new Set(near.map((sense) => (sense.type === 'table' ? sense.table : undefined)));
  return tables.size === 1 ? near.slice(0, 1) : [];
}

function isCalled(sense: Sense): boolean {
  if (sense.type !== 'field' || sense.field.role === 'key') return false;
  if (sense.cost <= CALLED) return true;
  const { words } = sense.field;
  return words.length === 2 && NAMING.has(words[1]!);
}
