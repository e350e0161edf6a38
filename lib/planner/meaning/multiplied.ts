/** No row is counted twice: what the rows of a result or of an aggregate are joined to is one row for each. */
import { Misfit } from './choices.js';
import type { Condition, Expression, Query, Scope } from './query.js';

/** @throws {Misfit} where a join would repeat the rows that are listed, counted or added up. */
export function refuseMultiplied({ scope, outputs, having = [], orderBy }: Query): void {
  refuseRepeating(scope);
  for (const { expression } of [...outputs, ...orderBy]) inExpression(expression);
  for (const condition of [...scope.where, ...having]) inCondition(condition);
}

function refuseRepeating({ nodes }: Scope): void {
  const [node] = nodes.filter(({ join }) => join?.step.toOne === false);
  if (node !== undefined)
    throw new Misfit(`${node.table.relation.name} would repeat the other rows`, { weight: 4 });
}

function inExpression(expression: Expression): void {
  switch (expression.type) {
    case 'subquery':
      if (expression.value.type === 'aggregate') refuseRepeating(expression.scope);
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
