/** `sold more than 100 copies`, `won the most sets`: a column that is called after what was done to so many of a thing. */
import { DIRECTIONS } from '../lexicon/words.js';
import type { FieldMention, Measure, Mod } from '../phrase.js';
import { isNumeric } from '../schema/roles.js';
import { isPast } from '../text/inflection.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { numberOperand, otherOperand } from './operands.js';
import { got, type Got } from './rule.js';

const MOST = ['the most', 'the highest number of', 'the largest number of', 'most'];
const FEWEST = [
  'the fewest',
  'the least',
  'the lowest number of',
  'the smallest number of',
  'fewest',
];

export function amountDone(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const verb = lattice.word(at);
  if (!isPast(verb)) return [];
  const compared = grammar.comparison(at + 1).flatMap(({ value, at: end, cost }) => {
    const measure = value.operand.type === 'number' ? doneTo(grammar, end, verb) : undefined;
    const mod: Mod = { type: 'compare', measure, ...value, not: false };
    return measure === undefined ? [] : [got<readonly Mod[]>([mod], end + 1, cost)];
  });
  return [...compared, ...thanOthers(grammar, at, verb), ...ranked(grammar, at, verb)];
}

/** `sold fewer copies than the average`. */
function thanOthers(grammar: Grammar, at: number, verb: string): Got<readonly Mod[]>[] {
  const up = DIRECTIONS.get(grammar.lattice.word(at + 1));
  const measure = up === undefined ? undefined : doneTo(grammar, at + 2, verb);
  const than = measure === undefined ? undefined : skipPhrase(grammar, at + 3, 'than');
  if (than === undefined) return [];
  return [...numberOperand(grammar, than), ...otherOperand(grammar, than)].map((one) => {
    const operator = up === true ? '>' : '<';
    const mod: Mod = { type: 'compare', measure, operator, operand: one.value, not: false };
    return { ...one, value: [mod] };
  });
}

function ranked(grammar: Grammar, at: number, verb: string): Got<readonly Mod[]>[] {
  const most = skipPhrase(grammar, at + 1, ...MOST);
  const start = most ?? skipPhrase(grammar, at + 1, ...FEWEST);
  const key = start === undefined ? undefined : doneTo(grammar, start, verb);
  if (start === undefined || key === undefined) return [];
  const mod: Mod = { type: 'rank', key, descending: most !== undefined, many: false };
  return [got<readonly Mod[]>([mod], start + 1)];
}

/** What is counted of that which sells. */
const SOLD = ['copies', 'units', 'tickets', 'items', 'pieces', 'quantity', 'number'];

/** How many were sold, where each row holds it: `the best selling albums`. */
export function soldOf(grammar: Grammar): Measure | undefined {
  const [first] = SOLD.flatMap((noun) => called(grammar, [noun, 'sold']) ?? []);
  return first;
}

/** `copies_sold`, of copies that are sold. */
function doneTo(grammar: Grammar, at: number, verb: string): Measure | undefined {
  return grammar.lattice.tokens[at]?.kind === 'word'
    ? called(grammar, [grammar.lattice.word(at), verb])
    : undefined;
}

function called({ lattice }: Grammar, words: readonly [string, string]): Measure | undefined {
  const options = (lattice.fieldNamed(words)?.options ?? []).filter(
    ({ field }) => isNumeric(field) && field.words.at(-1) === words[1],
  );
  if (options.length === 0) return undefined;
  const field: FieldMention = { text: words.join(' '), options };
  return { type: 'field', field };
}
