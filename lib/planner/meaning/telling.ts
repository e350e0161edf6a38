/** Expressions and conditions as texts that are the same where they say the same, wherever a query has them from. */
import type { Field } from '../schema/schema.js';
import type { Condition, Expression, Node, Query, Scope } from './query.js';

/** What only the whole query can tell. */
export interface Telling {
  column(node: Node, field: Field): string;
  /** A subquery; without a value it is asked only whether there is a row. */
  inside(scope: Scope, value?: Expression): string;
  result(query: Query): string;
}

export function expressionText(expression: Expression, telling: Telling): string {
  const text = (part: Expression) => expressionText(part, telling);
  switch (expression.type) {
    case 'column':
      return telling.column(expression.node, expression.field);
    case 'bucket':
      return `${expression.grain}(${text(expression.of)})`;
    case 'number':
      return text(expression.of);
    case 'product':
      return expression.factors.map(text).sort().join('*');
    case 'aggregate': {
      const of = expression.of === undefined ? '*' : text(expression.of);
      return `${expression.fn}(${expression.distinct ? 'distinct ' : ''}${of})`;
    }
    case 'subquery':
      return telling.inside(expression.scope, expression.value);
  }
}

export function conditionText(condition: Condition, telling: Telling): string {
  const text = (expression: Expression) => expressionText(expression, telling);
  switch (condition.type) {
    case 'compare':
      return `${text(condition.left)}${condition.operator}${rightText(condition, telling)}`;
    case 'between':
      return `${text(condition.left)} between ${condition.low} ${condition.high}`;
    case 'in':
      return `${text(condition.left)}${condition.not ? ' not' : ''} in ${list(condition.values)}`;
    case 'span':
      return `${text(condition.left)}${spanText(condition)}`;
    case 'null':
      return `${text(condition.left)} is${condition.not ? ' not' : ''} null`;
    case 'truth':
      return `${text(condition.left)}=${condition.value}`;
    case 'like':
      return `${text(condition.left)}${condition.not ? ' not' : ''} ${condition.how} ${condition.text}`;
    case 'within': {
      const { left, scope, value, not } = condition;
      return `${text(left)}${not ? ' not' : ''} within ${telling.inside(scope, value)}`;
    }
    case 'exists':
      return `${condition.not ? 'no ' : ''}${telling.inside(condition.scope)}`;
    case 'every':
      return `every ${telling.inside(condition.scope)} ${telling.inside(condition.linked)}`;
    case 'among':
      return `${text(condition.left)} among ${telling.result(condition.query)}`;
    case 'any':
    case 'all':
      return `${condition.type}${list(condition.of.map((one) => conditionText(one, telling)))}`;
    case 'not':
      return `not ${conditionText(condition.of, telling)}`;
  }
}

export function rightText(
  { right }: Extract<Condition, { type: 'compare' }>,
  telling: Telling,
): string {
  if ('digits' in right) return right.digits;
  return 'text' in right ? `'${right.text}'` : expressionText(right, telling);
}

/** `in 2009` of a column of years is the same as that it equals 2009. */
function spanText({ field, span: { from, to } }: Extract<Condition, { type: 'span' }>): string {
  const [first, end] = [from, to].map((day) => Number(day?.slice(0, 4)));
  if (field.role === 'year' && end === first! + 1) return `=${first!}`;
  return ` in ${from ?? ''}..${to ?? ''}`;
}

export function list(texts: readonly string[]): string {
  return `[${[...texts].sort().join('; ')}]`;
}
