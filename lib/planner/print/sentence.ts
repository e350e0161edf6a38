/** A query as one plain sentence, so that a wrong reading shows. Made from the same tree as the SQL. */
import type { Comparison } from '../lexicon/words.js';
import type { Condition, Expression, Node, Order, Query, Scope } from '../meaning/query.js';
import type { AggregateName } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';

export function printSentence(query: Query): string {
  const { scope, outputs, groupBy, limit, distinct } = query;
  const context: Context = { home: query.rows, joined: scope.nodes.length > 1 };
  const measures = outputs.filter(({ expression }) => isMeasure(expression));
  const keys = outputs.filter(({ expression }) => !isMeasure(expression));
  const ranked = query.orderBy.find(({ tie }) => !tie);
  const parts: string[] = [];
  if (query.over !== undefined) {
    parts.push(
      `the ${FUNCTIONS[query.over.fn]} over each ${list(keys.map(({ expression }) => describe(expression, context)))} of ${list(measures.map(({ expression }) => describe(expression, context)))}`,
    );
  } else if (measures.length > 0 || groupBy.length > 0) {
    const what = measures.map(({ expression }) => describe(expression, context));
    const per =
      keys.length === 0
        ? ''
        : `for each ${list(keys.map(({ expression }) => describe(expression, context)))}`;
    parts.push(
      [
        list(
          what.length === 0 ? keys.map(({ expression }) => describe(expression, context)) : what,
        ),
        what.length === 0 ? '' : per,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  } else {
    const columns = keys.map(({ expression }) => describe(expression, context));
    const all = columns.length === query.rows.fields.length && columns.length > 1;
    parts.push(
      `${distinct ? 'the different ' : ''}${all ? `all columns of ${tableName(query.rows)}` : list(columns)}`,
    );
  }
  const said = conditions(scope, context);
  if (said.length > 0) parts.push(`where ${said.join(' and ')}`);
  const held = (query.having ?? []).map((one) => say(one, context));
  if (held.length > 0) parts.push(`only those where ${held.join(' and ')}`);
  if (ranked !== undefined) parts.push(rankWords(ranked, query, context));
  else if (limit !== undefined) parts.push(`the first ${limit}`);
  return parts.join(', ');
}

interface Context {
  /** The table whose columns need no prefix. */
  readonly home: Table;
  readonly joined: boolean;
}

const FUNCTIONS: Readonly<Record<AggregateName, string>> = {
  count: 'number',
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
};

const OPERATORS: Readonly<Record<Comparison, string>> = {
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
  '=': 'is',
  '<>': 'is not',
};

function isMeasure(expression: Expression): boolean {
  return (
    expression.type === 'aggregate' ||
    expression.type === 'subquery' ||
    expression.type === 'product'
  );
}

function rankWords(
  { expression, descending }: Order,
  { limit, offset, ties }: Query,
  context: Context,
): string {
  const by = describe(expression, context).replace(/^the /, '');
  if (limit === undefined)
    return `ordered by ${describe(expression, context)}${descending ? ', highest first' : ''}`;
  const end = descending ? 'highest' : 'lowest';
  if (offset !== undefined) return `number ${offset + 1} by the ${end} ${by}`;
  if (ties) return `those with the ${end} ${by}`;
  return limit === 1 ? `the one with the ${end} ${by}` : `the ${limit} with the ${end} ${by}`;
}

function describe(expression: Expression, context: Context): string {
  switch (expression.type) {
    case 'column':
      return columnName(expression.node, expression.field);
    case 'bucket':
      return `${expression.grain} of ${describe(expression.of, context)}`;
    case 'number':
      return describe(expression.of, context);
    case 'product':
      return expression.factors.map((factor) => describe(factor, context)).join(' times ');
    case 'aggregate':
      return aggregateName(expression, context);
    case 'subquery':
      return subqueryName(expression, context);
  }
}

function aggregateName(
  { fn, of, distinct, name }: Extract<Expression, { type: 'aggregate' }>,
  context: Context,
): string {
  if (fn === 'count' && (of === undefined || !distinct))
    return `the number of ${name.replaceAll('_', ' ')}`;
  if (fn === 'count') return `the number of different ${describe(of!, context)}`;
  return `the ${FUNCTIONS[fn]} ${of === undefined ? name : describe(of, context)}`;
}

function subqueryName(
  { scope, value }: Extract<Expression, { type: 'subquery' }>,
  context: Context,
): string {
  const said = conditions(scope, context);
  return `${describe(value, context)}${said.length === 0 ? '' : ` where ${said.join(' and ')}`}`;
}

function columnName({ table, join }: Node, field: Field): string {
  const name = `${tableName(table)}.${field.column.name}`;
  const role = join === undefined || join.step.role.length === 0 ? undefined : join.step.role;
  return role === undefined ? name : `${name} (as ${role.join(' ')})`;
}

function tableName({ relation }: Table): string {
  return relation.name;
}

function conditions(scope: Scope, context: Context): string[] {
  return scope.where.map((one) => say(one, context));
}

function say(condition: Condition, context: Context): string {
  switch (condition.type) {
    case 'compare': {
      const right =
        'digits' in condition.right
          ? condition.right.digits
          : 'text' in condition.right
            ? `"${condition.right.text}"`
            : describe(condition.right, context);
      return `${describe(condition.left, context)} ${OPERATORS[condition.operator]} ${right}`;
    }
    case 'between':
      return `${describe(condition.left, context)} is between ${condition.low} and ${condition.high}`;
    case 'in': {
      const values = condition.values.map((value) => `"${value}"`);
      return `${describe(condition.left, context)} is ${condition.not ? 'not ' : ''}${list(values, 'or')}`;
    }
    case 'span':
      return `${describe(condition.left, context)} is ${condition.span.text}`;
    case 'null':
      return `${describe(condition.left, context)} is ${condition.not ? 'not ' : ''}empty`;
    case 'truth':
      return `${describe(condition.left, context)} is ${condition.value ? 'true' : 'false'}`;
    case 'like': {
      const verb = { starts: 'starts with', ends: 'ends with', contains: 'contains' }[
        condition.how
      ];
      return `${describe(condition.left, context)} ${condition.not ? 'not: ' : ''}${verb} "${condition.text}"`;
    }
    case 'within': {
      const inner = conditions(condition.scope, context);
      return `${describe(condition.left, context)} is ${condition.not ? 'not ' : ''}one of ${describe(condition.value, context)}${inner.length === 0 ? '' : ` where ${inner.join(' and ')}`}`;
    }
    case 'among':
      return `${describe(condition.left, context)} is one of these: ${printSentence(condition.query)}`;
    case 'exists': {
      const inner = conditions(condition.scope, context);
      const names = condition.scope.nodes.map(({ table }) => tableName(table));
      const what = [...new Set(names)].join(' and ');
      return `${condition.not ? 'no' : 'some'} row of ${what} belongs to it${inner.length === 0 ? '' : ` with ${inner.join(' and ')}`}`;
    }
    case 'any':
      return `(${condition.of.map((one) => say(one, context)).join(' or ')})`;
    case 'all':
      return condition.of.map((one) => say(one, context)).join(' and ');
    case 'not':
      return `not (${say(condition.of, context)})`;
  }
}

function list(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)!}`;
}
