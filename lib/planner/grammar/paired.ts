/** Two things that are said together: `both in A and in B`, `either in A or in B`, `not only in A but also in B`. */
import type { Mod } from '../phrase.js';
import { bound, eachOf } from './claims.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { noneOf } from './neither.js';
import { type Got, got, map, then } from './rule.js';

/** `both in the morning and at night`, `either in A or in B`, `not only in A but also in B`, `both in A and B`. */
export function paired(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const neither = skipPhrase(grammar, at, 'neither');
  if (neither !== undefined) return noneOf(grammar, neither, (next) => grammar.mod(next));
  const either = skipPhrase(grammar, at, 'either');
  const both = skipPhrase(grammar, at, 'both', 'not only');
  const start = either ?? both;
  if (start === undefined) return bothTimes(grammar, at);
  return then(grammar.mod(start), (first) => {
    const and =
      either === undefined
        ? skipPhrase(grammar, first.at, 'and', 'and also', 'but also', ', but also', 'as well as')
        : skipPhrase(grammar, first.at, 'or', ', or');
    if (and === undefined) return either === undefined ? bothOf(first) : oneOf(first);
    const type = either === undefined ? 'both' : 'any';
    const second = [...grammar.mod(and), ...grammar.predicate(and)];
    return [
      ...(either === undefined ? bothOf(first) : []),
      ...map(either === undefined ? second : bound(grammar, second), (more): readonly Mod[] => [
        { type, of: [first.value, more], not: false },
      ]),
    ];
  });
}

/** `in both 2019 and 2021`: each of them, on different rows. */
function bothTimes(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const both = skipPhrase(grammar, at, 'in both', 'on both', 'during both');
  if (both === undefined) return [];
  const one = (start: number): Got<readonly Mod[]>[] =>
    lattice
      .dates(skipDeterminers(grammar, start))
      .map(({ span, end }) =>
        got<readonly Mod[]>([{ type: 'time', spans: [span], not: false }], end),
      );
  return then(one(both), (first) => {
    const and = skipPhrase(grammar, first.at, 'and');
    if (and === undefined) return [];
    return map(one(and), (second): readonly Mod[] => [
      { type: 'both', of: [first.value, second], not: false },
    ]);
  });
}

/** `either in hall 7 or 9`: what was read as alternatives already. */
function oneOf(first: Got<readonly Mod[]>): Got<readonly Mod[]>[] {
  const [mod, ...more] = first.value;
  const inner = mod?.type === 'related' ? mod.noun.mods.at(-1) : mod;
  return inner?.type === 'any' && more.length === 0 ? [first] : [];
}

/** Two values that were read as a list are both meant. */
function bothOf({ value: [mod, ...more], at, cost }: Got<readonly Mod[]>): Got<readonly Mod[]>[] {
  const several = mod?.type === 'value' && mod.values.length > 1 && more.length === 0 && !mod.not;
  return several ? [got(eachOf(mod), at, cost)] : [];
}
