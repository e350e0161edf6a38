/** A query as one plain sentence, so that a wrong reading shows. Made from the same tree as the SQL. */
import type { Comparison } from '../lexicon/words.js';
import type { Condition, Expression, Node, Order, Query, Scope } from '../meaning/query.js';
import type { AggregateName } from '../phrase.js';
import { isNumeric } from '../schema/roles.js';
import type { Field, Table } from '../schema/schema.js';

export function printSentence(query: Query): string {
  const { scope, outputs, distinct, groupBy, having = [], orderBy, ...rest } = query;
  const { limit, offset, ties, over, rows, per, ...more } = rest;
  everythingIsTold(more);
  const said = scope.where.map(say);
  const held = having.map(say);
  return [
    over === undefined
      ? `${what({ outputs, distinct, groupBy, rows })}${besides(query)}`
      : `the ${FUNCTIONS[over.fn]} over each ${list(keysOf(query))} of ${list(measuresOf(query))}`,
    ...(said.length === 0 ? [] : [`where ${said.join(' and ')}`]),
    ...(held.length === 0 ? [] : [`only those where ${held.join(' and ')}`]),
    ...leftOut(query),
    ...(per === undefined ? order({ orderBy, limit, offset, ties }) : firstOfEach(query, per)),
  ].join(', ');
}

/** Which rows of its table a query finds: what follows the table's name. */
export function printRowsSentence(query: Query): string {
  const { scope, orderBy, limit, offset, ties } = query;
  const said = scope.where.map(say);
  const parts = [
    ...(said.length === 0 ? [] : [`where ${said.join(' and ')}`]),
    ...(limit === undefined ? [] : order({ orderBy, limit, offset, ties })),
  ];
  return [besides({ ...query, outputs: [] }), ...parts.map((part) => `, ${part}`)].join('');
}

/** A new part of a query does not compile here before it has its words above. */
function everythingIsTold(_: Record<string, never>): void {
  // The type is all.
}

/** What a row of the result is. */
function what(query: Pick<Query, 'outputs' | 'distinct' | 'groupBy' | 'rows'>): string {
  const { groupBy, distinct, rows } = query;
  const measures = measuresOf(query);
  const keys = [...keysOf(query), ...hiddenKeys(query)];
  const different = distinct ? 'the different ' : '';
  if (measures.length > 0) {
    const per = keys.length === 0 ? '' : ` for each ${list(keys)}`;
    return `${different}${list(measures)}${per}`;
  }
  const all = groupBy.length === 0 && keys.length === rows.fields.length && keys.length > 1;
  return `${different}${all ? `all columns of ${tableName(rows)}` : list(keys)}`;
}

function measuresOf({ outputs }: Pick<Query, 'outputs'>): string[] {
  return outputs.flatMap(({ expression }) => (isMeasure(expression) ? [describe(expression)] : []));
}

function keysOf({ outputs }: Pick<Query, 'outputs'>): string[] {
  return outputs.flatMap(({ expression }) => (isMeasure(expression) ? [] : [describe(expression)]));
}

/** What is grouped by and not shown, but for the key behind a name that is. */
function hiddenKeys({ outputs, groupBy }: Pick<Query, 'outputs' | 'groupBy'>): string[] {
  const shown = outputs.map(({ expression }) => expression);
  const told = new Set(shown.map(describe));
  const isBehind = (key: Expression) =>
    key.type === 'column' &&
    key.node.table.key.includes(key.field) &&
    shown.some((one) => one.type === 'column' && one.node === key.node);
  return [
    ...new Set(
      groupBy.flatMap((key) => (told.has(describe(key)) || isBehind(key) ? [] : [describe(key)])),
    ),
  ];
}

/** Tables that are joined without a word of what is theirs: only rows that have some there are left. */
function besides({ scope, outputs, groupBy, having = [], orderBy }: Query): string {
  const told = [
    ...outputs.map(({ expression }) => describe(expression)),
    ...groupBy.map(describe),
    ...scope.where.map(say),
    ...having.map(say),
    ...orderBy.map(({ expression }) => describe(expression)),
  ].join(' ');
  const silent = scope.nodes.filter(
    (node) =>
      node.join !== undefined &&
      !node.optional &&
      !scope.nodes.some(({ join }) => join?.to === node) &&
      !told.includes(tableName(node.table)),
  );
  const names = [...new Set(silent.map((node) => `${tableName(node.table)}${roleOf(node)}`))];
  return names.length === 0 ? '' : ` with ${list(names)}`;
}

