/** Verbs that name an amount: `spent more than 100`, `cost the most`. */
import { isKindOf } from '../lexicon/wordnet.js';
import { AMOUNT_VERBS, PEOPLE } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { singular, verbBases } from '../text/inflection.js';
import { isCompared } from './claims.js';
import { columnsBehind } from './columns.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got, map } from './rule.js';

/** `spent more than 100`, `costing over 20`, `priced between 10 and 25`, `earns over 5000`, `cost the most`. */
export function amountVerb(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const noun = [word, ...verbBases(word)]
    .map((base) => AMOUNT_VERBS.get(base))
    .find((one) => one !== undefined);
  if (noun === undefined) return [];
  const measure = amountMeasure(grammar, noun);
  if (measure === undefined) return ofNamed(grammar, at + 1);
  const next = skipPhrase(grammar, at + 1, 'at', 'for') ?? at + 1;
  const behind = (end: number) => (noun?.startsWith('capacity') ? heldEnd(grammar, end) : end);
  return [
    ...grammar.comparison(next).flatMap(({ value, at: end, cost }) => {
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
          ? map(when, (said) => mods({ ...measure, noun: { table: undefined, mods: said } }), cost)
          : [got(mods(measure), behind(end), cost)];
      return [
        ...whole,
        ...named.map(({ mention, end: after }) =>
          got(mods({ type: 'field', field: mention }), after, cost),
        ),
      ];
    }),
    ...ofNamed(grammar, at + 1),
    ...mostOf(grammar, at + 1, measure).map((one) => ({ ...one, at: behind(one.at) })),
  ];
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
