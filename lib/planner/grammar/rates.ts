/** Amounts for a stretch of time: `earn more than 17 per hour`, `costs the most a year`. */
import type { FieldMention, Measure, Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { type Grammar, skipPhrase } from './grammar.js';
import type { Got } from './rule.js';

/** What columns are called that hold an amount for each such time. */
const RATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['hour', ['hourly', 'hour']],
  ['day', ['daily', 'day']],
  ['night', ['nightly', 'night']],
  ['week', ['weekly', 'week']],
  ['month', ['monthly', 'month']],
  ['year', ['annual', 'yearly', 'year']],
]);
const PER = ['per', 'a', 'an', 'each', 'every', 'for each', 'for every', 'for a', 'for an'];

/** The readings, and those where the time behind them says which column is meant. */
export function atRate(
  grammar: Grammar,
  found: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  const timed = found.flatMap((one): Got<readonly Mod[]>[] => {
    const field = rateAt(grammar, one.at);
    const [mod, ...more] = one.value;
    if (field === undefined || mod === undefined || more.length > 0) return [];
    const measure: Measure = { type: 'field', field };
    const said = ofMeasure(mod, measure);
    return said === undefined ? [] : [{ ...one, value: [said], at: one.at + field.length }];
  });
  return [...found, ...timed];
}

function ofMeasure(mod: Mod, measure: Measure): Mod | undefined {
  if (mod.type === 'compare' && mod.operand.type === 'number') return { ...mod, measure };
  return mod.type === 'rank' && mod.key !== undefined ? { ...mod, key: measure } : undefined;
}

/** The columns that `per hour` speaks of, and how many words it takes. */
export function rateAt(
  grammar: Grammar,
  at: number,
): (FieldMention & { readonly length: number }) | undefined {
  const { lattice } = grammar;
  const grain = skipPhrase(grammar, at, ...PER);
  const names = grain === undefined ? undefined : RATES.get(lattice.word(grain));
  if (grain === undefined || names === undefined) return undefined;
  const options = names
    .flatMap((name) => lattice.fieldCalled(name)?.options ?? [])
    // What is called hours is a time, and no amount for one.
    .filter(({ field: { words }, cost }) => words.length > 1 && cost <= COST.part);
  const fields = [...new Map(options.map((one) => [one.field, { ...one, cost: 0 }])).values()];
  if (fields.length === 0) return undefined;
  return { text: lattice.text(at, grain + 1), options: fields, length: grain + 1 - at };
}
