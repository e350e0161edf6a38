/** Comparisons with numbers: `over 100`, `between 10 and 20`, `cheaper than 20`, `more than 5 orders`. */
import { COMPARATIVES, COMPARISONS, GRADABLE } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { type Compared, type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, type Rule, then } from './rule.js';

/** Words behind a number that only say of what kind it is. */
const UNITS = [
  'euros',
  'euro',
  'eur',
  'dollars',
  'dollar',
  'usd',
  'pounds',
  'gbp',
  'bucks',
  'years old',
  'years',
  'year old',
  'kg',
  'km',
  'percent',
  '%',
  'minutes',
  'points',
  'stars',
  'units',
  'each',
  'in total',
];

export function compareRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const comparison: Rule<Compared> = (at) => {
    const found: Got<Compared>[] = [];
    const between = skipPhrase(grammar, at, 'between', 'from');
    if (between !== undefined) {
      const low = lattice.number(between);
      const middle = low === undefined ? undefined : skipPhrase(grammar, low.end, 'and', 'to');
      const high = middle === undefined ? undefined : lattice.number(middle);
      if (low !== undefined && high !== undefined) {
        found.push(
          got<Compared>(
            { operator: '>=', operand: { type: 'number', digits: low.digits }, upTo: high.digits },
            units(high.end),
            0.05,
          ),
        );
      }
    }
    for (const [phrase, operator] of COMPARISONS) {
      const end = skipPhrase(grammar, at, phrase);
      if (end === undefined) continue;
      found.push(
        ...operand(end).map(({ value, at: next, cost }) =>
          got<Compared>({ operator, operand: value }, next, cost),
        ),
      );
      break;
    }
    const number = lattice.number(at);
    if (number !== undefined) {
      const more = skipPhrase(
        grammar,
        units(number.end),
        'or more',
        'or above',
        'or higher',
        'and above',
        'and more',
        'or over',
        'and over',
        'and up',
        'or older',
        'or longer',
      );
      const less = skipPhrase(
        grammar,
        units(number.end),
        'or less',
        'or fewer',
        'or below',
        'or lower',
        'or under',
        'and below',
        'or cheaper',
        'or younger',
        'or shorter',
      );
      const digits = { type: 'number', digits: number.digits } as const;
      if (more !== undefined) found.push(got<Compared>({ operator: '>=', operand: digits }, more));
      else if (less !== undefined)
        found.push(got<Compared>({ operator: '<=', operand: digits }, less));
      else found.push(got<Compared>({ operator: '=', operand: digits }, units(number.end), 0.1));
    }
    return found;
  };

  const operand = (at: number): Got<Compared['operand']>[] => {
    const average = skipPhrase(
      grammar,
      at,
      'the average',
      'average',
      'the mean',
      'the overall average',
    );
    if (average !== undefined) return [got<Compared['operand']>({ type: 'average' }, average)];
    const number = lattice.number(at);
    return number === undefined
      ? []
      : [got<Compared['operand']>({ type: 'number', digits: number.digits }, units(number.end))];
  };

  const units = (at: number): number => skipPhrase(grammar, at, ...UNITS) ?? at;

  const compare: Rule<readonly Mod[]> = (at) => [...adjectival(at), ...counted(at), ...implied(at)];

  /** `cheaper than 20`, `more expensive than the average`. */
  const adjectival: Rule<readonly Mod[]> = (at) => {
    const own = COMPARATIVES.get(lattice.word(at));
    const graded = ['more', 'less'].includes(lattice.word(at))
      ? GRADABLE.get(lattice.word(at + 1))
      : undefined;
    const scale = own ?? graded;
    const end = own === undefined ? at + 2 : at + 1;
    const than = scale === undefined ? undefined : skipPhrase(grammar, end, 'than');
    if (scale === undefined || than === undefined) return [];
    const up = scale.descending !== (own === undefined && lattice.word(at) === 'less');
    const measure: Measure = { type: 'dimension', dimension: scale.dimension };
    return operand(than).map(({ value, at: next, cost }) =>
      got<readonly Mod[]>(
        [{ type: 'compare', measure, operator: up ? '>' : '<', operand: value, not: false }],
        next,
        cost,
      ),
    );
  };

  /** `more than 5 orders`, `at least two different products`. */
  const counted: Rule<readonly Mod[]> = (at) =>
    then(grammar.comparison(at), ({ value: compared, at: next }) => {
      const distinct = skipPhrase(grammar, next, 'different', 'distinct', 'unique');
      const start = skipDeterminers(grammar, distinct ?? next);
      const things = map(grammar.noun(start), (noun): readonly Mod[] => {
        const of: Measure = { type: 'things', noun };
        return [{ type: 'compare', measure: of, ...compared, not: false }];
      });
      const fields = map(
        grammar.measure(start),
        (measure): readonly Mod[] => [{ type: 'compare', measure, ...compared, not: false }],
        0.2,
      );
      return [...things, ...fields];
    });

  /** `over 100`: of what, is for the noun to say. */
  const implied: Rule<readonly Mod[]> = (at) =>
    map(
      grammar
        .comparison(at)
        .filter(
          ({ value }) =>
            value.operator !== '=' || lattice.word(at) === '=' || lattice.word(at) === 'exactly',
        ),
      (compared): readonly Mod[] => [{ type: 'compare', ...compared, not: false }],
      0.2,
    );

  return { comparison, compare };
}
