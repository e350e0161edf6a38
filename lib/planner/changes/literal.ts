/** A new value as its column takes it: what does not fit the column's type is refused, and nothing is guessed. */
import { NotUnderstoodError } from '../../errors.js';
import { quoteLiteral } from '../../sql/quote.js';
import type { Lattice } from '../lattice.js';
import {
  FALSE_WORDS,
  NO_TEXT_INSIDE,
  NO_TEXT_START,
  NOTHING,
  TRUE_WORDS,
  UNITS,
} from '../lexicon/changes.js';
import { labelWords } from '../schema/names.js';
import type { Field } from '../schema/schema.js';
import { addDays } from '../text/calendar.js';
import type { Setting } from './change.js';
import { type Reader, typed } from './command.js';
import { nameOf } from './rows.js';

/** The words of a value. */
export interface Span {
  readonly lattice: Lattice;
  readonly from: number;
  readonly to: number;
}

type Value = Pick<Setting, 'sql' | 'told'>;

/** @throws {NotUnderstoodError} the column can't hold it, or it is not plain what the value is */
export function literalOf(span: Span, field: Field, reader: Reader): Setting {
  const words = typed(span.lattice, span.from, span.to);
  const value = isNull(span) ? nullFor(field) : valueOf(span, field, reader);
  return { field, words, ...value };
}

export function nullFor(field: Field): Value {
  if (field.column.notNull)
    throw new NotUnderstoodError(`${nameOf(field)} can't be empty: it is declared NOT NULL`, {
      hint: 'say another value',
    });
  return { sql: 'null', told: 'NULL' };
}

function isNull({ lattice, from, to }: Span): boolean {
  return (
    to === from + 1 &&
    lattice.word(from) === 'null' &&
    quotedText({ lattice, from, to }) === undefined
  );
}

/** What stands in quotes, exactly; undefined where the words are no quotation. */
export function quotedText({ lattice, from, to }: Span): string | undefined {
  const token = lattice.tokens[from];
  if (to !== from + 1 || token?.kind !== 'quoted') return undefined;
  return lattice.request.slice(token.start + 1, token.end - 1);
}

function valueOf(span: Span, field: Field, reader: Reader): Value {
  switch (field.family) {
    case 'integer':
    case 'number':
      return number(span, field);
    case 'boolean':
      return truth(span, field);
    case 'enum':
      return label(span, field);
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return moment(span, field, reader);
    case 'text':
      return text(span, field, reader);
    case 'other':
      return other(span, field);
  }
}

function misfit(span: Span, field: Field, what: string): NotUnderstoodError {
  const { lattice, from, to } = span;
  return new NotUnderstoodError(
    `${nameOf(field)} holds ${what}, which "${typed(lattice, from, to)}" is not`,
    { hint: `its type is ${field.column.type}` },
  );
}

function number(span: Span, field: Field): Value {
  const whole = field.family === 'integer';
  const what = whole ? 'a whole number' : 'a number';
  const digits = (quotedText(span) ?? digitsOf(span))?.trim();
  if (digits === undefined || !/^-?\d+(?:\.\d+)?$/.test(digits)) throw misfit(span, field, what);
  const fraction = /\.(\d*?)0*$/.exec(digits)?.[1] ?? '';
  if (whole && fraction !== '') throw misfit(span, field, what);
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(field.column.type)?.[1];
  if (scale !== undefined && fraction.length > Number(scale))
    throw misfit(span, field, `numbers with ${scale} decimals`);
  const sql = whole ? digits.replace(/\.0*$/, '') : digits;
  return { sql, told: sql };
}

/** A number with the unit behind it that changes nothing. */
export function digitsOf({ lattice, from, to }: Span): string | undefined {
  const found = lattice.number(from);
  if (found === undefined) return undefined;
  const end = UNITS.has(lattice.word(found.end)) ? found.end + 1 : found.end;
  return end === to ? found.digits : undefined;
}

function truth(span: Span, field: Field): Value {
  const word = (quotedText(span) ?? typed(span.lattice, span.from, span.to)).toLowerCase();
  const value = TRUE_WORDS.has(word) ? 'true' : FALSE_WORDS.has(word) ? 'false' : undefined;
  if (value === undefined) throw misfit(span, field, 'true or false');
  return { sql: value, told: value };
}

