/** What has to be known of an expression or a scope to print it: whether it may be null, and what stands inside it. */
import type { Condition, Expression, Output, Query, Scope } from '../meaning/query.js';

/** DESC puts nulls first; a row without the value is not the one with the most of it. */
export function mayBeNull(expression: Expression): boolean {
  switch (expression.type) {
    case 'column':
      return !expression.field.column.notNull || expression.node.optional;
    case 'aggregate':
      return expression.fn !== 'count' && (expression.of === undefined || mayBeNull(expression.of));
    case 'product':
      return expression.factors.some(mayBeNull);
    case 'bucket':
    case 'number':
      return mayBeNull(expression.of);
    case 'subquery':
      return expression.value.type !== 'aggregate' || expression.value.fn !== 'count';
  }
}

export function holdsSubquery(
  scope: Scope,
  outputs: readonly Output[],
  orderBy: Query['orderBy'],
  having: readonly Condition[],
): boolean {
  const inCondition = (condition: Condition): boolean => {
    switch (condition.type) {
      case 'exists':
      case 'every':
      case 'among':
      case 'within':
        return true;
      case 'any':
      case 'all':
        return condition.of.some(inCondition);
      case 'not':
        return inCondition(condition.of);
      case 'compare':
        return (
          isSubquery(condition.left) || ('type' in condition.right && isSubquery(condition.right))
        );
      case 'between':
        return isSubquery(condition.left);
      default:
        return false;
    }
  };
  return (
    scope.where.some(inCondition) ||
    having.some(inCondition) ||
    outputs.some(({ expression }) => isSubquery(expression)) ||
    orderBy.some(({ expression }) => isSubquery(expression))
  );
}

function isSubquery(expression: Expression): boolean {
  return expression.type === 'subquery';
}
