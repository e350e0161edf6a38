/** Measures grounded: the tables whose rows they are taken over, and the aggregates that they become. */
import { DIMENSIONS } from '../lexicon/scales.js';
import { MONEY_WORDS, REVENUE, WORTH } from '../lexicon/words.js';
import type { AggregateName, Measure, Noun } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import { holdsNumbers, isNumeric } from '../schema/roles.js';
import type { Field, Schema, Step, Table } from '../schema/schema.js';
import { plural, singular } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { dimensionFields, quantityField, revenueSources } from './fields.js';
import type { Context, Place } from './place.js';
import type { Expression } from './query.js';
import { priced, type Product, productsOf, worths } from './products.js';
import { column, follow } from './scope.js';

/** A table whose rows a measure is taken over. */
export interface Fact {
  readonly table: Table;
  /** What is aggregated: one column, or several to be multiplied; none where rows are counted. */
  readonly factors: readonly Field[];
  /** The ways to those factors that stand in another row. */
  readonly ways?: ReadonlyMap<Field, readonly Step[]> | undefined;
  /** Rows that a join repeats can still be counted once, by their key. */
  readonly countable: boolean;
  /** Counted by what the rows hold, not by how many there are. */
  readonly summed?: boolean | undefined;
  readonly cost: number;
  readonly noun?: Noun | undefined;
  /** The way to the row that holds the factors, where the table's own rows only belong to it. */
  readonly up?: readonly Step[] | undefined;
}

/** `average age of the members`, where the age is that of the person who is one: told of each member's row. */
export function raised(fact: Fact, to: Table): Fact[] {
  if (fact.factors.length !== 1 || fact.table === to) return [];
  if (waysBetween(fact.table, to).some(({ toOne }) => toOne)) return [];
  // What is there several times has the price several times.
  const [price] = fact.factors;
  if (price !== undefined && priced(to)?.factors.includes(price) === true) return [];
  return waysBetween(to, fact.table)
    .filter(({ toOne, steps }) => toOne && steps.length > 0)
    .map(({ steps, cost }) => ({
      ...fact,
      table: to,
      up: steps,
      countable: false,
      cost: fact.cost + cost + RAISED,
    }));
}

const RAISED = 0.3;

/** The innermost measure: what `average` and `total` are taken of. */
export function baseOf(measure: Measure): Measure {
  return measure.type === 'aggregate' ? baseOf(measure.of) : measure;
}

export function nounOf(measure: Measure): Noun | undefined {
  const base = baseOf(measure);
  return base.type === 'aggregate' ? undefined : base.noun;
}

/** Every table that a measure may be taken over. */
export function factsOf({ schema }: Context, measure: Measure): Fact[] {
  const base = baseOf(measure);
  const fn = functionOf(measure);
  const noun = nounOf(measure);
  switch (base.type) {
    case 'things':
      return (base.noun.table?.options ?? [])
        .filter(({ via }) => via === undefined)
        .map(({ table, cost }) => {
          const own = ownNumber(table);
          return {
            table,
            factors: own === undefined ? [] : [own],
            countable: own === undefined && table.key.length === 1,
            summed: own !== undefined,
            cost,
            noun,
          };
        });
    case 'field':
      return ownFirst(noun, base.field.options)
        .filter(({ field }) => fn === 'count' || fn === undefined || canAggregate(field, fn))
        .flatMap(({ field, cost }) => [
          {
            table: field.table,
            factors: [field],
            countable: fn === 'count' || fn === 'min' || fn === 'max',
            cost,
            noun,
          },
          ...(fn === 'sum' ? linesOf(field) : []).map((line) => ({
            ...line,
            countable: false,
            cost: cost + LINES,
            noun,
          })),
        ]);
    case 'revenue':
      return moneyOf(schema, base).map((money) => ({ ...money, countable: false, noun }));
    case 'units':
      return schema.tables.flatMap((table): Fact[] => {
        const field = quantityField(table);
        const references = table.steps.filter(({ forward }) => forward).length;
        return field === undefined || references < 2
          ? []
          : [{ table, factors: [field], countable: false, cost: 0.1, noun }];
      });
    case 'dimension':
      return schema.tables.flatMap((table) =>
        dimensionFields(table, base.dimension).map(({ field, cost }) => ({
          table,
          factors: [field],
          countable: fn !== 'sum',
          cost,
          noun,
        })),
      );
    case 'aggregate':
      return [];
  }
}

