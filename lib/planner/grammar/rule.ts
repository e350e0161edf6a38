/** Rules of the grammar: from a place in the request to every way of reading on from there. */

/** One way to read: what was read, the place behind it, and how far-fetched it is (0 is plain). */
export interface Got<T> {
  readonly value: T;
  readonly at: number;
  readonly cost: number;
}

export type Rule<T> = (at: number) => Got<T>[];

/** Readings that are kept for one place to end at, and in all: the rest is too far-fetched to win. */
const BEAM_PER_END = 12;
const BEAM = 80;
/** As many are kept for each place whatever there is: what reads on costs more than what breaks off. */
const KEPT_PER_END = 4;

export function got<T>(value: T, at: number, cost = 0): Got<T> {
  return { value, at, cost };
}

/** Reads on from each reading. */
export function then<A, B>(firsts: readonly Got<A>[], next: (first: Got<A>) => Got<B>[]): Got<B>[] {
  return prune(
    firsts.flatMap((first) =>
      next(first).map((more) => ({ ...more, cost: more.cost + first.cost })),
    ),
  );
}

export function map<A, B>(all: readonly Got<A>[], make: (value: A) => B, cost = 0): Got<B>[] {
  return all.map((one) => ({ value: make(one.value), at: one.at, cost: one.cost + cost }));
}

export function prune<T>(all: readonly Got<T>[]): Got<T>[] {
  const sorted = [...all].sort((a, b) => a.cost - b.cost);
  const perEnd = new Map<number, number>();
  const kept: Got<T>[] = [];
  for (const one of sorted) {
    const count = perEnd.get(one.at) ?? 0;
    if (count >= (kept.length < BEAM ? BEAM_PER_END : KEPT_PER_END)) continue;
    perEnd.set(one.at, count + 1);
    kept.push(one);
  }
  return kept;
}

/** The same rule, read once at each place. */
export function memo<T>(rule: Rule<T>): Rule<T> {
  const known = new Map<number, Got<T>[]>();
  return (at) => {
    let all = known.get(at);
    if (all === undefined) {
      // A rule that comes back to its own place without reading anything has no reading there.
      known.set(at, []);
      all = prune(rule(at));
      known.set(at, all);
    }
    return all;
  };
}
