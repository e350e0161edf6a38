/** `more vets than any other clinic`: the most, said by comparing. */
import { DIRECTIONS } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { type Got, got, then } from './rule.js';

const ANY_OTHER = ['any', 'all', 'every'].flatMap((one) => [
  `${one} other`,
  `${one} of the others`,
  `${one} of the other`,
  `${one} others`,
]);
const ANYONE_ELSE = ['anyone else', 'anybody else', 'everyone else', 'everybody else', 'the rest'];

/** `any other (player)`, `all the others`, `anyone else`: who is more than those is the most. */
export function everyOther(grammar: Grammar, at: number): number[] {
  const other = skipPhrase(grammar, at, ...ANY_OTHER, 'all the others', 'all the other');
  if (other !== undefined)
    return [
      other,
      ...grammar
        .bareNoun(other)
        .filter(({ value }) => value.mods.length === 0)
        .map(({ at: end }) => end),
    ];
  const end = skipPhrase(grammar, at, ...ANYONE_ELSE, 'all others');
  return end === undefined ? [] : [end];
}

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
    const than = thanOthers(grammar, end);
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
  return thanOthers(grammar, end).map((behind) =>
    got<readonly Mod[]>([{ type: 'rank', descending, many: false, frequency: true }], behind, 0.05),
  );
}

/** The places behind `than any other (clinic)`. */
function thanOthers(grammar: Grammar, at: number): number[] {
  const than = skipPhrase(grammar, at, 'than');
  return than === undefined ? [] : everyOther(grammar, than);
}
