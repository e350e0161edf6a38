/** Which columns a number may be compared with. */
import type { Measure } from '../phrase.js';
import { COST } from '../schema/sense.js';
import type { Compared, Grammar } from './grammar.js';
import type { Got } from './rule.js';

/** "more than two times" is how often, unless a column is called just so. */
export function isHowOften(measure: Measure): boolean {
  return (
    measure.type === 'field' &&
    /^times?$/i.test(measure.field.text) &&
    measure.field.options.every(({ cost }) => cost > 0)
  );
}

/** "more than 100 in total" names no column. */
export function isInTotal(measure: Measure): boolean {
  return measure.type === 'field' && /^total$/i.test(measure.field.text);
}

/** "two schools" are that many: a column has a number in words only where it measures. */
export function measuring(one: Got<Measure>, worded: boolean): Got<Measure>[] {
  if (!worded || one.value.type !== 'field') return [one];
  const options = one.value.field.options.filter(({ field: { role } }) => role === 'measure');
  return options.length === 0
    ? []
    : [{ ...one, value: { ...one.value, field: { ...one.value.field, options } } }];
}

/** "in more than one town": of a column that holds no numbers there are several. */
export function isSomeOf(measure: Measure, { operator }: Compared): boolean {
  if (operator !== '>' || measure.type !== 'field') return false;
  return measure.field.options.every(
    ({ field: { family, role } }) => family === 'text' && role !== 'key',
  );
}

/** "number of people injured", which is a column of accidents: people are what it counts, and not whose it is. */
export function asUnit({ lattice }: Grammar, at: number, measure: Measure): Measure {
  if (measure.type !== 'field' || measure.noun === undefined) return measure;
  const { table, mods } = measure.noun;
  const before = lattice.tables(at).some(({ mention: { text } }) => text === table?.text);
  const own = measure.field.options.some(({ field }) =>
    table?.options.some((one) => one.table === field.table),
  );
  const named = measure.field.options.some(
    ({ field: { role }, cost }) => role === 'measure' && cost <= COST.short,
  );
  return before && named && !own && mods.length === 0 ? { ...measure, noun: undefined } : measure;
}
