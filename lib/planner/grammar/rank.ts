/** Superlatives: `top 5`, `most expensive`, `best-selling`, `with the most orders`, `whose price is the highest`. */
import { soldOf } from './sold.js';
import { eventNouns, isLinkingVerb } from '../lexicon/verbs.js';
import {
  BARE_SUPERLATIVES,
  type Dimension,
  DIMENSIONS,
  FREQUENT,
  GRADABLE,
  RANK_WORDS,
  RANKED_PARTICIPLES,
  SUPERLATIVES,
} from '../lexicon/scales.js';
import { COST } from '../schema/sense.js';
import type { FieldMention, Measure, Mod, Noun } from '../phrase.js';
import { isPast, verbBases } from '../text/inflection.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { COUNTS } from './measure.js';
import { outdone } from './outdone.js';
import { type Got, got, map, type Rule } from './rule.js';

type Rank = Extract<Mod, { type: 'rank' }>;

/** One superlative by itself, before it is known what stands beside it. */
interface Superlative {
  readonly descending: boolean;
  /** Its last word, without the number behind it: `top` of `top 5`. */
  readonly word?: string | undefined;
  readonly end: number;
  /** What it measures by its own meaning. */
  readonly key?: Measure | undefined;
  readonly dimension?: Dimension | undefined;
  /** It says only which end is meant, `highest`: what is measured stands beside it, or goes without saying. */
  readonly bare?: boolean | undefined;
  readonly frequency?: boolean | undefined;
  readonly cost: number;
}

/** Words that say nothing of what is ranked by, beside a noun that has no number of its own. */
const VAGUE = new Set(['top', 'bottom', 'best', 'worst']);
/** Before a participle: whether it means the upper end. */
const HOW_WELL = new Map([
  ['highly', true],
  ['well', true],
  ['poorly', false],
  ['badly', false],
]);
const COUNTING = new Set(['most', 'fewest']);
const BEFORE_ALONE = new Set([...COUNTING, 'least']);
const BOUNDS = new Set(['most', 'least']);
/** Who is counted in a population. */
const INHABITANTS = new Set(['people', 'residents', 'inhabitants', 'citizens', 'population']);
const SIZED = new Set(['largest', 'biggest', 'greatest', 'smallest', 'tiniest']);

