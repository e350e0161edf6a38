/** `born in Chile` tells where: that there is a year of birth as well is no condition beside it. */
import type { Condition, Expression, Scope } from './query.js';

/** Takes out that a time is known, where something else of the same event is compared. */
export function dropImplied({ where }: Scope): void {
  for (const one of [...where]) {
    if (one.type === 'exists') dropImplied(one.scope);
    else if (isKnownTime(one) && where.some((other) => tellsOf(other, one.left)))
      where.splice(where.indexOf(one), 1);
  }
}

type Known = Extract<Condition, { type: 'null' }> & {
  readonly left: Extract<Expression, { type: 'column' }>;
};

function isKnownTime(condition: Condition): condition is Known {
  if (condition.type !== 'null' || !condition.not || condition.left.type !== 'column') return false;
  const { role } = condition.left.field;
  return role === 'time' || role === 'year';
}

/** Whether another column that begins with the same word, `birth_country` beside `birth_year`, is one of some values. */
function tellsOf(condition: Condition, { node, field }: Known['left']): boolean {
  if (condition.type !== 'in' || condition.not || condition.left.type !== 'column') return false;
  const { left } = condition;
  const [event, ...rest] = left.field.words;
  return (
    left.node === node && rest.length > 0 && field.words.length > 1 && event === field.words[0]
  );
}
