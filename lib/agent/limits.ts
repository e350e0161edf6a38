/** What a run may cost: one object, one check. */
import { LimitError } from '../errors.js';
import { addUsage, NO_USAGE, steadyNow, type Usage } from '../models/model.js';

export interface RunLimits {
  /** Model calls. */
  readonly maxSteps: number;
  /** Input and output tokens of all calls together. */
  readonly maxTokens: number;
  /** US dollars, where prices are known. */
  readonly maxCost: number | undefined;
  readonly pricing:
    { readonly inputPerMillion: number; readonly outputPerMillion: number } | undefined;
  /** Milliseconds from the first call to the answer; writing rows is not counted. */
  readonly runTimeoutMs: number;
}

export interface Budget {
  readonly steps: number;
  readonly usage: Usage;
  /** US dollars, or undefined where prices are not known. */
  readonly costUsd: number | undefined;
  /** Milliseconds of {@link steadyNow}. */
  readonly deadline: number;
  /** Takes milliseconds out of the run's time: rows were written meanwhile. */
  excuse(ms: number): void;
  /** Counts one model call that is about to be made. @throws {LimitError} when there is none left */
  step(): void;
  spend(usage: Usage): void;
}

export function openBudget(limits: RunLimits, now: () => number = steadyNow): Budget {
  let deadline = now() + limits.runTimeoutMs;
  let steps = 0;
  let usage = NO_USAGE;

  const costUsd = () =>
    limits.pricing === undefined
      ? undefined
      : (usage.inputTokens * limits.pricing.inputPerMillion +
          usage.outputTokens * limits.pricing.outputPerMillion) /
        1e6;

  const check = () => {
    const cost = costUsd();
    const reached = [
      { limit: 'max-steps', over: steps >= limits.maxSteps, what: `${limits.maxSteps} steps` },
      {
        limit: 'max-tokens',
        over: usage.inputTokens + usage.outputTokens >= limits.maxTokens,
        what: `${limits.maxTokens} tokens`,
      },
      {
        limit: 'max-cost',
        over: cost !== undefined && limits.maxCost !== undefined && cost >= limits.maxCost,
        what: `${limits.maxCost} dollars`,
      },
      {
        limit: 'run-timeout',
        over: now() >= deadline,
        what: `${limits.runTimeoutMs / 1000} s`,
      },
    ].find(({ over }) => over);
    if (reached === undefined) return;
    throw new LimitError(`no answer within ${reached.what}`, {
      limit: reached.limit,
      hint: `ask for something simpler, or raise --${reached.limit}`,
    });
  };

  return {
    get steps() {
      return steps;
    },
    get usage() {
      return usage;
    },
    get costUsd() {
      return costUsd();
    },
    get deadline() {
      return deadline;
    },
    excuse(ms) {
      deadline += ms;
    },
    step() {
      check();
      steps += 1;
    },
    spend(more) {
      usage = addUsage(usage, more);
    },
  };
}
