/** Calendar arithmetic on ISO 8601 dates: proleptic Gregorian days, no time zones. */

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

/** A half-open span of days; an end that is missing is unbounded. An end may be a second of a day. */
export interface DateSpan {
  /** First day in it, ISO 8601, perhaps with a time behind a space. */
  readonly from?: string | undefined;
  /** First day after it, written the same way. */
  readonly to?: string | undefined;
  /** In words, for the answer: `in March 2024`. */
  readonly text: string;
  /** True where the year was not said, but taken to be the latest. */
  readonly yearless?: boolean | undefined;
}

export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The same day some months later, or the month's last day where it has no such day (as PostgreSQL's interval). */
export function addMonths(date: string, months: number): string {
  const [year, month, day] = parts(date);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

export function shift(date: string, grain: Grain, count: number): string {
  if (grain === 'day') return addDays(date, count);
  if (grain === 'week') return addDays(date, 7 * count);
  return addMonths(date, count * { month: 1, quarter: 3, year: 12 }[grain]);
}

/** The first day of the day's week (Monday, ISO 8601), month, quarter or year. */
export function startOf(date: string, grain: Grain): string {
  const [year, month] = parts(date);
  switch (grain) {
    case 'day':
      return date;
    case 'week':
      return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
    case 'month':
      return iso(year, month, 1);
    case 'quarter':
      return iso(year, month - ((month - 1) % 3), 1);
    case 'year':
      return iso(year, 1, 1);
  }
}

/** Whether the day exists. */
export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function iso(year: number, month: number, day: number): string {
  return [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ].join('-');
}

function parts(date: string): [number, number, number] {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
}

const GRAIN_OF = new Map<string, Grain>([
  ...(['day', 'week', 'month', 'quarter', 'year'] as const).flatMap(
    (grain) =>
      [
        [grain, grain],
        [`${grain}s`, grain],
      ] as const,
  ),
]);

/** The grain that a word names, in the singular or the plural. */
export function grainOf(word: string): Grain | undefined {
  return GRAIN_OF.get(word);
}
