/** Several measures over different tables: each is a subquery, so that none repeats the other's rows. */
import { nounConditions } from './related.js';
import { cutOff } from './listed.js';
import type { Measure } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import { Misfit } from './choices.js';
import { say } from './conditions.js';
import type { Key } from './keys.js';
import { aggregateOf, factsOf, repeatsAlong } from './measures.js';
import { ties, shownFields, named } from './outputs.js';
import { measureOf, type Parts } from './parts.js';
import { type Context, noWay, type Place } from './place.js';
import type { Expression, Query } from './query.js';
import { column, descend, newScope } from './scope.js';

export function separate(
  context: Context,
  parts: Parts,
  measures: readonly Measure[],
  keys: readonly Key[],
): Query {
  const [key, ...more] = keys;
  if (key === undefined || key.type !== 'table' || more.length > 0) {
    throw new Misfit(
      'measures of different tables can be told side by side for one kind of thing only',
      { weight: 3 },
    );
  }
  const scope = newScope(key.table);
  const place: Place = { scope, node: scope.root };
  const subjectIsKey =
    parts.subject?.table?.options.some(({ table }) => table === key.table) ?? false;
  if (subjectIsKey) for (const mod of parts.filters) say(context, mod, [place]);
  else if (parts.filters.length > 0)
    throw new Misfit('conditions on several measures are not supported', { weight: 2 });
  const values = measures.map((measure) => measured(context, measure, place));
  const { rank } = parts;
  const [order] = parts.orders;
  const sort = rank?.key ?? measureOf(order?.key);
  const by = sort === undefined ? undefined : values[measures.indexOf(sort)];
  return {
    scope,
    outputs: named([
      ...shownFields(key.table, false).map((field) => ({
        expression: column(scope.root, field),
        name: field.column.name,
      })),
      ...values.map((expression) => ({
        expression,
        name:
          expression.type === 'subquery' && expression.value.type === 'aggregate'
            ? expression.value.name
            : 'value',
      })),
    ]),
    distinct: false,
    groupBy: [],
    orderBy: [
      ...(by === undefined
        ? []
        : [{ expression: by, descending: (rank ?? order)?.descending ?? false, tie: false }]),
      ...ties(scope.root),
    ],
    ...cutOff(parts),
    rows: key.table,
  };
}

function measured(context: Context, measure: Measure, place: Place): Expression {
  const options = factsOf(context, measure).flatMap((fact) =>
    waysBetween(place.node.table, fact.table)
      .filter(({ toOne, steps }) => steps.length > 0 && !toOne)
      .filter(
        ({ steps }) => fact.countable || steps.every(({ toOne, forward }) => !toOne || !forward),
      )
      .map((way) => ({ fact, way, cost: fact.cost + way.cost / 2 })),
  );
  const { fact, way } = context.chooser.pick(measure, options, () =>
    noWay('that measure', [place]),
  );
  const { scope, end } = descend(place.node, way);
  if (fact.noun !== undefined)
    scope.where.push(...nounConditions(context, fact.noun, { scope, node: end }, false));
  const repeats = repeatsAlong(way.steps);
  return {
    type: 'subquery',
    scope,
    value: aggregateOf(measure, fact, { scope, node: end }, repeats),
  };
}
