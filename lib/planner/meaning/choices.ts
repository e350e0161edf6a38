/**
 * Search over the senses of words: an interpretation is written as if every choice were known, and is run again
 * for each way to choose.
 */

/** One interpretation came to nothing; the message says why, for the case that none comes to anything. */
export class Misfit extends Error {
  readonly choices: readonly string[];
  /** The higher, the nearer this came to a reading: the most telling reason is the one that is told. */
  readonly weight: number;

  constructor(
    message: string,
    { choices = [], weight = 1 }: { choices?: readonly string[]; weight?: number } = {},
  ) {
    super(message);
    this.choices = choices;
    this.weight = weight;
  }
}

export interface Chooser {
  /** The chosen option; its cost is counted. The same key is chosen for once. */
  pick<T extends { readonly cost: number }>(
    key: unknown,
    options: readonly T[],
    otherwise: () => Misfit,
  ): T;
  /** Counts what a reading costs beside its choices. */
  pay(cost: number): void;
}

export interface Reading<T> {
  readonly value: T;
  readonly cost: number;
}

export interface Search<T> {
  readonly readings: readonly Reading<T>[];
  readonly misfits: readonly Misfit[];
}

/** Runs of one interpretation; each is well under a millisecond. */
const MAX_RUNS = 120;
/** Options that cost so much more than the cheapest are not tried. */
const SPREAD = 1.3;

/** All readings that an interpretation has, the cheapest choices tried first. */
export function explore<T>(interpret: (chooser: Chooser) => T): Search<T> {
  const readings: Reading<T>[] = [];
  const misfits: Misfit[] = [];
  const open: number[][] = [[]];
  for (let runs = 0; runs < MAX_RUNS; runs++) {
    const plan = open.shift();
    if (plan === undefined) break;
    const made: number[] = [];
    let cost = 0;
    const known = new Map<unknown, unknown>();
    const chooser: Chooser = {
      pick<O extends { readonly cost: number }>(
        key: unknown,
        options: readonly O[],
        otherwise: () => Misfit,
      ): O {
        // The same key always holds the same kind of option: it is the mention's own object.
        if (known.has(key)) return known.get(key) as O;
        if (options.length === 0) throw otherwise();
        const sorted = [...options].sort((a, b) => a.cost - b.cost);
        const near = sorted.filter((option) => option.cost <= sorted[0]!.cost + SPREAD);
        const index = plan[made.length] ?? 0;
        if (made.length >= plan.length) {
          for (let i = 1; i < near.length; i++) open.push([...made, i]);
        }
        made.push(index);
        const chosen = near[index]!;
        cost += chosen.cost;
        known.set(key, chosen);
        return chosen;
      },
      pay(extra) {
        cost += extra;
      },
    };
    try {
      readings.push({ value: interpret(chooser), cost });
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      misfits.push(error);
    }
  }
  return { readings: readings.sort((a, b) => a.cost - b.cost), misfits };
}
