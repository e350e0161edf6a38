/** What the figures have to reach: `accuracy=60%`, or `accuracy=0.6`. */
import { nearest, UsageError } from '../errors.js';
import { type Metric, METRICS, type Report } from './figures.js';

export interface Threshold {
  readonly metric: Metric;
  /** From 0 to 1. */
  readonly least: number;
}

/** @throws {UsageError} */
export function readThreshold(text: string): Threshold {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [text, text];
  const metric = METRICS.find((known) => known === name.trim());
  if (metric === undefined) {
    const near = nearest(name.trim(), METRICS);
    throw new UsageError(`threshold ${text}: there is no metric ${name.trim()}`, {
      hint: `${near === undefined ? '' : `did you mean ${near}? `}the metrics are ${METRICS.join(', ')}`,
      choices: METRICS,
    });
  }
  const [, digits, percent] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/.exec(value) ?? [];
  const least = Number(digits) / (percent === '%' ? 100 : 1);
  if (!(least >= 0 && least <= 1)) {
    throw new UsageError(`threshold ${text}: expected a share`, {
      hint: `write ${metric}=0.6 or ${metric}=60%`,
    });
  }
  return { metric, least };
}

/** Those that are not reached, each in words. What there are no questions for is not reached. */
export function unreached({ parts }: Report, thresholds: readonly Threshold[]): string[] {
  return thresholds.flatMap(({ metric, least }) => {
    const share = parts[0]?.shares.find((one) => one.metric === metric);
    if (share === undefined || share.n === 0) {
      return [`${metric} has no questions, and was to be ${percentOf(least)}`];
    }
    const value = share.count / share.n;
    if (value >= least) return [];
    return [`${metric} is ${percentOf(value)}, and was to be ${percentOf(least)}`];
  });
}

/** With more digits than the report has, where it would look as if it were reached. */
function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
