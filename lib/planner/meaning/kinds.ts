/** Requests for the kinds that there are: `all product colours`, `the locations with a cinema`. */
import { isKindOf } from '../lexicon/wordnet.js';
import { holdsNumbers } from '../schema/roles.js';
import type { Field } from '../schema/schema.js';
import { isPlural, type Parts } from './parts.js';

/** Texts that are told one by one, however alike. */
const TOLD = new Set(
  'address comment content date description detail email note number phone remark summary text time url'.split(
    ' ',
  ),
);

/**
 * Whether values of one column are asked for by themselves, not as what each of some things has: then each is given
 * once. `Show the colours of all products` is told for each product.
 */
export function asksForKinds(parts: Parts, fields: readonly Field[]): boolean {
  const [target, ...more] = parts.targets;
  const [field, ...others] = fields;
  if (target?.type !== 'field' || target.noun !== undefined || more.length > 0) return false;
  if (field === undefined || others.length > 0 || parts.subject !== undefined) return false;
  if (parts.rank !== undefined || parts.orders.length > 0 || parts.limit !== undefined)
    return false;
  return isPlural(parts) && isKind(field);
}

function isKind(field: Field): boolean {
  const { role, words, table } = field;
  if (table.naming.includes(field) || isTold(field)) return false;
  if (role === 'text') return !holdsNumbers(field);
  // Rooms and platforms are things, whatever numbers they are told by.
  return role === 'measure' && isKindOf(words.at(-1) ?? '', 'object');
}

/** Whether no two things are likely to share it. */
export function isTold({ words }: Field): boolean {
  return words.some((word) => TOLD.has(word));
}
