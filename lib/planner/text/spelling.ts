/** Slips of typing: the known word that was likely meant by one that is no word. */

import { singular } from './inflection.js';

/** Shorter words are too near to too many others. */
const SHORTEST = 4;
/** From this length on two slips still leave no doubt. */
const LONG = 8;

/** How much more often one of two equally near words must be said: some 4 times ({@link frequency}). */
const FAR_MORE = 4;

/**
 * The nearest of some known words, undefined where none is near or several are equally so.
 *
 * @param groups words in order of preference: of two equally near ones that of the earlier group is meant
 * @param said how often a word is said: of several equally near ones that which is said far more often is meant
 */
export function nearestWord(
  word: string,
  groups: readonly Iterable<string>[],
  said: (word: string) => number = () => 0,
): string | undefined {
  if (word.length < SHORTEST) return undefined;
  const most = word.length >= LONG ? 2 : 1;
  let best: { readonly words: Set<string>; readonly distance: number } | undefined;
  for (const group of groups) {
    const before = best?.distance ?? most + 1;
    for (const known of group) {
      if (known.length < SHORTEST - 1 || Math.abs(known.length - word.length) > most) continue;
      const distance = slips(word, known, most);
      if (distance > most || distance >= before) continue;
      if (best === undefined || distance < best.distance) best = { words: new Set(), distance };
      if (distance === best.distance) best.words.add(known);
    }
  }
  const near = [...(best?.words ?? [])];
  const likeliest = Math.min(...near.map((known) => kindOf(word, known)));
  const [only, ...others] = near
    .filter((known) => kindOf(word, known) === likeliest)
    .sort((a, b) => said(b) - said(a));
  if (others.length > 0 && said(only!) - said(others[0]!) >= FAR_MORE) return only;
  // The singular and the plural of one word are no two.
  return others.every((other) => singular(other) === singular(only ?? '')) ? only : undefined;
}

/** How a known word was come by, the likeliest slip first. */
function kindOf(typed: string, known: string): number {
  const sorted = (word: string) => [...word].sort().join('');
  const undoubled = (word: string) => word.replace(/(.)\1/g, '$1');
  // Letters in another order, or one of them twice.
  if (sorted(typed) === sorted(known) || undoubled(typed) === undoubled(known)) return 0;
  // One that is missing, another one, one too many.
  return known.length > typed.length ? 1 : known.length === typed.length ? 2 : 3;
}

/** The words that one slip makes of a word: a letter too many, one that is missing, or two that are swapped. */
export function respellings(word: string): string[] {
  if (word.length <= SHORTEST) return [];
  const places = Array.from({ length: word.length }, (_, i) => i);
  const swapped = places
    .slice(1)
    .map((i) => word.slice(0, i - 1) + word[i]! + word[i - 1]! + word.slice(i + 1));
  const shorter = places.slice(1).map((i) => word.slice(0, i) + word.slice(i + 1));
  const longer = places
    .slice(1)
    .flatMap((i) => [...LETTERS].map((letter) => word.slice(0, i) + letter + word.slice(i)));
  return [...new Set([...swapped, ...shorter, ...longer])];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * How many letters are missing, too many, wrong or swapped with their neighbour (Damerau and Levenshtein's
 * distance, no part edited twice); more than `most` where it is more. A wrong first letter counts twice: it is the
 * one that is seldom mistyped.
 */
function slips(typed: string, known: string, most: number): number {
  const swapped = typed[0] === known[1] && typed[1] === known[0];
  const first = typed[0] === known[0] || swapped ? 0 : 1;
  let older: number[] = [];
  let last = Array.from({ length: known.length + 1 }, (_, j) => j);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= known.length; j++) {
      const same = typed[i - 1] === known[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && typed[i - 1] === known[j - 2] && typed[i - 2] === known[j - 1])
        cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    older = last;
    last = row;
  }
  return last[known.length]! + first;
}
