/** Two predicates that belong together by their conjunctions: `not only sings but also dances`, `neither own a boat nor rent one`. */
import { AUXILIARIES, BE, HAVE } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import { bound } from './claims.js';
import { echoed } from './echo.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { again } from './joined.js';
import { negate } from './negation.js';
import { object } from './objects.js';
import { type Got, got, map, type Rule, then } from './rule.js';

const BUT_ALSO = [
  ...['but also', 'but', 'but they also', 'but it also'].flatMap((but) => [`, ${but}`, but]),
  ...['and also', 'and'],
];
const AND = [', and also', 'and also', 'and', 'as well as'];
/** What may stand behind the second one and says that it is one. */
const TOO = ['as well', 'too'];

/**
 * @param at where the conjunction may stand
 * @param said what is said, wherever it begins: the rest of a predicate whose auxiliary stands before, or a whole one
 * @param verbal the same, without what somebody has: `both a cat and a dog` is one thing that is had
 */
export function correlated(
  grammar: Grammar,
  at: number,
  said: Rule<readonly Mod[]>,
  verbal: Rule<readonly Mod[]> = said,
): Got<readonly Mod[]>[] {
  const only = skipPhrase(grammar, at, 'not only', 'not just', 'not merely');
  if (only !== undefined)
    return pair(grammar, only, said, BUT_ALSO, (first, second) => [...first, ...again(second)]);
  const both = skipPhrase(grammar, at, 'both');
  if (both !== undefined)
    return pair(grammar, both, verbal, AND, (first, second) => [...first, ...again(second)]);
  const neither = skipPhrase(grammar, at, 'neither');
  if (neither !== undefined)
    return pair(grammar, neither, verbal, [', nor', 'nor'], (first, second) =>
      first.length === 1 && second.length === 1 ? [...negate(first), ...negate(second)] : undefined,
    );
  const either = skipPhrase(grammar, at, 'either');
  return either === undefined
    ? []
    : pair(grammar, either, verbal, [', or', 'or'], (first, second) => [
        { type: 'any', of: [first, echoed(first, second)], not: false },
      ]);
}

function pair(
  grammar: Grammar,
  at: number,
  said: Rule<readonly Mod[]>,
  conjunctions: readonly string[],
  together: (first: readonly Mod[], second: readonly Mod[]) => readonly Mod[] | undefined,
): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return then(said(at), ({ value: first, at: end }) => {
    const next = skipPhrase(grammar, end, ...conjunctions);
    // "both won and lost a race": what stands behind the second verb belongs to both.
    if (next === undefined || first.length === 0 || end === at + 1) return [];
    const plain = [...said(next), ...sameVerb(grammar, at, next)];
    const second = lattice.word(next - 1) === 'or' ? bound(grammar, plain) : plain;
    return second.flatMap(({ value, at: after, cost }) => {
      const mods = value.length === 0 ? undefined : together(first, value);
      return mods === undefined
        ? []
        : [got(mods, skipPhrase(grammar, after, ...TOO) ?? after, cost + 0.1)];
    });
  });
}

/** `not only has a dog but also a cat`: the second thing goes with the verb of the first. */
function sameVerb(grammar: Grammar, first: number, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const word = lattice.word(first);
  if (HAVE.has(word)) return grammar.possession(at);
  if (BE.has(word)) return grammar.complement(at);
  return AUXILIARIES.has(word) || !lattice.isVerb(first)
    ? []
    : map(object(grammar, at), (mods) => mods, 0.1);
}
