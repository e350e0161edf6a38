/** Somebody or something that is named, or all of a kind: who has, does or suffers what is told. */
import type { Mod } from '../phrase.js';
import type { Grammar } from './grammar.js';
import { type Got, map } from './rule.js';

/** Behind its determiners. */
export function subjects(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return [
    ...map(grammar.values(at), (values): readonly Mod[] => [{ type: 'value', values, not: false }]),
    ...map(
      grammar.noun(at),
      (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
      0.1,
    ),
  ];
}
