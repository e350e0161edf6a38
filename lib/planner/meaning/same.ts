/** Whether two measures say the same: a rank by what is asked for anyway computes it once. */
import type { Measure } from '../phrase.js';

export function isSame(a: Measure, b: Measure): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'units') return true;
  if (a.type === 'revenue' && b.type === 'revenue')
    return (a.factors === undefined) === (b.factors === undefined);
  if (a.type === 'aggregate' && b.type === 'aggregate') return a.fn === b.fn && isSame(a.of, b.of);
  if (a.type === 'things' && b.type === 'things')
    return a.noun.table?.options[0]?.table === b.noun.table?.options[0]?.table;
  if (a.type === 'dimension' && b.type === 'dimension') return a.dimension === b.dimension;
  return (
    a.type === 'field' &&
    b.type === 'field' &&
    a.field.options[0]?.field === b.field.options[0]?.field
  );
}