/** What is shown of another thing is shown of the rows that have one: that the others are left out is told. */
function leftOut({ scope, outputs, groupBy }: Query): string[] {
  if (groupBy.length > 0 || outputs.some(({ expression }) => isMeasure(expression))) return [];
  const nodeOf = (one: Expression) => (one.type === 'column' ? one.node : undefined);
  // What a condition says of the other thing says that there is one.
  const held = new Set(scope.where.map((one) => ('left' in one ? nodeOf(one.left) : undefined)));
  const shown = new Set(outputs.map(({ expression }) => nodeOf(expression)));
  const names = [...shown].flatMap((node) =>
    node?.join?.step.optional === true && !node.optional && !held.has(node)
      ? [`${tableName(node.table)}${roleOf(node)}`]
      : [],
  );
  return names.length === 0
    ? []
    : [`without rows that have no ${[...new Set(names)].join(' or ')}`];
}

/** `for each category.name those with the lowest price`. */
function firstOfEach(query: Query, per: readonly Expression[]): string[] {
  const { orderBy, limit = 1 } = query;
  const [first, ...next] = order({
    orderBy: orderBy.slice(0, 1),
    limit,
    offset: undefined,
    ties: true,
  });
  const told = new Set(per.map(describe));
  const shown = query.outputs.filter(({ expression }) => told.has(describe(expression)));
  const keys = hiddenKeys({ outputs: shown, groupBy: per });
  const each = [...shown.map(({ expression }) => describe(expression)), ...keys];
  return [`for each ${list(each)} ${first ?? ''}`, ...next];
}

/** In which order, and how many. */
function order({
  orderBy,
  limit,
  offset,
  ties,
}: Pick<Query, 'orderBy' | 'limit' | 'offset' | 'ties'>): string[] {
  const [first, ...next] = orderBy.filter(({ tie }) => !tie);
  const start = offset === undefined ? 0 : offset;
  if (first === undefined) {
    if (limit === undefined) return [];
    return [start === 0 ? `the first ${limit}` : `${limit} after the first ${start}`];
  }
  const then = next.map(
    ({ expression, descending }) =>
      `then ${describe(expression)}${descending ? ' (highest first)' : ''}`,
  );
  return [...rankWords(first, { limit, start, ties }), ...then];
}

/** The highest of many is the highest of all of them. */
function endOf(expression: Expression, descending: boolean): Expression {
  const end = expression.type === 'aggregate' && expression.fn === (descending ? 'max' : 'min');
  return end && expression.of !== undefined ? expression.of : expression;
}

