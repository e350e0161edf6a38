/** Second questions for how much of something: `and how old are they`, `and how much does each cost`, `and what do they earn`. */
import { HOW, NUMBER_OF_VERB } from '../lexicon/scales.js';
import { BE, DO } from '../lexicon/words.js';
import type { Dimension } from '../lexicon/scales.js';
import type { Target } from '../phrase.js';
import { SPOKEN_OF, spokenOf } from './circumstances.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

export function traits(grammar: Grammar, at: number): Got<Target>[] {
  const { lattice } = grammar;
  const how = lattice.word(at) === 'how' ? HOW.get(lattice.word(at + 1)) : undefined;
  const what = lattice.word(at) === 'what';
  const auxiliary = how === undefined ? at + 1 : at + 2;
  if (how === undefined && !what) return [];
  const is = BE.has(lattice.word(auxiliary));
  if (!DO.has(lattice.word(auxiliary)) && (!is || how === undefined)) return [];
  const each = skipPhrase(grammar, auxiliary + 1, ...SPOKEN_OF);
  const subjects = each === undefined ? spokenOf(grammar, auxiliary + 1) : [got(undefined, each)];
  return subjects.flatMap(({ value: noun, at: end, cost }) => {
    const asked = (dimension: Dimension | undefined, after: number): Got<Target>[] =>
      dimension === undefined
        ? []
        : [
            got<Target>(
              { type: 'measure', measure: { type: 'dimension', dimension, noun } },
              after,
              cost + 0.1,
            ),
          ];
    if (is) return asked(how, end);
    const verb = lattice.word(end);
    return NUMBER_OF_VERB.has(verb) ? asked(NUMBER_OF_VERB.get(verb) ?? how, end + 1) : [];
  });
}