/** A label in whatever case and with whatever stands between its words. */
function label(span: Span, field: Field): Value {
  const said = labelWords(quotedText(span) ?? typed(span.lattice, span.from, span.to)).join(' ');
  const labels = field.column.enumLabels ?? [];
  const found = labels.filter((one) => labelWords(one).join(' ') === said);
  if (found.length !== 1)
    throw new NotUnderstoodError(
      `${nameOf(field)} has no label "${typed(span.lattice, span.from, span.to)}"`,
      { hint: `its labels are ${labels.slice(0, 12).join(', ')}`, choices: labels.slice(0, 12) },
    );
  return { sql: quoteLiteral(found[0]!).trim(), told: `"${found[0]!}"` };
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/;

function moment(span: Span, field: Field, { grounds }: Reader): Value {
  const { lattice, from, to } = span;
  const said = (quotedText(span) ?? typed(lattice, from, to)).trim();
  const isDay = field.family === 'date';
  if (said.toLowerCase() === 'now' && !isDay) return { sql: 'now()', told: 'now' };
  if (ISO.test(said) && isCalendar(said.slice(0, 10))) {
    if (isDay && said.length > 10) throw misfit(span, field, 'a day without a time');
    return { sql: quoteLiteral(said).trim(), told: said };
  }
  const day = said.toLowerCase() === 'now' ? grounds.today : dayOf(span);
  if (day === undefined) throw misfit(span, field, 'a date written as 2024-05-31');
  return { sql: quoteLiteral(day).trim(), told: day };
}

function isCalendar(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === date;
}

/** One day of the calendar, its year said. */
function dayOf({ lattice, from, to }: Span): string | undefined {
  // "03/04/2024" is another day to others.
  if (lattice.tokens.slice(from, to).some(({ kind }) => kind === 'code')) return undefined;
  const days = lattice.dates(from).flatMap(({ span, end, certain }) => {
    const { from: first, to: next, yearless } = span;
    const single = first !== undefined && next !== undefined && addDays(first, 1) === next;
    return end === to && certain && single && yearless !== true ? [first] : [];
  });
  return new Set(days).size === 1 ? days[0] : undefined;
}

function text(span: Span, field: Field, reader: Reader): Value {
  const quoted = quotedText(span);
  const said = quoted ?? typed(span.lattice, span.from, span.to);
  const stored = quoted === undefined ? storedAs(said, field, reader) : undefined;
  if (quoted === undefined && stored === undefined) plainText(span, said);
  const value = stored ?? said;
  const most = /^character(?: varying)?\((\d+)\)$/.exec(field.column.type)?.[1];
  if (most !== undefined && [...value].length > Number(most))
    throw misfit(span, field, `at most ${most} characters`);
  return { sql: quoteLiteral(value).trim(), told: `"${value}"` };
}

/** A text without quotes is one only where nothing in it may be something else. */
function plainText({ lattice, from, to }: Span, said: string): void {
  const tokens = lattice.tokens.slice(from, to);
  const words = tokens.map(({ word }) => word);
  const odd =
    tokens.length > 6 ||
    tokens.some(({ kind }) => kind === 'quoted') ||
    tokens.some(({ opens }, i) => i > 0 && opens === true) ||
    NO_TEXT_START.has(words[0] ?? '') ||
    words.some((word) => NO_TEXT_INSIDE.has(word)) ||
    (words.length === 1 && NOTHING.has(words[0]!));
  if (odd || said === '')
    throw new NotUnderstoodError(`it is not clear whether "${said}" is the text itself`, {
      hint: "put a text in quotation marks: 'like this'; null makes it empty",
    });
}

/** What recurs in a column is written as it stands there; a name is written as it was typed. */
function storedAs(said: string, field: Field, { grounds }: Reader): string | undefined {
  const word = said.toLowerCase();
  const held = new Set(
    grounds.values.flatMap((found) =>
      found.field === field &&
      found.word.toLowerCase() === word &&
      ['exact', 'case'].includes(found.match)
        ? [found.value]
        : [],
    ),
  );
  if (held.has(said)) return said;
  const { naming, relation } = field.table;
  const single =
    naming.includes(field) || relation.uniques.some((names) => names.includes(field.column.name));
  return held.size === 1 && !single && field.role === 'text' ? [...held][0] : undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

function other(span: Span, field: Field): Value {
  const quoted = quotedText(span);
  const said = quoted ?? typed(span.lattice, span.from, span.to);
  if (quoted === undefined && !(field.column.type === 'uuid' && UUID.test(said)))
    throw new NotUnderstoodError(
      `a value of type ${field.column.type} has to stand in quotation marks`,
      { hint: `${nameOf(field)} takes what PostgreSQL reads as that type` },
    );
  return { sql: quoteLiteral(said).trim(), told: `"${said}"` };
}
