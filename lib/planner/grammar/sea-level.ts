/** Heights that are told from the sea: `below sea level`, `more than 500 metres above sea level`. */
import { DIMENSIONS } from '../lexicon/scales.js';
import type { Mod } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

const ABOVE = ['above sea level', 'above the sea level', 'above the sea'];
const BELOW = ['below sea level', 'below the sea level', 'under sea level'];

export function seaLevel(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const measure = { type: 'dimension', dimension: DIMENSIONS.elevation } as const;
  const operand = { type: 'number', digits: '0' } as const;
  const below = skipPhrase(grammar, at, ...BELOW);
  const above = skipPhrase(grammar, at, ...ABOVE);
  const operator = below === undefined ? '>' : '<';
  const bare =
    (below ?? above) === undefined
      ? []
      : [
          got<readonly Mod[]>(
            [{ type: 'compare', measure, operator, operand, not: false }],
            (below ?? above)!,
          ),
        ];
  // What lies so many metres below is told by no such column.
  const high = grammar.comparison(at).flatMap(({ value, at: end, cost }) => {
    const level = value.operand.type === 'number' ? skipPhrase(grammar, end, ...ABOVE) : undefined;
    return level === undefined
      ? []
      : [got<readonly Mod[]>([{ type: 'compare', measure, ...value, not: false }], level, cost)];
  });
  return [...bare, ...high];
}
