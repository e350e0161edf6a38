/** Identifiers as words: split at separators and humps, abbreviations spelt out, singular. */
import { ABBREVIATIONS, NAME_AFFIXES } from '../lexicon/abbreviations.js';
import { frequency, isEnglish, isWord } from '../lexicon/wordnet.js';
import { singular, verbBases } from '../text/inflection.js';
import { remembering } from '../text/remember.js';
import { unglue } from './glued.js';

/** `cust_nm` → customer, name; `OrderItems` → order, item. */
export function nameWords(identifier: string): string[] {
  return [...wordsOf(identifier)];
}

const wordsOf = remembering((identifier): readonly string[] =>
  identifier
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .flatMap((part) => (spelt(part) ?? part).split(' '))
    .map(singular),
);

/** Also in the plural: `flrs` are floors. */
function spelt(part: string): string | undefined {
  const known = ABBREVIATIONS.get(part);
  if (known !== undefined || part.length < 4 || isEnglish(part)) return known;
  return /[^s]s$/.test(part) ? ABBREVIATIONS.get(part.slice(0, -1)) : undefined;
}

/** A relation's words without those that say only that it is a relation: `tbl_patients` → patient. */
export function relationWords(name: string): string[] {
  const words = nameWords(name).flatMap(separated);
  const kept = words.filter((word) => !NAME_AFFIXES.has(word));
  return kept.length === 0 ? words : kept;
}

/** Two words in one, of which the second says only that things are kept of the first: `useracct`, `memberinfo`. */
function separated(word: string): string[] {
  if (isWord(word)) return [word];
  for (let at = 4; at <= word.length - 4; at++) {
    const first = word.slice(0, at);
    const second = nameWords(word.slice(at));
    if (isWord(first) && second.length === 1 && ACCOUNTS.has(second[0]!)) return [first, ...second];
  }
  return [word];
}

/** What is kept of somebody. */
export const ACCOUNTS: ReadonlySet<string> = new Set(
  'account profile detail record info information datum data'.split(' '),
);

/** `date of birth` is said of what is called birth date: the words of a phrase in the order of a name. */
export function plainWords(words: readonly string[]): string[] {
  const of = words.indexOf('of');
  if (of < 0) return [...words];
  const whole = words.slice(of + 1).filter((word) => word !== 'the');
  // "number of pages" is a count, and "name of the author" may be a column of authors: the grammar reads those.
  if (of === 0 || whole.length === 0 || COUNTED.has(words[0]!)) return [];
  return [...whole, ...words.slice(0, of)];
}

const COUNTED = new Set(['number', 'count', 'amount', 'total', 'sum', 'name', 'average', 'id']);

/** A label as words: `in_progress` → in, progress. Not made singular: a label is a word of its own. */
export function labelWords(label: string): string[] {
  return label
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

const ENDINGS = /^(.{2,})(id|name|code|number|no|date|type|desc|location)$/;

interface Ending {
  readonly start: string;
  /** The usual end of a name that the word has; empty where it has none. */
  readonly end: string;
  /** What the start abbreviates, where the whole is no word of its own. */
  readonly spelt: string | undefined;
}

const endingOf = remembering((word): Ending => {
  const [, start = '', end = ''] = ENDINGS.exec(word) ?? [];
  const spelt = ABBREVIATIONS.get(start);
  return { start, end, spelt: spelt === undefined || isWord(word) ? undefined : spelt };
});

/**
 * The letters that columns begin with after their tables, or after a table that they refer to: `rname` and `rpos`
 * of racers. Only where several columns of a table do so.
 */
export function initialsIn(columns: readonly string[], tables: ReadonlySet<string>): Set<string> {
  const counts = new Map<string, number>();
  for (const column of columns) {
    const letter = column[0]!.toLowerCase();
    if (tables.has(letter) && behindInitial(column.toLowerCase()) !== undefined)
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([letter, count]) => (count > 1 ? [letter] : [])));
}

/** What a name says behind its first letter, where the whole is no word: `pos` of `rpos`. */
function behindInitial(name: string): string | undefined {
  const rest = name.slice(1);
  // A bid and somebody rid of something are words, and the commonest of such names.
  if (rest === 'id') return rest;
  if (!/^[a-z]{4,}$/.test(name) || isEnglish(name)) return undefined;
  if (ABBREVIATIONS.has(rest)) return rest;
  // Nothing but the name itself tells, so the rest has to be a word as it stands, and no two glued ones.
  if (isEnglish(singular(name))) return undefined;
  return rest.length > 2 && frequency(rest) >= SAID ? rest : undefined;
}

/** Said often enough to be meant where letters make a word ({@link frequency}). */
const SAID = 12;

/** The words of `rpos`, where its first letter says only whose it is. */
export function behindInitials(
  column: string,
  initials: ReadonlySet<string>,
): string[] | undefined {
  const name = column.toLowerCase();
  const rest = initials.has(name[0]!) ? behindInitial(name) : undefined;
  return rest === undefined || rest === 'id' || rest === 'name' ? undefined : nameWords(rest);
}

/** A column's words where they are written in one: `clubname` of clubs, `stuid` of students. */
export function splitGlued(words: readonly string[], tableWords: readonly string[]): string[] {
  return words.flatMap((word) => {
    const whole = tableWords.find(
      (table) => word !== table && table.length > 2 && word.startsWith(table),
    );
    const { start, end, spelt } = endingOf(word);
    // "winery" of wines is a word of its own, "clubname" of clubs is two.
    // So is "claimed" of claims: a form of the verb.
    if (whole !== undefined && verbBases(word).includes(whole)) return [word];
    if (whole !== undefined && (start === whole || !isWord(word)))
      return [whole, ...nameWords(word.slice(whole.length))];
    const initial =
      word.length === 5 && word.endsWith('name')
        ? tableWords.find((table) => table[0] === word[0])
        : undefined;
    if (initial !== undefined) return [initial, 'name'];
    const begun = tableWords.find(
      (table) => end !== '' && start.length > 2 && table.startsWith(start),
    );
    if (begun !== undefined) return [begun, ...nameWords(end)];
    if (spelt !== undefined) return [spelt, ...nameWords(end)];
    return unglue(word)?.flatMap(nameWords) ?? [word];
  });
}
