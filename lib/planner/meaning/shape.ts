/** A query without its columns: two readings of one shape differ in which columns are meant, and in nothing else. */
import type { Field } from '../schema/schema.js';
import type { Condition, Expression, Query, Scope } from './query.js';
import { conditionText, expressionText, type Telling } from './telling.js';

export interface Shape {
  /** What is computed and what is said, with every column left out; that something is known is not told. */
  readonly text: string;
  /** The columns that were left out, in the order in which they came. */
  readonly fields: readonly Field[];
}

export function shapeOf(query: Query): Shape {
  const fields: Field[] = [];
  const told = (expression: Expression) => expressionText(expression, telling);
  const said = ({ where }: Scope) =>
    where
      .filter((one) => one.type !== 'null' || !one.not)
      .map((one) => conditionText(one, telling))
      .join('; ');
  const telling: Telling = {
    column: (_, field) => {
      fields.push(field);
      return '?';
    },
    inside: (scope, value) => `{${value === undefined ? '' : told(value)} ${said(scope)}}`,
    result: (inner) => result(inner),
  };
  const result = (one: Query): string => {
    const orders = one.orderBy.filter(({ tie }) => !tie);
    return [
      one.outputs.map(({ expression }) => told(expression)).join(', '),
      one.groupBy.map(told).join(', '),
      (one.having ?? []).map((held) => conditionText(held, telling)).join('; '),
      orders.map(({ expression, descending }) => `${told(expression)} ${descending}`).join(', '),
      `${one.limit ?? ''} ${one.offset ?? ''} ${one.ties} ${one.distinct} ${one.over?.fn ?? ''}`,
      (one.per ?? []).map(told).join(', '),
      said(one.scope),
    ].join('\n');
  };
  return { text: result(query), fields };
}

/** Every condition, those inside of others included. */
export function conditionsIn(query: Query): readonly Condition[] {
  return [...inWhere(query.scope.where), ...inWhere(query.having ?? [])];
}

function inWhere(where: readonly Condition[]): Condition[] {
  return where.flatMap((one): Condition[] => {
    if (one.type === 'all' || one.type === 'any') return inWhere(one.of);
    if (one.type === 'not') return inWhere([one.of]);
    return one.type === 'exists' ? [one, ...inWhere(one.scope.where)] : [one];
  });
}
