/** Measures: `total revenue`, `average price of products`, `number of orders`, `order total`, `units sold`. */
import { AGGREGATES, REVENUE, WORTH } from '../lexicon/words.js';
import type { AggregateName, FieldMention, Measure, Noun } from '../phrase.js';
import { holdsNumbers } from '../schema/roles.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { distinctAt } from './distinct.js';
import { asUnit } from './measuring.js';
import { TERM } from './noun.js';
import { isOwnNumber } from './own-number.js';
import { explained, isPriced, isWorth, productAt } from './products.js';
import { numberable } from './totals.js';
import { timesOf, timesOfNamed } from './times.js';
import { then, type Got, got, map, type Rule } from './rule.js';

export function measureRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const measure: Rule<Measure> = (at) => {
    const start = skipDeterminers(grammar, at);
    return [
      ...count(start),
      ...aggregate(start),
      ...units(start),
      ...revenue(start),
      ...products(start),
      ...field(start),
    ];
  };

  /** `number of (different) orders`, `order count`. */
  const count: Rule<Measure> = (at) => {
    const number = numberOf(grammar, at);
    const found: Got<Measure>[] = number === undefined ? [] : numbered(number);
    for (const { mention, end } of lattice.tables(at)) {
      const next = skipPhrase(grammar, end, 'count', 'counts', 'total count');
      if (next !== undefined) {
        found.push(
          got<Measure>({ type: 'things', noun: { table: mention, mods: [] } }, next, TERM),
        );
      }
    }
    return found;
  };

  /** Things that are counted, values of a column that are counted once each, or a column that holds how many. */
  const numbered = ({ end, total, vague, asked, noun }: NumberOf): Got<Measure>[] => {
    const { distinct, start: next } = distinctAt(grammar, end);
    const start = skipDeterminers(grammar, next);
    const things = map(
      numberable(grammar, start, noun),
      (noun): Measure => ({ type: 'things', noun, ...(distinct ? { distinct } : {}) }),
      vague,
    );
    const said = asked
      ? then(grammar.bareNoun(start), ({ value: { table, mods }, at: after }) =>
          map(grammar.inverted(after), (more): Measure => ({
            type: 'things',
            noun: { table, mods: [...mods, ...more] },
          })),
        )
      : [];
    const columns = then(grammar.column(start), ({ value, at: after }) =>
      counted(asUnit(grammar, start, value), distinct, { total, noun }).map((one) =>
        got(one.measure, after, one.cost),
      ),
    );
    return [
      ...things,
      ...said,
      ...timesOf(grammar, start),
      ...timesNamed(start),
      ...columns.map((one) => ({
        ...one,
        cost: one.cost + rowsBefore(grammar, start, one.value, distinct),
      })),
    ];
  };

  /** `number of times (that) Ann Smith has booked a court`. */
  const timesNamed = (at: number): Got<Measure>[] => {
    const times = skipPhrase(grammar, at, 'times that', 'times');
    return times === undefined ? [] : timesOfNamed(grammar, times);
  };

  /** `total fines of Ann`: what they come to. */
  const summed = (at: number): Got<Measure>[] =>
    grammar.noun(at + 1).flatMap(({ value: noun, at: end, cost }) => {
      const field = noun.table === undefined ? undefined : lattice.summed(at, noun.table);
      const of: Measure | undefined =
        field === undefined ? undefined : { type: 'field', field, noun };
      return of === undefined
        ? []
        : [got<Measure>({ type: 'aggregate', fn: 'sum', of }, end, cost)];
    });

  /** `average price`, `sum of the totals`, `highest salary`. */
  const aggregate: Rule<Measure> = (at) => {
    const word = lattice.word(at);
    const fn = AGGREGATES.get(word);
    if (fn === undefined) return [];
    const start = skipDeterminers(grammar, skipPhrase(grammar, at + 1, 'of', 'value of') ?? at + 1);
    const of = [
      ...count(start),
      ...aggregate(start),
      ...units(start),
      ...revenue(start),
      ...products(start),
      ...(fn === 'sum' && start > at + 1 ? products(skipDeterminers(grammar, at + 1)) : []),
      ...(fn === 'sum' ? worth(skipDeterminers(grammar, at + 1)) : []),
      ...field(start),
      ...(fn === 'avg' && lattice.word(at + 1) !== 'of' ? valued(start) : []),
    ];
    // "the shortest time" comes first by its size, unless it is one of several figures.
    const price = word === 'longest' || word === 'shortest' ? 0.3 : 0;
    return [...map(of, (inner): Measure => wrap(fn, inner), price), ...summed(at)];
  };

  const wrap = (fn: AggregateName, of: Measure): Measure =>
    fn === 'sum' && (of.type === 'revenue' || of.type === 'units' || of.type === 'things')
      ? of
      : { type: 'aggregate', fn, of };

  const units: Rule<Measure> = (at) => {
    const end = skipPhrase(
      grammar,
      at,
      'units sold',
      'quantity sold',
      'number of units sold',
      'items sold',
      'copies sold',
      'units ordered',
      'quantity ordered',
      'sold units',
      'sold quantity',
      'sales volume',
    );
    return end === undefined ? [] : withNoun(end, (noun) => ({ type: 'units', noun }), 0.1);
  };

  const revenue: Rule<Measure> = (at) => {
    const sold = isPriced(grammar, at) ? at + 1 : at;
    const word = lattice.word(sold);
    if (!REVENUE.includes(singular(word))) return [];
    return withNoun(sold + 1, (noun) => ({ type: 'revenue', word, noun }), TERM);
  };

  /** `price times quantity (of each order)`, `value (price times quantity)`. */
  const products: Rule<Measure> = (at) => [
    ...productAt(grammar, at).flatMap(({ value, at: end, cost }) =>
      withNoun(end, (noun) => ({ ...value, noun }), cost),
    ),
    ...explained(grammar, at, (end, make) => withNoun(end, make, TERM)),
  ];

  /** `(total) value of each order`. */
  const worth: Rule<Measure> = (at) =>
    isWorth(grammar, at)
      ? withNoun(at + 1, (noun) => ({ type: 'revenue', word: WORTH, noun }), 0.3)
      : // "total order value": that of all orders.
        lattice
          .tables(at)
          .filter(({ end }) => isWorth(grammar, end))
          .map(({ mention: table, end }) =>
            got<Measure>(
              { type: 'revenue', word: WORTH, noun: { table, mods: [] } },
              end + 1,
              0.3 + TERM,
            ),
          );

  /** `price of products`, `product price`, `products' prices`. */
  const field: Rule<Measure> = (at) => [
    ...lattice
      .fields(at)
      .flatMap(({ mention, end }) =>
        withNoun(
          end,
          (noun) => ({ type: 'field', field: mention, noun }),
          TERM + countingWord(grammar, at, end),
        ),
      ),
    ...lattice.tables(at).flatMap(({ mention: table, end }) => {
      // "the members the buildings have" are not the buildings of members.
      const genitive = skipPhrase(grammar, end, "'s");
      const next = genitive === undefined ? end : skipDeterminers(grammar, genitive);
      const noun: Noun = { table, mods: [] };
      return lattice.fields(next).flatMap(({ mention, end: after }) => {
        const owned = (mods: Noun['mods']): Measure => ({
          type: 'field',
          field: mention,
          noun: { ...noun, mods },
        });
        return map(grammar.mods(after), owned, 2 * TERM);
      });
    }),
  ];

  /** `average rating`, where ratings are rows that measure one thing. */
  const valued: Rule<Measure> = (at) =>
    lattice.tables(at).flatMap(({ mention: { text, options: tables }, end }) => {
      const options = tables.flatMap(({ table, via, cost }) => {
        const [field, ...more] = table.fields.filter(({ role }) => role === 'measure');
        return via !== undefined || field === undefined || more.length > 0
          ? []
          : [{ field, cost: cost + VALUED }];
      });
      if (options.length === 0) return [];
      const mention: FieldMention = { text, options };
      return withNoun(end, (noun) => ({ type: 'field', field: mention, noun }), TERM);
    });

  /** With or without the thing whose it is. */
  const withNoun = (
    at: number,
    make: (noun: Noun | undefined) => Measure,
    cost: number,
  ): Got<Measure>[] => {
    const alone = got(make(undefined), at, cost);
    const all = lattice.word(at + 1) === 'all' ? skipPhrase(grammar, at, 'over') : undefined;
    const of =
      all ?? skipPhrase(grammar, at, 'of', 'for', 'from', 'in', 'across', 'among', 'on', 'by');
    if (of === undefined || ['each', 'every'].includes(lattice.word(of))) return [alone];
    const each = skipPhrase(grammar, of, 'all', 'all of', 'all the') ?? of;
    const by = lattice.word(at) === 'by';
    // "the number from Oslo": where it starts, before whose it is.
    const from = lattice.word(at) === 'from' ? 0.2 : 0;
    // What belongs to something is read with it, or not at all; "a rating of over 4" belongs to nothing.
    const free = grammar.comparison(of).length > 0 || grammar.back(at).length > 0;
    // "the price of different makes": of each of them.
    const apart = ['different', 'distinct'].includes(lattice.word(of)) && lattice.word(at) === 'of';
    const own = lattice.word(at) === 'of' && !free && !apart ? [] : [alone];
    return [
      ...own,
      // "revenue by client" groups; "revenue by clients from Spain" says whose.
      ...then(
        grammar.noun(each).filter(({ value }) => !by || value.mods.length > 0),
        ({ value, at: next }) => [got(make(value), next, by ? 0.5 : cost)],
      ),
      // "average grade of Lin Chan": whose it is, by name alone.
      ...map(
        grammar.values(each),
        (values) => make({ table: undefined, mods: [{ type: 'value', values, not: false }] }),
        cost + from,
      ),
    ];
  };

  const column: Rule<Measure> = (at) => field(at);

  return { measure, column };
}

