/** Measures: `total revenue`, `average price of products`, `number of orders`, `order total`, `units sold`. */
import { AGGREGATES, REVENUE } from '../lexicon/words.js';
import type { AggregateName, Measure, Noun } from '../phrase.js';
import { singular } from '../text/inflection.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
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
      ...field(start),
    ];
  };

  /** `number of (different) orders`, `order count`. */
  const count: Rule<Measure> = (at) => {
    const of = skipPhrase(
      grammar,
      at,
      'total number of',
      'total count of',
      'number of',
      'count of',
      'amount of',
      'quantity of',
      'how many',
    );
    const found: Got<Measure>[] = [];
    if (of !== undefined) {
      const skipped = skipDeterminers(grammar, of);
      const distinct =
        skipPhrase(grammar, of, 'different', 'distinct', 'unique') ??
        skipPhrase(grammar, skipped, 'different', 'distinct', 'unique');
      const start = skipDeterminers(grammar, distinct ?? of);
      const vague = ['amount', 'quantity'].includes(lattice.word(at)) ? 0.5 : 0;
      found.push(...map(grammar.noun(start), (noun): Measure => ({ type: 'things', noun }), vague));
      found.push(
        ...map(
          field(start).filter(({ value }) => distinct !== undefined || !counts(value)),
          (base): Measure => ({ type: 'aggregate', fn: 'count', of: base, distinct: true }),
          distinct === undefined ? 0.6 : 0.05,
        ),
      );
      // "number of pages" of a table with a column `pages` is that column.
      if (distinct === undefined) {
        const total = lattice.word(at) === 'total';
        const own = field(start).filter(({ value }) => counts(value));
        found.push(...map(own, (base): Measure => (total ? wrap('sum', base) : base)));
      }
    }
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
      ...field(start),
    ];
    return map(of, (inner): Measure => wrap(fn, inner));
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
    const word = lattice.word(at);
    if (!REVENUE.includes(singular(word))) return [];
    return withNoun(at + 1, (noun) => ({ type: 'revenue', word, noun }), TERM);
  };

  /** `price of products`, `product price`, `products' prices`. */
  const field: Rule<Measure> = (at) => [
    ...lattice
      .fields(at)
      .flatMap(({ mention, end }) =>
        withNoun(end, (noun) => ({ type: 'field', field: mention, noun }), TERM),
      ),
    ...lattice.tables(at).flatMap(({ mention: table, end }) => {
      const next = skipDeterminers(grammar, skipPhrase(grammar, end, "'s") ?? end);
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

  /** With or without the thing whose it is. */
  const withNoun = (
    at: number,
    make: (noun: Noun | undefined) => Measure,
    cost: number,
  ): Got<Measure>[] => {
    const alone = got(make(undefined), at, cost);
    const of = skipPhrase(grammar, at, 'of', 'for', 'from', 'in', 'across', 'among', 'on', 'by');
    if (of === undefined || ['each', 'every'].includes(lattice.word(of))) return [alone];
    const each = skipPhrase(grammar, of, 'all', 'all of', 'all the') ?? of;
    const by = lattice.word(at) === 'by';
    // What belongs to something is read with it, or not at all.
    const own = lattice.word(at) === 'of' ? [] : [alone];
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
        cost,
      ),
    ];
  };

  return { measure };
}

/** Whether a column itself holds how many. */
function counts(measure: Measure): boolean {
  return (
    measure.type === 'field' &&
    measure.field.options.some(
      ({ field }) => field.role === 'measure' && field.family === 'integer',
    )
  );
}
