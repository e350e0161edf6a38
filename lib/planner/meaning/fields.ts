/** Columns that go without saying: when a row happened, what it costs, how much money it brought in. */
import type { Dimension } from '../lexicon/scales.js';
import { isKindOf } from '../lexicon/wordnet.js';
import { MONEY_WORDS, PEOPLE, PRICE_WORDS, QUANTITY_WORDS, REVENUE } from '../lexicon/words.js';
import { waysFrom, type Way, waysToOne } from '../schema/paths.js';
import type { Field, Schema, Table } from '../schema/schema.js';
import { holdsNumbers } from '../schema/roles.js';
import { root, singular } from '../text/inflection.js';

export interface FieldAt {
  readonly field: Field;
  readonly way: Way;
  readonly cost: number;
}

/** The columns that may say when a row of a table happened: its own first, then those of what it belongs to. */
export function timeFields(table: Table): FieldAt[] {
  const own = ownTimes(table).map(({ field, cost }) => ({
    field,
    cost,
    way: waysToOne(table, table)[0]!,
  }));
  // When somebody joined or was hired is theirs, and of nothing that they have to do with.
  const above = [...waysFrom(table)].flatMap(([to, ways]) =>
    (isOfPeople(to) ? [] : ways)
      .filter(({ toOne }) => toOne)
      .flatMap((way) =>
        ownTimes(to)
          // A line belongs to its order's day; an order does not belong to the day its customer was born.
          .filter(({ field }) => !isOfPerson(field) && !isOfOrigin(field))
          .map(({ field, cost }) => ({ field, way, cost: cost + 2 * way.cost })),
      ),
  );
  return [...own, ...above];
}

function isOfPeople({ words }: Table): boolean {
  const last = words.at(-1) ?? '';
  return PEOPLE.has(last) || isKindOf(last, 'person');
}

/** Columns of time without those of birth and death, the ones named for the row's own event first. */
function ownTimes(table: Table): { field: Field; cost: number }[] {
  const fields = table.fields.filter(({ role }) => role === 'time' || role === 'year');
  return fields.map((field) => ({
    field,
    cost:
      fields.length === 1 && !isOfPerson(field) ? Math.min(0.3, timeCost(field)) : timeCost(field),
  }));
}

function timeCost(field: Field): number {
  const { words, table } = field;
  if (isOfPerson(field)) return 2;
  if (
    words.some((word) =>
      /^(?:update|updated|modified|changed|deleted|expire|expired|expiry|due|end|ended|finish|until)$/.test(
        word,
      ),
    )
  )
    return 1.2;
  // What may be missing is not when the row came to be, nor is the end of what it tells of.
  const late = field.column.notNull ? 0 : 0.3;
  const roots = new Set(table.words.map(root));
  const own = words.some((word) => roots.has(root(word)));
  // "date complaint closed" is of the complaint, but of its end.
  if (words.some((word) => ENDINGS.has(word) && !roots.has(root(word))))
    return own ? late + 0.4 : 1;
  if (own) return late;
  if (['date', 'time', 'year', 'at', 'timestamp', 'datetime'].includes(words.join(' '))) return 0;
  if (words.some((word) => /^(?:placed|created|start|started|begin)$/.test(word)))
    return 0.3 + late;
  return 0.6 + late;
}

const ENDINGS = new Set(
  'closed resolved arrival arrived returned delivered completed finished paid shipped cancelled left last valid disposed settled to'.split(
    ' ',
  ),
);

/** When a thing came to be, which is not when anything was true of it. */
export function isOfOrigin({ role, words }: Field): boolean {
  if (role !== 'year') return false;
  return words.some((word) =>
    /^(?:found|founded|founding|foundation|establish|established|establishment|built|opened|opening|formed|incorporated)$/.test(
      word,
    ),
  );
}

export function isOfPerson({ words }: Field): boolean {
  return words.some((word) =>
    /^(?:birth|birthday|dob|born|death|died|deceased|birthdate)$/.test(word),
  );
}

/** What a bare number is compared with: the one column of money, or the one column that measures at all. */
export function impliedMeasures(table: Table): Field[] {
  const measures = table.fields.filter(({ role }) => role === 'measure');
  if (measures.length <= 1) return measures;
  const money = measures.filter(({ words }) => words.some((word) => MONEY_WORDS.includes(word)));
  if (money.length <= 1) return money;
  const total = money.filter(({ words }) => words.at(-1) === 'total' || words[0] === 'total');
  return total.length === 1 ? total : money;
}