/** What it costs that a thing stands for the one number that each of its rows holds. */
const VALUED = 0.3;

interface Counted {
  readonly measure: Measure;
  readonly cost: number;
}

/** "The number of classes" are the rows of classes, whatever column is called so: what its values cost. */
export function rowsBefore(
  grammar: Grammar,
  at: number,
  measure: Measure,
  distinct: boolean,
): number {
  const isCount = measure.type === 'aggregate' && measure.fn === 'count';
  return isCount ? (distinct ? 1 : 2) * besideTable(grammar, at) : 0;
}

/** What a column's values cost where a table is called so as well: then its rows are what is different. */
export function besideTable({ lattice }: Grammar, at: number): number {
  const cheapest = (mentions: readonly { mention: { options: readonly { cost: number }[] } }[]) =>
    Math.min(...mentions.flatMap(({ mention }) => mention.options.map(({ cost }) => cost)));
  return cheapest(lattice.tables(at)) <= cheapest(lattice.fields(at)) ? 0.4 : 0;
}

/** "number of pages" of a table with a column `pages` is that column; of a table with a column `colour` it is how many there are. */
export function counted(
  of: Measure,
  distinct: boolean,
  { total, noun }: Pick<NumberOf, 'total' | 'noun'>,
): Counted[] {
  if (of.type !== 'field') return [];
  const differences = (measure: Measure, cost: number): Counted => ({
    measure: { type: 'aggregate', fn: 'count', of: measure, distinct: true },
    cost,
  });
  if (distinct) return [differences(of, 0.05)];
  const own = { ...of, field: { ...of.field, options: holding(of.field.options, noun) } };
  const totals = own.field.options.filter(({ field: { words } }) => words.includes('total'));
  const differing = of.field.options.filter(
    ({ field, cost }) =>
      COUNTS.has(noun) &&
      field.role !== 'measure' &&
      cost <= COST.head &&
      // What goes by the word of a thing is counted as the thing: no dates of transactions.
      !(field.role === 'time' && cost > 0),
  );
  // What each row of a table is called by is there once for each row.
  const isRow = ({ field: { words, table } }: FieldMention['options'][number]) =>
    words.join(' ') === table.words.join(' ');

  const others = { ...of, field: { ...of.field, options: differing } };
  return [
    ...(own.field.options.length === 0
      ? []
      : [{ measure: total ? ({ type: 'aggregate', fn: 'sum', of: own } as const) : own, cost: 0 }]),
    // What is itself a total may be meant as it stands.
    ...(total && totals.length > 0
      ? [{ measure: { ...of, field: { ...of.field, options: totals } }, cost: 0.3 }]
      : []),
    ...(others.field.options.length === 0
      ? []
      : others.field.options.every(isRow)
        ? [{ measure: { type: 'aggregate', fn: 'count', of: others } as const, cost: 0.6 }]
        : [differences(others, 0.6)]),
  ];
}

