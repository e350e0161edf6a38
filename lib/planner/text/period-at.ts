/** Periods in words, without what stands before them: `March 2024`, `the last 30 days`, `Q2`, `two weeks ago`. */
import { BE } from '../lexicon/words.js';
import { addDays, grainOf, isDay, iso, shift, startOf } from './calendar.js';
import { numberAt } from './numbers.js';
import { eraAt, ORDINALS, partOfYear, type Period } from './periods.js';
import type { Token } from './tokens.js';

const MONTHS =
  `january february march april may june july august september october november december`.split(
    ' ',
  );
const MONTH_OF = new Map([
  ...MONTHS.map((name, i) => [name, i + 1] as const),
  ...MONTHS.map((name, i) => [name.slice(0, 3), i + 1] as const),
  ['sept', 9] as const,
]);
const DAYS_AWAY: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);
const DIRECTIONS: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['previous', -1],
  ['past', -1],
  ['preceding', -1],
  ['this', 0],
  ['current', 0],
  ['next', 1],
]);

/** A month, a day or a second, as ISO 8601 writes it. */
const MOMENT = /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?$/;

/** A day and so many seconds of it. */
function atTime(day: string, seconds: number): string {
  const moment = new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000);
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads one request's periods, relative to a day. */
export class Periods {
  readonly #tokens: readonly Token[];
  readonly #words: readonly string[];
  readonly #today: string;

  constructor(tokens: readonly Token[], words: readonly string[], today: string) {
    this.#tokens = tokens;
    this.#words = words;
    this.#today = today;
  }

  /** A day, a month, a quarter, a year or several of them, by whatever words they are told. */
  at(at: number): Period | undefined {
    const start = this.#words[at] === 'the' ? at + 1 : at;
    return (
      partOfYear(this.#words, start, (i) => this.#yearAt(i)) ??
      this.#relative(start) ??
      this.#ago(start) ??
      this.#isoDay(start) ??
      this.#quarter(start) ??
      this.monthDay(start) ??
      eraAt(this.#words, start, this.#today) ??
      this.#year(start)
    );
  }

  #isoDay(at: number): Period | undefined {
    const token = this.#tokens[at];
    const read =
      token?.kind === 'date' || token?.kind === 'quoted' ? MOMENT.exec(token.text) : null;
    if (read === null) return undefined;
    const [year = 0, month = 0, day = 0, hour, minute = 0, second = 0] = read
      .slice(1)
      .map((digits: string | undefined) => (digits === undefined ? undefined : Number(digits)));
    if (!isDay(year, month, day === 0 ? 1 : day)) return undefined;
    if (day === 0) return { ...this.#month(year, month), end: at + 1, certain: true };
    if (hour === undefined) return this.#day(iso(year, month, day), at + 1);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    const from = atTime(iso(year, month, day), (hour * 60 + minute) * 60 + second);
    const to = atTime(iso(year, month, day), (hour * 60 + minute) * 60 + second + 1);
    return { from, to, name: from, end: at + 1, certain: true };
  }

  #day(date: string, end: number): Period {
    return { from: date, to: addDays(date, 1), name: date, end, certain: true };
  }

  #month(year: number, month: number): { from: string; to: string; name: string } {
    const from = iso(year, month, 1);
    return { from, to: shift(from, 'month', 1), name: `${monthName(month)} ${year}` };
  }

