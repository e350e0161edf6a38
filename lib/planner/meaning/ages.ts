/** Ages: `older than 30` of a day or a year, in which somebody was born or something was founded. */
import type { Comparison } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { addDays, addMonths, type DateSpan } from '../text/calendar.js';
import { Misfit } from './choices.js';
import type { Context, Place } from './place.js';
import type { Condition } from './query.js';
import { column } from './scope.js';

type Compare = Extract<Mod, { type: 'compare' }>;

/** Whoever is older was born earlier. */
export const REVERSED: Readonly<Record<Comparison, Comparison>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '=': '=',
  '<>': '<>',
};

/** `clubs older than 50 years` of a year: as many years before this one. */
export function yearsAgo(
  { today }: Context,
  mod: Compare,
  options: readonly { readonly field: Field; readonly cost: number }[],
): Compare {
  const { operand, operator, upTo } = mod;
  const years = options.filter(({ field }) => field.role === 'year');
  if (operand.type !== 'number' || years.length === 0) return mod;
  const isSpan = /^\d{1,3}$/.test(operand.digits) && (operand.units ?? [YEAR]).some(isYear);
  if (!isSpan || upTo !== undefined || years.some(({ field }) => field.family === 'text'))
    throw new Misfit('an age is compared with a whole number of years', { weight: 3 });
  const text = 'year';
  const digits = String(Number(today.slice(0, 4)) - Number(operand.digits));
  return {
    ...mod,
    measure: { type: 'field', field: { text, options: years } },
    operator: REVERSED[operator],
    operand: { type: 'number', digits },
  };
}

/** `older than 30` of a date of birth: at least 31 whole years before today. */
export function aged(
  { chooser, today }: Context,
  mod: Compare,
  { node }: Place,
  options: readonly { field: Field; cost: number }[],
): Condition {
  const { operator, operand, upTo } = mod;
  const { field } = chooser.pick(mod, options, () => new Misfit('an age is not known'));
  const years = operand.type !== 'number' || (operand.units ?? [YEAR]).some(isYear);
  if (!years) throw new Misfit('an age is told in years', { weight: 3 });
  if (operand.type !== 'number' || !/^\d{1,3}$/.test(operand.digits) || upTo !== undefined) {
    throw new Misfit('an age is compared with a whole number of years', { weight: 3 });
  }
  return {
    type: 'span',
    left: column(node, field),
    field,
    span: isBirth(field)
      ? bornSpan(today, operator, Number(operand.digits))
      : agoSpan(today, operator, Number(operand.digits)),
  };
}

const YEAR = { kind: 'time', name: 'y' } as const;

function isYear({ name }: { readonly name: string }): boolean {
  return name === 'y';
}

const BIRTH = new Set(['birth', 'born', 'birthday', 'birthdate', 'dob']);

/** Only of who was born an age is counted in whole years. */
export function isBirth({ words }: Field): boolean {
  return words.some((word) => BIRTH.has(word));
}

/** `orders older than 2 years`: what was more than so long ago. */
function agoSpan(today: string, operator: Comparison, years: number): DateSpan {
  const day = addMonths(today, -12 * years);
  const many = `${years} ${years === 1 ? 'year' : 'years'} ago`;
  switch (operator) {
    case '>':
      return { to: day, text: `more than ${many}` };
    case '>=':
      return { to: addDays(day, 1), text: `at least ${many}` };
    case '<':
      return { from: addDays(day, 1), text: `less than ${many}` };
    case '<=':
      return { from: day, text: `at most ${many}` };
    default:
      throw new Misfit('such an age is not supported', { weight: 2 });
  }
}

function bornSpan(today: string, operator: Comparison, years: number): DateSpan {
  // Whoever is n years old today was born after this day n + 1 years ago and not after this day n years ago.
  const bornUpTo = (age: number) => addDays(addMonths(today, -12 * age), 1);
  const text = `aged ${operator} ${years}`;
  switch (operator) {
    case '>':
      return { to: bornUpTo(years + 1), text };
    case '>=':
      return { to: bornUpTo(years), text };
    case '<':
      return { from: bornUpTo(years), text };
    case '<=':
      return { from: bornUpTo(years + 1), text };
    case '=':
      return { from: bornUpTo(years + 1), to: bornUpTo(years), text };
    case '<>':
      throw new Misfit('such an age is not supported', { weight: 2 });
  }
}