/** Those of the columns that hold how many themselves. */
export function holding(options: FieldMention['options'], noun: string): FieldMention['options'] {
  return options.flatMap((option) => {
    const price = holdingCost(option, noun);
    return price === undefined ? [] : [{ ...option, cost: option.cost + price }];
  });
}

/** What it costs that a column itself holds how many; undefined where it does not. */
function holdingCost(
  { field, cost }: FieldMention['options'][number],
  noun: string,
): number | undefined {
  if (field.role !== 'measure' && !holdsNumbers(field)) return undefined;
  // "stock number", kept as a text, is what a thing goes by.
  if (field.family === 'text' && field.words.at(-1) === 'number') return undefined;
  // "number of rooms" for room_count, "amount of refunds" for refund_amount.
  const said: ReadonlySet<string> = COUNTS.has(noun) ? COUNTS : new Set([noun]);
  if (cost <= COST.part && field.words.some((word) => said.has(word))) return 0;
  // How many there are is no amount that they come to.
  if (noun === 'amount' && cost > COST.short) return undefined;
  return cost <= COST.short ? 0 : cost <= COST.head ? 0.5 : undefined;
}

/** Words of names of columns that hold how many. */
export const COUNTS: ReadonlySet<string> = new Set([
  'num',
  'number',
  'no',
  'count',
  'total',
  'qty',
  'quantity',
]);

