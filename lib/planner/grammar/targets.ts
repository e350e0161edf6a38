/** What a request asks to see: things, columns of things, measures, and several of them. */
import { AGGREGATES } from '../lexicon/words.js';
import type { AggregateName, Noun, Target } from '../phrase.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { TERM } from './noun.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';

const MAX_TARGETS = 6;
const AND = [
  ', and also',
  ', and',
  ', as well as',
  'as well as',
  'along with',
  'together with',
  'and also',
  'and',
  ',',
  'with',
];
const EVERYTHING = [
  'everything about',
  'all the information about',
  'all information about',
  'all information on',
  'all details of',
  'all details about',
  'all the details of',
  'details of',
  'details about',
  'the details of',
  'the details about',
  'all columns of',
  'all columns from',
  'all data about',
  'all the data about',
  'all fields of',
  'full details of',
  'information about',
  'information on',
  'all attributes of',
  'all info about',
  'all info on',
  'details for',
  'the details for',
];

export function targetRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const targets: Rule<readonly Target[]> = (at) => {
    let last: Got<readonly Target[]>[] = [
      ...map(target(at), (one) => [one]),
      ...extremes(at),
      ...spread(at),
    ];
    let all = last;
    for (let i = 1; i < MAX_TARGETS && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = skipPhrase(grammar, next, ...AND);
        if (more === undefined) return [];
        const price = lattice.word(next) === 'with' ? 0.4 : 0.1;
        return map(target(more), (one) => [...value, one], price);
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  /** `minimum and maximum price`: several aggregates of one measure. */
  const extremes: Rule<readonly Target[]> = (at) => {
    const fns: AggregateName[] = [];
    let next = skipDeterminers(grammar, at);
    for (;;) {
      const fn = AGGREGATES.get(lattice.word(next));
      if (fn === undefined) break;
      fns.push(fn);
      const and = skipPhrase(grammar, next + 1, ', and', 'and', ',');
      next = skipDeterminers(grammar, and ?? next + 1);
      if (and === undefined) break;
    }
    if (fns.length < 2) return [];
    const start = skipDeterminers(grammar, skipPhrase(grammar, next, 'of') ?? next);
    return map(grammar.measure(start), (of) =>
      fns.map((fn): Target => ({ type: 'measure', measure: { type: 'aggregate', fn, of } })),
    );
  };

  /** `average latitude and longitude`: one aggregate of several columns. */
  const spread: Rule<readonly Target[]> = (at) => {
    const start = skipDeterminers(grammar, at);
    const fn = AGGREGATES.get(lattice.word(start));
    if (fn === undefined) return [];
    const first = lattice.fields(
      skipDeterminers(grammar, skipPhrase(grammar, start + 1, 'of') ?? start + 1),
    );
    return first.flatMap(({ mention, end }) => {
      const and = skipPhrase(grammar, end, 'and', ', and');
      if (and === undefined) return [];
      return then(
        grammar
          .measure(skipDeterminers(grammar, and))
          .filter(({ value }) => value.type === 'field'),
        ({ value, at: next }) =>
          value.type === 'field'
            ? [
                got<readonly Target[]>(
                  [
                    {
                      type: 'measure',
                      measure: {
                        type: 'aggregate',
                        fn,
                        of: { type: 'field', field: mention, noun: value.noun },
                      },
                    },
                    { type: 'measure', measure: { type: 'aggregate', fn, of: value } },
                  ],
                  next,
                ),
              ]
            : [],
      );
    });
  };

  const target: Rule<Target> = (at) => {
    const everything = skipPhrase(grammar, at, ...EVERYTHING);
    const start = skipDeterminers(grammar, everything ?? at);
    if (everything !== undefined) {
      // A column may be called details: then it is what is asked for.
      const named = field(skipDeterminers(grammar, at)).filter((one) => one.at > everything);
      return [
        ...map(
          grammar.noun(start),
          (noun): Target => ({ type: 'things', noun, everything: true }),
          named.length > 0 ? 1 : 0,
        ),
        ...valueNoun(start, (noun) => ({ type: 'things', noun, everything: true })),
        ...named,
      ];
    }
    return [
      ...map(grammar.noun(start), (noun): Target => ({ type: 'things', noun, everything: false })),
      ...field(start),
      ...bareCount(start),
      // A bare column is asked for as such; only in groups it may be meant as a total.
      ...grammar.measure(start).map(({ value: measure, at: end, cost }) => ({
        value: { type: 'measure', measure } as const,
        at: end,
        cost: cost + (measure.type === 'field' ? 0.4 : 0.15),
      })),
    ];
  };

  /** `the count`: of what, the rest of the request says. */
  const bareCount: Rule<Target> = (at) => {
    const end = skipPhrase(grammar, at, 'count', 'counts', 'number', 'numbers', 'total number');
    const noun: Noun = { table: undefined, mods: [] };
    return end === undefined || lattice.word(end) === 'of'
      ? []
      : [got<Target>({ type: 'measure', measure: { type: 'things', noun } }, end, 0.4)];
  };

  /** `email of Ann Smith`, `customer names`, `Ann Smith's email`. */
  const field: Rule<Target> = (at) => {
    const distinctName = lattice.fields(at).flatMap(({ mention, end }) => {
      // Whether it is true is seldom what is asked for; of which it is true, often.
      const flag = mention.options.every(({ field: { role } }) => role === 'flag') ? 0.5 : 0;
      const alone = got<Target>({ type: 'field', field: mention }, end, TERM + flag);
      const of = skipPhrase(
        grammar,
        end,
        'of all',
        'of the',
        'of',
        'for',
        'from',
        'in',
        'on',
        'at',
        'did',
        'do',
        'does',
      );
      if (of === undefined) return [alone];
      const own = lattice.word(end) === 'of' ? [] : [alone];
      const make = (noun: Noun): Target => ({ type: 'field', field: mention, noun });
      const start = skipDeterminers(grammar, of);
      return [
        ...(own.length > 0 || lattice.isEach(of) ? [alone] : []),
        ...map(grammar.noun(start), make, TERM),
        ...valueNoun(start, make).map((one) => ({ ...one, cost: one.cost + TERM })),
      ];
    });
    const owned = lattice.tables(at).flatMap(({ mention: table, end }) => {
      const next = skipDeterminers(grammar, skipPhrase(grammar, end, "'s") ?? end);
      return lattice
        .fields(next)
        .flatMap(({ mention, end: after }) =>
          map(
            grammar.mods(after),
            (mods): Target => ({ type: 'field', field: mention, noun: { table, mods } }),
            2 * TERM,
          ),
        );
    });
    const named = map(grammar.values(at), (values) => values).flatMap(
      ({ value: values, at: end, cost }) => {
        const next = skipPhrase(grammar, end, "'s");
        if (next === undefined) return [];
        const noun: Noun = { table: undefined, mods: [{ type: 'value', values, not: false }] };
        return lattice
          .fields(skipDeterminers(grammar, next))
          .map(({ mention, end: after }) =>
            got<Target>({ type: 'field', field: mention, noun }, after, cost),
          );
      },
    );
    return [...distinctName, ...owned, ...named];
  };

  /** A value that stands for the thing that is called so: `Ann Smith`, `customer Ann Smith` needs no help. */
  const valueNoun = (at: number, make: (noun: Noun) => Target): Got<Target>[] =>
    then(grammar.hinted(at), ({ value: own, at: end }) => {
      // What a table is named beside is said of that table's rows: it is a noun of its own.
      if (own.some((mod) => mod.type === 'value' && mod.table !== undefined)) return [];
      const price = own.some((mod) => mod.type === 'value' && mod.field !== undefined) ? 0.2 : 0;
      return map(
        grammar.mods(end),
        (mods): Target => make({ table: undefined, mods: [...own, ...mods] }),
        price,
      );
    });

  return { targets };
}
