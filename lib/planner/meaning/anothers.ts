/** Whose a column is where its thing is not named: `the phone number of Ann Hill` is hers, and nobody else's. */
import type { Way } from '../schema/paths.js';
import type { Field } from '../schema/schema.js';
import { root } from '../text/inflection.js';
import { Misfit } from './choices.js';
import type { Context, Place } from './place.js';

/** Links from one thing to another beyond which the one says nothing of the other. */
const FAR = 3;

/** What lies in a place lies where the place does. */
const PLACES = new Set(
  'country city town state region continent county province district'.split(' '),
);

/**
 * Refuses what another kind of thing has, where one thing is named that has no such column: the sellers' phone number is
 * not that of a customer who bought from them. What has no name of its own (orders, visits) belongs to whom it refers to.
 */
export function refuseAnothers(
  { asked, bare }: Context,
  { node }: Place,
  { steps, toOne }: Way,
  field: Field,
  name: string,
): void {
  if (bare === undefined || asked === undefined || node !== asked.node) return;
  if (steps.length === 0 || asked.fields.length === 0) return;
  const { naming, words } = node.table;
  if (!field.table.naming.includes(field)) return;
  if (asked.fields.some((one) => naming.includes(one) || one.role === 'name')) return;
  const said = new Set(bare.toLowerCase().split(/\s+/).map(root));
  const isNamed = said.has(root(words.at(-1) ?? ''));
  const isFar = !toOne && steps.length >= FAR;
  // Rows without a name are events of the one thing, but not what an event of it has to do with.
  const isBeyond = !toOne && steps.some(({ forward }) => forward);
  if (!isFar && (isNamed || (naming.length === 0 && !isBeyond))) return;
  const holds = steps.every(({ forward }) => !forward);
  if (holds && asked.fields.every((one) => one.words.some((word) => PLACES.has(word)))) return;
  const hint = `say of which ${node.table.relation.name} it is asked`;
  throw new Misfit(`${bare} can't be told of ${name}`, { weight: 4, hint });
}
