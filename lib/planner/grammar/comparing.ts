/** What something is compared with: `over 100`, `between 10 and 20`, `20 or more`, `more than the average`. */
import { BETWEEN, OR_LESS, OR_MORE } from '../lexicon/comparing.js';
import { COMPARISONS, type Comparison, DIRECTIONS } from '../lexicon/words.js';
import { type Compared, type Grammar, skipPhrase } from './grammar.js';
import { numberOperand, otherOperand, ownOperand, units, unitsAt } from './operands.js';
import { type Got, got, map, prune } from './rule.js';
import { roleOperand } from './theirs.js';

export function comparison(grammar: Grammar, at: number): Got<Compared>[] {
  const { lattice } = grammar;
  const found: Got<Compared>[] = [...range(grammar, at)];
  for (const [phrase, operator] of COMPARISONS) {
    const end = skipPhrase(grammar, at, phrase);
    if (end === undefined) continue;
    found.push(...compareWith(grammar, operator, end));
    break;
  }
  found.push(...perTime(grammar, at));
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
}

/** `more per hour than 20`, `less a month than the average`: what stands between tells the unit of what is compared. */
function perTime(grammar: Grammar, at: number): Got<Compared>[] {
  const { lattice } = grammar;
  const up = DIRECTIONS.get(lattice.word(at));
  const per = skipPhrase(grammar, at + 1, 'per', 'a', 'an', 'each', 'money per', 'money');
  if (up === undefined || per === undefined) return [];
  const grain = /^(?:hour|day|week|month|year|minute|night)$/.test(lattice.word(per));
  const end = lattice.word(per - 1) === 'money' ? per : grain ? per + 1 : undefined;
  const than = end === undefined ? undefined : skipPhrase(grammar, end, 'than');
  return than === undefined ? [] : compareWith(grammar, up ? '>' : '<', than);
}

/** `between 10 and 20`, `from 10 to 20`, `10 to 20`. */
function range(grammar: Grammar, at: number): Got<Compared>[] {
  const { lattice } = grammar;
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
}

export function compareWith(grammar: Grammar, operator: Comparison, at: number): Got<Compared>[] {
  return map(
    [
      ...numberOperand(grammar, at),
      ...(operator === '='
        ? []
        : [...otherOperand(grammar, at), ...ownOperand(grammar, at), ...roleOperand(grammar, at)]),
    ],
    (operand): Compared => ({ operator, operand }),
  );
}

/** Comparatives that ask for so many beside, where no `than` follows: `3 more orders`. */
const COUNTED = new Set(['more', 'less', 'fewer']);
