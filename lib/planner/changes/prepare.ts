/** Words for rows as a question would say them: names written as in a statement, lists of keys, ages in days. */
import { NotUnderstoodError } from '../../errors.js';
import { type Grounds, Lattice } from '../lattice.js';
import { KEPT_IN, ROWS_OF } from '../lexicon/changes.js';
import { isKindOf } from '../lexicon/wordnet.js';
import type { Field, Table } from '../schema/schema.js';
import { addDays, addMonths } from '../text/calendar.js';

export interface Prepared {
  readonly request: string;
  /** Keys of which only the first stands in the request; empty where there is no list. */
  readonly among: readonly string[];
}

export function prepare(text: string, grounds: Grounds): Prepared {
  const plain = text
    .trim()
    .replace(/^(?:only|just|exactly)\s+/iu, '')
    .replace(KEPT_IN, '')
    .replace(ROWS_OF, '')
    .replace(/^from\s+(?=\S)/iu, '');
  const { request, among } = withoutList(saidInWords(barelyLabelled(plain, grounds), grounds));
  return { request: fromDates(aged(request, grounds), grounds), among };
}

/** `status = 'cancelled'`: a label is read as one without the quotes that a statement puts around it. */
function barelyLabelled(text: string, { schema }: Grounds): string {
  const labels = new Set(
    schema.tables.flatMap(({ fields }) =>
      fields.flatMap(({ column }) => (column.enumLabels ?? []).map((one) => one.toLowerCase())),
    ),
  );
  return text.replace(/(?<==\s*|\bis\s+)(["'])(\w+)\1/gu, (quoted, _, word: string) =>
    labels.has(word.toLowerCase()) ? word : quoted,
  );
}

/** A request in which names are said as words, quoted texts left as they are. */
export function saidInWords(text: string, grounds: Grounds): string {
  return outsideQuotes(text, (part) => spelt(part, grounds));
}

/** Applies to everything that does not stand in quotes. */
function outsideQuotes(text: string, change: (part: string) => string): string {
  return text
    .split(/("[^"]*"|“[^”]*”|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}]))/u)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join('');
}

/** `order_items` as it is said: order items. */
function spelt(text: string, { schema }: Grounds): string {
  return text.replace(/[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)?/gu, (name) => {
    if (!/[_.]|\p{Ll}\p{Lu}/u.test(name)) return name;
    return named(name, schema.tables)?.words.join(' ') ?? name;
  });
}

function named(name: string, tables: readonly Table[]): Table | Field | undefined {
  const is = (other: string) => other.toLowerCase() === name.toLowerCase();
  return (
    tables.find(({ relation }) => is(relation.name) || is(`${relation.schema}.${relation.name}`)) ??
    tables.flatMap(({ fields }) => fields).find(({ column }) => is(column.name))
  );
}

/** Numbers behind these are years or amounts, and none are keys between two. */
const NO_KEYS =
  /\bbetween\b|\b(?:of|in|from|during|since|for|over|than|under|above|below|before|after|by|at|to)$/iu;

/** `orders 5, 6 and 7`. */
function withoutList(request: string): Prepared {
  const match =
    /^(?<first>.*?[^\d\s,#])\s+#?(?<list>\d+(?:\s*(?:,\s*and|,\s*or|,|and|or)\s*#?\d+)+)$/iu.exec(
      request,
    );
  const { first, list } = match?.groups ?? {};
  if (first === undefined || list === undefined || NO_KEYS.test(first))
    return { request, among: [] };
  const digits = list.match(/\d+/g) ?? [];
  return { request: `${first.replace(/\bids$/iu, 'id')} ${digits[0]!}`, among: digits };
}

const AGE =
  /\b(?<how>older|newer|younger|longer\s+ago)\s+than\s+(?:(?<year>(?:19|20)\d\d)\b|(?<day>\d{4}-\d\d-\d\d)|(?<count>\d+|a|an|one)\s+(?<unit>day|week|month|year)s?(?:\s+old)?\b)/iu;

/** `older than 2020`, `older than 30 days`: of things that is said of a day; of people it is their age. */
function aged(request: string, grounds: Grounds): string {
  const match = AGE.exec(request);
  const { how, year, day, count, unit } = match?.groups ?? {};
  if (match === null || how === undefined) return request;
  if (isOfPeople(request, grounds)) {
    if (unit === undefined || unit.toLowerCase() === 'year') return request;
    throw new NotUnderstoodError(`"${match[0]}" may be their age or how long they are known`, {
      hint: 'name the column: "whose … is before 2024-05-31"',
    });
  }
  const before = how.toLowerCase() === 'older' || how.toLowerCase().startsWith('longer');
  const date = year ?? day ?? back(grounds.today, count!, unit!.toLowerCase());
  return request.replace(AGE, `${before ? 'before' : 'after'} ${date}`);
}

function isOfPeople(request: string, grounds: Grounds): boolean {
  const lattice = new Lattice(request, grounds);
  return lattice.tokens.some((_, at) =>
    lattice
      .tables(at)
      .some(({ mention }) =>
        mention.options.some(
          ({ table, cost }) => cost <= 0.1 && isKindOf(table.words.at(-1) ?? '', 'person'),
        ),
      ),
  );
}

function back(today: string, count: string, unit: string): string {
  const number = /^\d+$/.test(count) ? Number(count) : 1;
  if (unit === 'day') return addDays(today, -number);
  if (unit === 'week') return addDays(today, -7 * number);
  return addMonths(today, -number * (unit === 'year' ? 12 : 1));
}

/** `from last year` is in it, where no end is said; a question may take it for since. */
function fromDates(request: string, grounds: Grounds): string {
  const lattice = new Lattice(request, grounds);
  const at = lattice.tokens.findIndex(({ word }, i) => {
    const dates = word === 'from' ? lattice.dates(i + 1) : [];
    const [longest] = dates;
    return (
      longest !== undefined &&
      !['to', 'until', 'till', 'through', 'onwards', 'onward', 'on'].includes(
        lattice.word(longest.end),
      )
    );
  });
  const token = lattice.tokens[at];
  if (token === undefined) return request;
  return `${request.slice(0, token.start)}of${request.slice(token.end)}`;
}
