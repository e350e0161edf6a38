/** What a pronoun stands for: something that the request itself named before it, or something that was spoken of earlier. */
import type { Lattice, Spanned } from './lattice.js';
import { BE, DO, HAVE } from './lexicon/words.js';
import type { TableMention } from './phrase.js';

export const DEMONSTRATIVES: ReadonlySet<string> = new Set([
  'those',
  'these',
  'that',
  'this',
  'such',
]);
const SUBJECTS = new Set(['they', 'it', 'he', 'she']);
const OBJECTS = new Set(['them', 'those', 'these', 'it', 'him', 'there']);
/** A clause begins with them, in which what was named before may be spoken of. */
const CLAUSES = new Set('and or but then that which who whose whom where when'.split(' '));

/** Whether a word stands for something that the request itself named before: `members and their emails`. */
export function hasAntecedent(lattice: Lattice, at: number): boolean {
  const word = lattice.word(at);
  if (DEMONSTRATIVES.has(word) && lattice.tables(at + 1).length > 0) return false;
  // "how many loans do they have"
  const before = lattice.word(at - 1);
  if (SUBJECTS.has(word) && (DO.has(before) || HAVE.has(before) || BE.has(before))) return false;
  const [first, ...more] = namedBefore(lattice, at);
  if (first === undefined) return false;
  // "which stores belong to them": what is asked for belongs to something else.
  return more.length > 0 || !OBJECTS.has(word) || isParted(lattice, first, at);
}

/** Ends of what is named as a thing. What follows "who" is what they do, whatever a table is called: `who hosts those`. */
function namedBefore(lattice: Lattice, end: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < end;) {
    const names = lattice.word(at - 1) === 'who' ? [] : lattice.tables(at).filter(isNamed);
    const next = Math.max(0, ...names.map((name) => name.end));
    if (next > 0) found.push(next);
    at = Math.max(at + 1, next);
  }
  return found;
}

export function isNamed({ mention }: Spanned<TableMention>): boolean {
  return mention.options.some(({ cost, via }) => cost <= 0.1 && via === undefined);
}

function isParted({ tokens }: Lattice, from: number, to: number): boolean {
  return tokens
    .slice(from, to)
    .some(({ word, kind, opens }) => CLAUSES.has(word) || kind === 'mark' || opens === true);
}

const PREPOSITIONS = new Set('of for in on at to from by with'.split(' '));

/** `which hall is that in`: a preposition stands behind, and what it belongs to is no thing that is named. */
export function isStranded(lattice: Lattice, at: number): boolean {
  const word = lattice.word(at);
  if ((word !== 'that' && word !== 'this') || !BE.has(lattice.word(at - 1))) return false;
  return at === lattice.tokens.length - 2 && PREPOSITIONS.has(lattice.word(at + 1));
}
