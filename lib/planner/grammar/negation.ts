/** The opposite of what is said: of the first thing alone, since what follows is said of the rest. */
import { AUXILIARIES } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import { echoed } from './echo.js';
import type { Grammar } from './grammar.js';

export function negate(mods: readonly Mod[]): readonly Mod[] {
  const [first, ...rest] = mods;
  return first !== undefined && 'not' in first
    ? [{ ...first, not: !first.not }, ...rest]
    : IMPOSSIBLE;
}

/** A reading that no noun can take: what can't be denied must not be read as if it were said. */
const IMPOSSIBLE: readonly Mod[] = [{ type: 'any', of: [], not: false }];

/**
 * Either of two things that are said. Behind what is denied it is neither of them, `do not own a cat or a dog`, unless
 * the second one, which begins at a place, has a verb of its own.
 */
export function eitherOne(
  { lattice }: Grammar,
  left: readonly Mod[],
  right: readonly Mod[],
  at: number,
): readonly Mod[] {
  const [first, ...rest] = left;
  const [second] = right;
  const word = lattice.word(at);
  const denied =
    first !== undefined && second !== undefined && rest.length === 0 && isDenied(first, second);
  if (denied && !AUXILIARIES.has(word) && !OPENING.has(word)) return [first, ...negate(right)];
  return [{ type: 'any', of: [left, echoed(left, right)], not: false }];
}

/** Words with which something new is said. */
const OPENING = new Set(['who', 'that', 'which', 'whose', 'with', 'without', 'having', 'where']);

function isDenied(first: Mod, second: Mod): boolean {
  return THINGS.has(first.type) && THINGS.has(second.type) && isNot(first) && !isNot(second);
}

const THINGS: ReadonlySet<Mod['type']> = new Set(['value', 'related']);

function isNot(mod: Mod): boolean {
  return 'not' in mod && mod.not;
}
