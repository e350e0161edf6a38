/** `the cheapest boat and the names of its sailors`: the boat comes first, and then all that is shown of it. */
import type { Target } from '../phrase.js';
import { isSeveral } from '../text/inflection.js';
import type { SortKey } from './ordering.js';
import type { Parts } from './parts.js';
import type { Shown } from './shown.js';

/**
 * A superlative of a thing's own as a condition, where the request asks for many rows beside the thing: none of those is
 * cut off.
 */
export function firstThing(
  parts: Parts,
  keys: readonly SortKey[],
  shown: readonly Shown[],
): { readonly parts: Parts; readonly keys: readonly SortKey[] } {
  const { rank, filters } = parts;
  const repeats = shown.some(({ way }) => !way.toOne) && parts.targets.some(isMany);
  if (rank === undefined || !repeats || !keys.every(({ way }) => way.toOne)) return { parts, keys };
  const first = { ...rank, among: filters };
  return { parts: { ...parts, rank: undefined, filters: [...filters, first] }, keys: [] };
}

function isMany(target: Target): boolean {
  const column = target.type === 'measure' ? target.measure : target;
  return column.type === 'field' && isSeveral(column.field.text.split(' of ')[0] ?? '');
}
