/** `over 50 and under 30`: what no row can be at once is said of two. */
import type { Mod } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { DRY, Misfit } from './choices.js';
import { condition } from './conditions.js';
import { contradict } from './contradiction.js';
import type { Context } from './place.js';
import type { Condition } from './query.js';
import { newScope } from './scope.js';
import { bySides } from './sided.js';

const PLAIN: readonly Mod['type'][] = ['compare', 'value', 'time', 'related'];

/** The same filters, two that exclude each other bound together as `both`. */
export function apart(context: Context, filters: readonly Mod[], table: Table): readonly Mod[] {
  const plain = filters.filter((mod) => PLAIN.includes(mod.type) && !('not' in mod && mod.not));
  if (plain.length < 2) return filters;
  const found = tried(context, plain, table);
  for (const [i, first] of found.entries()) {
    const second = found
      .slice(i + 1)
      .find(({ conditions }) => contradict([...first.conditions, ...conditions]));
    if (second === undefined) continue;
    const both: Mod = { type: 'both', of: [[first.mod], [second.mod]], not: false };
    return filters.flatMap((mod) => (mod === first.mod ? [both] : mod === second.mod ? [] : [mod]));
  }
  return filters;
}

/** What holds of a row for each filter, on a table joined to nothing that stays. */
export function tried(
  context: Context,
  mods: readonly Mod[],
  table: Table,
): { readonly mod: Mod; readonly conditions: readonly Condition[] }[] {
  const scope = newScope(table);
  const place = { scope, node: scope.root };
  const dry: Context = { ...context, chooser: bySides(DRY), said: new Set() };
  return mods.map((mod) => ({ mod, conditions: attempt(() => condition(dry, mod, [place])) }));
}

/** What can't be said is for the reading itself to tell. */
function attempt(make: () => Condition | undefined): readonly Condition[] {
  try {
    const one = make();
    return one === undefined ? [] : [one];
  } catch (error) {
    if (error instanceof Misfit) return [];
    throw error;
  }
}