export function rankRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** Before a noun, with a number before or behind it or none. */
  const rank: Rule<readonly Mod[]> = (at) =>
    limited(at).flatMap(({ value: one, at: end }) => {
      const word = one.word ?? lattice.word(end - 1);
      if (one.bare === true && BEFORE_ALONE.has(word)) return [];
      const vague = one.bare === true && VAGUE.has(word);
      const mod: Rank = {
        type: 'rank',
        descending: one.descending,
        many: true,
        ...(vague ? { bare: true } : {}),
        ...(one.key === undefined ? {} : { key: one.key }),
        ...(one.frequency === true ? { frequency: true } : {}),
        ...(one.bare === true && !vague ? { scale: sizeOf(word) } : {}),
        ...(one.limit === undefined ? {} : { limit: one.limit }),
        ...(one.offset === undefined ? {} : { offset: one.offset }),
      };
      return [got<readonly Mod[]>([mod], end, one.cost + (one.bare === true && !vague ? 0.3 : 0))];
    });

  interface Limited extends Superlative {
    readonly limit?: number | undefined;
    readonly offset?: number | undefined;
  }

  /** A superlative with its number: `top 3 oldest`, `3 youngest`, `second highest`, `top three`. */
  const limited = (at: number): Got<Limited>[] => {
    const start = skipPhrase(grammar, at, 'the') ?? at;
    const nth = ORDINALS.get(lattice.word(start));
    const before = nth === undefined ? limitAt(start) : undefined;
    const first = before?.end ?? (nth === undefined ? start : start + 1);
    return superlatives(first).flatMap((one) => {
      const after = before === undefined && nth === undefined ? limitAt(one.end) : undefined;
      const end = after?.end ?? one.end;
      const limit = before?.limit ?? after?.limit ?? (nth === undefined ? undefined : 1);
      const number = {
        ...(limit === undefined ? {} : { limit }),
        ...(nth === undefined ? {} : { offset: nth - 1 }),
      };
      const plain = got<Limited>({ ...one, ...number }, end);
      if (!['top', 'bottom'].includes(lattice.word(first))) return [plain];
      // "top 3 oldest": the adjective says what "top" means.
      const more = superlatives(skipPhrase(grammar, end, 'the') ?? end).filter(
        ({ key, frequency, bare }) => key !== undefined || frequency === true || bare === true,
      );
      const rated = after === undefined ? undefined : participled(lattice.word(first), end);
      if (rated !== undefined) {
        const key: Measure = { type: 'dimension', dimension: rated.dimension };
        const { descending } = rated;
        return [got<Limited>({ ...number, key, descending, end: rated.end, cost: 0 }, rated.end)];
      }
      const both = [...more, ...(after === undefined ? [] : plainly(first, end))].map((two) =>
        got<Limited>({ ...two, ...number }, two.end),
      );
      return both.length > 0 ? both : [plain];
    });
  };

  /** `top 5 expensive`: the plain adjective, where no value is called so. */
  const plainly = (first: number, at: number): Superlative[] => {
    const graded = GRADABLE.get(lattice.word(at));
    if (graded === undefined || lattice.word(first) !== 'top' || lattice.values(at).length > 0)
      return [];
    const { dimension, descending } = graded;
    return [
      { descending, dimension, key: { type: 'dimension', dimension }, end: at + 1, cost: 0.1 },
    ];
  };

  const limitAt = (at: number): { limit: number; end: number } | undefined => {
    const number = lattice.number(at);
    if (number === undefined || !/^\d{1,5}$/.test(number.digits) || number.digits === '0')
      return undefined;
    return { limit: Number(number.digits), end: number.end };
  };

  const superlatives = (at: number): Superlative[] => {
    const word = lattice.word(at);
    const next = lattice.word(at + 1);
    // "at least two orders" bounds a number, and ranks nothing.
    if (BOUNDS.has(word) && lattice.word(at - 1) === 'at') return [];
    const found: Superlative[] = [];
    const measured = (dimension: Dimension, descending: boolean, end: number): void => {
      const key: Measure =
        dimension.name === 'sales'
          ? (soldOf(grammar) ?? { type: 'units' })
          : { type: 'dimension', dimension };
      found.push({ descending, end, key, dimension, cost: 0 });
    };
    const rated = participled(word, at + 1);
    if (rated !== undefined) measured(rated.dimension, rated.descending, rated.end);
    // "at least two" is a number, and no superlative.
    const bound = (word === 'most' || word === 'least') && lattice.word(at - 1) === 'at';
    if ((word === 'most' || word === 'least') && !bound) {
      const most = word === 'most';
      const graded = GRADABLE.get(next);
      if (graded !== undefined) measured(graded.dimension, graded.descending === most, at + 2);
      found.push(...frequent(at + 1, most), ...happened(at + 1, most));
    }
    if (word === 'commonest' || word === 'rarest')
      found.push({ descending: word === 'commonest', end: at + 1, frequency: true, cost: 0 });
    const own = SUPERLATIVES.get(word);
    // "first name" is a column's name, and ranks nothing.
    const called = lattice
      .fields(at)
      .some(
        ({ mention, end }) =>
          end > at + 1 && mention.options.some(({ cost }) => cost <= COST.short),
      );
    if (own !== undefined && !called) measured(own.dimension, own.descending, at + 1);
    const bare = word === 'top' ? true : word === 'bottom' ? false : BARE_SUPERLATIVES.get(word);
    if (bare !== undefined && !bound)
      found.push({ descending: bare, end: at + 1, word, bare: true, cost: 0 });
    return found;
  };

  /** `top rated`, `most highly rated`, `most poorly rated`. */
  const participled = (
    word: string,
    at: number,
  ): { dimension: Dimension; descending: boolean; end: number } | undefined => {
    const way = RANK_WORDS.get(word);
    const up = HOW_WELL.get(lattice.word(at));
    const end = up === undefined ? at : at + 1;
    const dimension = RANKED_PARTICIPLES.get(lattice.word(end));
    return way === undefined || dimension === undefined
      ? undefined
      : { dimension, descending: way === (up ?? true), end: end + 1 };
  };

  /** `most common`, `most frequently used`, `least popular`. */
  const frequent = (at: number, most: boolean): Superlative[] => {
    const often = FREQUENT.get(lattice.word(at));
    if (often === undefined) return [];
    const verb = isPast(lattice.word(at + 1)) && lattice.isVerb(at + 1) ? at + 2 : undefined;
    const one: Superlative = { descending: often === most, end: at + 1, frequency: true, cost: 0 };
    if (verb === undefined) return [one];
    // "most frequently ordered": what is frequent are the orders.
    const events = happened(at + 1, often === most);
    return [one, ...(events.length > 0 ? events : [{ ...one, end: verb }])];
  };

  /** `most ordered`, `most visited`: by how often it happened. */
  const happened = (at: number, descending: boolean): Superlative[] => {
    const word = lattice.word(at);
    if (!isPast(word) || RANKED_PARTICIPLES.has(word)) return [];
    // "most downloaded": by the column that holds how often.
    const kept = keptIn(grammar, word);
    if (kept !== undefined) {
      const key: Measure = { type: 'field', field: kept };
      return [{ descending, end: at + 1, key, cost: 0 }];
    }
    const table = lattice.tablesCalled(eventNouns(word), word);
    if (table !== undefined) {
      const key: Measure = { type: 'things', noun: { table, mods: [] } };
      return [{ descending, end: at + 1, key, cost: 0.1 }];
    }
    return isLinkingVerb(word) ? [{ descending, end: at + 1, frequency: true, cost: 0.2 }] : [];
  };

  /** After have: what there is most of. */
  const rankOf: Rule<readonly Mod[]> = (at) => [...outdone(grammar, at), ...superlativeOf(at)];

  const superlativeOf: Rule<readonly Mod[]> = (at) =>
    limited(skipDeterminers(grammar, at)).flatMap(({ value: one, at: end }) => {
      const word = one.word ?? lattice.word(end - 1);
      if (one.frequency === true || (one.key !== undefined && one.dimension === undefined))
        return [];
      const make = (key: Measure): readonly Mod[] => [
        {
          type: 'rank',
          key,
          descending: one.descending,
          many: false,
          ...(one.dimension === undefined ? {} : { scale: one.dimension }),
          ...(one.limit === undefined ? {} : { limit: one.limit }),
          ...(one.offset === undefined ? {} : { offset: one.offset }),
        },
      ];
      const next = skipPhrase(
        grammar,
        skipDeterminers(grammar, end),
        'value of',
        'values of',
        'value for',
        'amount of',
        'amounts of',
      );
      const start = skipDeterminers(grammar, next ?? end);
      const measures = grammar
        .measure(start)
        .flatMap((got) =>
          one.bare !== true
            ? [got]
            : gradable(got.value, COUNTING.has(word)).map((value) => ({ ...got, value })),
        );
      const found: Got<readonly Mod[]>[] = map(measures, make);
      if (BEFORE_ALONE.has(word) && INHABITANTS.has(lattice.word(start))) {
        const key: Measure = { type: 'dimension', dimension: DIMENSIONS.population };
        found.push(got(make(key), start + 1, 0.15));
      }
      if (one.bare === true && word !== 'best' && word !== 'worst')
        found.push(
          ...map(
            // The highest ratings are not the most; the highest amount of them is.
            grammar
              .noun(start)
              .filter(({ value }) => COUNTING.has(word) || next !== undefined || !isGraded(value)),
            (noun) => make({ type: 'things', noun }),
          ),
        );
      return found;
    });

  return { rank, rankOf };
}

