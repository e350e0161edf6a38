/** Dates and ranges in words: `in March 2024`, `last quarter`, `since 2023`, `between May and July`. */
import { BE } from '../lexicon/words.js';
import { addDays, type DateSpan, type Grain, isDay, iso, shift, startOf } from './calendar.js';
import { numberAt } from './numbers.js';
import { edgeAt, eraAt, ORDINALS, partOfYear, type Period } from './periods.js';
import type { Token } from './tokens.js';

export interface DateAt {
  readonly span: DateSpan;
  /** The token after it. */
  readonly end: number;
  /** False for a bare number that might as well be a quantity (`2024`). */
  readonly certain: boolean;
}

const MONTHS =
  `january february march april may june july august september october november december`.split(
    ' ',
  );
const MONTH_OF = new Map([
  ...MONTHS.map((name, i) => [name, i + 1] as const),
  ...MONTHS.map((name, i) => [name.slice(0, 3), i + 1] as const),
  ['sept', 9] as const,
]);
const GRAIN_OF = new Map<string, Grain>([
  ...(['day', 'week', 'month', 'quarter', 'year'] as const).flatMap(
    (grain) =>
      [
        [grain, grain],
        [`${grain}s`, grain],
      ] as const,
  ),
]);
export function grainOf(word: string): Grain | undefined {
  return GRAIN_OF.get(word);
}

/** Spans of time that start at a token, longest first, prepositions included. */
export function datesAt(tokens: readonly Token[], at: number, today: string): DateAt[] {
  const words = tokens.map(({ word }) => word);
  return new DateReader(tokens, words, today).spansAt(at).sort((a, b) => b.end - a.end);
}

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

const LATEST = [
  ...['by', 'no later than', 'not later than', 'up to and including', 'at the latest in'],
  ...['not after', 'at the latest by'],
];
const EARLIEST = ['no earlier than', 'not earlier than', 'not before', 'at the earliest in'];

const ONWARDS: ReadonlySet<string> = new Set(['onwards', 'onward', 'forward']);

interface Aging {
  readonly younger: boolean;
  /** Whether a number may follow without `than`. */
  readonly bare?: boolean;
  /** Whether it says how long something is, unless an `ago` or `old` follows. */
  readonly measures?: boolean;
}

const AGES: ReadonlyMap<string, Aging> = new Map<string, Aging>([
  ['older', { younger: false }],
  ['younger', { younger: true }],
  ['newer', { younger: true }],
  ['fresher', { younger: true }],
  ['more', { younger: false, measures: true }],
  ['longer', { younger: false, measures: true }],
  ['earlier', { younger: false, measures: true }],
  ['less', { younger: true, measures: true }],
  ['fewer', { younger: true, measures: true }],
  ['later', { younger: true, measures: true }],
  ['over', { younger: false, bare: true, measures: true }],
  ['under', { younger: true, bare: true, measures: true }],
]);

/** A month, a day or a second, as ISO 8601 writes it. */
const MOMENT = /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?$/;

/** A day and so many seconds of it. */
function atTime(day: string, seconds: number): string {
  const moment = new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000);
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}

class DateReader {
  readonly #tokens: readonly Token[];
  readonly #words: readonly string[];
  readonly #today: string;

  constructor(tokens: readonly Token[], words: readonly string[], today: string) {
    this.#tokens = tokens;
    this.#words = words;
    this.#today = today;
  }

