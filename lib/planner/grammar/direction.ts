/** Which way an order goes: `in descending order`, `from the oldest to the youngest`, `newest first`, `alphabetically`. */
import {
  BARE_SUPERLATIVES,
  type Dimension,
  DIMENSIONS,
  GRADABLE,
  SUPERLATIVES,
  WHEN,
} from '../lexicon/scales.js';
import { type Grammar, skipPhrase } from './grammar.js';

export interface Direction {
  /** Undefined where the words say only what is ordered by: `in alphabetical order`. */
  readonly descending?: boolean | undefined;
  /** What the words measure: `newest first` speaks of time. */
  readonly dimension?: Dimension | undefined;
  /** `alphabetically` and `chronologically` say that it is a name or a time that is ordered by. */
  readonly of?: 'name' | 'time' | undefined;
  readonly end: number;
}

const UP = new Set('ascending ascendingly increasing increasingly asc rising'.split(' '));
const DOWN = new Set(
  'descending descendingly decreasing decreasingly desc reverse reversed reversely backwards falling declining'.split(
    ' ',
  ),
);
const ALPHABETICAL =
  /^(?:alphabet(?:ic|ical|ically)|lexicograph(?:ic|ical|ically)|lexical|lexically|alphanumerical|alphanumerically)$/;
const CHRONOLOGICAL = /^chronological(?:ly)?$/;
const PLAIN = /^(?:numeric|numerical|numerically|sorted|following)$/;
const ORDER = /^(?:order|orders|ordering|sequence|manner|fashion|way)$/;
/** Ends of a scale without an adjective that measures. */
const HIGH = new Set('high large big great z most more top'.split(' '));
const LOW = new Set('low small little a least less few bottom fewest'.split(' '));

/** The direction that stands at a place. */
export function directionAt(grammar: Grammar, at: number): Direction | undefined {
  const start = skipPhrase(grammar, at, ',') ?? at;
  return adverbial(grammar, start) ?? ranging(grammar, start) ?? first(grammar, start);
}

/** `in descending order`, `ascending`, `in reverse alphabetical order`, `alphabetically`. */
function adverbial(grammar: Grammar, at: number): Direction | undefined {
  const { lattice } = grammar;
  let next =
    skipPhrase(grammar, at, 'in the', 'in a', 'in an', 'in', 'by the', 'into', 'the', 'by') ?? at;
  const opened = next > at;
  let descending: boolean | undefined;
  let of: Direction['of'];
  let said = 0;
  for (; ; next++) {
    const word = lattice.word(next);
    if (UP.has(word)) descending = false;
    else if (DOWN.has(word)) descending = true;
    else if (ALPHABETICAL.test(word)) of = 'name';
    else if (CHRONOLOGICAL.test(word)) of = 'time';
    else if (PLAIN.test(word) && opened) said--;
    else if (!(word === ',' && said > 0 && isAdjective(lattice.word(next + 1)))) break;
    said++;
  }
  if (said <= 0) return undefined;
  const end = ORDER.test(lattice.word(next)) ? next + 1 : next;
  return {
    end,
    ...(descending === undefined ? {} : { descending }),
    ...(of === undefined ? {} : { of }),
  };
}

function isAdjective(word: string): boolean {
  return UP.has(word) || DOWN.has(word) || ALPHABETICAL.test(word);
}

/** `from the highest to the lowest`, `oldest to youngest`, `from Z to A`. */
function ranging(grammar: Grammar, at: number): Direction | undefined {
  const from = skipPhrase(grammar, at, 'from') ?? at;
  const low = extreme(grammar, from);
  const to = low === undefined ? undefined : rangeTo(grammar, low.end);
  const high = to === undefined ? undefined : extreme(grammar, to);
  if (low === undefined || high === undefined) return undefined;
  // "from the most recent to the oldest": the oldest is the first in time.
  const [first, last] = [low, high].map((one) =>
    [low, high].some(({ dimension }) => dimension?.kind === 'time') &&
    one.dimension?.kind === 'birth'
      ? { ...one, dimension: DIMENSIONS.time, descending: !one.descending }
      : one,
  ) as [Extreme, Extreme];
  return first.descending === last.descending ? undefined : { ...first, end: last.end };
}

/** The place behind `to`, perhaps with the thing between: `from the oldest team to the newest`. */
function rangeTo(grammar: Grammar, at: number): number | undefined {
  const behind = grammar.lattice.tables(at).map(({ end }) => end);
  return [at, ...behind]
    .map((end) => skipPhrase(grammar, end, 'to', 'down to', 'up to'))
    .find((end) => end !== undefined);
}

/** `oldest first`, `most expensive ones first`, `starting with the latest`. */
function first(grammar: Grammar, at: number): Direction | undefined {
  const starting = skipPhrase(
    grammar,
    at,
    'starting with',
    'starting from',
    'beginning with',
    'beginning from',
    'with',
  );
  const found = extreme(grammar, starting ?? at);
  if (found === undefined) return undefined;
  const ones = skipPhrase(grammar, found.end, 'ones', 'one') ?? found.end;
  const end = firstAt(grammar, ones);
  if (end !== undefined) return { ...found, end };
  return starting === undefined || grammar.lattice.word(at) === 'with'
    ? undefined
    : { ...found, end: ones };
}

/** `first`, perhaps behind the thing: `the cheapest book first`. */
function firstAt(grammar: Grammar, at: number): number | undefined {
  const behind = grammar.lattice.tables(at).map(({ end }) => end);
  return [at, ...behind]
    .map((end) => skipPhrase(grammar, end, 'first', 'at the top', 'on top'))
    .find((end) => end !== undefined);
}

interface Extreme {
  readonly descending: boolean;
  readonly dimension?: Dimension | undefined;
  readonly end: number;
}

/** `the highest price first`, `with the largest total first`: the direction, and where what is ordered by stands. */
export function keyedFirst(grammar: Grammar, at: number): Direction | undefined {
  const start = skipPhrase(grammar, at, ',') ?? at;
  const starting = skipPhrase(
    grammar,
    start,
    'starting with the ones with',
    'starting with those with',
    'by the ones with',
    'by those with',
    'those with',
    'the ones with',
    'with',
  );
  return extreme(grammar, starting ?? start);
}

/** One end of a scale: `the oldest`, `most recent`, `high`, `Z`. */
function extreme(grammar: Grammar, at: number): Extreme | undefined {
  const { lattice } = grammar;
  const start = skipPhrase(grammar, at, 'the') ?? at;
  const word = lattice.word(start);
  const next = lattice.word(start + 1);
  if (word === 'most' || word === 'least') {
    const graded = GRADABLE.get(next);
    if (graded !== undefined) {
      const descending = graded.descending === (word === 'most');
      return { descending, dimension: graded.dimension, end: start + 2 };
    }
    const when = WHEN.get(next);
    if (when !== undefined)
      return { descending: when === (word === 'most'), dimension: DIMENSIONS.time, end: start + 2 };
  }
  const scale = SUPERLATIVES.get(word) ?? GRADABLE.get(word);
  if (scale !== undefined && word !== 'first' && word !== 'last')
    return { descending: scale.descending, dimension: scale.dimension, end: start + 1 };
  const bare = BARE_SUPERLATIVES.get(word);
  if (bare !== undefined) return { descending: bare, end: start + 1 };
  if (HIGH.has(word)) return { descending: true, end: start + 1 };
  return LOW.has(word) ? { descending: false, end: start + 1 } : undefined;
}
