/** Verbs that name an amount: `spent more than 100`, `cost the most`. */
import { verbBases } from '../text/inflection.js';
import { AMOUNT_VERBS } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { columnsBehind } from './columns.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

/** `spent more than 100`, `costing over 20`, `priced between 10 and 25`, `earns over 5000`, `cost the most`. */
export function amountVerb(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(at);
  const noun = [word, ...verbBases(word)]
    .map((base) => AMOUNT_VERBS.get(base))
    .find((one) => one !== undefined);
  const measure = noun === undefined ? undefined : amountMeasure(grammar, noun);
  if (measure === undefined) return [];
  const next = skipPhrase(grammar, at + 1, 'at', 'for') ?? at + 1;
  return [
    ...grammar.comparison(next).flatMap(({ value, at: end, cost }) => {
      const mods = (of: Measure): readonly Mod[] => [
        { type: 'compare', measure: of, ...value, not: false },
      ];
      // "earn more than 30000 in salary" names the column beside the verb.
      const in_ = skipPhrase(grammar, end, 'in', 'as', 'of');
      const named = in_ === undefined ? [] : columnsBehind(grammar, in_);
      return [
        got(mods(measure), end, cost),
        ...named.map(({ mention, end: after }) =>
          got(mods({ type: 'field', field: mention }), after, cost),
        ),
      ];
    }),
    ...mostOf(grammar, at + 1, measure),
  ];
}

function amountMeasure({ lattice }: Grammar, noun: string): Measure | undefined {
  if (noun === 'revenue') return { type: 'revenue', word: 'spending' };
  const field = lattice.fieldCalled(noun);
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
