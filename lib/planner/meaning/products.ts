/** Amounts that two columns multiplied make: the quantity of a line times the price that it refers to. */
import { PRICE_WORDS } from '../lexicon/words.js';
import type { FieldMention } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import { holdsNumbers } from '../schema/roles.js';
import type { Field, Schema, Step, Table } from '../schema/schema.js';
import { lineItem, quantityField } from './fields.js';

export interface Product {
  /** The table whose rows have one of each factor. */
  readonly table: Table;
  readonly factors: readonly Field[];
  /** The ways to factors that stand in another row. */
  readonly ways: ReadonlyMap<Field, readonly Step[]>;
  readonly cost: number;
}

const HERE: ReadonlyMap<Field, readonly Step[]> = new Map();

/** What every line is worth, where it can be nothing but its quantity times its one price. */
export function worths({ tables }: Schema): Product[] {
  return tables.flatMap((table) => {
    const own = lineItem(table);
    const product =
      own === undefined ? priced(table) : { table, factors: own, ways: HERE, cost: 0.6 };
    return product === undefined || product.factors.length < 2 || isKeptAbove(table)
      ? []
      : [product];
  });
}

/** Lines that hold how many, and refer to what has a price: the price is that of one. */
export function priced(table: Table): Product | undefined {
  const quantity = quantityField(table);
  if (quantity === undefined || !quantity.words.some((word) => PIECES.has(word))) return undefined;
  const forward = table.steps.filter((step) => step.forward && step.toOne);
  if (forward.length < 2 || table.fields.some(isMoney)) return undefined;
  const prices = forward.flatMap((step) =>
    step.to.fields.filter(isPrice).map((field) => ({ field, step })),
  );
  const [price, ...more] = prices;
  if (price === undefined || more.length > 0) return undefined;
  const ways = new Map([[price.field, [price.step]]]);
  return { table, factors: [quantity, price.field], ways, cost: 0.8 };
}

/** The product of two columns that are named: of each row that has one of both. */
export function productsOf([a, b]: readonly FieldMention[]): Product[] {
  return (a?.options ?? []).flatMap((first) =>
    (b?.options ?? []).flatMap((second): Product[] => {
      const cost = first.cost + second.cost;
      const fields = [first.field, second.field];
      if (first.field === second.field || !fields.every(isNumber)) return [];
      const { table } = first.field;
      if (table === second.field.table) return [{ table, factors: fields, ways: HERE, cost }];
      return [fields, [...fields].reverse()].flatMap(([near, far]) =>
        waysBetween(near!.table, far!.table)
          .filter(({ toOne }) => toOne)
          .map((way) => ({
            table: near!.table,
            factors: fields,
            ways: new Map([[far!, way.steps]]),
            cost: cost + way.cost,
          })),
      );
    }),
  );
}

const PIECES = new Set(['quantity', 'qty', 'unit']);
const MONEY = new Set([...PRICE_WORDS, 'amount', 'total', 'subtotal', 'value', 'discount', 'tax']);

function isMoney({ role, words }: Field): boolean {
  return role === 'measure' && words.some((word) => MONEY.has(word)) && !words.some(isPiece);
}

const isPiece = (word: string) => PIECES.has(word);

function isPrice({ role, words }: Field): boolean {
  return role === 'measure' && words.some((word) => word === 'price' || word === 'cost');
}

function isNumber(field: Field): boolean {
  const numeric = field.family === 'integer' || field.family === 'number' || holdsNumbers(field);
  return numeric && field.role !== 'key' && field.role !== 'year';
}

/** Where what lines belong to has an amount of its own, that may be what was meant. */
function isKeptAbove({ steps }: Table): boolean {
  return steps.some(
    ({ forward, to }) =>
      forward &&
      to.fields.some(
        ({ role, words }) =>
          role === 'measure' &&
          words.some((word) => /^(?:total|amount|subtotal|value)$/.test(word)),
      ),
  );
}
