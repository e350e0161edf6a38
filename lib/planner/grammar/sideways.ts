/** Two columns of one row, beside each other: `a higher price in June than in May`, `more sales in 2024 than in 2023`. */
import { DIRECTIONS } from '../lexicon/words.js';
import type { FieldMention, Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got } from './rule.js';

/** In words. */
const LONGEST = 3;
const WHEN = ['in', 'on', 'during', 'for', 'at'];

const MONTHS = new Set(
  'january february march april may june july august september october november december'.split(
    ' ',
  ),
);

interface Side {
  readonly field: FieldMention;
  readonly end: number;
}

/** Behind have and with. */
export function sideways(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipDeterminers(grammar, at);
  const up = DIRECTIONS.get(grammar.lattice.word(start));
  if (up === undefined) return [];
  return measured(grammar, start + 1).flatMap(({ words, left }) => {
    const than = skipPhrase(grammar, left.end, ...WHEN.map((when) => `than ${when}`), 'than');
    return than === undefined ? [] : compared(grammar, words, left, up, than);
  });
}

/** Behind whose: `price in June is higher than (that) in May (or lower than in April)`. */
export function sidewaysIs(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return measured(grammar, skipDeterminers(grammar, at)).flatMap(({ words, left }) => {
    const is = skipPhrase(grammar, left.end, 'is', 'are', 'was', 'were');
    const first = is === undefined ? [] : against(grammar, words, left, is);
    return first.flatMap((one) => {
      const or = skipPhrase(grammar, one.at, 'or');
      const more = or === undefined ? [] : against(grammar, words, left, or);
      return [
        one,
        ...more.map(({ value, at: end }) =>
          got<readonly Mod[]>([{ type: 'any', of: [one.value, value], not: false }], end),
        ),
      ];
    });
  });
}

/** `higher than that in May`. */
function against(
  grammar: Grammar,
  words: readonly string[],
  left: Side,
  at: number,
): Got<readonly Mod[]>[] {
  const up = DIRECTIONS.get(grammar.lattice.word(at));
  const than = skipPhrase(grammar, at + 1, 'than');
  if (up === undefined || than === undefined) return [];
  const again = skipPhrase(grammar, than, 'that', 'those', `the ${words.join(' ')}`) ?? than;
  const when = skipPhrase(grammar, again, ...WHEN);
  return when === undefined ? [] : compared(grammar, words, left, up, when);
}

/** What is compared, by the words for it and its first column. */
function measured(grammar: Grammar, at: number): { words: readonly string[]; left: Side }[] {
  return Array.from({ length: LONGEST }, (_, i) => i + 1).flatMap((length) => {
    const when = skipPhrase(grammar, at + length, ...WHEN);
    if (when === undefined) return [];
    const words = Array.from({ length }, (_, i) => grammar.lattice.word(at + i));
    return sides(grammar, words, when).map((left) => ({ words, left }));
  });
}

function compared(
  grammar: Grammar,
  words: readonly string[],
  left: Side,
  up: boolean,
  at: number,
): Got<readonly Mod[]>[] {
  return sides(grammar, words, at).map((right) => {
    const mod: Mod = {
      type: 'compare',
      measure: { type: 'field', field: left.field },
      operator: up ? '>' : '<',
      operand: { type: 'own', field: right.field },
      not: false,
    };
    return got<readonly Mod[]>([mod], right.end);
  });
}

/** The column for one of the times: by its whole name, `sales_2024`, or by the time alone in a table of such numbers. */
function sides({ lattice }: Grammar, words: readonly string[], at: number): Side[] {
  const whole = lattice.fieldNamed([...words, lattice.word(at)]);
  const named = whole === undefined ? [] : [{ field: numbers(whole, []), end: at + 1 }];
  const what = words.map(singular);
  // Months are mostly cut to three letters.
  const word = lattice.word(at);
  const short = MONTHS.has(word) ? lattice.fieldNamed([word.slice(0, 3)]) : undefined;
  const alone = [
    ...lattice.fields(at),
    ...(short === undefined ? [] : [{ mention: short, end: at + 1 }]),
  ].map(({ mention, end }) => ({ field: numbers(mention, what), end }));
  return [...named, ...alone].filter(({ field }) => field.options.length > 0);
}

/** Columns that are numbers by their very names, as far as their table is called so. */
function numbers(mention: FieldMention, table: readonly string[]): FieldMention {
  const options = mention.options.filter(
    ({ field, cost }) =>
      cost <= COST.short &&
      field.role === 'measure' &&
      table.every((word) => field.table.words.includes(word)),
  );
  return { ...mention, options };
}
