/** How words of a request may stand for a value: spelt alike, folded, another number, a part of it, or mistyped. */

/** Kinds of match, the surest first. */
export const MATCHES = [
  /** Byte for byte. */
  'exact',
  /** But for upper and lower case. */
  'case',
  /** But for accents, punctuation and spaces. */
  'folded',
  /** But for plural endings. */
  'stem',
  /** The value begins with it. */
  'prefix',
  /** The value holds it. */
  'contains',
  /** But for a letter or two. */
  'similar',
] as const;
export type MatchKind = (typeof MATCHES)[number];

export interface ValueMatch {
  readonly word: string;
  readonly value: string;
  readonly match: MatchKind;
}

/** Shorter words stand inside of too many values, and beside too many others, to say anything. */
const SHORTEST_PART = 4;
const SHORTEST_SIMILAR = 5;
/** Matches of one column and one word that are told, of those that are no more than parts. */
const MOST_PARTS = 12;
const MOST_SIMILAR = 4;

/** The values of one column, ready to be searched for many words. */
export interface ValueList {
  find(word: string): ValueMatch[];
}

export function listValues(values: readonly string[]): ValueList {
  const folded = values.map(fold);
  const byFold = grouped(values, folded);
  const byStem = grouped(
    values,
    folded.map((text) => stem(text)),
  );
  const byStart = grouped(
    values,
    folded.map((text) => bucket(text)),
  );
  return {
    find(word) {
      const wanted = fold(word);
      const alike = (byFold.get(wanted) ?? []).flatMap((value): ValueMatch[] => {
        if (value === word) return [{ word, value, match: 'exact' }];
        if (value.toLowerCase() === word.toLowerCase()) return [{ word, value, match: 'case' }];
        return wanted === '' ? [] : [{ word, value, match: 'folded' }];
      });
      // Marks alone fold to nothing: they are found by themselves, and are no part of anything.
      if (wanted === '') return alike.filter(({ match }) => match !== 'folded');
      const stems = (byStem.get(stem(wanted)) ?? [])
        .filter((value) => !alike.some((known) => known.value === value))
        .map((value): ValueMatch => ({ word, value, match: 'stem' }));
      const whole = [...alike, ...stems];
      const parts = wanted.length < SHORTEST_PART ? [] : partsOf(word, wanted, values, folded);
      const rest = parts.filter(({ value }) => !whole.some((known) => known.value === value));
      const found = [...whole, ...rest.slice(0, MOST_PARTS)];
      return found.length > 0 ? found : similar(word, wanted, byStart);
    },
  };
}

function partsOf(
  word: string,
  wanted: string,
  values: readonly string[],
  folded: readonly string[],
): ValueMatch[] {
  const found: ValueMatch[] = [];
  folded.forEach((text, i) => {
    const at = text.indexOf(wanted);
    if (at < 0) return;
    found.push({ word, value: values[i]!, match: at === 0 ? 'prefix' : 'contains' });
  });
  const order = ({ match }: ValueMatch) => (match === 'prefix' ? 0 : 1);
  return found.sort(
    (a, b) => order(a) - order(b) || a.value.length - b.value.length || compare(a.value, b.value),
  );
}

/** Values that begin alike and differ by a slip: one in a short word, two in a long one. */
function similar(
  word: string,
  wanted: string,
  byStart: ReadonlyMap<string, readonly string[]>,
): ValueMatch[] {
  if (wanted.length < SHORTEST_SIMILAR || /^[\d\s]+$/.test(wanted)) return [];
  const most = wanted.length < 8 ? 1 : 2;
  const near: { value: string; slips: number }[] = [];
  for (let length = wanted.length - most; length <= wanted.length + most; length++) {
    for (const value of byStart.get(`${wanted[0]!}${length}`) ?? []) {
      const slips = slipsBetween(wanted, fold(value), most);
      // Digits are no slip of the pen: 2019 is not 2018.
      if (slips <= most && digits(value) === digits(word)) near.push({ value, slips });
    }
  }
  return near
    .sort((a, b) => a.slips - b.slips || compare(a.value, b.value))
    .slice(0, MOST_SIMILAR)
    .map(({ value }) => ({ word, value, match: 'similar' }));
}

function digits(text: string): string {
  return text.replace(/\D+/g, '');
}

function bucket(folded: string): string {
  return `${folded[0] ?? ''}${folded.length}`;
}

/** Lower case, without accents; whatever is no letter and no digit is one space. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The last word without the ending of a plural, spaces closed: `Full-time jobs` as `fulltime job`. */
function stem(folded: string): string {
  const single = folded
    .replace(/([^aeiou])ies$/, '$1y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return single.replaceAll(' ', '');
}

function grouped(values: readonly string[], keys: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  keys.forEach((key, i) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [values[i]!]);
    else group.push(values[i]!);
  });
  return groups;
}

/** By code units: the same everywhere, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Letters left out, put in, exchanged or in the wrong order (Damerau and Levenshtein); `most` + 1 for any more. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}
