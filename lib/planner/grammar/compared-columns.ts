/** Comparisons that name the column themselves: `a lower cost than price`, `under the age of 30`, `the same city as`. */
import { COMPARISONS, DIRECTIONS } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { columnsAt, columnsBehind, keysTo } from './columns.js';
import { compareWith } from './comparing.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { otherOperand } from './operands.js';
import { everyOther } from './outdone.js';
import { type Got, got, map } from './rule.js';
import { roleOperand } from './theirs.js';

/** `a lower cost than price`, `higher rating than the average`: what is compared stands between the two words. */
export function inverted(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
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
    return map(compareWith(grammar, up ? '>' : '<', than), (compared): readonly Mod[] => [
      { type: 'compare', measure: { type: 'field', field }, ...compared, not: false },
    ]);
  });
}

/** `under the age of 30`, `above price 5`. */
export function reversed(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  for (const [phrase, operator] of COMPARISONS) {
    const end = skipPhrase(grammar, at, phrase);
    if (end === undefined) continue;
    return columnsBehind(grammar, end).flatMap(({ mention: field, end: after }) =>
      map(
        // Two columns side by side are compared by no word.
        compareWith(
          grammar,
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
}

/** `below average enrollment`, `more than the average number of points`: what is compared is named in the average. */
export function averaged(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return grammar.comparison(at).flatMap(({ value, at: end, cost }) => {
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
}

/** `the same city as Ann Smith`, `in the same department as`, `with the same price as`. */
export function likeOther(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
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
}
