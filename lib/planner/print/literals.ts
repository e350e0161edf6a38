/** Dates, years, numbers and patterns as SQL writes them beside a column. */
import { quoteLiteral } from '../../sql/quote.js';
import type { Expression } from '../meaning/query.js';
import type { Field } from '../schema/schema.js';
import type { DateSpan, Grain } from '../text/calendar.js';

export function days(column: string, { from, to }: DateSpan): string[] {
  return [
    ...(from === undefined ? [] : [`${column} >= ${moment(from)}`]),
    ...(to === undefined ? [] : [`${column} < ${moment(to)}`]),
  ];
}

function moment(text: string): string {
  return text.includes(':') ? `timestamp '${text}'` : `date '${text}'`;
}

/** A year that a column keeps as text is compared as text. */
export function digitsBeside(left: Expression, digits: string): string {
  const isText = left.type === 'column' && left.field.family === 'text';
  return isText ? quoteLiteral(digits).trim() : digits;
}

export function years(column: string, { from, to }: DateSpan, asText: boolean): string[] {
  const first = from === undefined ? undefined : Number(from.slice(0, 4));
  const end = to === undefined ? undefined : Number(to.slice(0, 4));
  const year = (number: number) => (asText ? quoteLiteral(String(number)).trim() : String(number));
  if (first !== undefined && end === first + 1) return [`${column} = ${year(first)}`];
  return [
    ...(first === undefined ? [] : [`${column} >= ${year(first)}`]),
    ...(end === undefined ? [] : [`${column} < ${year(end)}`]),
  ];
}

export function bucket(grain: Grain, column: string, field: Field): string {
  if (grain === 'year') return `extract(year from ${column})::integer`;
  if (grain === 'day') return field.family === 'date' ? column : `${column}::date`;
  return `date_trunc('${grain}', ${column})::date`;
}

export function likePattern(how: 'starts' | 'ends' | 'contains', text: string): string {
  const escaped = text.replace(/[\\%_]/g, '\\$&');
  return `${how === 'starts' ? '' : '%'}${escaped}${how === 'ends' ? '' : '%'}`;
}
