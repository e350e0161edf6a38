/** A superlative as a condition: `the courses of the teacher with the most students`, `the average price of the 3 cheapest`. */
import type { Mod, Noun } from '../phrase.js';
import { aggregated } from './aggregated.js';
import { Misfit } from './choices.js';
import { type ModOf, say } from './conditions.js';
import { withFrequency } from './frequency.js';
import { listed } from './listed.js';
import { graded, rankKey, stay } from './ordering.js';
import { isAggregate, type Parts } from './parts.js';
import type { Context, Place } from './place.js';
import type { Condition } from './query.js';
import { column, follow, newScope } from './scope.js';

type Rank = ModOf<'rank'>;

/** True of the rows of the place's table that come first, among those of which the rest is true as well. */
export function foremost(context: Context, rank: Rank, place: Place): Condition {
  // Where the rows themselves can be ranked, that says the same in fewer words.
  context.chooser.pay(0.3);
  const copies = new Set<Mod>();
  // What is said of the first rows is said of all that they are first among: the same words, chosen for anew.
  const others = (rank.among ?? []).map((mod) => copy(mod, copies));
  const inner: Context = { ...context, said: new Set() };
  const counted = rank.frequency === true || (rank.key !== undefined && isAggregate(rank.key));
  const condition =
    counted || (rank.limit ?? 1) > 1 || rank.offset !== undefined
      ? first(inner, rank, others, place)
      : extreme(inner, rank, others, place);
  for (const mod of inner.said) if (!copies.has(mod)) context.said.add(mod);
  return condition;
}

/** `price = (select max(price) …)`: all that share the first place. */
function extreme(
  context: Context,
  rank: Rank,
  others: readonly Mod[],
  { scope: outer, node: row }: Place,
): Condition {
  const { way, field, descending } = rankKey(context, rank, row.table, stay(row.table));
  if (!way.toOne) throw new Misfit(`${field.column.name} is not one for each`, { weight: 3 });
  const scope = newScope(row.table);
  const of = graded(column(follow(scope, scope.root, way.steps), field), field);
  for (const mod of others) say(context, mod, [{ scope, node: scope.root }]);
  const fn = descending ? 'max' : 'min';
  const name = `${descending ? 'highest' : 'lowest'} ${field.words.join(' ')}`;
  return {
    type: 'compare',
    left: graded(column(follow(outer, row, way.steps), field), field),
    operator: '=',
    right: { type: 'subquery', scope, value: { type: 'aggregate', fn, of, distinct: false, name } },
  };
}

/** `id in (select id … order by … limit 3)`. */
function first(context: Context, rank: Rank, others: readonly Mod[], place: Place): Condition {
  const { table } = place.node;
  const [key, ...more] = table.key;
  const text = table.words.join(' ');
  if (key === undefined || more.length > 0)
    throw new Misfit(`${text} has no key to be ranked by`, { weight: 3 });
  const noun: Noun = { table: { text, options: [{ table, cost: 0 }] }, mods: [] };
  const { among: _, ...plain } = rank;
  const parts: Parts = withFrequency({
    targets: [
      { type: 'field', field: { text: key.column.name, options: [{ field: key, cost: 0 }] }, noun },
    ],
    subject: noun,
    filters: others,
    groups: [],
    rank: { ...plain, many: false },
    orders: [],
    limit: undefined,
    distinct: false,
  });
  const counted = parts.rank?.key !== undefined && isAggregate(parts.rank.key);
  const query = counted ? aggregated(context, parts) : listed(context, parts);
  return { type: 'among', left: column(place.node, key), query };
}

function copy(mod: Mod, copies: Set<Mod>): Mod {
  const made: Mod =
    mod.type === 'related'
      ? { ...mod, noun: { ...mod.noun, mods: mod.noun.mods.map((one) => copy(one, copies)) } }
      : { ...mod };
  copies.add(made);
  return made;
}
