/** Which of two readings shows what was asked for: the thing's own columns before others, and nothing beside them. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Ask, Noun } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { root, singular } from '../text/inflection.js';
import { nounOfTarget } from './parts.js';
import type { Expression, Query } from './query.js';

interface Reading {
  readonly ask: Ask;
  readonly query: Query;
  readonly cost: number;
}

/** A code is that of the thing whose key it is, before those of the rows that refer to it. */
export function isKeyItself(a: Query, b: Query): boolean {
  return differ(a, b, (own, other) => isCopy(other, own));
}

function isCopy(field: Field, key: Field): boolean {
  return referredBy(field) === key;
}

/** What a column is a copy of: the key that it refers to. */
function referredBy(field: Field): Field | undefined {
  const refer = field.table.steps.flatMap(({ forward, on }) =>
    forward ? on.filter(([from]) => from === field) : [],
  );
  return refer[0]?.[1];
}

/** What is shown, or computed from a column; undefined of what has none. */
function shownFields({ outputs }: Query): (Field | undefined)[] {
  return outputs.map(({ expression }) => fieldOf(expression));
}

export function fieldOf(expression: Expression): Field | undefined {
  if (expression.type === 'column') return expression.field;
  if (expression.type !== 'aggregate' || expression.of?.type !== 'column') return undefined;
  return expression.of.field;
}

function columnsOf({ outputs }: Query): Field[] {
  return outputs.flatMap(({ expression }) =>
    expression.type === 'column' ? [expression.field] : [],
  );
}

export function sameShown(a: Query, b: Query): boolean {
  const [own, other] = [columnsOf(a), columnsOf(b)];
  return own.length === other.length && own.every((field, i) => field === other[i]);
}

/** A name is shown in all of its parts, where no more than one of them was read. */
export function isWholeName(a: Query, b: Query): boolean {
  const [own, other] = [columnsOf(a), columnsOf(b)];
  if (own.length <= other.length || other.some((field) => !own.includes(field))) return false;
  const more = own.filter((field) => !other.includes(field));
  return more.every((field) => {
    const { naming } = field.table;
    return naming.includes(field) && other.some((one) => one !== field && naming.includes(one));
  });
}

/** What is asked for in one breath is told of one thing, and a code that refers to a thing is told of that. */
export function isOfOne(a: Query, b: Query): boolean {
  const [own, other] = [thingsOf(a), thingsOf(b)];
  if (own.size === 0 || own.size >= other.size) return false;
  return own.size === 1 || [...own].every((one) => other.has(one));
}

function thingsOf(query: Query): ReadonlySet<Table> {
  return new Set(columnsOf(query).map((field) => referredBy(field)?.table ?? field.table));
}

/** The columns are of what the request says they are of, and those of the other reading are not. */
export function isOwn(a: Reading, b: Reading): boolean {
  // What is the more far-fetched otherwise is not saved by this.
  if (a.cost > b.cost) return false;
  return differ(a.query, b.query, sameKind) && isOfNamed(a) && !isOfNamed(b);
}

function isOfNamed({ ask, query }: Reading): boolean {
  const named = new Set(ask.targets.flatMap((target) => leastTables(nounOfTarget(target))));
  const tables = new Set(columnsOf(query).map(({ table }) => table));
  return named.size > 0 && tables.size > 0 && [...tables].every((table) => named.has(table));
}

/** A product's name is that of a product, whatever else has a product name. */
export function isNamesake(a: Query, b: Query): boolean {
  return differ(a, b, (own, other) => {
    if (own.words.join(' ') !== other.words.join(' ')) return false;
    return isCalledAfter(own) && !isCalledAfter(other);
  });
}

function isCalledAfter({ words, table }: Field): boolean {
  const roots = words.map(root);
  return table.words.every((word) => roots.includes(root(word)));
}

/** Whether two readings show others of a kind, and some that are not the same. */
function differ(a: Query, b: Query, kind: (own: Field, other: Field) => boolean): boolean {
  const [own, other] = [shownFields(a), shownFields(b)];
  if (own.length !== other.length) return false;
  const pairs = own.flatMap((field, i) => (field === other[i] ? [] : [[field, other[i]] as const]));
  return (
    pairs.length > 0 &&
    pairs.every(([one, beside]) => one !== undefined && beside !== undefined && kind(one, beside))
  );
}

function sameKind(own: Field, other: Field): boolean {
  return own.words.at(-1) === other.words.at(-1);
}

function leastTables(noun: Noun | undefined): Table[] {
  const options = noun?.table?.options.filter(
    ({ via, by }) => via === undefined && by === undefined,
  );
  const least = Math.min(...(options ?? []).map(({ cost }) => cost));
  return (options ?? []).filter(({ cost }) => cost === least).map(({ table }) => table);
}

/** The column that has the name, before everything that its table has. */
export function isOneColumn(a: Query, b: Query): boolean {
  const [one, ...more] = columnsOf(a);
  if (one === undefined || more.length > 0) return false;
  const all = new Set(columnsOf(b));
  return one.table.fields.length > 1 && one.table.fields.every((field) => all.has(field));
}

/** The same without a column that the request has no word for. */
export function isBare(a: Query, b: Query, roots: ReadonlySet<string>): boolean {
  const [own, other] = [columnsOf(a), columnsOf(b)];
  if (own.length === 0 || a.outputs.length - own.length !== b.outputs.length - other.length)
    return false;
  const more = other.filter((field) => !own.includes(field));
  return (
    more.length > 0 &&
    own.every((field) => other.includes(field)) &&
    more.every(({ words, table }) =>
      words.every((word) => table.words.includes(word) || !roots.has(root(word))),
    )
  );
}

/**
 * Rows that only link things have the name of the one that they are called after: an affected region's is the region's,
 * and an employee's is that of a person, not of a company.
 */
export function isCalledSo(a: Reading, b: Reading): boolean {
  return differ(a.query, b.query, (own, other) => {
    if (own.table === other.table || own.role !== 'name' || other.role !== 'name') return false;
    return a.ask.targets.some((target) => {
      const called = nounOfTarget(target)?.table?.text.toLowerCase().split(/\s+/) ?? [];
      const isSaid = (table: Table) => called.some((word) => isSuch(word, table));
      return isSaid(own.table) && !isSaid(other.table);
    });
  });
}

function isSuch(noun: string, { words }: Table): boolean {
  const kind = singular(words.at(-1) ?? '');
  return singular(noun) === kind || (kind !== '' && isKindOf(singular(noun), kind));
}
