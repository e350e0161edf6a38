/** A further thing said of the same noun: `and from Spain`, `but no dogs`, `or younger than 20`. */
import type { Mod } from '../phrase.js';
import { bound } from './claims.js';
import { type Grammar, skipPhrase } from './grammar.js';
import { eitherOne, negate } from './negation.js';
import { type Got, map } from './rule.js';

const AND = [
  ', and also',
  ', as well as',
  ', and',
  ', but also',
  ', but',
  'and also',
  'as well as',
  'and',
  'but also',
  'but',
  ',',
];
/** Before what there is none of: `but no dogs`, `but not a single dog`. */
const NO = [
  'not a single',
  'not any',
  'not a',
  'not an',
  'not one',
  'no',
  'zero',
  'never a',
  'never any',
];

/** `, and`, `but`, `and who`: a further thing said of the same noun. */
export function joined(grammar: Grammar, at: number, said: readonly Mod[]): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const next = skipPhrase(grammar, at, ...AND);
  if (next === undefined) return [];
  // "the names of companies and of employees" are those of both, and nothing is said of the companies.
  if (lattice.word(next) === 'of' && said.length === 0) return [];
  // "all but the paid ones" leaves them out.
  if (lattice.word(next - 1) === 'but' && lattice.word(next) === 'the') return [];
  const further = said.length > 0;
  // Behind alternatives it is not clear to which of them more belongs.
  const chosen = said.at(-1)?.type === 'any';
  // "have bids but never sold": what "but" opposes is rather said of the one that has them.
  const opposed = lattice.word(next - 1) === 'but' && lattice.word(next) === 'never';
  const plain =
    (lattice.word(at) === ',' ? 0.05 : further ? 0.1 : 0.3) +
    (chosen ? 0.2 : 0) +
    (opposed ? 0.4 : 0);
  // "red wine as well as white wine" are two wines: objects.ts.
  const two = said.at(-1)?.type === 'value' && /^(?:also|as)$/.test(lattice.word(next - 1));
  const more = grammar.mod(next).filter(({ value }) => !two || value[0]?.type !== 'value');
  return [
    ...map(more, again, plain),
    ...(further ? map(grammar.predicate(next), again, plain + 0.2) : []),
    ...(further ? without(grammar, next, said, plain) : []),
  ];
}

/** `(own a cat) but no dog`: what there is none of, in the same way as there is the other. */
function without(
  grammar: Grammar,
  at: number,
  said: readonly Mod[],
  price: number,
): Got<readonly Mod[]>[] {
  const no = skipPhrase(grammar, at, ...NO);
  const last = said.at(-1);
  if (no === undefined || last === undefined || !HAD.has(last.type)) return [];
  return map(grammar.possession(no), negate, price);
}

const HAD: ReadonlySet<Mod['type']> = new Set(['value', 'related', 'compare', 'both', 'any']);

/** `older than 60 or younger than 20`: one of the two is enough. */
export function either(grammar: Grammar, said: readonly Mod[], at: number): Got<readonly Mod[]>[] {
  const before = said.slice(0, -1);
  const last = said.at(-1);
  const next = skipPhrase(grammar, at, ', or', 'or');
  if (last === undefined || next === undefined || !isStated(last)) return [];
  const second = [...grammar.mod(next), ...grammar.predicate(next)].filter(({ value }) =>
    value.every(isStated),
  );
  return map(
    bound(grammar, second),
    (second): readonly Mod[] => [...before, ...eitherOne(grammar, [last], second, next)],
    0.15,
  );
}

/** Whether it is a condition: what shapes the result as a whole has no alternative. */
function isStated({ type }: Mod): boolean {
  return !['group', 'order', 'rank', 'limit'].includes(type);
}

export function again(mods: readonly Mod[]): readonly Mod[] {
  return mods.map((mod): Mod => (mod.type === 'value' ? { ...mod, again: true } : mod));
}