/** `episode length`: what the thing has itself of that kind comes before what others have that is called so. */
function ownFirst<Option extends { readonly field: Field; readonly cost: number }>(
  noun: Noun | undefined,
  options: readonly Option[],
): readonly Option[] {
  const tables = noun?.table?.options.map(({ table }) => table) ?? [];
  const isOwn = ({ field }: Option) => tables.includes(field.table);
  return options.some(isOwn)
    ? options.map((option) => (isOwn(option) ? option : { ...option, cost: option.cost + OTHERS }))
    : options;
}

const OTHERS = 0.7;

/** What the request says is to be multiplied, what each line comes to, or what came in. */
function moneyOf(
  schema: Schema,
  { word, factors }: Extract<Measure, { type: 'revenue' }>,
): Omit<Fact, 'countable'>[] {
  if (factors !== undefined) return productsOf(factors);
  if (word === WORTH) return worths(schema);
  const lines = schema.tables.flatMap((table) => priced(table) ?? []);
  return [...revenueSources(schema, singular(word)), ...lines];
}

/** `total price`, told of what there are several of: each as often as the line says. */
function linesOf(price: Field): Product[] {
  const lines = price.table.steps
    .filter(({ forward }) => !forward)
    .flatMap(({ to }) => priced(to) ?? []);
  return lines.filter(({ factors }) => factors.includes(price));
}

const LINES = 0.4;

/** How many of them each row stands for, where a column is called as the table is: `degrees` of degrees. */
function ownNumber({ fields, words, naming }: Table): Field | undefined {
  const named = words.join(' ');
  const own = fields.find((field) => field.words.join(' ') === named);
  const isCount = own?.role === 'measure' && naming.length === 0 && !words.some(isAmount);
  return isCount ? own : undefined;
}

/** Amounts are of one row, and not so many rows. */
function isAmount(word: string): boolean {
  return (
    MONEY_WORDS.includes(word) ||
    Object.values(DIMENSIONS).some(({ words }) => words.some((one: string) => one === word))
  );
}

function canAggregate(field: Field, fn: AggregateName): boolean {
  if (field.role === 'key') return false;
  // Averages and shares add up to nothing.
  if (fn === 'sum' && field.words.some((word) => RELATIVE.has(word))) return false;
  if (holdsNumbers(field)) return true;
  if (field.family === 'integer' || field.family === 'number')
    return fn !== 'sum' || field.role !== 'year';
  return (fn === 'min' || fn === 'max') && field.role === 'time';
}

const RELATIVE = new Set(['average', 'avg', 'mean', 'percent', 'percentage', 'pct', 'ratio']);

/** What a measure does with its base; undefined for a bare column. */
export function functionOf(measure: Measure): AggregateName | undefined {
  switch (measure.type) {
    case 'aggregate':
      return measure.fn;
    case 'things':
      return 'count';
    case 'revenue':
    case 'units':
      return 'sum';
    case 'field':
    case 'dimension':
      return undefined;
  }
}

/**
 * Whether a scope holds a fact's rows more than once; `linked`: because a table of links stands right beside it;
 * `apart`: the same, but never twice in one group.
 */
export type Repeats = boolean | 'linked' | 'apart';

