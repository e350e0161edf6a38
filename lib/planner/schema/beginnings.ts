/** What the names of a table's columns begin with in its stead: `tm` of `tm_no` and `tm_nm`, `p` of `pname` and `pparty`. */
import { ABBREVIATIONS } from '../lexicon/abbreviations.js';
import { isStructureWord } from '../lexicon/structure.js';
import { frequency, isEnglish } from '../lexicon/wordnet.js';
import { singular } from '../text/inflection.js';
import { unglue } from './glued.js';
import { isWithin } from './shortening.js';

/** What tells rows apart, by how it may be written. */
export const ENDS: ReadonlyMap<string, string> = new Map(
  Object.entries({ id: 'id', no: 'no', num: 'no', nr: 'no', nbr: 'no', cd: 'code', code: 'code' }),
);

export interface Beginnings {
  /** First parts of names: `tm` of `tm_nm`, `p` of `pName`. */
  readonly apart: ReadonlySet<string>;
  /** Letters that the first part begins with: `p` of `pname`. */
  readonly glued: string | undefined;
  /** Whether all columns begin so, and therefore also those that make a word: `page` is an age. */
  readonly throughout: boolean;
}

const LONGEST_PREFIX = 4;
/** How much of a table has to begin alike before a word is taken for a beginning. */
const MOST = 0.6;
const SEVERAL = 3;

/**
 * @param table the relation's own words, as they are written
 * @param names its columns' names in their parts
 * @param tables the names of all relations: another one's is no short form of this one's
 */
export function beginningsOf(
  table: readonly string[],
  names: readonly (readonly string[])[],
  tables: ReadonlySet<string>,
): Beginnings {
  const apart = apartIn(table, names).filter((start) => !tables.has(start));
  const glued = initialsOf(table).flatMap((letters) => gluedTo(letters, names))[0];
  return {
    apart: new Set(apart),
    glued: glued?.letters,
    throughout: glued?.throughout ?? false,
  };
}

/** A column's parts behind what stands for the table; undefined where nothing does. */
export function behind(
  parts: readonly string[],
  { apart, glued, throughout }: Beginnings,
): string[] | undefined {
  const [start = '', ...more] = parts;
  if (more.length > 0 && apart.has(start)) return more;
  if (glued === undefined || !start.startsWith(glued)) return undefined;
  const rest = start.slice(glued.length);
  if (rest.length < 2) return undefined;
  const means = throughout
    ? isNaming(rest) || !isEnglish(start)
    : ENDS.has(rest) || isNoWord(start);
  return means ? [rest, ...more] : undefined;
}

function apartIn(table: readonly string[], names: readonly (readonly string[])[]): string[] {
  const first = (names[0] ?? [])[0];
  const counts = new Map<string, number>();
  for (const [start = '', ...rest] of names) {
    if (rest.length > 0) counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  const own = new Set([...table, table.join('')].flatMap((word) => [word, singular(word)]));
  return [...counts].flatMap(([start, count]) => {
    if (start.length > LONGEST_PREFIX || own.has(start)) return [];
    const stands = standsFor(start, table) || initialsOf(table).includes(start);
    const others = names.filter(([other = '', ...rest]) => other !== start && !isKey(rest));
    if (stands && count >= SEVERAL && count >= MOST * (count + others.length)) return [start];
    if (!stands || isPlainWord(start)) return [];
    const opensKey = start === first && ENDS.has(names[0]![1] ?? '');
    // One letter is the beginning of too much, unless the key begins with it.
    return opensKey || (start.length > 1 && count > 1) ? [start] : [];
  });
}

function isKey(parts: readonly string[]): boolean {
  return ENDS.has(parts.at(-1) ?? '');
}

/** The letters that a table's words begin with: `p` and `ps` of part_supplies. */
function initialsOf(table: readonly string[]): string[] {
  const all = table.map((word) => word[0]!).join('');
  return all.length > 1 && all.length <= LONGEST_PREFIX ? [all, all[0]!] : [all[0]!];
}

function gluedTo(letters: string, names: readonly (readonly string[])[]) {
  const hits = names.filter(([start = '']) => {
    return start.startsWith(letters) && isGlued(start, start.slice(letters.length));
  });
  const others = names.filter((parts) => !parts[0]!.startsWith(letters) && !isKey(parts));
  const isMost = hits.length > 1 && hits.length >= MOST * (hits.length + others.length);
  return isMost ? [{ letters, throughout: hits.length >= SEVERAL && others.length === 0 }] : [];
}

/** Whether letters before what names something make of it what is no word: `pprice`. */
function isGlued(start: string, rest: string): boolean {
  return ENDS.has(rest) || (isNoWord(start) && isNaming(rest));
}

function isNoWord(start: string): boolean {
  return !isEnglish(start) && !isEnglish(singular(start)) && !ABBREVIATIONS.has(start);
}

/** Words as rare as this hardly name a column, and letters fall into them by chance. */
const COMMON = 10;

function isNaming(rest: string): boolean {
  const whole = singular(rest);
  if (ABBREVIATIONS.has(rest) || unglue(rest) !== undefined) return true;
  return rest.length > 2 && frequency(whole) >= COMMON;
}

/** Whether letters can stand for a table: they begin as it does, and are some of its letters, or its words' first. */
export function standsFor(letters: string, table: readonly string[]): boolean {
  const whole = table.join('');
  return letters[0] === whole[0] && letters.length < whole.length && isWithin(letters, whole);
}

export function isPlainWord(part: string): boolean {
  if (part.length < 2) return false;
  return isStructureWord(part) || ABBREVIATIONS.has(part) || (isEnglish(part) && part.length > 2);
}
