/** Which measures are taken in one scan: those over one table's rows of which the same is said. */
import type { Measure } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { baseOf, factsOf, nounOf } from './measures.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';

export function shareScan(
  context: Context,
  measures: readonly Measure[],
  { subject }: Pick<Parts, 'subject'>,
): boolean {
  const owned = measures.filter((measure) => nounOf(measure)?.table !== undefined);
  const said = (measure: Measure): number => {
    const base = baseOf(measure);
    if (base.type !== 'things') return 0;
    // "average age and number of senior members": the age is of nobody else.
    return owned.length === 1 && base.noun === subject ? 0 : base.noun.mods.length;
  };
  const [first, ...more] = measures.map((measure) => ({
    said: said(measure),
    tables: tablesOf(context, measure),
  }));
  if (first === undefined || more.length === 0) return true;
  if (more.some((one) => one.said !== first.said)) return false;
  return [...first.tables].some((table) => more.every(({ tables }) => tables.has(table)));
}

/** The tables that a measure is most likely of: a column's name may be there in several. */
function tablesOf(context: Context, measure: Measure): ReadonlySet<Table> {
  const facts = factsOf(context, measure);
  if (baseOf(measure).type !== 'field') return new Set(facts.slice(0, 1).map(({ table }) => table));
  const least = Math.min(...facts.map(({ cost }) => cost));
  return new Set(facts.flatMap(({ table, cost }) => (cost <= least ? [table] : [])));
}