/** The columns of a table that an adjective measures, by the adjective's own words in their order. */
export function dimensionFields(
  table: Table,
  dimension: Dimension,
): { field: Field; cost: number }[] {
  if (dimension.kind === 'time') {
    const times = ownTimes(table).filter(({ field }) => !isOfPerson(field));
    // Beside the day, the year alone does not tell which comes last.
    const days = times.filter(({ field, cost }) => field.role === 'time' && cost < 1);
    return days.length > 0 ? times.filter(({ field }) => field.role === 'time') : times;
  }
  if (dimension.kind === 'birth') {
    const ages = table.fields.filter(
      (field) => (field.role === 'measure' || holdsNumbers(field)) && field.words.includes('age'),
    );
    const born = table.fields.filter(
      (field) => (field.role === 'time' || field.role === 'year') && isOfBirth(field),
    );
    // Beside the day, the year alone does not tell who is older.
    const days = born.filter(({ role }) => role === 'time');
    const births = days.length > 0 ? days : born;
    // The oldest order is the first one; how old a person is, only a birth date can tell.
    const person = PEOPLE.has(table.words.at(-1) ?? '');
    const built = ages.length + births.length > 0 || person ? [] : ownTimes(table);
    return [
      ...ages.map((field) => ({ field, cost: 0 })),
      ...births.map((field) => ({ field, cost: 0.3 })),
      ...built,
    ];
  }
  const measures = table.fields.filter((field) => field.role === 'measure' || holdsNumbers(field));
  for (const word of [...dimension.words, ...(dimension.inverse ?? [])]) {
    const named = measures.filter(({ words }) => words.includes(word));
    if (named.length > 0) {
      const exact = named.filter(({ words }) => words.join(' ') === word);
      return (exact.length > 0 ? exact : named).map((field) => ({ field, cost: 0 }));
    }
  }
  return [];
}

/**
 * The same, or where the table's own rows have no such column those of the one row that each belongs to: members of
 * clubs may be but links to the people that they are.
 */
export function dimensionFieldsOf(
  table: Table,
  dimension: Dimension,
): { field: Field; cost: number }[] {
  const own = dimensionFields(table, dimension);
  if (own.length > 0 || dimension.kind === 'time') return own;
  return [...waysFrom(table)].flatMap(([to, [way]]) =>
    way?.toOne === true && way.steps.length === 1 ? dimensionFields(to, dimension) : [],
  );
}

/** Whether a column tells a dimension the other way round: whoever is older was born earlier. */
export function isInverse(field: Field, { kind, ...dimension }: Dimension): boolean {
  const { role, words } = field;
  if (kind === 'birth') return role === 'time' || role === 'year' || isOfBirth(field);
  return (
    !dimension.words.some((word) => words.includes(word)) &&
    (dimension.inverse ?? []).some((word) => words.includes(word))
  );
}

/** Whoever is dead is no older for it. */
function isOfBirth({ words }: Field): boolean {
  return words.some((word) => /^(?:birth|birthday|dob|born|birthdate)$/.test(word));
}

export interface Money {
  /** The column, or quantity and price to be multiplied. */
  readonly factors: readonly Field[];
  readonly table: Table;
  readonly cost: number;
}

/**
 * Where a database keeps the money that came in: by name, by comment, or as quantity times price of its lines. A
 * comment that says the request's own word stands before one that says another for it.
 */
export function revenueSources({ tables }: Schema, word: string): Money[] {
  const named = tables.flatMap((table) =>
    table.fields.flatMap((field): Money[] => {
      if (field.family !== 'number' && field.family !== 'integer') return [];
      if (field.role === 'key') return [];
      if (field.words.some((word) => REVENUE.includes(word)))
        return [{ factors: [field], table, cost: 0 }];
      const said = revenueWords(field);
      if (said.length === 0) return [];
      return [{ factors: [field], table, cost: said.includes(word) ? 0.1 : 0.3 }];
    }),
  );
  const lines = tables.flatMap((table): Money[] => {
    const line = lineItem(table);
    return line === undefined ? [] : [{ factors: line, table, cost: 0.6 }];
  });
  return [...named, ...lines];
}

/** What the comment calls it, only where it begins with that: further back it may say what the column is not. */
function revenueWords({ column, role }: Field): string[] {
  if (role !== 'measure') return [];
  const words = (column.comment ?? '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .slice(0, 3)
    .map(singular);
  return words.filter((word) => REVENUE.includes(word));
}

/**
 * Quantity and price of a table of lines: one that refers to two others at least. Where it has a discount as
 * well, the product is not what was paid, and there is no answer here.
 */
export function lineItem(table: Table): readonly Field[] | undefined {
  if (table.steps.filter(({ forward }) => forward).length < 2) return undefined;
  const measures = table.fields.filter(({ role }) => role === 'measure');
  const total = measures.find(({ words }) =>
    /^(?:line )?(?:total|amount|subtotal)$/.test(words.join(' ')),
  );
  if (total !== undefined) return [total];
  if (
    measures.some(({ words }) => words.some((word) => /^(?:discount|rebate|tax|refund)/.test(word)))
  )
    return undefined;
  const quantity = quantityField(table);
  const price = measures.filter(({ words }) => words.some((word) => PRICE_WORDS.includes(word)));
  return quantity !== undefined && price.length === 1 ? [quantity, price[0]!] : undefined;
}

/** The column of a table that says how many; undefined where there is none or more than one. */
export function quantityField(table: Table): Field | undefined {
  const measures = table.fields.filter(
    ({ role, family }) => role === 'measure' && family !== 'text',
  );
  for (const word of QUANTITY_WORDS) {
    const named = measures.filter(
      ({ words }) => words.includes(word) && !words.some((other) => PRICE_WORDS.includes(other)),
    );
    if (named.length === 1 && (word !== 'amount' || named[0]!.family === 'integer'))
      return named[0];
  }
  return undefined;
}
