/**
 * Search over the senses of words: an interpretation is written as if every choice were known, and is run again
 * for each way to choose.
 */

/** One interpretation came to nothing; the message says why, for the case that none comes to anything. */
export class Misfit extends Error {
  readonly choices: readonly string[];
  /** What to say instead. */
  readonly hint: string | undefined;
  /** The higher, the nearer this came to a reading: the most telling reason is the one that is told. */
  readonly weight: number;

  constructor(
    message: string,
    {
      choices = [],
      hint,
      weight = 1,
    }: { choices?: readonly string[]; hint?: string; weight?: number } = {},
  ) {
    super(message);
    this.choices = choices;
    this.hint = hint;
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

/** For a trial whose outcome is thrown away: the cheapest each time, nothing paid and nothing remembered. */
export const DRY: Chooser = {
  pick: (_key, options, otherwise) => {
    const [first, ...rest] = options;
    if (first === undefined) throw otherwise();
    return rest.reduce((best, one) => (one.cost < best.cost ? one : best), first);
  },
  pay: () => undefined,
};

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

/** A run to be made: the choices to begin with, and what they cost already. */
interface Plan {
  readonly choices: readonly number[];
  readonly cost: number;
}

/** Thrown by a run that has become too dear to matter. */
class TooDear extends Error {}

/**
 * The readings that an interpretation has, the cheapest first, as far as they cost no more than `slack` beyond
 * the cheapest and no more than `bound` in all: best first, so that far-fetched ones are never built.
 */
export function explore<T>(
  interpret: (chooser: Chooser) => T,
  { slack = 0.2, bound = Number.POSITIVE_INFINITY }: { slack?: number; bound?: number } = {},
): Search<T> {
  const readings: Reading<T>[] = [];
  const misfits: Misfit[] = [];
  const open: Plan[] = [{ choices: [], cost: 0 }];
  let dearest = bound;
  for (let runs = 0; runs < MAX_RUNS && open.length > 0; runs++) {
    const plan = takeCheapest(open);
    if (plan.cost > dearest) break;
    const run = new Run(plan.choices, open, () => dearest);
    try {
      const value = interpret(run);
      readings.push({ value, cost: run.cost });
      dearest = Math.min(dearest, run.cost + slack);
    } catch (error) {
      if (error instanceof Misfit) misfits.push(error);
      else if (!(error instanceof TooDear)) throw error;
    }
  }
  return { readings: readings.sort((a, b) => a.cost - b.cost), misfits };
}

function takeCheapest(open: Plan[]): Plan {
  let best = 0;
  for (let i = 1; i < open.length; i++) if (open[i]!.cost < open[best]!.cost) best = i;
  return open.splice(best, 1)[0]!;
}

/** One run: the planned choices first, then the cheapest option each time; what was not chosen is left open. */
class Run implements Chooser {
  cost = 0;
  readonly #planned: readonly number[];
  readonly #open: Plan[];
  readonly #dearest: () => number;
  readonly #made: number[] = [];
  readonly #known = new Map<unknown, unknown>();

  constructor(planned: readonly number[], open: Plan[], dearest: () => number) {
    this.#planned = planned;
    this.#open = open;
    this.#dearest = dearest;
  }

  pick<O extends { readonly cost: number }>(
    key: unknown,
    options: readonly O[],
    otherwise: () => Misfit,
  ): O {
    // The same key always holds the same kind of option: it is the mention's own object.
    if (this.#known.has(key)) return this.#known.get(key) as O;
    const sorted = [...options].sort((a, b) => a.cost - b.cost);
    const [cheapest] = sorted;
    if (cheapest === undefined) throw otherwise();
    const near = sorted.filter(({ cost }) => cost <= cheapest.cost + SPREAD);
    const index = this.#planned[this.#made.length] ?? 0;
    if (this.#made.length >= this.#planned.length) {
      for (let i = 1; i < near.length; i++) {
        this.#open.push({ choices: [...this.#made, i], cost: this.cost + near[i]!.cost });
      }
    }
    this.#made.push(index);
    const chosen = near[index]!;
    this.#known.set(key, chosen);
    this.pay(chosen.cost);
    return chosen;
  }

  pay(cost: number): void {
    this.cost += cost;
    // Some evidence is worth a little less than nothing, so a run is given up only well beyond the bound.
    if (this.cost > this.#dearest() + SPREAD) throw new TooDear();
  }
}