/** How a way from one thing to another repeats the rows at its end. */
export function repeatsAlong(steps: readonly Step[]): Repeats {
  if (!steps.some(({ toOne, forward }) => toOne && forward)) return false;
  return steps.length === 2 ? 'linked' : true;
}

/** The aggregate over a fact's rows. `repeats`: the scope's joins repeat those rows, which then count once. */
export function aggregateOf(
  measure: Measure,
  fact: Fact,
  { scope, node }: Place,
  repeats: Repeats,
): Expression {
  const counted = fact.summed === true ? ('sum' as const) : functionOf(measure);
  const fn = counted ?? implicitSum(fact);
  const base = baseOf(measure);
  const [first, ...rest] = fact.factors;
  if (first === undefined) {
    if (measure.type === 'aggregate' && fn !== 'count')
      throw new Misfit('an average of counts needs a "per"', { weight: 4 });
    const key = fact.table.key[0];
    const name = plural(fact.table.words.join('_'));
    // What a link joins is counted by its links, unless "different" asks for each once; what is farther off, once.
    const beside = repeats === 'linked' || repeats === 'apart';
    const linked = beside && (base.type !== 'things' || base.distinct !== true);
    if (repeats === false || linked)
      return { type: 'aggregate', fn: 'count', distinct: false, name };
    if (key === undefined)
      throw new Misfit(`${fact.table.relation.name} has no key to be counted by`, { weight: 3 });
    return { type: 'aggregate', fn: 'count', of: column(node, key), distinct: true, name };
  }
  const factor = (field: Field) => column(follow(scope, node, fact.ways?.get(field) ?? []), field);
  const of: Expression =
    rest.length === 0
      ? numeric(column(node, first), fn)
      : { type: 'product', factors: fact.factors.map(factor) };
  if (repeats !== false && repeats !== 'apart' && !fact.countable) {
    throw new Misfit(`${first.column.name} would be counted several times`, { weight: 4 });
  }
  const distinct = fn === 'count';
  return { type: 'aggregate', fn, of, distinct, name: nameOf(measure, fact, fn) };
}

/** Texts are read as numbers before anything is computed with them. */
function numeric(of: Expression, fn: AggregateName): Expression {
  const text = of.type === 'column' && of.field.family === 'text' && fn !== 'count';
  return text ? { type: 'number', of } : of;
}

/** A bare column is summed only where it is a total by its very name. */
function implicitSum(fact: Fact): AggregateName {
  const [field] = fact.factors;
  const summable =
    field !== undefined &&
    field.words.some((word) => /^(?:total|amount|quantity|revenue|sale|count)$/.test(word));
  if (summable && field.role === 'measure') return 'sum';
  const of = field === undefined || !isNumeric(field) ? undefined : field.words.join(' ');
  throw new Misfit(`it is not clear what to compute of ${field?.column.name ?? 'that'}`, {
    ...(of === undefined
      ? {}
      : {
          choices: ['total', 'average', 'minimum', 'maximum'].map((word) => `${word} ${of}`),
          hint: 'say which number of it is wanted: total, average, highest, lowest, or how many',
        }),
    weight: 5,
  });
}

const FUNCTION_WORDS: Readonly<Record<AggregateName, string>> = {
  count: '',
  sum: 'total',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
};

function nameOf(measure: Measure, fact: Fact, fn: AggregateName): string {
  const base = baseOf(measure);
  const what =
    base.type === 'revenue' && REVENUE.includes(singular(base.word))
      ? 'revenue'
      : base.type === 'units'
        ? 'units'
        : fact.factors.map(({ words }) => words.join('_')).join('_times_');
  if (fn === 'count') return plural(what);
  if (fn === 'sum' && what.startsWith('total')) return what;
  return `${FUNCTION_WORDS[fn]}_${what}`;
}

/** Whether a measure can be seen from each table: the fact must belong to one row of it. */
export function belongs(fact: Table, to: Table): boolean {
  return waysBetween(fact, to).some(({ toOne }) => toOne);
}
