/** Rows of another request's answer as a condition: `the oldest of the top 5`. */
import type { Field } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { ModOf } from './conditions.js';
import { interpret } from './interpret.js';
import type { Context, Place } from './place.js';
import type { Condition, Query } from './query.js';
import { column } from './scope.js';

/** The thing's key is one of those that the other request finds. */
export function among(context: Context, { ask }: ModOf<'among'>, { node }: Place): Condition {
  const key = keyOf(node.table.key, node.table.relation.name);
  const { schema, today, chooser } = context;
  const query = interpret(ask, { schema, today }, chooser);
  return { type: 'among', left: column(node, key), query: keysOnly(query, key) };
}

function keyOf(fields: readonly Field[], name: string): Field {
  const [key, ...more] = fields;
  if (key === undefined || more.length > 0)
    throw new Misfit(`rows of ${name} can't be told apart by one column`, { weight: 3 });
  return key;
}

/** The same rows, by their key alone. */
function keysOnly(query: Query, key: Field): Query {
  const node = query.scope.nodes.find(({ table }) => table === key.table);
  if (node === undefined || query.over !== undefined)
    throw new Misfit('that answer has no rows that could be spoken of', { weight: 3 });
  const expression = column(node, key);
  const grouped = query.groupBy.some(
    (by) => by.type === 'column' && by.node === node && by.field === key,
  );
  if (query.groupBy.length > 0 && !grouped)
    throw new Misfit('the groups of that answer are no rows of their own', { weight: 3 });
  const cut = query.limit !== undefined;
  return {
    ...query,
    outputs: [{ expression, name: key.column.name }],
    orderBy: cut ? query.orderBy : [],
    distinct: query.distinct && !cut,
  };
}