function rankWords(
  { expression, descending }: Order,
  {
    limit,
    start,
    ties,
  }: { readonly limit: number | undefined; readonly start: number; readonly ties: boolean },
): string[] {
  const by = describe(endOf(expression, descending));
  if (limit === undefined) return [`ordered by ${by}`, ...(descending ? ['highest first'] : [])];
  const end = `${descending ? 'highest' : 'lowest'} ${by.replace(/^the /, '')}`;
  if (start > 0) {
    const numbers =
      limit === 1 ? `number ${start + 1}` : `numbers ${start + 1} to ${start + limit}`;
    return [`${numbers} by the ${end}`];
  }
  if (limit === 1) return [ties ? `those with the ${end}` : `the one with the ${end}`];
  return [`the ${limit} with the ${end}${ties ? ' and what is level with the last of them' : ''}`];
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

function describe(expression: Expression): string {
  switch (expression.type) {
    case 'column':
      return columnName(expression.node, expression.field);
    case 'bucket':
      return `${expression.grain} of ${describe(expression.of)}`;
    case 'number':
      return `${describe(expression.of)} as a number`;
    case 'product':
      return expression.factors.map((factor) => describe(factor)).join(' times ');
    case 'aggregate':
      return aggregateName(expression);
    case 'subquery':
      return subqueryName(expression);
  }
}

function aggregateName({
  fn,
  of,
  distinct,
  name,
}: Extract<Expression, { type: 'aggregate' }>): string {
  if (fn === 'count' && (of === undefined || !distinct))
    return `the number of ${name.replaceAll('_', ' ')}`;
  const each = distinct && fn !== 'min' && fn !== 'max' ? 'different ' : '';
  const what = fn === 'count' ? 'number of' : FUNCTIONS[fn];
  return `the ${what} ${each}${of === undefined ? name : describe(of)}`;
}

function subqueryName({ scope, value }: Extract<Expression, { type: 'subquery' }>): string {
  return `${describe(value)}${given(scope)}`;
}

/** What holds of the rows of a subquery, the row that it is asked for included. */
function given(scope: Scope): string {
  const said = scope.where.map(say);
  const own = scope.outer === undefined ? '' : ` of it${outerRole(scope)}`;
  return `${own}${said.length === 0 ? '' : ` where ${said.join(' and ')}`}`;
}

function columnName(node: Node, field: Field): string {
  return `${tableName(node.table)}.${field.column.name}${roleOf(node)}`;
}

/** Which of two rows of one table it is: the one that plays this part. */
function roleOf({ join }: Node): string {
  for (let at = join; at !== undefined; at = at.to.join) {
    const { role } = at.step;
    if (role.length > 0) return ` (${at === join ? 'as' : 'of'} ${role.join(' ')})`;
  }
  return '';
}

/** What the rows of a subquery have to do with the row outside: a key, or no more than a value that both have. */
function tied({ outer }: Scope): string {
  const keyed = outer?.node.table.steps.some(({ on }) =>
    on.every(([a, b], i) => a === outer.step.on[i]?.[0] && b === outer.step.on[i][1]),
  );
  return outer === undefined || keyed === true || outer.step.forward
    ? 'belongs to it'
    : `has the same ${list(outer.step.on.map(([, { words }]) => words.join(' ')))}`;
}

/** The part that the row outside plays for those of a subquery, or they for it. */
function outerRole({ outer }: Scope): string {
  return outer === undefined || outer.step.role.length === 0
    ? ''
    : ` (as ${outer.step.role.join(' ')})`;
}

function tableName({ relation }: Table): string {
  return relation.name;
}

function say(condition: Condition): string {
  switch (condition.type) {
    case 'compare': {
      const right =
        'digits' in condition.right
          ? condition.right.digits
          : 'text' in condition.right
            ? `"${condition.right.text}"`
            : describe(condition.right);
      // Two rows of one table: what the one has is compared with what the other has.
      const same = 'type' in condition.right && right === describe(condition.left);
      return `${describe(condition.left)} ${OPERATORS[condition.operator]} ${same ? 'the same' : right}`;
    }
    case 'between':
      return `${describe(condition.left)} is between ${condition.low} and ${condition.high}`;
    case 'in': {
      const { left } = condition;
      const bare = left.type === 'column' && isNumeric(left.field);
      const values = condition.values.map((value) => (bare ? value : `"${value}"`));
      return `${describe(condition.left)} is ${condition.not ? 'not ' : ''}${list(values, 'or')}`;
    }
    case 'span':
      return `${describe(condition.left)} is ${condition.span.text}`;
    case 'null':
      return `${describe(condition.left)} is ${condition.not ? 'not ' : ''}empty`;
    case 'truth':
      return `${describe(condition.left)} is ${condition.value ? 'true' : 'false'}`;
    case 'like': {
      const verb = { starts: 'starts with', ends: 'ends with', contains: 'contains' }[
        condition.how
      ];
      return `${describe(condition.left)} ${condition.not ? 'not: ' : ''}${verb} "${condition.text}"`;
    }
    case 'within':
      return `${describe(condition.left)} is ${condition.not ? 'not ' : ''}one of ${describe(condition.value)}${given(condition.scope)}`;
    case 'among':
      return `${describe(condition.left)} is one of these: ${printSentence(condition.query)}`;
    case 'exists': {
      const inner = condition.scope.where.map(say);
      const names = condition.scope.nodes.map(({ table }) => tableName(table));
      const what = [...new Set(names)].join(' and ');
      return `${condition.not ? 'no' : 'some'} row of ${what} ${tied(condition.scope)}${outerRole(condition.scope)}${inner.length === 0 ? '' : ` with ${inner.join(' and ')}`}`;
    }
    case 'every': {
      const { scope, linked } = condition;
      const which = scope.where.length === 0 ? '' : ` with ${scope.where.map(say).join(' and ')}`;
      const names = [...new Set(linked.nodes.map(({ table }) => tableName(table)))].join(' and ');
      const row = `some row of ${names} belongs to it${outerRole(linked)}`;
      return `for every row of ${tableName(scope.root.table)}${which} ${row} with ${linked.where.map(say).join(' and ')}`;
    }
    case 'any':
      return `(${condition.of.map(say).join(' or ')})`;
    case 'all':
      return condition.of.map(say).join(' and ');
    case 'not':
      return `not (${say(condition.of)})`;
  }
}

function list(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)!}`;
}