  spansAt(at: number): DateAt[] {
    const word = this.#words[at];
    if (word === undefined) return [];
    const found: (DateAt | undefined)[] = [];
    if (word === 'between' || word === 'from') found.push(this.#range(at + 1));
    // "in the years 2020 to 2023"; "in 2020 and 2021" is either of them.
    if (word === 'in' || word === 'during')
      found.push(this.#range(at + 1, ['to', 'through', 'until']));
    found.push(this.#aged(at));
    // "orders from March" are those of March; "from March on" is where they begin.
    if (word === 'from') found.push(this.#plain(at + 1, true));
    if (word === 'since' || word === 'starting') {
      const skip =
        word === 'starting' && ['in', 'from', 'on'].includes(this.#words[at + 1] ?? '') ? 2 : 1;
      found.push(this.#open(at + skip, ({ from, name }) => ({ from, text: `since ${name}` })));
    }
    if (word === 'after' || (word === 'later' && this.#words[at + 1] === 'than')) {
      const skip = word === 'after' ? 1 : 2;
      found.push(this.#open(at + skip, ({ to, name }) => ({ from: to, text: `after ${name}` })));
    }
    if (
      word === 'before' ||
      (word === 'earlier' && this.#words[at + 1] === 'than') ||
      (word === 'prior' && this.#words[at + 1] === 'to')
    ) {
      const skip = word === 'before' ? 1 : 2;
      found.push(this.#open(at + skip, ({ from, name }) => ({ to: from, text: `before ${name}` })));
    }
    if (
      word === 'until' ||
      word === 'till' ||
      word === 'through' ||
      (word === 'up' && this.#words[at + 1] === 'to')
    ) {
      const skip = word === 'up' ? 2 : 1;
      found.push(this.#open(at + skip, ({ to, name }) => ({ to, text: `until ${name}` })));
    }
    // "in or after 2005", "on or before May 3"
    const either = ['in', 'on', 'at', 'during'].includes(word) && this.#words[at + 1] === 'or';
    if (either && ['after', 'since', 'later'].includes(this.#words[at + 2] ?? ''))
      found.push(this.#open(at + 3, ({ from, name }) => ({ from, text: `since ${name}` })));
    if (either && this.#words[at + 2] === 'before')
      found.push(this.#open(at + 3, ({ to, name }) => ({ to, text: `until ${name}` })));
    if (['in', 'on', 'during', 'within', 'over', 'for', 'of', 'at', 'throughout'].includes(word)) {
      found.push(
        this.#plain(at + 1, word !== 'of' && word !== 'over' && word !== 'for' && word !== 'at'),
      );
    }
    found.push(this.#bounded(at), this.#plain(at, false));
    return found.filter((span) => span !== undefined);
  }

  /** `by 2020`, `no later than May`, `up to and including 2015`; `not before 2010`, `no earlier than 2010`. */
  #bounded(at: number): DateAt | undefined {
    const says = (phrase: string) =>
      phrase.split(' ').every((word, i) => this.#words[at + i] === word);
    const length = (phrases: readonly string[]) => phrases.find(says)?.split(' ').length;
    const last = length(LATEST);
    if (last !== undefined)
      return this.#open(at + last, ({ to, name }) => ({ to, text: `until ${name}` }));
    const first = length(EARLIEST);
    if (first === undefined) return undefined;
    return this.#open(at + first, ({ from, name }) => ({ from, text: `since ${name}` }));
  }

  #plain(at: number, sure: boolean): DateAt | undefined {
    const period = this.#period(at);
    if (period === undefined) return undefined;
    const { from, to, name, end, certain } = period;
    const text = /^\d{4}-\d\d-\d\d/.test(name)
      ? `${name.includes(':') ? 'at' : 'on'} ${name}`
      : /^(?:the|today|yesterday|tomorrow|last|this|next)\b/.test(name)
        ? name
        : `in ${name}`;
    const later = ['or', 'and'].includes(this.#words[end] ?? '') ? this.#words[end + 1] : undefined;
    if (later === 'later' || later === 'after' || later === 'onwards') {
      return { span: { from, text: `since ${name}` }, end: end + 2, certain: true };
    }
    if (later === 'earlier' || later === 'before') {
      return { span: { to, text: `until ${name}` }, end: end + 2, certain: true };
    }
    const on = this.#words[end] ?? '';
    if (ONWARDS.has(on) || (on === 'on' && this.#words[at - 1] === 'from')) {
      return { span: { from, text: `since ${name}` }, end: end + 1, certain: true };
    }
    return {
      span: { from, to, text, ...(period.yearless === true ? { yearless: true } : {}) },
      end,
      certain: certain || sure,
    };
  }

  #open(at: number, make: (period: Period) => DateSpan): DateAt | undefined {
    const period = this.#edge(at) ?? this.#period(at);
    if (period === undefined) return undefined;
    const on = this.#words[period.end] ?? '';
    const end = period.end + (ONWARDS.has(on) || on === 'on' ? 1 : 0);
    return { span: make(period), end, certain: true };
  }

  /** `the end of 2022`, `the start of May`: a moment, of which nothing is before and after. */
  #edge(at: number): Period | undefined {
    const found = edgeAt(this.#words, at);
    const whole = found === undefined ? undefined : this.#period(found.end);
    if (found === undefined || whole === undefined) return undefined;
    const day = found.edge === 'end' ? whole.to : whole.from;
    return { ...whole, from: day, to: day, name: `the ${found.edge} of ${whole.name}` };
  }

  /** `older than 30 days`, `more than two weeks ago`, `less than 3 months old`: so long before today. */
  #aged(at: number): DateAt | undefined {
    const than = this.#words[at + 1] === 'than';
    const before = AGES.get(this.#words[at] ?? '');
    const younger = before === undefined ? undefined : before.younger;
    if (before === undefined || (!than && before.bare !== true)) return undefined;
    const article = ['a', 'an', 'one'].includes(this.#words[at + (than ? 2 : 1)] ?? '');
    const start = at + (than ? 2 : 1);
    const number = article ? { digits: '1', end: start + 1 } : numberAt(this.#tokens, start);
    const grain = number === undefined ? undefined : grainOf(this.#words[number.end] ?? '');
    if (number === undefined || grain === undefined || !/^\d{1,4}$/.test(number.digits))
      return undefined;
    const next = this.#words[number.end + 1];
    const told = next === 'ago' || next === 'old';
    // "more than 3 days" is how long; of "older than 30 years" the column says whether it is an age.
    if (!told && (before.measures === true || grain === 'year')) return undefined;
    if (grain === 'year' && next === 'old') return undefined;
    const day = shift(this.#today, grain, -Number(number.digits));
    const many = `${number.digits} ${grain}${number.digits === '1' ? '' : 's'} ago`;
    const span: DateSpan =
      younger === true
        ? { from: addDays(day, 1), text: `less than ${many}` }
        : { to: day, text: `more than ${many}` };
    return { span, end: number.end + (told ? 2 : 1), certain: true };
  }

  /** `A and B`, `A to B`: both ends belong to it. */
  #range(at: number, joints = ['and', 'to', 'until', 'till', 'through']): DateAt | undefined {
    const first = this.#period(at);
    if (first === undefined || !joints.includes(this.#words[first.end] ?? '')) return undefined;
    const second = this.#period(first.end + 1);
    if (second === undefined) return undefined;
    // "between January and March 2024": the year stands once and counts for both.
    const start = this.#words[at] === 'the' ? at + 1 : at;
    const year = Number(second.from.slice(0, 4));
    const alone = first.yearless === true && (second.yearless !== true || first.from > second.from);
    const { from, name } = (alone ? this.#monthDay(start, year) : undefined) ?? first;
    if (from >= second.to) return undefined;
    return {
      span: { from, to: second.to, text: `from ${name} to ${second.name}` },
      end: second.end,
      certain: first.certain || second.certain || this.#bothYears(first, second),
    };
  }

  #bothYears(first: Period, second: Period): boolean {
    return /^\d{4}$/.test(first.name) && /^\d{4}$/.test(second.name);
  }

  #period(at: number): Period | undefined {
    const start = this.#words[at] === 'the' ? at + 1 : at;
    return (
      partOfYear(this.#words, start, (i) => this.#yearAt(i)) ??
      this.#relative(start) ??
      this.#ago(start) ??
      this.#isoDay(start) ??
      this.#quarter(start) ??
      this.#monthDay(start) ??
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
  #monthDay(at: number, assumed?: number): Period | undefined {
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
