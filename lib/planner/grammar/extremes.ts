/** Superlatives behind what they are said of: `whose price is the highest`, `used most often`, `founded the earliest`. */
import {
  BARE_SUPERLATIVES,
  type Dimension,
  DIMENSIONS,
  FREQUENT,
  GRADABLE,
  RANKED_PARTICIPLES,
  SUPERLATIVES,
  WHEN,
} from '../lexicon/scales.js';
import type { Measure, Mod } from '../phrase.js';
import { isPast } from '../text/inflection.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { oftenest } from './outdone.js';
import { keptIn } from './rank.js';
import { type Got, got, prune, type Rule, then } from './rule.js';
import { sidewaysIs } from './sideways.js';

type Rank = Extract<Mod, { type: 'rank' }>;

const TIMES = [
  'the most number of times',
  'most number of times',
  'the most times',
  'most times',
  'the greatest number of times',
  'the highest number of times',
  'the largest number of times',
  'the maximum number of times',
  'most of the times',
  'most of the time',
  'for the most times',
  'for most of the times',
];
const SELDOM = [
  'the fewest times',
  'the least times',
  'the least number of times',
  'the lowest number of times',
  'the smallest number of times',
  'the fewest number of times',
];
const LONGEST = [
  'for the longest amount of time',
  'for the longest period of time',
  'for the longest time',
  'for the longest',
  'the longest time',
  'with the company the longest',
  'with the company for the longest',
  'with the firm the longest',
  'with us the longest',
  'here the longest',
];
const SHORTEST = [
  'for the shortest amount of time',
  'for the least amount of time',
  'for the shortest period of time',
  'for the shortest time',
  'for the shortest',
  'the shortest time',
];

export function extremeRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** `price is the highest`, `average score was the lowest`, `the age being highest`. */
  const measureIs: Rule<readonly Mod[]> = (at) => [...sidewaysIs(grammar, at), ...ranked(at)];

  const ranked: Rule<readonly Mod[]> = (at) =>
    prune(
      then(grammar.measure(skipDeterminers(grammar, at)), ({ value: key, at: end }) => {
        const is = skipPhrase(
          grammar,
          end,
          'is',
          'are',
          'was',
          'were',
          'being',
          'ranks',
          'has been',
        );
        const start = is === undefined ? undefined : (skipPhrase(grammar, is, 'the') ?? is);
        const found = start === undefined ? undefined : endOf(start);
        if (found === undefined) return [];
        const { descending, scale } = found;
        const mod: Rank = {
          type: 'rank',
          key,
          descending,
          many: false,
          ...(scale === undefined ? {} : { scale }),
        };
        return [got<readonly Mod[]>([mod], found.end, -0.05)];
      }),
    );

  interface End {
    readonly descending: boolean;
    readonly scale?: Dimension | undefined;
    readonly end: number;
  }

  /** The superlative that ends a clause: no noun may follow. */
  const endOf = (at: number): End | undefined => {
    const word = lattice.word(at);
    const graded =
      word === 'most' || word === 'least' ? GRADABLE.get(lattice.word(at + 1)) : undefined;
    if (graded !== undefined)
      return {
        descending: graded.descending === (word === 'most'),
        scale: graded.dimension,
        end: at + 2,
      };
    const own = SUPERLATIVES.get(word);
    if (own !== undefined) return { descending: own.descending, scale: own.dimension, end: at + 1 };
    const bare = BARE_SUPERLATIVES.get(word);
    return bare === undefined ? undefined : { descending: bare, end: at + 1 };
  };

  /** `most often`, `the most times`, `most recently`, `the earliest`, `for the longest time`. */
  const most: Rule<readonly Mod[]> = (at) => {
    const found: Got<readonly Mod[]>[] = oftenest(grammar, at);
    const verb = lattice.word(at - 1);
    const kept = isPast(verb) ? keptIn(grammar, verb) : undefined;
    const counted = (descending: boolean, end: number): void => {
      // "downloaded most often": by the column that holds how often.
      const by: Partial<Rank> =
        kept === undefined ? { frequency: true } : { key: { type: 'field', field: kept } };
      found.push(
        got<readonly Mod[]>([{ type: 'rank', descending, many: false, ...by }], end, 0.05),
      );
    };
    const measured = (dimension: Dimension, descending: boolean, end: number): void => {
      const key: Measure = { type: 'dimension', dimension };
      const adverb = dimension.kind === 'time';
      const rank: Mod = { type: 'rank', key, descending, many: false, adverb };
      found.push(got<readonly Mod[]>([rank], end, 0.05));
    };
    const times = skipPhrase(grammar, at, ...TIMES);
    if (times !== undefined) counted(true, times);
    const seldom = skipPhrase(grammar, at, ...SELDOM);
    if (seldom !== undefined) counted(false, seldom);
    const longest = skipPhrase(grammar, at, ...LONGEST);
    if (longest !== undefined) measured(DIMENSIONS.length, true, longest);
    const shortest = skipPhrase(grammar, at, ...SHORTEST);
    if (shortest !== undefined) measured(DIMENSIONS.length, false, shortest);
    const start = skipPhrase(grammar, at, 'the') ?? at;
    const word = lattice.word(start);
    if (
      (word === 'most' || word === 'least') &&
      endsClause(start + 1) &&
      isPast(lattice.word(at - 1))
    ) {
      const dimension = RANKED_PARTICIPLES.get(lattice.word(at - 1));
      // "paid the most" is about the pay, "reviewed the most" about how often.
      if (dimension === undefined) counted(word === 'most', start + 1);
      else if (dimension !== DIMENSIONS.sales) measured(dimension, word === 'most', start + 1);
    }
    if (word === 'most' || word === 'least') {
      const often = FREQUENT.get(lattice.word(start + 1));
      if (often !== undefined) counted(often === (word === 'most'), start + 2);
      const when = WHEN.get(lattice.word(start + 1));
      if (when !== undefined) measured(DIMENSIONS.time, when === (word === 'most'), start + 2);
    }
    // "in the most recent year": what happened last.
    const inTime = lattice.word(at) === 'in' || lattice.word(at) === 'on' ? at + 1 : undefined;
    if (inTime !== undefined) {
      const last = endOf(skipPhrase(grammar, inTime, 'the') ?? inTime);
      const unit = last?.scale?.kind === 'time' ? lattice.word(last.end) : '';
      if (last !== undefined && /^(?:year|date|day|month|season|time)$/.test(unit))
        measured(DIMENSIONS.time, last.descending, last.end + 1);
    }
    const own = SUPERLATIVES.get(word);
    const behindVerb = start > at || (endsClause(at + 1) && isPast(lattice.word(at - 1)));
    if (own !== undefined && ['time', 'length', 'speed'].includes(own.dimension.name) && behindVerb)
      measured(own.dimension, own.descending, start + 1);
    return found;
  };

  /** True where nothing follows that there could be most of. */
  const endsClause = (at: number): boolean =>
    lattice.word(at) === '' ||
    lattice.opens(at) ||
    [',', 'and', 'in', 'on', 'at', 'by', 'among', 'during', 'overall'].includes(lattice.word(at));

  return { measureIs, most };
}
