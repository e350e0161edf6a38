/** No row is counted twice: what the rows of a result or of an aggregate are joined to is one row for each. */
import { reverse } from '../schema/paths.js';
import { Misfit } from './choices.js';
import type { Condition, Expression, Node, Query, Scope } from './query.js';

/** @throws {Misfit} where a join would repeat the rows that are listed, counted or added up. */
export function refuseMultiplied({ scope, outputs, having = [], orderBy }: Query): void {
  const [many] = scope.nodes.filter(({ join }) => join?.step.toOne === false);
  if (many !== undefined) throw repeating(many);
  for (const { expression } of [...outputs, ...orderBy]) inExpression(expression);
  for (const condition of [...scope.where, ...having]) inCondition(condition);
}

function repeating({ table }: Node): Misfit {
  return new Misfit(`${table.relation.name} would repeat the other rows`, { weight: 4 });
}

/** What a subquery computes is over the rows of one of its tables: all others have one row for each of these. */
function refuseSpread({ nodes }: Scope): void {
  if (nodes.some((row) => reached(row, nodes).size === nodes.length)) return;
  throw repeating(nodes.at(-1)!);
}

/** The nodes that have one row for each row of the first one. */
function reached(first: Node, nodes: readonly Node[]): Set<Node> {
  const found = new Set([first]);
  for (const node of found) {
    const { join } = node;
    if (join !== undefined && reverse(join.step).toOne) found.add(join.to);
    for (const next of nodes) if (next.join?.to === node && next.join.step.toOne) found.add(next);
  }
  return found;
}

function inExpression(expression: Expression): void {
  switch (expression.type) {
    case 'subquery':
      if (expression.value.type === 'aggregate') refuseSpread(expression.scope);
      expression.scope.where.forEach(inCondition);
      break;
    case 'bucket':
    case 'number':
      inExpression(expression.of);
      break;
    case 'aggregate':
      if (expression.of !== undefined) inExpression(expression.of);
      break;
    case 'product':
      expression.factors.forEach(inExpression);
      break;
    case 'column':
  }
}

function inCondition(condition: Condition): void {
  switch (condition.type) {
    case 'compare':
      inExpression(condition.left);
      if ('type' in condition.right) inExpression(condition.right);
      break;
    case 'exists':
    case 'within':
      condition.scope.where.forEach(inCondition);
      break;
    case 'every':
      [...condition.scope.where, ...condition.linked.where].forEach(inCondition);
      break;
    case 'among':
      refuseMultiplied(condition.query);
      break;
    case 'any':
    case 'all':
      condition.of.forEach(inCondition);
      break;
    case 'not':
      inCondition(condition.of);
      break;
    case 'between':
    case 'in':
    case 'span':
    case 'null':
    case 'truth':
    case 'like':
  }
}