  #year(at: number): Period | undefined {
    const named = this.#words[at] === 'year' || this.#words[at] === 'years';
    // "the year of 2010" as well.
    const skip = !named ? at : this.#words[at + 1] === 'of' ? at + 2 : at + 1;
    const token = this.#tokens[skip];
    if (token?.kind !== 'number' || !/^(?:1[5-9]|20|21)\d\d$/.test(token.word)) return undefined;
    const from = iso(Number(token.text), 1, 1);
    return {
      from,
      to: shift(from, 'year', 1),
      name: token.text,
      end: skip + 1,
      certain: skip > at,
    };
  }

  /** The most recent such month that has begun, where no year is named. */
  monthDay(at: number, assumed?: number): Period | undefined {
    let i = at;
    let day = this.#dayNumber(i);
    if (day !== undefined) i = this.#words[i + 1] === 'of' ? i + 2 : i + 1;
    const month = MONTH_OF.get(this.#words[i] ?? '');
    if (month === undefined || this.#tokens[i]?.kind !== 'word') return undefined;
    i++;
    if (day === undefined) {
      day = this.#dayNumber(i);
      if (day !== undefined) i++;
    }
    if (this.#words[i] === ',' || this.#words[i] === 'of') {
      if (this.#yearAt(i + 1) !== undefined) i++;
    }
    const year = this.#yearAt(i);
    if (year !== undefined) i++;
    const known = year ?? assumed ?? this.#latestYear(month, day ?? 1);
    const yearless = year === undefined;
    if (day === undefined) return { ...this.#month(known, month), end: i, certain: true, yearless };
    return isDay(known, month, day)
      ? { ...this.#day(iso(known, month, day), i), yearless }
      : undefined;
  }

  #dayNumber(at: number): number | undefined {
    const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(this.#words[at] ?? '')?.[1];
    return digits !== undefined && Number(digits) >= 1 && Number(digits) <= 31
      ? Number(digits)
      : undefined;
  }

  #yearAt(at: number): number | undefined {
    const word = this.#words[at] ?? '';
    return /^(?:1[5-9]|20|21)\d\d$/.test(word) ? Number(word) : undefined;
  }

  #latestYear(month: number, day: number): number {
    const year = Number(this.#today.slice(0, 4));
    return iso(year, month, day) <= this.#today ? year : year - 1;
  }

  #quarter(at: number): Period | undefined {
    const short = /^q([1-4])$/.exec(this.#words[at] ?? '')?.[1];
    const ordinal =
      this.#words[at + 1] === 'quarter' ? ORDINALS.get(this.#words[at] ?? '') : undefined;
    const number = short === undefined ? ordinal : Number(short);
    if (number === undefined || number > 4) return undefined;
    let end = at + (short === undefined ? 2 : 1);
    if (['of', 'in'].includes(this.#words[end] ?? '') && this.#yearAt(end + 1) !== undefined) end++;
    const year = this.#yearAt(end);
    if (year !== undefined) end++;
    const month = number * 3 - 2;
    const known = year ?? this.#latestYear(month, 1);
    const from = iso(known, month, 1);
    return { from, to: shift(from, 'quarter', 1), name: `Q${number} ${known}`, end, certain: true };
  }

  /** `today`, `last month`, `this year`, `the last 30 days`. */
  #relative(at: number): Period | undefined {
    const word = this.#words[at] ?? '';
    const near = DAYS_AWAY.get(word);
    if (near !== undefined) {
      const date = addDays(this.#today, near);
      return { from: date, to: addDays(date, 1), name: word, end: at + 1, certain: true };
    }
    const direction = DIRECTIONS.get(word);
    if (direction === undefined) return undefined;
    const grain = grainOf(this.#words[at + 1] ?? '');
    // "when is the last day that …": it is asked for.
    const asked = this.#words[at - 1] === 'the' && BE.has(this.#words[at - 2] ?? '');
    if (grain !== undefined && !this.#words[at + 1]!.endsWith('s') && !asked) {
      const from = shift(startOf(this.#today, grain), grain, direction);
      const name = `${direction < 0 ? 'last' : direction > 0 ? 'next' : 'this'} ${grain} (from ${from})`;
      return { from, to: shift(from, grain, 1), name, end: at + 2, certain: true };
    }
    const month = MONTH_OF.get(this.#words[at + 1] ?? '');
    if (month !== undefined && direction <= 0) {
      const year =
        Number(this.#today.slice(0, 4)) -
        (direction < 0 &&
        iso(Number(this.#today.slice(0, 4)), month, 1) > startOf(this.#today, 'month')
          ? 1
          : 0);
      return {
        ...this.#month(direction < 0 ? this.#latestYear(month, 1) : year, month),
        end: at + 2,
        certain: true,
      };
    }
    return this.#window(at, direction);
  }

  /** `30 days ago`, `two weeks ago`: that day. */
  #ago(at: number): Period | undefined {
    const article = ['a', 'an', 'one'].includes(this.#words[at] ?? '');
    const number = article ? { digits: '1', end: at + 1 } : numberAt(this.#tokens, at);
    const grain = number === undefined ? undefined : grainOf(this.#words[number.end] ?? '');
    if (number === undefined || grain === undefined || this.#words[number.end + 1] !== 'ago')
      return undefined;
    if (!/^\d{1,4}$/.test(number.digits)) return undefined;
    const day = shift(this.#today, grain, -Number(number.digits));
    return this.#day(day, number.end + 2);
  }

  /** The last N days end with today; so do the last N months, counted back from today. */
  #window(at: number, direction: number): Period | undefined {
    const number = numberAt(this.#tokens, at + 1);
    if (number === undefined || direction >= 0) return undefined;
    const grain = grainOf(this.#words[number.end] ?? '');
    if (grain === undefined || !/^\d{1,4}$/.test(number.digits)) return undefined;
    return {
      from: shift(this.#today, grain, -Number(number.digits)),
      to: addDays(this.#today, 1),
      name: `the last ${number.digits} ${grain}s`,
      end: number.end + 1,
      certain: true,
    };
  }
}

function monthName(month: number): string {
  const name = MONTHS[month - 1]!;
  return name[0]!.toUpperCase() + name.slice(1);
}
