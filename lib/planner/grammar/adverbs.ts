/** What stands before a verb and is said of the number behind it: `have at least won 3 races`. */
import type { Comparison } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import type { Got, Rule } from './rule.js';

const BOUNDS: readonly (readonly [operator: Comparison, phrase: string])[] = [
  ['>=', 'at least'],
  ['<=', 'at most'],
];

/** @returns undefined where no such words stand here */
export function boundedVerb(
  grammar: Grammar,
  at: number,
  verb: Rule<readonly Mod[]>,
): Got<readonly Mod[]>[] | undefined {
  for (const [operator, phrase] of BOUNDS) {
    const next = skipPhrase(grammar, at, phrase);
    // "have at least 3 races" tells the number itself.
    if (next === undefined || grammar.lattice.number(next) !== undefined) continue;
    const found = verb(next).flatMap((one) => {
      const counts = one.value.filter(isExact);
      if (counts.length !== 1) return [];
      const value = one.value.map((mod) => (isExact(mod) ? { ...mod, operator } : mod));
      return [{ ...one, value }];
    });
    return found;
  }
  return undefined;
}

/** A number that is told as it is. */
export function isExact(mod: Mod): mod is Extract<Mod, { type: 'compare' }> {
  return mod.type === 'compare' && mod.operator === '=' && mod.operand.type === 'number';
}
