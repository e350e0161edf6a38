/** The opposite of what is said: of the first thing alone, since what follows is said of the rest. */
import type { Mod } from '../phrase.js';

export function negate(mods: readonly Mod[]): readonly Mod[] {
  const [first, ...rest] = mods;
  return first !== undefined && 'not' in first
    ? [{ ...first, not: !first.not }, ...rest]
    : IMPOSSIBLE;
}

/** A reading that no noun can take: what can't be denied must not be read as if it were said. */
const IMPOSSIBLE: readonly Mod[] = [{ type: 'any', of: [], not: false }];
