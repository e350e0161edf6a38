/** Verbs that name an amount: `spent more than 100`, `cost the most`. */
import { DIMENSIONS } from '../lexicon/scales.js';
import { isKindOf } from '../lexicon/wordnet.js';
import { eventNouns } from '../lexicon/verbs.js';
import { AMOUNT_VERBS, MONEY_WORDS, PEOPLE } from '../lexicon/words.js';
import { dimensionFields } from '../meaning/fields.js';
import type { Measure, Mod } from '../phrase.js';
import { isPast, singular, verbBases } from '../text/inflection.js';
import { isCompared } from './claims.js';
import { columnsBehind } from './columns.js';
import { equalled } from './equal.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { keptIn } from './rank.js';
import { atRate } from './rates.js';
import { got, type Got, map, then } from './rule.js';

/** `spent more than 100`, `costing over 20`, `priced between 10 and 25`, `earns over 5000`, `cost the most`. */
export function amountVerb(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const noun = [word, ...verbBases(word)]
    .map((base) => AMOUNT_VERBS.get(base))
    .find((one) => one !== undefined);
  const sold = verbBases(word).includes('sell') && ['for', 'at'].includes(lattice.word(at + 1));
  if (sold) return priced(grammar, at + 2);
  if (noun === undefined) return timesKept(grammar, at);
  const measure = amountMeasure(grammar, noun);
  if (measure === undefined) return ofNamed(grammar, at + 1);
  const bounded = ['at least', 'at most'].some((bound) => skipPhrase(grammar, at + 1, bound));
  const next = bounded ? at + 1 : (skipPhrase(grammar, at + 1, 'at', 'for') ?? at + 1);
  const behind = (end: number) => (noun?.startsWith('capacity') ? heldEnd(grammar, end) : end);
  return atRate(grammar, [
    ...[...grammar.comparison(next), ...equalled(grammar, next)].flatMap(
      ({ value, at: end, cost }) => {
        const mods = (of: Measure): readonly Mod[] => [
          { type: 'compare', measure: of, ...value, not: false },
        ];
        // "earn more than 30000 in salary" names the column beside the verb.
        const in_ = skipPhrase(grammar, end, 'in', 'as', 'of');
        const named = in_ === undefined ? [] : columnsBehind(grammar, in_);
        // "spent over 1000 in 2025": what was spent then.
        const when = measure.type === 'revenue' ? grammar.time(end) : [];
        const whole: Got<readonly Mod[]>[] =
          when.length > 0 && measure.type === 'revenue'
            ? map(
                when,
                (said) => mods({ ...measure, noun: { table: undefined, mods: said } }),
                cost,
              )
            : [got(mods(measure), behind(end), cost)];
        return [
          ...whole,
          ...named.map(({ mention, end: after }) =>
            got(mods({ type: 'field', field: mention }), after, cost),
          ),
        ];
      },
    ),
    ...ofNamed(grammar, at + 1),
    ...mostOf(grammar, at + 1, measure).map((one) => ({ ...one, at: behind(one.at) })),
  ]);
}

/** `downloaded more than 10 times`, `visited most often`, where a column holds how often it was. */
function timesKept(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const word = grammar.lattice.word(at);
  const field = isPast(word) ? keptIn(grammar, word) : undefined;
  if (field === undefined) return [];
  const measure: Measure = { type: 'field', field };
  const compared = grammar.comparison(at + 1).flatMap(({ value, at: end, cost }) => {
    const times = skipPhrase(grammar, end, 'times', 'time');
    const mod: Mod = { type: 'compare', measure, ...value, not: false };
    return times === undefined ? [] : [got<readonly Mod[]>([mod], times, cost)];
  });
  const ranked = grammar
    .most(at + 1)
    .filter(({ value }) => value.every((mod) => mod.type === 'rank' && mod.key?.type === 'field'));
  return [...compared, ...ranked];
}

/** `sold for more than 500`: the one price that is kept of a sale. */
function priced(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const options = (grammar.lattice.tablesCalled(['sale'], 'sale')?.options ?? [])
    .filter(({ table }) => table.words.at(-1) === 'sale')
    .flatMap(({ table }) => dimensionFields(table, DIMENSIONS.price));
  if (options.length !== 1) return [];
  const measure: Measure = { type: 'field', field: { text: 'price', options } };
  const compared = map(grammar.comparison(at), (value): readonly Mod[] => [
    { type: 'compare', measure, ...value, not: false },
  ]);
  // What is said of the sale itself says it already.
  const said = traded(grammar, at - 2).length > 0;
  return [...(said ? [] : compared), ...mostOf(grammar, at, measure)];
}

