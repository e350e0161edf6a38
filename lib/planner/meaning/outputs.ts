/** What of a thing is shown, and what the result's columns are called. */
import type { Field, Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { Expression, Node, Order, Output } from './query.js';
import { column } from './scope.js';

/**
 * A thing is shown by the columns that it is called by; one that has no name, and one of which everything is
 * asked, by all its columns.
 */
export function shownFields(table: Table, everything: boolean): readonly Field[] {
  const { naming, fields } = table;
  if (everything) return fields;
  if (naming.length > 0) return naming;
  const told = toldBy(table);
  return told === undefined ? fields : [told];
}

/** The one text that says what a nameless thing is: `role_description` of roles, `customer_details` of customers. */
function toldBy({ fields, words, key }: Table): Field | undefined {
  if (fields.some(({ role }) => role === 'name' || role === 'measure' || role === 'time'))
    return undefined;
  const told = fields.filter(
    (field) =>
      field.family === 'text' &&
      !key.includes(field) &&
      ['detail', 'description'].includes(field.words.at(-1) ?? '') &&
      field.words.includes(words.at(-1)!),
  );
  return told.length === 1 ? told[0] : undefined;
}

/** In a group, a thing without a name is shown by its key: its other columns are not asked for. */
export function groupFields({ naming, key, relation }: Table): readonly Field[] {
  if (naming.length > 0) return naming;
  if (key.length === 0)
    throw new Misfit(`${relation.name} has neither a name nor a key`, { weight: 3 });
  return key;
}

/** Names that are all different: a column that shares its name with another is told apart by its table's. */
export function named(outputs: readonly { expression: Expression; name: string }[]): Output[] {
  const taken = new Map<string, number>();
  for (const { name } of outputs) taken.set(name, (taken.get(name) ?? 0) + 1);
  const used = new Set<string>();
  return outputs.map(({ expression, name }) => {
    const shared = (taken.get(name) ?? 0) > 1 && expression.type === 'column';
    const wanted = shared ? `${expression.node.table.words.join('_')}_${name}` : name;
    let free = wanted;
    for (let i = 2; used.has(free); i++) free = `${wanted}_${i}`;
    used.add(free);
    return { expression, name: free };
  });
}

export function columnOutput(node: Node, field: Field): { expression: Expression; name: string } {
  return { expression: column(node, field), name: field.column.name };
}

/** What makes an order total. */
export function ties(node: Node): Order[] {
  return node.table.key.map((field) => ({
    expression: column(node, field),
    descending: false,
    tie: true,
  }));
}

/** SELECT DISTINCT can be ordered by what it shows alone. */
export function distinctOrder(wanted: readonly Order[], outputs: readonly Output[]): Order[] {
  const shown = (order: Order) =>
    outputs.some(({ expression }) => sameExpression(expression, order.expression));
  if (!wanted.every(shown))
    throw new Misfit('different values can be ordered by themselves only', { weight: 3 });
  const rest = outputs.filter(
    ({ expression }) => !wanted.some((order) => sameExpression(order.expression, expression)),
  );
  return [
    ...wanted,
    ...rest.map(({ expression }) => ({ expression, descending: false, tie: true })),
  ];
}

export function sameExpression(a: Expression, b: Expression): boolean {
  if (a.type === 'column' && b.type === 'column') return a.node === b.node && a.field === b.field;
  return a === b;
}
