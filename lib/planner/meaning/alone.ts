/** A count says something only where there may be several: a job that an employee has once is not counted for each of them. */
import { Misfit } from './choices.js';
import type { Expression, Query } from './query.js';

/** @throws {Misfit} where each row that is counted is a group by itself */
export function refuseAlone({ scope, outputs, groupBy, having = [], orderBy }: Query): void {
  const { root, nodes } = scope;
  const [key, ...more] = root.table.key;
  if (key === undefined || more.length > 0) return;
  if (nodes.some(({ join }) => join !== undefined && !join.step.toOne)) return;
  const own = groupBy.some(
    (one) => one.type === 'column' && one.node === root && one.field === key,
  );
  if (!own) return;
  const counts = [
    ...[...outputs, ...orderBy].map(({ expression }) => expression),
    ...having.flatMap((one) => (one.type === 'compare' ? [one.left] : [])),
  ];
  if (counts.some(isCount))
    throw new Misfit(`of ${root.table.relation.name} each is there once`, { weight: 3 });
}

function isCount(expression: Expression): boolean {
  return expression.type === 'aggregate' && expression.fn === 'count';
}
