/** The one thing of a schema that a word may stand for which is not called by it, but by a word of nearly that meaning. */
import { GENERALITIES, LIKENESSES } from '../lexicon/thesaurus.js';
import type { Sense } from './vocabulary.js';

/** What such a word costs beside the name that it stands for. */
const LIKE = 0.7;
const GENERAL = 0.9;
/** Names at most this dear are called by a word: in whole, or by their last one. */
const CALLED = 0.5;
/** What a name may hold besides, and name the same. */
const NAMING = new Set(['name', 'title']);

/** @param named what is called by a phrase */
export function alike(phrase: string, named: (phrase: string) => readonly Sense[]): Sense[] {
  const found = only((LIKENESSES.get(phrase) ?? []).flatMap(named));
  if (found !== undefined) return found.map((sense) => ({ ...sense, cost: sense.cost + LIKE }));
  const general = only((GENERALITIES.get(phrase) ?? []).flatMap(named)) ?? [];
  return general.map((sense) => ({ ...sense, cost: sense.cost + GENERAL }));
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
