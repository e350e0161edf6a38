/** `neither from Hull nor from York`, `neither paid nor shipped`: each of them is denied. */
import type { Mod } from '../phrase.js';
import type { Grammar } from './grammar.js';
import { skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { type Got, map, type Rule, then } from './rule.js';

/** @param at the place behind `neither` */
export function noneOf(
  grammar: Grammar,
  at: number,
  said: Rule<readonly Mod[]>,
): Got<readonly Mod[]>[] {
  return then(single(grammar, at, said), (first) => {
    const nor = skipPhrase(grammar, first.at, 'nor', ', nor');
    if (nor === undefined) return [];
    return map(single(grammar, nor, said), (second): readonly Mod[] => [
      ...negate(first.value),
      ...negate(second),
    ]);
  });
}

/** One thing that is said, so that it is clear what is denied: with or without the preposition of the first. */
function single(grammar: Grammar, at: number, said: Rule<readonly Mod[]>): Got<readonly Mod[]>[] {
  const values = map(grammar.values(at), (all): readonly Mod[] => [
    { type: 'value', values: all, not: false },
  ]);
  return [...said(at), ...values].filter(({ value }) => value.length === 1);
}
