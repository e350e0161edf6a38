/** Comparisons: `over 100`, `between 10 and 20`, `cheaper than the average`, `more than 5 orders`. */
import { COMPARATIVES, DIMENSIONS, GRADABLE, type Scale } from '../lexicon/scales.js';
import { DIRECTIONS } from '../lexicon/words.js';
import type { Measure, Mod, Operand } from '../phrase.js';
import { grainOf } from '../text/calendar.js';
import { beyondBound } from './bounds.js';
import { averaged, inverted, likeOther, reversed } from './compared-columns.js';
import { counted, either, numeric, outnumbering } from './compared-counts.js';
import { comparison, compareWith } from './comparing.js';
import { asManyOf, asMuch, equalled } from './equal.js';
import { type Compared, type Grammar, type Rules, skipPhrase } from './grammar.js';
import { comparativeAt, numberOperand, otherOperand, ownOperand } from './operands.js';
import { everyOther } from './outdone.js';
import { atRate } from './rates.js';
import { type Got, got, map, prune, type Rule } from './rule.js';
import { roleOperand } from './theirs.js';

export function compareRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** As {@link comparison}, of a column that was named: there any comparative says which way. */
  const against: Rule<Compared> = (at) => {
    const scale = comparativeAt(grammar, at);
    return [
      ...grammar.comparison(at),
      ...(scale === undefined ? [] : compareWith(grammar, scale.descending ? '>' : '<', scale.end)),
      ...same(at),
      ...equalled(grammar, at),
      ...dated(at),
    ];
  };

  /** `the same as that of Ann Smith`. */
  const same = (at: number): Got<Compared>[] => {
    const end = skipPhrase(
      grammar,
      at,
      'the same as',
      'same as',
      'equal to',
      'identical to',
      'equals',
    );
    return end === undefined
      ? []
      : map([...otherOperand(grammar, end), ...ownOperand(grammar, end)], (operand): Compared => ({
          operator: '=',
          operand,
        }));
  };

  /** `after the start date`: a time that stands in the same row. */
  const dated = (at: number): Got<Compared>[] =>
    (
      [
        ['after', '>'],
        ['before', '<'],
      ] as const
    ).flatMap(([word, operator]) =>
      lattice.word(at) === word
        ? map(
            [
              ...ownOperand(grammar, at + 1),
              ...otherOperand(grammar, at + 1),
              ...roleOperand(grammar, at + 1),
            ],
            (operand): Compared => ({ operator, operand: beforeAny(word, at + 1, operand) }),
          )
        : [],
    );

  /** What comes before any of them comes before all of them. */
  const beforeAny = (word: string, at: number, operand: Operand): Operand =>
    operand.type === 'others' && word === 'before' && lattice.word(at) === 'any'
      ? { ...operand, some: false }
      : operand;

  /** `after any order that was cancelled`, `before the first flight`: when other rows happened. */
  const temporal: Rule<readonly Mod[]> = (at) =>
    dated(at).flatMap(({ value, at: end, cost }) => {
      if (value.operand.type !== 'others') return [];
      const measure: Measure = { type: 'dimension', dimension: DIMENSIONS.time };
      const mod: Mod = { type: 'compare', measure, ...value, not: false };
      return [got<readonly Mod[]>([mod], end, cost + 0.1)];
    });

  const compare: Rule<readonly Mod[]> = (at) =>
    prune([
      ...adjectival(at),
      ...asMuch(grammar, at),
      ...asManyOf(grammar, at),
      ...counted(grammar, at),
      ...implied(at),
      ...likeOther(grammar, at),
      ...reversed(grammar, at),
      ...inverted(grammar, at),
      ...averaged(grammar, at),
      ...temporal(at),
      ...beyondBound(grammar, at),
      ...either(grammar, at),
      ...outnumbering(grammar, at),
    ]);

  /** `cheaper than 20`, `more expensive than the average`, `older than Ann Smith`. */
  const adjectival: Rule<readonly Mod[]> = (at) => {
    const own = COMPARATIVES.get(lattice.word(at)) ?? SIZES.get(lattice.word(at));
    const graded = ['more', 'less'].includes(lattice.word(at))
      ? GRADABLE.get(lattice.word(at + 1))
      : undefined;
    const scale = own ?? graded;
    const end = own === undefined ? at + 2 : at + 1;
    const than = scale === undefined ? undefined : skipPhrase(grammar, end, 'than');
    if (scale === undefined || isShortTime(than ?? end)) return [];
    const up = scale.descending !== (own === undefined && lattice.word(at) === 'less');
    const measure: Measure = { type: 'dimension', dimension: scale.dimension };
    const operator = up ? '>' : '<';
    const most = than === undefined ? [] : everyOther(grammar, than);
    if (most.length > 0)
      return most.map((after) =>
        got<readonly Mod[]>(
          [{ type: 'rank', key: measure, descending: up, many: false, scale: scale.dimension }],
          after,
        ),
      );
    const compared =
      than === undefined
        ? // "older 40"
          map(numberOperand(grammar, end), (operand): Compared => ({ operator, operand }), 0.2)
        : compareWith(grammar, operator, than).filter(
            // "larger than 100" may be any number of it; a thing is larger than another by its size.
            ({ value }) => !SIZES.has(lattice.word(at)) || isThing(value.operand),
          );
    const said = map(compared, (compared): readonly Mod[] => [
      { type: 'compare', measure, ...compared, not: false },
    ]);
    return atRate(grammar, said);
  };

  /** `older than 30 days`: of when something was, and no number by itself. */
  const isShortTime = (at: number): boolean => {
    const article = ['a', 'an', 'one'].includes(lattice.word(at));
    const end = article ? at + 1 : lattice.number(at)?.end;
    const grain = end === undefined ? undefined : grainOf(lattice.word(end));
    return grain !== undefined && grain !== 'year';
  };

  /** `over 100`: of what, is for the noun to say. */
  const implied: Rule<readonly Mod[]> = (at) =>
    map(
      numeric(grammar, at).filter(
        ({ value, at: end }) =>
          // "at least one 5 star hotel" goes on.
          lattice.number(end) === undefined &&
          (isAge(end) ||
            // "took more than 5 days": a time is no amount of whatever else there is.
            (!TIMES.test(lattice.word(end - 1)) &&
              value.operator !== '=' &&
              (value.upTo === undefined || lattice.number(at) === undefined)) ||
            lattice.word(at) === '=' ||
            lattice.word(at) === 'exactly'),
      ),
      (compared): readonly Mod[] => [{ type: 'compare', ...compared, not: false }],
      0.2,
    ).map((one) => (isAge(one.at) ? { ...one, value: one.value.map(ofAge) } : one));

  /** `at least 32 years old`, `18 years of age`: the unit says what is measured. */
  const isAge = (end: number): boolean =>
    ['old', 'age'].includes(lattice.word(end - 1)) &&
    /^years?$/.test(lattice.word(end - (lattice.word(end - 1) === 'old' ? 2 : 3)));

  const ofAge = (mod: Mod): Mod =>
    mod.type === 'compare'
      ? { ...mod, measure: { type: 'dimension', dimension: DIMENSIONS.age } }
      : mod;

  return { comparison: (at) => comparison(grammar, at), against, compare };
}

/** What compares any two amounts, and of two things their size. */
const SIZES: ReadonlyMap<string, Scale> = new Map(
  [...DIRECTIONS]
    .filter(([word]) => /^(?:larger|bigger|smaller)$/.test(word))
    .map(([word, descending]) => [word, { dimension: DIMENSIONS.size, descending }]),
);

/** Another thing, none of whose columns is named. */
function isThing(operand: Operand): boolean {
  return operand.type === 'others' && operand.noun !== undefined && operand.field === undefined;
}

const TIMES = /^(?:day|week|month|year)s?$/;
