/** Names written in one without a hump: `baseprice` is a base price. */
import { ABBREVIATIONS } from '../lexicon/abbreviations.js';
import { frequency, isEnglish } from '../lexicon/wordnet.js';
import { singular, verbBases } from '../text/inflection.js';

/** Words as rare as this hardly name a column, and letters fall into them by chance. */
const COMMON = 8;
const SHORTEST = 3;
/** Ends that make a word of another one, and are words themselves only by the way. */
const SUFFIXES = new Set(
  'able ion est ness ship hood less ten ted ting ties men man like'.split(' '),
);

/** The two words that a name was glued of, or undefined where it is a word itself or none of its halves are. */
export function unglue(word: string): readonly [string, string] | undefined {
  if (word.length < 2 * SHORTEST - 1 || !/^\p{L}+$/u.test(word)) return undefined;
  if ([word, singular(word), ...verbBases(word)].some(isEnglish)) return undefined;
  const short = /^(.+)(id|no)$/.exec(word);
  if (short !== null && common(short[1]!) > 0) return [short[1]!, short[2]!];
  let found: readonly [string, string] | undefined;
  let best = 0;
  for (let at = SHORTEST; at <= word.length - SHORTEST; at++) {
    const start = word.slice(0, at);
    const end = word.slice(at);
    const likely = Math.min(common(start), common(end));
    if (likely > best) [found, best] = [[start, end], likely];
  }
  return found;
}

/** How common a half is; zero for what is no word that stands in names. */
function common(half: string): number {
  if (half.length < SHORTEST || SUFFIXES.has(half)) return 0;
  if (ABBREVIATIONS.has(half)) return COMMON;
  const said = Math.max(frequency(half), frequency(singular(half)));
  return said >= COMMON && isEnglish(half) ? said : 0;
}
