/** Amounts that two columns multiplied make: `price times quantity`, `total value (price * quantity)`. */
import { MONEY_WORDS, PRICE_WORDS, REVENUE } from '../lexicon/words.js';
import type { FieldMention, Measure, Noun } from '../phrase.js';
import { singular } from '../text/inflection.js';
import { columnsAt } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got } from './rule.js';

type Revenue = Extract<Measure, { type: 'revenue' }>;

const TIMES = ['multiplied by', 'multiplied with', 'times', '*', 'x', '×'];
const SAYS = [
  ...['computed', 'calculated', 'counted', 'measured', 'defined', 'taken', 'given', 'obtained'],
].flatMap((verb) => [`${verb} as`, `${verb} by`, `and ${verb} as`]);
const MEANING = [...SAYS, 'that is to say', 'that is', 'meaning', 'namely', 'as', 'i e', 'ie', '='];

/** `(the) quantity times (the) unit price`, `the product of price and quantity`. */
export function productAt(grammar: Grammar, at: number): Got<Revenue>[] {
  const start = skipDeterminers(grammar, at);
  const of = skipPhrase(grammar, start, 'product of');
  const signs = of === undefined ? TIMES : ['and'];
  return columnsAt(grammar, skipDeterminers(grammar, of ?? start)).flatMap(
    ({ mention: first, end }) => {
      const next = skipPhrase(grammar, end, ...signs);
      if (next === undefined) return [];
      return columnsAt(grammar, skipDeterminers(grammar, next)).map(
        ({ mention: second, end: after }) => got(product([first, second]), after, 0.05),
      );
    },
  );
}

function product(factors: readonly [FieldMention, FieldMention]): Revenue {
  return { type: 'revenue', word: 'product', factors };
}

/** `value (price times quantity)`, `value of its deliveries, computed as weight times price`: what is meant is said. */
export function explained(
  grammar: Grammar,
  at: number,
  withNoun: (at: number, make: (noun: Noun | undefined) => Measure) => Got<Measure>[],
): Got<Measure>[] {
  const word = singular(grammar.lattice.word(at));
  if (!MONEY_WORDS.includes(word) && !REVENUE.includes(word) && word !== 'worth') return [];
  const said = (end: number): Got<Revenue>[] => {
    const comma = skipPhrase(grammar, end, ',') ?? end;
    return productAt(grammar, skipPhrase(grammar, comma, ...MEANING) ?? comma);
  };
  const here = said(at + 1).flatMap(({ value, at: end }) =>
    withNoun(end, (noun) => ({ ...value, noun })),
  );
  const behind = withNoun(at + 1, (noun) => ({ type: 'revenue', word, noun })).flatMap(
    ({ value, at: end, cost }) =>
      end === at + 1 || value.type !== 'revenue'
        ? []
        : said(end).map((one) =>
            got<Measure>({ ...value, factors: one.value.factors }, one.at, cost),
          ),
  );
  return [...here, ...behind];
}

/** `(total) value of each order`, `(total) cost of the parts`: what it comes to, where no column says so. */
export function isWorth({ lattice }: Grammar, at: number): boolean {
  return ['value', 'worth', 'cost', 'price'].includes(lattice.word(at));
}

/** `ticket revenue`, where a ticket is what has a price in the lines. */
export function isPriced({ lattice }: Grammar, at: number): boolean {
  const word = singular(lattice.word(at));
  // Unit sales are how many were sold.
  if (word === 'unit') return false;
  const called = lattice.fieldCalled(word)?.options ?? [];
  return called.some(
    ({ field: { words } }) =>
      words.includes(word) && words.some((one) => PRICE_WORDS.includes(one)),
  );
}
