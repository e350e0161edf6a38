/** `more vets than any other clinic`: the most, said by comparing. */
import { DIRECTIONS } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, then } from './rule.js';

const OTHERS = [
  ...['any', 'all', 'every', 'all the', 'any of the'].flatMap((all) => [
    `than ${all} other`,
    `than ${all} others`,
  ]),
  ...['anyone', 'anybody', 'everyone', 'everybody'].map((one) => `than ${one} else`),
];

/** What there is more of than any other has. */
export function outdone(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipPhrase(grammar, at, 'a', 'an') ?? at;
  const descending = DIRECTIONS.get(grammar.lattice.word(start));
  if (descending === undefined) return [];
  const next = start + 1;
  const counted = start === at;
  const keys: Got<Measure>[] = [
    ...grammar
      .measure(next)
      .filter(({ value }) => (counted ? !isDate(value) : value.type !== 'things')),
    ...(counted
      ? grammar.noun(next).map(({ value: noun, at: end, cost }) => {
          return got<Measure>({ type: 'things', noun }, end, cost);
        })
      : []),
  ];
  return then(keys, ({ value: key, at: end }) => {
    const than = othersAt(grammar, end);
    return than.map((behind) =>
      got<readonly Mod[]>([{ type: 'rank', key, descending, many: false }], behind, 0.05),
    );
  });
}

function isDate(measure: Measure): boolean {
  return (
    measure.type === 'field' && measure.field.options.every(({ field }) => field.role === 'time')
  );
}

/** `more often than any other`. */
export function oftenest(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const often = skipPhrase(grammar, at, 'more often', 'more frequently', 'more times');
  const seldom = skipPhrase(grammar, at, 'less often', 'less frequently', 'fewer times');
  const end = often ?? seldom;
  if (end === undefined) return [];
  const descending = often !== undefined;
  return othersAt(grammar, end).map((behind) =>
    got<readonly Mod[]>([{ type: 'rank', descending, many: false, frequency: true }], behind, 0.05),
  );
}

/** The places behind `than any other (clinic)`: the word behind it only says again what is asked for. */
function othersAt(grammar: Grammar, at: number): number[] {
  const than = skipPhrase(grammar, at, ...OTHERS);
  if (than === undefined) return [];
  const again = grammar.lattice
    .tables(skipDeterminers(grammar, than))
    .filter(({ mention }) => mention.options.some(({ cost }) => cost <= 0.3))
    .map(({ end }) => end);
  return again.length > 0 ? again : [than];
}
