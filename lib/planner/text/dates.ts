/** Dates and ranges in words: `in March 2024`, `last quarter`, `since 2023`, `between May and July`. */
import { addDays, type DateSpan, grainOf, shift } from './calendar.js';
import { numberAt } from './numbers.js';
import { Periods } from './period-at.js';
import { edgeAt, type Period } from './periods.js';
import type { Token } from './tokens.js';

export interface DateAt {
  readonly span: DateSpan;
  /** The token after it. */
  readonly end: number;
  /** False for a bare number that might as well be a quantity (`2024`). */
  readonly certain: boolean;
}

/** Spans of time that start at a token, longest first, prepositions included. */
export function datesAt(tokens: readonly Token[], at: number, today: string): DateAt[] {
  const words = tokens.map(({ word }) => word);
  return new DateReader(tokens, words, today).spansAt(at).sort((a, b) => b.end - a.end);
}

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

class DateReader {
  readonly #tokens: readonly Token[];
  readonly #words: readonly string[];
  readonly #today: string;
  readonly #periods: Periods;

  constructor(tokens: readonly Token[], words: readonly string[], today: string) {
    this.#tokens = tokens;
    this.#words = words;
    this.#today = today;
    this.#periods = new Periods(tokens, words, today);
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
    const period = this.#periods.at(at);
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
    const period = this.#edge(at) ?? this.#periods.at(at);
    if (period === undefined) return undefined;
    const on = this.#words[period.end] ?? '';
    const end = period.end + (ONWARDS.has(on) || on === 'on' ? 1 : 0);
    return { span: make(period), end, certain: true };
  }

  /** `the end of 2022`, `the start of May`: a moment, of which nothing is before and after. */
  #edge(at: number): Period | undefined {
    const found = edgeAt(this.#words, at);
    const whole = found === undefined ? undefined : this.#periods.at(found.end);
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
    const first = this.#periods.at(at);
    if (first === undefined || !joints.includes(this.#words[first.end] ?? '')) return undefined;
    const second = this.#periods.at(first.end + 1);
    if (second === undefined) return undefined;
    // "between January and March 2024": the year stands once and counts for both.
    const start = this.#words[at] === 'the' ? at + 1 : at;
    const year = Number(second.from.slice(0, 4));
    const alone = first.yearless === true && (second.yearless !== true || first.from > second.from);
    const { from, name } = (alone ? this.#periods.monthDay(start, year) : undefined) ?? first;
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
}
