/** Comparisons: `over 100`, `between 10 and 20`, `cheaper than the average`, `more than 5 orders`. */
import { BETWEEN, OR_LESS, OR_MORE } from '../lexicon/comparing.js';
import { COMPARATIVES, DIMENSIONS, GRADABLE, type Scale } from '../lexicon/scales.js';
import { COMPARISONS, type Comparison, DIRECTIONS } from '../lexicon/words.js';
import type { Measure, Mod, Noun, Operand } from '../phrase.js';
import { grainOf } from '../text/dates.js';
import { beyondBound } from './bounds.js';
import { columnsAt, columnsBehind, keysTo } from './columns.js';
import { type Compared, type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import {
  anotherOne,
  comparativeAt,
  numberOperand,
  unitsAt,
  otherOperand,
  ownOperand,
  units,
} from './operands.js';
import { asManyOf, asMuch, equalled } from './equal.js';
import { countable, gradesAt } from './grades.js';
import { isHowOften, isInTotal, isSomeOf, measuring } from './measuring.js';
import { everyOther } from './outdone.js';
import { atRate } from './rates.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { roleOperand } from './theirs.js';

const RECORDS = [
  'records on file',
  'records',
  'record',
  'entries',
  'entry',
  'rows',
  'row',
  'occurrences',
  'occurrence',
];

export function compareRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const comparison: Rule<Compared> = (at) => {
    const found: Got<Compared>[] = [...range(at)];
    for (const [phrase, operator] of COMPARISONS) {
      const end = skipPhrase(grammar, at, phrase);
      if (end === undefined) continue;
      found.push(...compareWith(operator, end));
      break;
    }
    found.push(...perTime(at));
    // "greater 30": a number behind it is what it is compared with.
    const up = DIRECTIONS.get(lattice.word(at));
    if (up !== undefined && !COUNTED.has(lattice.word(at)))
      found.push(
        ...map(
          numberOperand(grammar, at + 1),
          (operand): Compared => ({ operator: up ? '>' : '<', operand }),
          0.2,
        ),
      );
    const number = lattice.number(at);
    if (number !== undefined) {
      const end = units(grammar, number.end);
      const more = skipPhrase(grammar, end, ...OR_MORE);
      const less = skipPhrase(grammar, end, ...OR_LESS);
      const said = unitsAt(grammar, number.end);
      const operand = { type: 'number', digits: number.digits, ...said } as const;
      if (more !== undefined) found.push(got<Compared>({ operator: '>=', operand }, more));
      else if (less !== undefined) found.push(got<Compared>({ operator: '<=', operand }, less));
      else
        found.push(
          ...map(
            numberOperand(grammar, at),
            (one): Compared => ({ operator: '=', operand: one }),
            0.1,
          ),
        );
    }
    return prune(found);
  };

  /** `more per hour than 20`, `less a month than the average`: what stands between tells the unit of what is compared. */
  const perTime = (at: number): Got<Compared>[] => {
    const up = DIRECTIONS.get(lattice.word(at));
    const per = skipPhrase(grammar, at + 1, 'per', 'a', 'an', 'each', 'money per', 'money');
    if (up === undefined || per === undefined) return [];
    const grain = /^(?:hour|day|week|month|year|minute|night)$/.test(lattice.word(per));
    const end = lattice.word(per - 1) === 'money' ? per : grain ? per + 1 : undefined;
    const than = end === undefined ? undefined : skipPhrase(grammar, end, 'than');
    return than === undefined ? [] : compareWith(up ? '>' : '<', than);
  };

  /** `between 10 and 20`, `from 10 to 20`, `10 to 20`. */
  const range = (at: number): Got<Compared>[] => {
    const between = skipPhrase(grammar, at, ...BETWEEN);
    const low = lattice.number(between ?? at);
    const start = low === undefined ? undefined : units(grammar, low.end);
    const words = between === undefined ? ['to'] : ['and', 'to', 'through'];
    const middle = start === undefined ? undefined : skipPhrase(grammar, start, ...words);
    const high = middle === undefined ? undefined : lattice.number(middle);
    if (low === undefined || high === undefined) return [];
    const said = unitsAt(grammar, high.end);
    const operand = { type: 'number', digits: low.digits, ...said } as const;
    return [
      got<Compared>(
        { operator: '>=', operand, upTo: high.digits },
        units(grammar, high.end),
        between === undefined ? 0.15 : 0.05,
      ),
    ];
  };

  const compareWith = (operator: Comparison, at: number): Got<Compared>[] =>
    map(
      [
        ...numberOperand(grammar, at),
        ...(operator === '='
          ? []
          : [
              ...otherOperand(grammar, at),
              ...ownOperand(grammar, at),
              ...roleOperand(grammar, at),
            ]),
      ],
      (operand): Compared => ({ operator, operand }),
    );

  /** As {@link comparison}, of a column that was named: there any comparative says which way. */
  const against: Rule<Compared> = (at) => {
    const scale = comparativeAt(grammar, at);
    return [
      ...grammar.comparison(at),
      ...(scale === undefined ? [] : compareWith(scale.descending ? '>' : '<', scale.end)),
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
      ...counted(at),
      ...implied(at),
      ...likeOther(at),
      ...reversed(at),
      ...inverted(at),
      ...averaged(at),
      ...temporal(at),
      ...beyondBound(grammar, at),
      ...either(at),
      ...outnumbering(at),
    ]);

  /** `more orders than Ann Smith`, `as many wins as the average team`. */
  const outnumbering = (at: number): Got<readonly Mod[]>[] => {
    const start = skipDeterminers(grammar, at);
    const said = OUTNUMBERING.flatMap(([operator, link, ...phrases]) => {
      const end = skipPhrase(grammar, start, ...phrases);
      return end === undefined ? [] : [{ operator, link, end }];
    });
    return said.flatMap(({ operator, link, end }) =>
      then(grammar.noun(skipDeterminers(grammar, end)), ({ value: noun, at: next }) => {
        if (noun.table === undefined || lattice.word(next) !== link) return [];
        if (noun.mods.some(({ type }) => SHAPING.has(type))) return [];
        const measure: Measure = { type: 'things', noun };
        return map(anotherOne(grammar, next + 1), (operand): readonly Mod[] => [
          { type: 'compare', measure, operator, operand, not: false },
        ]);
      }),
    );
  };

  /** `3 or 4 stars`: either number of what stands behind the second. */
  const either: Rule<readonly Mod[]> = (at) => {
    const number = lattice.number(at);
    const or = number === undefined ? undefined : skipPhrase(grammar, number.end, 'or');
    if (number === undefined || or === undefined || lattice.tokens[at]?.kind !== 'number')
      return [];
    return counted(or).flatMap((one) => {
      const [mod, ...more] = one.value;
      if (mod?.type !== 'compare' || more.length > 0 || mod.operator !== '=') return [];
      if (mod.operand.type !== 'number' || mod.upTo !== undefined) return [];
      const first: Mod = { ...mod, operand: { type: 'number', digits: number.digits } };
      return [{ ...one, value: [{ type: 'any', of: [[first], [mod]], not: false } as const] }];
    });
  };

  /** `below average enrollment`, `more than the average number of points`: what is compared is named in the average. */
  const averaged: Rule<readonly Mod[]> = (at) =>
    grammar.comparison(at).flatMap(({ value, at: end, cost }) => {
      const { operand } = value;
      if (operand.type !== 'others' || operand.fn === undefined || operand.field === undefined)
        return [];
      const measure: Measure = { type: 'field', field: operand.field };
      const rest = { ...operand, field: undefined };
      return [
        got<readonly Mod[]>(
          [{ type: 'compare', measure, ...value, operand: rest, not: false }],
          end,
          cost + 0.1,
        ),
      ];
    });

  /** `a lower cost than price`, `higher rating than the average`: what is compared stands between the two words. */
  const inverted: Rule<readonly Mod[]> = (at) => {
    const start = skipDeterminers(grammar, at);
    const up = DIRECTIONS.get(lattice.word(start));
    if (up === undefined) return [];
    const counts = ['more', 'fewer', 'less'].includes(lattice.word(start));
    return columnsAt(grammar, start + 1).flatMap(({ mention: field, end }) => {
      const than = skipPhrase(grammar, end, 'than', 'then');
      // There are more visits, and later dates of them.
      const isDate = field.options.every((option) => option.field.role === 'time');
      if (than === undefined || (counts && isDate)) return [];
      // Who has more than any other has the most.
      if (everyOther(grammar, than).length > 0) return [];
      return map(compareWith(up ? '>' : '<', than), (compared): readonly Mod[] => [
        { type: 'compare', measure: { type: 'field', field }, ...compared, not: false },
      ]);
    });
  };

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
        : compareWith(operator, than).filter(
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

  /** `more than 5 orders`, `at least two different products`, `one or more members`. */
  const counted: Rule<readonly Mod[]> = (at) =>
    then(numeric(at), ({ value: compared, at: next }) => {
      const distinct = skipPhrase(grammar, next, 'different', 'distinct', 'unique');
      const start = skipDeterminers(grammar, distinct ?? next);
      const nouns = countable(grammar, start);
      const worded = lattice.tokens[at]?.kind === 'word';
      const things = map(nouns, (noun): readonly Mod[] => {
        const of: Measure = {
          type: 'things',
          noun,
          ...(distinct === undefined ? {} : { distinct: true }),
        };
        return [{ type: 'compare', measure: of, ...compared, not: false }];
      });
      // "more than 2 records": of whatever the request speaks of.
      const records = skipPhrase(grammar, next, ...RECORDS);
      const bare =
        records === undefined
          ? []
          : [
              got<readonly Mod[]>(
                [
                  {
                    type: 'compare',
                    measure: { type: 'things', noun: { table: undefined, mods: [] } },
                    ...compared,
                    not: false,
                  },
                ],
                records,
                0.1,
              ),
            ];
      // "made in 2023 for an amount above 200": a year is no amount.
      const year = compared.operator === '=' && /^(?:19|20)\d\d$/.test(lattice.text(at, next));
      const in_ = year ? undefined : skipPhrase(grammar, next, 'in', 'of', 'for');
      const fields = map(
        [
          ...grammar.measure(start),
          ...gradesAt(grammar, start),
          ...(in_ === undefined ? [] : grammar.measure(in_)),
        ]
          .filter(({ value }) => !isHowOften(value) && !isInTotal(value))
          .filter(({ value }) => lattice.word(next - 1) !== 'one' || isSomeOf(value, compared))
          .flatMap((one) => measuring(one, worded && compared.operator === '=')),
        (measure): readonly Mod[] => [{ type: 'compare', measure, ...compared, not: false }],
        0.2,
      );
      return [...things, ...kinds(start, compared), ...bare, ...fields];
    });

  /** `more than two dogs`, where pets are of that kind: as many rows of which it is true. */
  const kinds = (at: number, compared: Compared): Got<readonly Mod[]>[] =>
    grammar.values(at).flatMap(({ value: values, at: end, cost }) => {
      const options = values
        .flatMap((value) => value.options)
        // What one thing is called by itself is no kind of which there are several.
        .filter(({ field, part }) => part !== true && !field.table.naming.includes(field))
        .map(({ field: { table } }) => ({ table, cost: 0 }));
      const tables = [...new Map(options.map((one) => [one.table, one])).values()];
      if (tables.length === 0) return [];
      const table = { text: lattice.text(at, end), options: tables };
      return map(grammar.mods(end), (more): readonly Mod[] => {
        const noun: Noun = { table, mods: [{ type: 'value', values, table, not: false }, ...more] };
        return [{ type: 'compare', measure: { type: 'things', noun }, ...compared, not: false }];
      }).map((one) => ({ ...one, cost: one.cost + cost }));
    });

  const numeric: Rule<Compared> = (at) =>
    grammar.comparison(at).filter(({ value }) => value.operand.type === 'number');

  /** `over 100`: of what, is for the noun to say. */
  const implied: Rule<readonly Mod[]> = (at) =>
    map(
      numeric(at).filter(
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

  /** `under the age of 30`, `above price 5`. */
  const reversed = (at: number): Got<readonly Mod[]>[] => {
    for (const [phrase, operator] of COMPARISONS) {
      const end = skipPhrase(grammar, at, phrase);
      if (end === undefined) continue;
      return columnsBehind(grammar, end).flatMap(({ mention: field, end: after }) =>
        map(
          // Two columns side by side are compared by no word.
          compareWith(
            operator,
            skipPhrase(grammar, after, 'of', 'value', 'value of') ?? after,
          ).filter(({ value: { operand } }) => operand.type !== 'own'),
          (compared): readonly Mod[] => [
            { type: 'compare', measure: { type: 'field', field }, ...compared, not: false },
          ],
        ),
      );
    }
    return [];
  };

  /** `the same city as Ann Smith`, `in the same department as`, `with the same price as`. */
  const likeOther: Rule<readonly Mod[]> = (at) => {
    const same = skipPhrase(
      grammar,
      skipPhrase(grammar, at, 'in', 'on', 'at', 'with', 'of', 'from', 'for') ?? at,
      'the same',
      'same',
    );
    if (same === undefined) return [];
    return [...columnsAt(grammar, same), ...keysTo(grammar, same)].flatMap(
      ({ mention: field, end }) => {
        const as = skipPhrase(grammar, end, 'as', 'like');
        if (as === undefined) return [];
        const operands = [...otherOperand(grammar, as), ...roleOperand(grammar, as)];
        return map(operands, (operand): readonly Mod[] => [
          {
            type: 'compare',
            measure: { type: 'field', field },
            operator: '=',
            operand,
            not: false,
          },
        ]);
      },
    );
  };

  return { comparison, against, compare };
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

/** Which of two there are more of, and the word before the other. */
const OUTNUMBERING: readonly (readonly [Comparison, 'than' | 'as', ...string[]])[] = [
  ['>', 'than', 'more', 'higher number of', 'larger number of', 'greater number of'],
  ['<', 'than', 'fewer', 'less', 'lower number of', 'smaller number of'],
  ['>=', 'as', 'at least as many'],
  ['<=', 'as', 'at most as many'],
  ['=', 'as', 'exactly as many', 'just as many', 'as many', 'same number of', 'same amount of'],
];
const SHAPING: ReadonlySet<Mod['type']> = new Set(['group', 'order', 'limit', 'rank']);

/** Comparatives that ask for so many beside, where no `than` follows: `3 more orders`. */
const COUNTED = new Set(['more', 'less', 'fewer']);
