/** Stretches of the calendar that go by names of their own: `the nineties`, `the 19th century`, `the last quarter of 2023`. */
import { iso, shift } from './calendar.js';

/** A plain stretch of the calendar: a day, a month, a year, `last week`. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly end: number;
  readonly certain: boolean;
  readonly yearless?: boolean;
}

const TENS = new Map(
  'tens twenties thirties forties fifties sixties seventies eighties nineties'
    .split(' ')
    .map((word, i) => [word, (i + 1) * 10] as const),
);
const HUNDREDS = new Map([
  ['sixteen', 1600],
  ['seventeen', 1700],
  ['eighteen', 1800],
  ['nineteen', 1900],
]);
const CENTURIES = new Map(
  'sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, i) => [word, i + 16] as const),
);
export const ORDINALS = new Map([
  ...'first second third fourth fifth sixth'.split(' ').map((word, i) => [word, i + 1] as const),
  ...'1st 2nd 3rd 4th 5th 6th'.split(' ').map((word, i) => [word, i + 1] as const),
]);

/** `the 1990s`, `the 90s`, `the nineties`, `the 1800s`, `the nineteenth century`. */
export function eraAt(words: readonly string[], at: number, today: string): Period | undefined {
  return centuryAt(words, at) ?? decadeAt(words, at, Number(today.slice(0, 4)));
}

function centuryAt(words: readonly string[], at: number): Period | undefined {
  const word = words[at] ?? '';
  const hundred = /^(1[5-8])00s$/.exec(word)?.[1];
  if (hundred !== undefined) return years(Number(hundred) * 100, 100, `the ${hundred}00s`, at + 1);
  if (words[at + 1] !== 'century') return undefined;
  const digits = /^(\d\d)(?:st|nd|rd|th)$/.exec(word)?.[1];
  const number = digits === undefined ? CENTURIES.get(word) : Number(digits);
  if (number === undefined || number < 10 || number > 22) return undefined;
  return years((number - 1) * 100 + 1, 100, `the ${number}th century`, at + 2);
}

function decadeAt(words: readonly string[], at: number, thisYear: number): Period | undefined {
  const hundreds = HUNDREDS.get(words[at] ?? '');
  const tens = TENS.get(words[hundreds === undefined ? at : at + 1] ?? '');
  if (tens !== undefined && hundreds !== undefined)
    return years(hundreds + tens, 10, `the ${hundreds + tens}s`, at + 2);
  // "the twenties" are those of which century? And whoever is in their thirties is of that age.
  if (tens !== undefined && tens >= 30 && words[at - 1] === 'the')
    return years(1900 + tens, 10, `the ${1900 + tens}s`, at + 1);
  const genitive = words[at + 1] === "'s" && words[at - 1] === 'the';
  const text =
    /^(\d{2}|\d{4})s$/.exec(words[at] ?? '')?.[1] ??
    (genitive ? /^(\d{4})$/.exec(words[at] ?? '')?.[1] : undefined);
  if (text === undefined || !text.endsWith('0')) return undefined;
  const year = text.length === 4 ? Number(text) : recent(Number(text), thisYear);
  return years(year, 10, `the ${year}s`, at + (genitive ? 2 : 1));
}

/** The latest decade of that number which has begun. */
function recent(tens: number, thisYear: number): number {
  return 2000 + tens <= thisYear ? 2000 + tens : 1900 + tens;
}

function years(first: number, many: number, name: string, end: number): Period {
  return { from: iso(first, 1, 1), to: iso(first + many, 1, 1), name, end, certain: true };
}

const MONTHS_IN = new Map([
  ['month', 1],
  ['quarter', 3],
  ['half', 6],
]);

/** `the last quarter of 2023`, `the first half of 2022`, `the second month of 2021`. */
export function partOfYear(
  words: readonly string[],
  at: number,
  yearAt: (at: number) => number | undefined,
): Period | undefined {
  const size = MONTHS_IN.get(words[at + 1] ?? '');
  const last = ['last', 'final'].includes(words[at] ?? '');
  const ordinal = last ? undefined : ORDINALS.get(words[at] ?? '');
  if (size === undefined || (ordinal === undefined && !last)) return undefined;
  if (!['of', 'in'].includes(words[at + 2] ?? '')) return undefined;
  const skip = words[at + 3] === 'the' ? at + 4 : at + 3;
  const start = words[skip] === 'year' ? skip + 1 : skip;
  const year = yearAt(start);
  const number = ordinal ?? 12 / size;
  if (year === undefined || number * size > 12) return undefined;
  const from = iso(year, (number - 1) * size + 1, 1);
  const name = `the ${words[at]} ${words[at + 1]} of ${year}`;
  return { from, to: shift(from, 'month', size), name, end: start + 1, certain: true };
}

/** `the end of`, `the beginning of`: which edge of what follows, and where that begins. */
export function edgeAt(
  words: readonly string[],
  at: number,
): { readonly edge: 'start' | 'end'; readonly end: number } | undefined {
  const word = words[words[at] === 'the' ? at + 1 : at] ?? '';
  const of = words[at] === 'the' ? at + 2 : at + 1;
  if (words[of] !== 'of') return undefined;
  if (word === 'end' || word === 'close') return { edge: 'end', end: of + 1 };
  return word === 'start' || word === 'beginning' ? { edge: 'start', end: of + 1 } : undefined;
}
