/** What a listing is ordered and ranked by, and how that is reached from the rows that are asked for. */
import type { Dimension } from '../lexicon/scales.js';
import { isKindOf } from '../lexicon/wordnet.js';
import type { Measure, Mod } from '../phrase.js';
import { type Way, waysBetween, waysFrom } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import { holdsNumbers } from '../schema/roles.js';
import { Misfit } from './choices.js';
import { dimensionFields, type FieldAt, impliedMeasures, isInverse, timeFields } from './fields.js';
import { measureOf, type Parts } from './parts.js';
import { type Context, ofNoun } from './place.js';
import type { Expression } from './query.js';
import type { Shown } from './shown.js';

export interface SortKey {
  /** From the table whose rows are asked for. */
  readonly way: Way;
  readonly field: Field;
  readonly descending: boolean;
}

type Rank = Extract<Mod, { type: 'rank' }>;
type Order = Extract<Mod, { type: 'order' }>;

/** @param shown what the request asks to see: it is ordered by that sooner than by what it does not name */
export function sortKeys(
  context: Context,
  { rank, orders, targets }: Parts,
  table: Table,
  shown: readonly Shown[],
): SortKey[] {
  if (rank !== undefined) return [rankKey(context, rank, table, stay(table))];
  const whole = targets.every(({ type }) => type === 'things');
  return orders.flatMap((order) => orderKeys(context, order, table, whole ? [] : shown));
}

/** What a superlative goes by, told of the rows at the end of a way. */
export function rankKey(context: Context, rank: Rank, table: Table, before: Way): SortKey {
  const { key, scale, descending } = rank;
  const name = table.relation.name;
  const misfit = () =>
    new Misfit(`it is not clear by what ${name} are to be ranked`, {
      hint: 'name the column behind "by": "top 5 … by …"',
      weight: 5,
    });
  if (key === undefined && scale === undefined && rank.bare === true) throw misfit();
  const options = key === undefined ? impliedKeys(table, scale) : fieldsOf(table, key, 0.8);
  const { field, way } = context.chooser.pick(rank, options.filter(isGradable), misfit);
  return {
    way: join(before, way),
    field,
    descending: isReversed(field, scale, key) !== descending,
  };
}

/** `the largest city`: by its size, or by the one number that it has. */
function impliedKeys(table: Table, scale: Dimension | undefined): FieldAt[] {
  const named = scale === undefined ? [] : dimensionFields(table, scale);
  const fields =
    named.length > 0 ? named : impliedMeasures(table).map((field) => ({ field, cost: 0.2 }));
  return fields.map((one) => ({ ...one, way: stay(table) }));
}

function orderKeys(
  context: Context,
  order: Order,
  table: Table,
  shown: readonly Shown[],
): SortKey[] {
  const { key, descending, scale } = order;
  const seen = shown.flatMap(({ way, fields }) => fields.map((field) => ({ way, field, cost: 0 })));
  if (key.type === 'name') return nameKeys(seen, table, descending);
  const options =
    key.type === 'result'
      ? resultKeys(seen, table)
      : fieldsOf(table, key).map((one) => ({
          ...one,
          ...seen.find(({ field }) => field === one.field),
          cost: one.cost - (seen.some(({ field }) => field === one.field) ? 0.3 : 0),
        }));
  const name = key.type === 'field' ? key.field.text : 'that';
  const { field, way } = context.chooser.pick(
    order,
    options,
    () => new Misfit(`${name} can't be told of ${table.relation.name}`, { weight: 3 }),
  );
  const measure = measureOf(key);
  return [{ way, field, descending: isReversed(field, scale, measure) !== descending }];
}

/** `alphabetically`: by the first text that is shown, a thing by its name. */
function nameKeys(seen: readonly FieldAt[], table: Table, descending: boolean): SortKey[] {
  const [text] = seen.filter(({ field: { family, role } }) => family === 'text' || role === 'name');
  const naming =
    table.naming.length > 0 && (text === undefined || table.naming.includes(text.field));
  // As a telephone book has it: the last name first.
  if (naming && seen.length === 0)
    return [...table.naming].reverse().map((field) => ({ way: stay(table), field, descending }));
  if (text === undefined)
    throw new Misfit(`${table.relation.name} has no name to be ordered by`, { weight: 3 });
  return [{ way: text.way, field: text.field, descending }];
}

/** `in descending order` alone: by the number that is shown, or by the only column. */
function resultKeys(seen: readonly FieldAt[], table: Table): FieldAt[] {
  const numbers = seen.filter(
    ({ field: { role } }) => role === 'measure' || role === 'time' || role === 'year',
  );
  if (numbers.length === 1) return numbers;
  if (seen.length > 0) return seen.slice(0, 1);
  return table.naming.slice(0, 1).map((field) => ({ field, way: stay(table), cost: 0.2 }));
}

