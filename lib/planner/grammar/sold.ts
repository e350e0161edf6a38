/** How many were sold, where each row holds it: `the best selling albums` by their `copies_sold`. */
import type { Measure } from '../phrase.js';
import { isNumeric } from '../schema/roles.js';
import type { Grammar } from './grammar.js';

/** What is counted of that which sells. */
const SOLD = ['copies', 'units', 'tickets', 'items', 'pieces', 'quantity', 'number'];

export function soldOf({ lattice }: Grammar): Measure | undefined {
  for (const noun of SOLD) {
    const options = (lattice.fieldNamed([noun, 'sold'])?.options ?? []).filter(
      ({ field }) => isNumeric(field) && field.words.at(-1) === 'sold',
    );
    if (options.length > 0) return { type: 'field', field: { text: `${noun} sold`, options } };
  }
  return undefined;
}
