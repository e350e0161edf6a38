/** What the one has that a row refers to, to be compared with it. */
import type { Operand } from '../phrase.js';
import { isTheirs } from './doer.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

/** `their manager`, `its owner's budget`: somebody whom the row itself refers to. */
export function roleOperand(grammar: Grammar, at: number): Got<Operand>[] {
  const { lattice } = grammar;
  const that = skipPhrase(grammar, at, 'that of', 'those of') ?? at;
  if (!isTheirs(lattice.word(that))) return [];
  return lattice.tables(that + 1).flatMap(({ mention, end }) => {
    const options = mention.options.filter(({ via }) => via?.toOne === true);
    if (options.length === 0) return [];
    const role = { ...mention, options };
    const own = skipPhrase(grammar, end, "'s");
    if (own === undefined) return [got<Operand>({ type: 'theirs', role }, end, 0.05)];
    return lattice
      .fields(own)
      .map(({ mention: field, end: after }) =>
        got<Operand>({ type: 'theirs', role, field }, after, 0.05),
      );
  });
}
