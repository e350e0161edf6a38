/** What most rows have in common, as a condition on the others: `customers with the most common payment method`. */
import type { Noun } from '../phrase.js';
import { aggregated } from './aggregated.js';
import { Misfit } from './choices.js';
import type { ModOf } from './conditions.js';
import { withFrequency } from './frequency.js';
import { type Context, noWay, type Place, reach } from './place.js';
import type { Condition } from './query.js';
import { column, follow } from './scope.js';

/** The value is one of those that occur most often, or least, among all rows of the place's table. */
export function usual(context: Context, mod: ModOf<'usual'>, place: Place): Condition {
  const { field: mention, descending, limit, of, not } = mod;
  const { table } = place.node;
  const text = table.words.join(' ');
  if (of !== undefined && !of.options.some((option) => option.table === table))
    throw new Misfit(`${of.text} are not what is counted of ${text}`, { weight: 3 });
  const reached = reach([place], mention.options).filter(({ way }) => way.toOne);
  const { option, way } = context.chooser.pick(mod, reached, () => noWay(mention.text, [place]));
  const noun: Noun = { table: { text, options: [{ table, cost: 0 }] }, mods: [] };
  const parts = withFrequency({
    targets: [
      {
        type: 'field',
        field: { text: mention.text, options: [{ field: option.field, cost: 0 }] },
        noun,
      },
    ],
    subject: noun,
    filters: [],
    groups: [],
    rank: { type: 'rank', frequency: true, descending, many: false, limit },
    orders: [],
    limit: undefined,
    distinct: false,
  });
  const query = aggregated({ ...context, said: new Set() }, parts);
  const node = follow(place.scope, place.node, way.steps);
  const one: Condition = { type: 'among', left: column(node, option.field), query };
  return not ? { type: 'not', of: one } : one;
}
