/** `rated 3 stars`, `a 5 star rating`: a number of what a column measures is no number of rows. */
import type { FieldMention, Measure, Noun } from '../phrase.js';
import { COST } from '../schema/sense.js';
import type { Grammar } from './grammar.js';
import { units } from './operands.js';
import { got, type Got } from './rule.js';

/** The things that there may be so many of. */
export function countable(grammar: Grammar, at: number): Got<Noun>[] {
  // "5 stars" is what is told there, though a unit may be called so.
  if (units(grammar, at - 1) === at && gradesAt(grammar, at - 1).length > 0) return [];
  const graded = gradesAt(grammar, at);
  const ends = new Set(graded.map((one) => one.at));
  const called = new Set(graded.map((one) => grammar.lattice.text(at, one.at)));
  return grammar.noun(at).filter(({ value: { table, mods }, at: end }) => {
    if (ends.has(end) || (table !== undefined && called.has(table.text))) return false;
    // "10 cheapest invoices" counts nothing.
    return !mods.some(({ type }) => type === 'rank');
  });
}

/** The column, and the thing behind it that has it: `(a 5) star rating`. */
export function gradesAt({ lattice }: Grammar, at: number): Got<Measure>[] {
  return lattice.fields(at).flatMap(({ mention, end }) => {
    const options = mention.options.filter(
      ({ field, cost }) =>
        field.role === 'measure' && field.family !== 'text' && cost <= COST.short,
    );
    const thing = lattice
      .tables(at)
      .some((one) => one.end === end && one.mention.options.some(({ cost }) => cost < COST.head));
    if (options.length === 0 || thing) return [];
    const field: FieldMention = { ...mention, options };
    const has = new Set(options.map(({ field: { table } }) => table));
    const behind = lattice
      .tables(end)
      .filter((one) => one.mention.options.some(({ table }) => has.has(table)));
    return [end, ...behind.map((one) => one.end)].map((next) =>
      got<Measure>({ type: 'field', field }, next),
    );
  });
}