/** Whether each of the things holds one number that there may be a highest of. */
function isGraded({ table }: Noun): boolean {
  const [option] = table?.options.filter(({ cost, via }) => cost === 0 && via === undefined) ?? [];
  return option?.table.fields.filter(({ role }) => role === 'measure').length === 1;
}

/** There is a most of numbers, not of dates: those have a latest. What there are most of is called by its whole name. */
function gradable(measure: Measure, counting: boolean): Measure[] {
  if (measure.type !== 'field') return [measure];
  const options = measure.field.options.filter(
    ({ field: { role, words }, cost }) =>
      role !== 'time' &&
      (!counting ||
        cost <= 0.3 ||
        (role === 'measure' && cost <= COST.head && words.some((word) => COUNTS.has(word)))),
  );
  return options.length === 0 ? [] : [{ ...measure, field: { ...measure.field, options } }];
}

/** The column that holds how often something was done: `downloads` of what was downloaded. */
export function keptIn({ lattice }: Grammar, verb: string): FieldMention | undefined {
  const nouns = [...verbBases(verb), ...eventNouns(verb)].flatMap((noun) => [
    [noun],
    ...COUNTING_WORDS.map((word) => [noun, word]),
  ]);
  for (const words of nouns) {
    const field = lattice.fieldNamed(words);
    const options = (field?.options ?? []).filter(
      (option) => option.field.role === 'measure' && option.cost <= COST.short,
    );
    if (field !== undefined && options.length > 0) return { ...field, options };
  }
  return undefined;
}

const COUNTING_WORDS = ['count'];

/** `largest` speaks of size, `highest` of height, where a thing has such a number. */
function sizeOf(word: string): Dimension {
  return SIZED.has(word) ? DIMENSIONS.size : DIMENSIONS.height;
}

const ORDINALS: ReadonlyMap<string, number> = new Map(
  ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'].flatMap(
    (word, i) => {
      const n = i + 2;
      const digits = n === 2 ? '2nd' : n === 3 ? '3rd' : `${n}th`;
      return [[word, n] as const, [digits, n] as const];
    },
  ),
);
