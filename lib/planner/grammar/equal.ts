/** Comparisons by an adjective in its plain form: `as old as Ann Smith`, `at least as long as the average`. */
import { GRADABLE } from '../lexicon/scales.js';
import type { Comparison } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { columnsAt } from './columns.js';
import { type Compared, type Grammar, skipPhrase } from './grammar.js';
import { numberOperand, otherOperand, ownOperand } from './operands.js';
import { got, type Got, map } from './rule.js';
import { roleOperand } from './theirs.js';

const BOUNDS: readonly (readonly [operator: Comparison, ...phrases: string[]])[] = [
  ['>=', 'at least as', 'no less than as'],
  ['<=', 'at most as', 'not more than as'],
  ['=', 'exactly as', 'just as', 'equally as', 'as'],
];
/** Say of any amount how great it is. */
const AMOUNTS = new Set('much many high large big great low small little good'.split(' '));
const FALLING = new Set(['low', 'small', 'little']);
const REVERSED: ReadonlyMap<Comparison, Comparison> = new Map([
  ['>=', '<='],
  ['<=', '>='],
]);

interface As {
  readonly operator: Comparison;
  readonly adjective: string;
  readonly end: number;
}

function asAt(grammar: Grammar, at: number): As | undefined {
  const { lattice } = grammar;
  for (const [bound, ...phrases] of BOUNDS) {
    const next = skipPhrase(grammar, at, ...phrases);
    if (next === undefined) continue;
    const adjective = lattice.word(next);
    const scale = GRADABLE.get(adjective);
    if (lattice.word(next + 1) !== 'as') return undefined;
    if (scale === undefined && !AMOUNTS.has(adjective)) return undefined;
    // Who is not as old as somebody is younger.
    const said = bound === '=' && lattice.word(at - 1) === 'not' ? '>=' : bound;
    const falls = scale === undefined ? FALLING.has(adjective) : !scale.descending;
    return { operator: falls ? (REVERSED.get(said) ?? said) : said, adjective, end: next + 2 };
  }
  return undefined;
}

/** What was named before, as great as something else: `(earns) as much as`, `(a duration) as long as`. */
export function equalled(grammar: Grammar, at: number): Got<Compared>[] {
  const as = asAt(grammar, at);
  if (as === undefined) return [];
  const { operator, end } = as;
  const operands = [
    ...numberOperand(grammar, end),
    ...otherOperand(grammar, end),
    ...ownOperand(grammar, end),
    ...roleOperand(grammar, end),
  ];
  return map(operands, (operand): Compared => ({ operator, operand }));
}

/** `as many points as the average player`, where a column holds them. */
export function asManyOf(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  for (const [operator, ...phrases] of BOUNDS) {
    const next = skipPhrase(grammar, at, ...phrases);
    if (next === undefined) continue;
    const start = skipPhrase(grammar, next, 'many', 'much', 'high a', 'large a', 'long a');
    if (start === undefined) return [];
    return columnsAt(grammar, start).flatMap(({ mention: field, end }) => {
      const as = skipPhrase(grammar, end, 'as');
      if (as === undefined) return [];
      const said = operator === '=' && grammar.lattice.word(at - 1) === 'not' ? '>=' : operator;
      const operands = [...otherOperand(grammar, as), ...roleOperand(grammar, as)];
      const measure: Measure = { type: 'field', field };
      return map(operands, (operand): readonly Mod[] => [
        { type: 'compare', measure, operator: said, operand, not: false },
      ]);
    });
  }
  return [];
}

/** `as old as Ann Smith`: what is compared is what the adjective measures. */
export function asMuch(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const as = asAt(grammar, at);
  const scale = as === undefined ? undefined : GRADABLE.get(as.adjective);
  if (scale === undefined) return [];
  const measure: Measure = { type: 'dimension', dimension: scale.dimension };
  return equalled(grammar, at).map(({ value, at: end, cost }) =>
    got<readonly Mod[]>([{ type: 'compare', measure, ...value, not: false }], end, cost),
  );
}