const MONEY = new Set(MONEY_WORDS);
const TRADING = new Set(['sell', 'buy', 'purchase', 'acquire', 'auction', 'go']);

/** `sold for more than 900`, `bought for less than its estimate`: what was paid, where it is kept with the event or the thing. */
export function traded(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const trades = [word, ...verbBases(word)].some((base) => TRADING.has(base));
  const price = trades ? skipPhrase(grammar, at + 1, 'for') : undefined;
  if (price === undefined) return [];
  const own = grammar.against(price).flatMap(({ value, ...rest }) => {
    const mod: Mod = { type: 'compare', ...value, not: false };
    return value.operand.type === 'own' ? [{ ...rest, value: [mod] }] : [];
  });
  const paid = [...own, ...grammar.compare(price).filter(({ value }) => value.every(isAmount))];
  const events = eventNouns(word);
  const called = events.length === 0 ? undefined : lattice.tablesCalled(events, word);
  // Who sells is not what was sold, and not every order tells what was paid.
  const options = (called?.options ?? []).filter(({ table }) =>
    table.fields.some(({ role, words }) => role === 'measure' && MONEY.has(words.at(-1) ?? '')),
  );
  if (called !== undefined && options.length > 0) {
    const table = { ...called, options };
    return then(paid, ({ value, at: end }) =>
      map(grammar.mods(end), (more): readonly Mod[] => [
        { type: 'related', noun: { table, mods: [...value, ...more] }, not: false, verb: word },
      ]),
    );
  }
  const named = lattice.fieldCalled('price');
  const prices = (named?.options ?? []).filter(({ field }) => field.words.includes('price'));
  if (named === undefined || prices.length === 0) return [];
  const measure: Measure = { type: 'field', field: { ...named, options: prices } };
  return map(paid, (mods) => mods.map((mod) => (isAmount(mod) ? { ...mod, measure } : mod)));
}

/** A number of nothing that is named. */
function isAmount(mod: Mod): boolean {
  return mod.type === 'compare' && mod.measure === undefined;
}

/** `spent the most weeks abroad`, `lasted over 3 weeks abroad`, where a column is called so: that one is meant. */
function ofNamed(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return [...grammar.rankOf(at), ...grammar.compare(at)].filter(({ value }) =>
    value.every((mod) => isCompared(mod) || (mod.type === 'rank' && mod.key?.type === 'field')),
  );
}

/** "accommodate 300 students", "the most pots": of whom or what there is room for so many. */
function heldEnd({ lattice }: Grammar, at: number): number {
  const named = Math.max(0, ...lattice.tables(at).map(({ end }) => end));
  const word = singular(lattice.word(at));
  return named > at ? named : PEOPLE.has(word) || isKindOf(word, 'person') ? at + 1 : at;
}

function amountMeasure({ lattice }: Grammar, nouns: string): Measure | undefined {
  if (nouns === 'revenue') return { type: 'revenue', word: 'spending' };
  const [field] = nouns.split(' ').flatMap((noun) => lattice.fieldCalled(noun) ?? []);
  return field === undefined ? undefined : { type: 'field', field };
}

const MOST = [
  'the most',
  'most',
  'the best',
  'best',
  'the highest',
  'the longest',
  'the most money',
  'most money',
];

const LEAST = [
  'the least',
  'least',
  'the worst',
  'worst',
  'the lowest',
  'the shortest',
  'the least money',
];

/** `sold the most`. */
export function mostOf(grammar: Grammar, at: number, key: Measure): Got<readonly Mod[]>[] {
  const rank = (descending: boolean): readonly Mod[] => [
    { type: 'rank', key, descending, many: false },
  ];
  const longestFirst = (phrases: readonly string[]) =>
    [...phrases].sort((a, b) => b.length - a.length);
  const up = skipPhrase(grammar, at, ...longestFirst(MOST));
  if (up !== undefined) return [got(rank(true), up)];
  const down = skipPhrase(grammar, at, ...longestFirst(LEAST));
  return down === undefined ? [] : [got(rank(false), down)];
}
