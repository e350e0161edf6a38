/** `who plays chess and darts`: of rows that belong to a thing there has to be one for each, where none is both. */
import type { ValueMention } from '../phrase.js';
import type { Condition, Scope } from './query.js';

/** Whether an `and` stands before the last of them. */
export function areAdded(values: readonly ValueMention[]): boolean {
  return values.length > 1 && values.at(-1)?.added === true;
}

/** Takes apart what has to be there once for each value. */
export function takeApiece({ where }: Scope): void {
  where.splice(0, where.length, ...where.map(apart));
}

function apart(condition: Condition): Condition {
  switch (condition.type) {
    case 'any':
    case 'all':
      return { ...condition, of: condition.of.map(apart) };
    case 'exists': {
      const { scope, not } = condition;
      takeApiece(scope);
      const list = scope.where.find((one) => one.type === 'in' && one.each !== undefined);
      if (not || list?.type !== 'in' || list.each === undefined) return condition;
      const of = list.each.map((values): Condition => {
        const one: Condition = { type: 'in', left: list.left, values, not: false };
        const where = scope.where.map((other) => (other === list ? one : other));
        return { type: 'exists', scope: { ...scope, where }, not: false };
      });
      return { type: 'all', of };
    }
    default:
      return condition;
  }
}
