/** `the member who most recently borrowed an atlas`: when that happened is told by what tells that it did. */
import type { Mod, Noun } from '../phrase.js';
import { type Way, waysBetween } from '../schema/paths.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { ModOf } from './conditions.js';
import { dimensionFields } from './fields.js';
import { downSteps, rankKey, type SortKey } from './ordering.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';

type Rank = ModOf<'rank'>;
type Event = ModOf<'related'> | ModOf<'value'>;

/** A rank of the rows at the end of a way, among those of which something more is true. */
export interface Inner {
  /** What speaks of those rows; undefined where nothing names them. */
  readonly mod?: Mod | undefined;
  readonly others: readonly Mod[];
  readonly way: Way;
  readonly key: SortKey;
}

/** The rank goes to the rows that tell what a verb says, where each of the things that are asked for may have many of them. */
export function lately(
  context: Context,
  given: Parts,
  table: Table,
): { parts: Parts; inner?: Inner } | undefined {
  const parts = withAdverb(given);
  const { rank, filters } = parts;
  if (rank?.adverb !== true || rank.key?.type !== 'dimension') return undefined;
  const { dimension } = rank.key;
  const events = filters.filter(isEvent);
  const [event] = events;
  const ways = event === undefined ? [] : waysOf(table, event).filter(({ way }) => !way.toOne);
  if (event === undefined) return undefined;
  // What there is one of for each of them is told by their own day: "who joined the Leeds club last".
  if (ways.length === 0) return { parts };
  const options = ways.flatMap(({ way, to, cost }) => {
    const steps = downSteps(way);
    const last = steps.at(-1)!.to;
    if (dimensionFields(last, dimension).length === 0) return [];
    return [{ way: { ...way, steps }, table: last, named: last === to, cost: cost + way.cost / 2 }];
  });
  const picked = context.chooser.pick(
    events,
    options,
    () => new Misfit('it is not clear when that was', { weight: 4 }),
  );
  const said = picked.named && event.type === 'related' ? event.noun.mods : [event];
  const also = filters.filter((mod) => mod.type === 'time' || (isEvent(mod) && mod !== event));
  return {
    parts: {
      ...parts,
      filters: filters.filter((mod) => mod !== event && !also.includes(mod)),
      rank: { ...rank, many: false },
    },
    inner: {
      mod: said[0] === event ? undefined : event,
      others: [...said, ...also],
      way: picked.way,
      key: rankKey(context, rank, picked.table, picked.way),
    },
  };
}

/** What a verb says of the things: its rows, or the value that it is about. */
function isEvent(mod: Mod): mod is Event {
  if (mod.type === 'value') return mod.other === true && !mod.not;
  if (mod.type !== 'related' || mod.not) return false;
  return mod.verb !== undefined || !(mod.has ?? mod.of ?? mod.is ?? mod.beside ?? false);
}

function waysOf(table: Table, event: Event): { way: Way; to: Table; cost: number }[] {
  const ends =
    event.type === 'related'
      ? (event.noun.table?.options ?? []).map(({ table: to, via, cost }) => ({ to, via, cost }))
      : event.values[0]!.options.map(({ field, cost }) => ({
          to: field.table,
          via: undefined,
          cost,
        }));
  return ends.flatMap(({ to, via, cost }) =>
    via !== undefined ? [] : waysBetween(table, to).map((way) => ({ way, to, cost })),
  );
}

/** The adverb may stand behind what the verb is about: `borrowed an atlas most recently`. */
function withAdverb(parts: Parts): Parts {
  if (parts.rank !== undefined || parts.orders.length > 0) return parts;
  for (const mod of parts.filters) {
    if (mod.type !== 'related' || !isEvent(mod)) continue;
    const found = taken(mod.noun);
    if (found === undefined) continue;
    const filters = parts.filters.map((one) => (one === mod ? { ...mod, noun: found.noun } : one));
    return { ...parts, filters, rank: found.rank };
  }
  return parts;
}

function taken({ mods, ...noun }: Noun): { noun: Noun; rank: Rank } | undefined {
  const rank = mods.find((mod) => mod.type === 'rank');
  if (rank !== undefined)
    return rank.adverb === true
      ? { noun: { ...noun, mods: mods.filter((mod) => mod !== rank) }, rank }
      : undefined;
  for (const mod of mods) {
    const inner = mod.type === 'related' && isEvent(mod) ? taken(mod.noun) : undefined;
    if (mod.type !== 'related' || inner === undefined) continue;
    const said = mods.map((one) => (one === mod ? { ...mod, noun: inner.noun } : one));
    return { noun: { ...noun, mods: said }, rank: inner.rank };
  }
  return undefined;
}