export interface NumberOf {
  readonly end: number;
  /** What says that it is one: `number`, `amount`. */
  readonly noun: string;
  /** `total number of` of a column is its sum. */
  readonly total: boolean;
  /** What it costs to read it as a count of things. */
  readonly vague: number;
  /** `how many`: a question of its own may follow. */
  readonly asked: boolean;
}

/** What it costs to read `number of orders` as a column that is called number: they are counted. */
export function countingWord(grammar: Grammar, at: number, end: number): number {
  const number = numberOf(grammar, at);
  return number?.end === end + 1 && number.vague === 0 ? 1 : 0;
}

/** `how members are there`: of a plural it can only be asked how many. */
function howSeveral({ lattice }: Grammar, at: number): number | undefined {
  if (lattice.word(at) !== 'how') return undefined;
  const word = lattice.word(at + 1);
  const several = lattice
    .tables(at + 1)
    .some(({ mention, end }) => end === at + 2 && mention.options.some(({ cost }) => cost === 0));
  return several && singular(word) !== word ? at + 1 : undefined;
}

/** The place behind `number of`, `total count of`, `how many`. */
export function numberOf(grammar: Grammar, at: number): NumberOf | undefined {
  const { lattice } = grammar;
  const many = skipPhrase(grammar, at, 'how many') ?? howSeveral(grammar, at);
  if (many !== undefined)
    return {
      // "how many total lockers"
      end: skipPhrase(grammar, many, 'total', 'overall') ?? many,
      noun: 'number',
      total: false,
      vague: 0,
      asked: true,
    };
  const total = skipPhrase(grammar, at, 'total', 'overall', 'combined', 'whole');
  const start = total ?? at;
  const end = skipPhrase(
    grammar,
    start,
    'number of',
    'numbers of',
    'count of',
    'counts of',
    'amount of',
    'quantity of',
    'no of',
  );
  if (end === undefined || (total === undefined && isOwnNumber(grammar, start, end)))
    return undefined;
  // "amount of orders" may be how many there are, or a column that is called amount.
  const amount = ['amount', 'quantity'].includes(lattice.word(start));
  const vague = !amount ? 0 : lattice.fields(start).length > 0 ? 1 : 0.5;
  const noun = singular(lattice.word(start));
  // "the number of total visits", unless a column is called total visits.
  const inner = skipPhrase(grammar, end, 'total', 'overall');
  const things =
    inner === undefined || lattice.fields(end).some((field) => field.end > inner) ? end : inner;
  return { end: things, noun, total: total !== undefined || things > end, vague, asked: false };
}
