/** How words are shortened in names: to their beginning, to their consonants, to some of either. */
import { ABBREVIATIONS } from '../lexicon/abbreviations.js';
import { isUnitOfName } from '../lexicon/units.js';
import { frequency, isEnglish, isPart } from '../lexicon/wordnet.js';
import { singular } from '../text/inflection.js';

/** The lower, the likelier. */
const COST = { beginning: 0.1, consonants: 0.1, pair: 0.3, mixed: 0.3, most: 0.35, some: 0.4 };

/** Abbreviations that stand for one thing only, whatever else begins alike. */
const SETTLED = new Set(
  `no nbr num nm dt yr mo qty amt addr avg cnt max min pct flg lat lng long tel ph phn msg zip emp dept cust dob uom
   stu typ ttl ctry cntry cnty cty fname lname firstname lastname fullname bday bdate po`.split(
    /\s+/,
  ),
);
const SHORTEST_BEGINNING = 3;
const LONGEST = 7;
/** Words as rare as this are hardly what a name says in full. */
const RARE = 12;

/** Whether a part of a name may be short for something; only the request can tell for what. */
export function isShort(part: string): boolean {
  if (part.length < 2 || part.length > LONGEST || !/^[a-z]+$/.test(part)) return false;
  if (SETTLED.has(part) || isUnitOfName(part)) return false;
  if (ABBREVIATIONS.has(part) || !/[aeiouy]/.test(part)) return true;
  const whole = singular(part);
  return !isEnglish(whole) || (frequency(whole) < RARE && !isPart(whole, 'verb'));
}

/** Whether a part may be the beginning of what has the unit behind it, whatever word it is: `hum_pct`. */
export function isBeginning(part: string): boolean {
  return part.length >= SHORTEST_BEGINNING && part.length < 6 && /^[a-z]+$/.test(part);
}

/**
 * How far-fetched it is that a part of a name is short for a word; undefined where it can't be.
 * @param many whether the word was said in the plural
 */
export function shortens(part: string, word: string, many = false): number | undefined {
  const found = [costOf(part, word)];
  // `pgs` of pages: both are plurals.
  if (/[^s]s$/.test(part) && part.length > 2) found.push(costOf(part.slice(0, -1), word, many));
  const costs = found.filter((cost) => cost !== undefined);
  return costs.length === 0 ? undefined : Math.min(...costs);
}

function costOf(part: string, word: string, plural = false): number | undefined {
  if (part[0] !== word[0] || part.length >= word.length) return undefined;
  if (part.length >= SHORTEST_BEGINNING && word.startsWith(part)) return COST.beginning;
  const bones = consonantsOf(word);
  if (!/[aeiou]/.test(part.slice(1))) {
    const own = consonantsOf(part);
    if (own === bones || part === bones || `${own}y` === bones)
      return part.length > 2 ? COST.consonants : COST.pair;
    // Its ends alone: `pts` of points.
    if (part.length === 2)
      return plural && bones.length === 3 && part[1] === bones[2] ? COST.some : undefined;
    if (!isWithin(part, word)) return undefined;
    return part.length > 0.6 * bones.length ? COST.most : COST.some;
  }
  // `catg` begins as the word does and goes on with its consonants.
  const [start = '', rest = ''] = [/^.[^aeiou]*[aeiou]+[^aeiou]/.exec(part)?.[0], part];
  const mixed = start !== '' && word.startsWith(start) && isWithin(rest, word);
  return mixed && part.length > SHORTEST_BEGINNING ? COST.mixed : undefined;
}

/** Its first letter and the consonants behind it, each once where it is doubled. */
function consonantsOf(word: string): string {
  const rest = word.slice(1).replace(/[aeiou]/g, '');
  return (word[0]! + rest).replace(/(.)\1/g, '$1');
}

/** Whether letters stand in a word in their order. */
export function isWithin(letters: string, word: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
