/** Words that ask for each value once. */
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';

/** `different`, `unique`: whether the request asks for each value once, and where it goes on. */
export function distinctAt(grammar: Grammar, at: number): { distinct: boolean; start: number } {
  const { lattice } = grammar;
  const skipped = skipDeterminers(grammar, at);
  const end =
    skipPhrase(grammar, skipped, 'distinct', 'unique') ??
    (lattice.word(skipped - 1) === 'different' ? skipped : undefined) ??
    skipPhrase(grammar, skipped, 'different', 'all distinct', 'list of distinct');
  return { distinct: end !== undefined, start: end ?? at };
}
