/** Chance that comes out the same everywhere: integers and the four basic operations of IEEE 754 alone. */

export interface Random {
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An index, as likely as its weight says. */
  weighted(weights: readonly number[]): number;
}

/** A xorshift generator of 32 bits (Marsaglia 2003, the triple 13, 17, 5); the seed is not zero. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const unit = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const random: Random = {
    between: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    chance: (percent) => unit() * 100 < percent,
    pick: (items) => items[random.between(0, items.length - 1)]!,
    weighted(weights) {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index === -1 ? weights.length - 1 : index;
    },
  };
  return random;
}