/** The columns that a measure may be for each row: to order by one of many rows is the last resort. */
function fieldsOf(table: Table, key: Measure, many = 0.4): FieldAt[] {
  if (key.type === 'dimension') return dimensionKeys(table, key.dimension);
  if (key.type !== 'field') throw new Misfit('that order needs a group');
  return ofThing(key).flatMap(({ field, cost }) =>
    waysBetween(table, field.table).map((way) => ({
      field,
      way,
      cost: cost + way.cost + (way.toOne ? 0 : many),
    })),
  );
}

/** "body weight" of a body builder is that of the person who is one. */
function ofThing({ noun, field: { options } }: Extract<Measure, { type: 'field' }>) {
  const own = ofNoun(noun, options);
  if (own.length > 0 || noun === undefined || noun.mods.length > 0) return own;
  const tables = noun.table?.options.map(({ table }) => table) ?? [];
  return options.filter(({ field }) =>
    tables.some((table) => waysBetween(table, field.table).some(({ toOne }) => toOne)),
  );
}

function dimensionKeys(table: Table, dimension: Dimension): FieldAt[] {
  if (dimension.kind === 'time') {
    const times = timeFields(table).filter(({ way }) => way.toOne);
    // Of the same row a day says more than a year.
    const dated = times.some(({ field, way }) => field.role === 'time' && way.steps.length === 0);
    if (!dated && table.fields.some(isDateInText))
      throw new Misfit(
        `${table.relation.name} keeps its dates as text, which has no order in time`,
      );
    return times.map((one) =>
      dated && one.field.role === 'year' ? { ...one, cost: one.cost + 0.3 } : one,
    );
  }
  const own = dimensionFields(table, dimension).map((one) => ({ ...one, way: stay(table) }));
  if (own.length > 0) return own;
  const since = dimension.name === 'length' ? tenureOf(table) : undefined;
  if (since !== undefined) return [{ field: since, cost: 0.2, way: stay(table) }];
  // A row that two tables share, and the person that somebody is: what is told there is told of the row.
  return [...waysFrom(table)].flatMap(([to, ways]) =>
    ways
      .filter(({ steps }) =>
        steps.every(
          (step) => step.toOne && (isShared(step.from, step.to) || PERSONS.has(to.words.at(-1)!)),
        ),
      )
      .flatMap((way) =>
        dimensionFields(to, dimension).map((one) => ({ ...one, way, cost: one.cost + way.cost })),
      ),
  );
}

/** A day that is kept as text, beside which a year alone tells no order. */
function isDateInText({ family, words }: Field): boolean {
  return family === 'text' && words.join(' ') === 'date';
}

/** Who has been there the longest came first. */
function tenureOf({ words, fields }: Table): Field | undefined {
  if (!isKindOf(words.at(-1) ?? '', 'person')) return undefined;
  const [first, ...more] = fields.filter(
    (field) => field.role === 'time' && field.words.some((word) => JOINING.test(word)),
  );
  return more.length === 0 ? first : undefined;
}

const JOINING = /^(?:hired?|hiring|join(?:ed|ing)?|employ(?:ed|ment)|engaged|appointed|since)$/;

const PERSONS = new Set(['person', 'people', 'human', 'individual']);

function isShared(from: Table, to: Table): boolean {
  return waysBetween(to, from).some(({ toOne, steps }) => toOne && steps.length === 1);
}

/** There is a most and a least of numbers and dates only; names and codes can be sorted, no more. */
function isGradable({ field }: FieldAt): boolean {
  const { role } = field;
  return role === 'measure' || role === 'time' || role === 'year' || holdsNumbers(field);
}

/** Texts that are numbers have a highest only as numbers: "9" is less than "10". */
export function graded(expression: Expression, field: Field): Expression {
  return holdsNumbers(field) ? { type: 'number', of: expression } : expression;
}

/** Whoever is older was born earlier. */
function isReversed(field: Field, scale: Dimension | undefined, key: Measure | undefined): boolean {
  const measured = scale ?? (key?.type === 'dimension' ? key.dimension : undefined);
  if (measured === undefined) return false;
  return isInverse(field, measured) || (measured.kind === 'number' && field.role === 'time');
}

export function stay(table: Table): Way {
  return waysBetween(table, table)[0]!;
}

export function join(first: Way, second: Way): Way {
  return {
    steps: [...first.steps, ...second.steps],
    toOne: first.toOne && second.toOne,
    cost: first.cost + second.cost,
  };
}

/** The first part of a way, as far as it repeats rows. */
export function downSteps({ steps }: Pick<Way, 'steps'>): readonly Step[] {
  const last = steps.findLastIndex(({ toOne }) => !toOne);
  return steps.slice(0, last + 1);
}
