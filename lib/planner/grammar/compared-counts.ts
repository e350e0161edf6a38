/** How many of something there are beside a thing: `more than 5 orders`, `3 or 4 stars`, `as many wins as`. */
import type { Comparison } from '../lexicon/words.js';
import type { Measure, Mod, Noun } from '../phrase.js';
import { countable, gradesAt } from './grades.js';
import { type Compared, type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { isHowOften, isInTotal, isSomeOf, measuring } from './measuring.js';
import { anotherOne } from './operands.js';
import { type Got, got, map, then } from './rule.js';

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

/** `more than 5 orders`, `at least two different products`, `one or more members`. */
export function counted(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return then(numeric(grammar, at), ({ value: compared, at: next }) => {
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
    return [...things, ...kinds(grammar, start, compared), ...bare, ...fields];
  });
}

/** `more than two dogs`, where pets are of that kind: as many rows of which it is true. */
function kinds(grammar: Grammar, at: number, compared: Compared): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return grammar.values(at).flatMap(({ value: values, at: end, cost }) => {
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
}

/** `3 or 4 stars`: either number of what stands behind the second. */
export function either(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const number = lattice.number(at);
  const or = number === undefined ? undefined : skipPhrase(grammar, number.end, 'or');
  if (number === undefined || or === undefined || lattice.tokens[at]?.kind !== 'number') return [];
  return counted(grammar, or).flatMap((one) => {
    const [mod, ...more] = one.value;
    if (mod?.type !== 'compare' || more.length > 0 || mod.operator !== '=') return [];
    if (mod.operand.type !== 'number' || mod.upTo !== undefined) return [];
    const first: Mod = { ...mod, operand: { type: 'number', digits: number.digits } };
    return [{ ...one, value: [{ type: 'any', of: [[first], [mod]], not: false } as const] }];
  });
}

/** `more orders than Ann Smith`, `as many wins as the average team`. */
export function outnumbering(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
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
}

export function numeric(grammar: Grammar, at: number): Got<Compared>[] {
  return grammar.comparison(at).filter(({ value }) => value.operand.type === 'number');
}

/** Which of two there are more of, and the word before the other. */
const OUTNUMBERING: readonly (readonly [Comparison, 'than' | 'as', ...string[]])[] = [
  ['>', 'than', 'more', 'higher number of', 'larger number of', 'greater number of'],
  ['<', 'than', 'fewer', 'less', 'lower number of', 'smaller number of'],
  ['>=', 'as', 'at least as many'],
  ['<=', 'as', 'at most as many'],
  ['=', 'as', 'exactly as many', 'just as many', 'as many', 'same number of', 'same amount of'],
];
const SHAPING: ReadonlySet<Mod['type']> = new Set(['group', 'order', 'limit', 'rank']);
