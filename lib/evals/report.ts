/** The report as rows: a figure each, with how many of how many it is. */
import type { Figures, Report } from './figures.js';

export const REPORT_COLUMNS = [
  { name: 'part', type: 'text' },
  { name: 'metric', type: 'text' },
  { name: 'value', type: 'numeric' },
  { name: 'unit', type: 'text' },
  { name: 'count', type: 'int8' },
  { name: 'n', type: 'int8' },
] as const;

type Line = readonly (string | null)[];

/** Lines of {@link REPORT_COLUMNS}. */
export function reportLines({ parts, times, broken, errors, questions }: Report): Line[] {
  const [all, ...others] = parts;
  const inMs = (metric: string, value: number, n: number): Line => [
    ...['all', metric, value.toFixed(1), 'ms'],
    ...[null, String(n)],
  ];
  const counted = (metric: string, count: number): Line[] =>
    count === 0
      ? []
      : [['all', metric, String(count), 'questions', String(count), String(questions)]];
  return [
    ...(all === undefined ? [] : sharesOf(all)),
    ...(times === undefined
      ? []
      : [inMs('median-time', times.median, times.n), inMs('p95-time', times.p95, times.n)]),
    ...counted('errors', errors),
    ...counted('broken', broken),
    ...others.flatMap(sharesOf),
  ];
}

function sharesOf({ part, shares }: Figures): Line[] {
  return shares.map(({ metric, count, n }) => [
    ...[part, metric],
    n === 0 ? null : ((100 * count) / n).toFixed(1),
    ...['%', String(count), String(n)],
  ]);
}
