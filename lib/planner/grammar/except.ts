/** What is left out: `except for those that were cancelled`, `all but the paid ones`. */
import type { Mod } from '../phrase.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { type Got, got, map } from './rule.js';

const EXCEPT = [
  'except for',
  'except',
  'excluding',
  'other than',
  'apart from',
  'but not',
  'not including',
];

/** `except for those that were cancelled`. */
export function excepted(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const except = skipPhrase(grammar, at, ...EXCEPT);
  const those =
    except === undefined ? undefined : skipPhrase(grammar, except, 'those', 'the ones', 'ones');
  if (those !== undefined) return map(grammar.mod(those), negate);
  // "all but the paid ones"
  const but = except ?? skipPhrase(grammar, at, 'but');
  return but === undefined
    ? []
    : map(sortOf(grammar, skipPhrase(grammar, but, 'the') ?? but), negate);
}

/** `paid ones`: what stands before them says which. */
function sortOf(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return [
    ...map(grammar.values(at), (values): readonly Mod[] => [
      { type: 'value', values, before: true, not: false },
    ]),
    ...grammar.lattice
      .flags(at)
      .map(({ mention, end }) =>
        got<readonly Mod[]>([{ type: 'flag', flag: mention, not: false }], end),
      ),
  ].flatMap((one) => {
    const ones = skipPhrase(grammar, one.at, 'ones');
    return ones === undefined ? [] : [{ ...one, at: ones }];
  });
}
