/** `the party with the most hosts` of a table that keeps its number of hosts: what is kept is meant, and nothing is counted. */
import type { Measure } from '../phrase.js';
import { holdsNumbers } from '../schema/roles.js';
import type { Field } from '../schema/schema.js';
import { singular } from '../text/inflection.js';
import type { Parts } from './parts.js';

/** Words of a column's name that say that it holds how many; an amount is as likely money. */
const COUNTS = new Set(['num', 'number', 'no', 'count', 'quantity', 'of']);

export function withStored(parts: Parts): Parts {
  const { rank, subject, targets, filters } = parts;
  // Of those that something more is said of, no number is kept.
  if (filters.some(({ type }) => type === 'related' || type === 'time')) return parts;
  if (rank?.key?.type !== 'things' || targets.some(({ type }) => type === 'measure')) return parts;
  const { noun, distinct } = rank.key;
  if (noun.table === undefined || noun.mods.length > 0 || distinct === true) return parts;
  const counted = noun.table.text.toLowerCase().split(/\s+/).map(singular);
  const fields = (subject?.table?.options ?? []).flatMap(({ table, cost }) =>
    table.fields.filter((field) => keeps(field, counted)).map((field) => ({ field, cost })),
  );
  if (fields.length === 0) return parts;
  const key: Measure = { type: 'field', field: { text: noun.table.text, options: fields } };
  return { ...parts, rank: { ...rank, key } };
}

/** Whether a column is called a number of these, and nothing else. */
function keeps(field: Field, counted: readonly string[]): boolean {
  if (field.role !== 'measure' && !holdsNumbers(field)) return false;
  // "total horses" are so many; an "order total" is a sum.
  const said = field.words
    .filter((word, i) => !COUNTS.has(word) && !(word === 'total' && i === 0))
    .map(singular);
  return said.length < field.words.length && said.join(' ') === counted.join(' ');
}
