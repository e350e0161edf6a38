/** What may be said behind a noun, one thing after another. */
import { state } from './objects.js';
import { doneBy } from './roles.js';
import { verbal } from './verbs.js';
import { amountVerb } from './amounts.js';
import { attachment } from './attach.js';
import { isPart } from '../lexicon/wordnet.js';
import type { Measure, Mod } from '../phrase.js';
import { BE } from '../lexicon/words.js';
import { isPast, singular } from '../text/inflection.js';
import { isDenied } from '../text/numbers.js';
import { EMPTY, KNOWN, UNITS } from '../lexicon/comparing.js';
import { ASIDES, EMPTY_PARTICIPLES, OURS } from '../lexicon/fillers.js';
import { bound, fielded, fieldValue, isCompared } from './claims.js';
import { namedColumn } from './called.js';
import { clauses } from './clauses.js';
import { tellsDoer } from './doer.js';
import { echoed } from './echo.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { again, either, joined } from './joined.js';
import { excepted } from './except.js';
import { negate } from './negation.js';
import { paired } from './paired.js';
import { patternsAt } from './patterns.js';
import { atEnd, wholeSide } from './sides.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { seaLevel } from './sea-level.js';
import { reportsTo } from './superiors.js';
import { totals } from './totals.js';
import { universal } from './universal.js';
import { usual } from './usual.js';

const MAX_MODS = 7;

export const RELATING = [
  'of',
  'from',
  'by',
  'for',
  'in',
  'on',
  'at',
  'to',
  'about',
  'within',
  'under',
  'among',
  'across',
  'into',
  'through',
  'corresponding to',
];

/** Before a column and its value; `under` and the like say that it is another value. */
const PLACING = ['of', 'from', 'in', 'on', 'at', 'for', 'to', 'with', 'by'];
const IF_THEY = ['if', 'provided', 'provided that', 'as long as', 'given that'].flatMap((word) =>
  ['they', 'it', 'he', 'she', 'he or she'].map((who) => `${word} ${who}`),
);

/** Where it is denied: not even that often. */
const ONCE = ['a single time', 'even a single time', 'even once', 'one single time'];

/** What is said of every one: universal.ts. */
const EVERY = new Set(['every', 'all', 'each']);

export function modRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const mods: Rule<readonly Mod[]> = (at) => {
    let all: Got<readonly Mod[]>[] = [got<readonly Mod[]>([], at)];
    let last = all;
    for (let i = 0; i < MAX_MODS && last.length > 0; i++) {
      last = then(last, ({ value, at: next }) => {
        const more = [
          ...grammar
            .mod(next)
            .map((one) => ({ ...one, cost: one.cost + attachment(value, one.value) })),
          ...joined(grammar, next, value),
        ];
        return [
          ...map(more, (one) => [...value, ...echoed(value, one)]),
          ...either(grammar, value, next),
        ];
      });
      all = prune([...all, ...last]);
    }
    return all;
  };

  const mod: Rule<readonly Mod[]> = (at) => [
    ...relative(at),
    ...universal(grammar, at),
    ...having(at),
    ...atEnd(grammar, at, [...grammar.value(at), ...related(at)]),
    ...grammar.time(at),
    ...grammar.group(at),
    ...grammar.back(at),
    ...grammar.order(at),
    ...wholeSide(grammar, at),
    ...participle(at),
    ...state(grammar, at),
    ...doneBy(grammar, at),
    ...grammar.most(at),
    ...grammar.compare(at),
    ...matching(at),
    ...limit(at),
    ...stocked(at),
    ...seaLevel(grammar, at),
    ...aside(at),
    ...totals(grammar, at),
    ...paired(grammar, at),
    ...clauses(grammar, at),
    ...placed(at),
    ...excepted(grammar, at),
    ...parenthetical(at),
    ...dated(at),
  ];

  /** `due this week`, `valid until 2025`: by the column of dates that is called so. */
  const dated: Rule<readonly Mod[]> = (at) => {
    if (isPast(lattice.word(at)) || isPart(lattice.word(at), 'verb')) return [];
    const adjective = isPart(lattice.word(at), 'adjective');
    return (adjective ? lattice.fieldsCalled(at) : []).flatMap(({ mention: field, end }) =>
      lattice
        .dates(end)
        .map(({ span, end: after }) =>
          got<readonly Mod[]>([{ type: 'time', spans: [span], field, not: false }], after, 0.05),
        ),
    );
  };

  /** `the order (its status is open)`. */
  const parenthetical: Rule<readonly Mod[]> = (at) => {
    const end = lattice.parenthesis(at);
    return end === undefined ? [] : grammar.possession(at).filter((one) => one.at === end);
  };

  /** `in classroom 109`, `of grade 4`. */
  const placed: Rule<readonly Mod[]> = (at) => {
    const next = skipPhrase(grammar, at, ...PLACING);
    const start = skipDeterminers(grammar, next ?? at);
    const named = next === undefined ? [] : namedColumn(grammar, start);
    const plain = map(fieldValue(grammar, start), (mods) => mods, next === undefined ? 0.3 : 0);
    const common = next === undefined ? [] : usual(grammar, next);
    // "hosts of age above 50": what is no more than named beside a number may be grouped by, and the number a year.
    const of = skipPhrase(grammar, at, 'of', 'with', 'at');
    const sized = of === undefined ? [] : fielded(grammar, skipDeterminers(grammar, of));
    return [
      ...named,
      ...plain,
      ...common,
      ...map(
        sized.filter(({ value }) => value.every((mod) => isCompared(mod) && !isEqual(mod))),
        (mods) => mods,
        0.1,
      ),
    ];
  };

  /** `who live in Spain`, `that were cancelled`, `whose price is over 10`. */
  const relative: Rule<readonly Mod[]> = (at) => {
    const whose = skipPhrase(grammar, at, 'whose');
    if (whose !== undefined && EVERY.has(lattice.word(whose))) return [];
    if (whose !== undefined)
      return [...claimed(whose), ...grammar.measureIs(whose), ...initial(whose)];
    const that = skipPhrase(
      grammar,
      at,
      'that',
      'who',
      'which',
      'where',
      'in which',
      'for which',
      'and who',
      'and that',
    );
    // "and where are the members from" asks for a place.
    if (lattice.word(at) === 'where' && BE.has(lattice.word(at + 1))) return [];
    if (that === undefined) {
      const they = skipPhrase(grammar, at, ...IF_THEY);
      return they === undefined ? stated(at) : map(grammar.predicate(they), (mods) => mods, 0.1);
    }
    return [...alternatives(that), ...grammar.measureIs(that), ...stated(at)];
  };

  /** Behind `whose` something has to be said of what is named: `whose price …`. */
  const claimed = (at: number): Got<readonly Mod[]>[] =>
    grammar.possession(at).filter(({ value, at: end }) => {
      if (!value.some(({ type }) => type === 'present')) return true;
      return [...EMPTY, ...KNOWN].some(
        (phrase) => phrase.split(' ').at(-1) === lattice.word(end - 1),
      );
    });

  /** `where the price is over 10`, `if the status is open`, `for which X is Y`. */
  const stated = (at: number): Got<readonly Mod[]>[] => {
    const where = skipPhrase(
      grammar,
      at,
      'where',
      'when',
      'if',
      'in which',
      'for which',
      'such that',
      'on which',
      'at which',
      'provided',
      'given',
    );
    return where === undefined || EVERY.has(lattice.word(where))
      ? []
      : map(claimed(where), (value) => value, 0.05);
  };

  /** A predicate, or several of which one is enough: `who live in Spain or ordered in 2024`. */
  const alternatives = (at: number): Got<readonly Mod[]>[] =>
    then(together(at), (first) => {
      const or = skipPhrase(grammar, first.at, 'or who', 'or that', 'or which');
      const one = got(first.value, first.at);
      if (or === undefined) return [one];
      return [
        one,
        ...map(
          bound(grammar, grammar.predicate(or)),
          (second): readonly Mod[] => [
            { type: 'any', of: [first.value, echoed(first.value, second)], not: false },
          ],
          0.1,
        ),
      ];
    });

  /** `who live in Spain and have ordered`. */
  const together = (at: number): Got<readonly Mod[]>[] =>
    then(grammar.predicate(at), (first) => {
      const and = skipPhrase(
        grammar,
        first.at,
        ', and who',
        'and who',
        'and that',
        ', and',
        'and',
        'but',
      );
      const one = got(first.value, first.at);
      if (and === undefined) return [one];
      return [
        one,
        ...map(together(and), (second): readonly Mod[] => [...first.value, ...again(second)], 0.05),
      ];
    });

  const having: Rule<readonly Mod[]> = (at) => {
    const without = skipPhrase(
      grammar,
      at,
      'without any',
      'without',
      'with no',
      'with zero',
      'with not a single',
      'lacking',
      'missing',
    );
    if (without !== undefined) return map(grammar.possession(without), negate);
    // "the host of the highest age": it has that age.
    if (skipPhrase(grammar, at, 'of the', 'at the') !== undefined)
      return map(grammar.rankOf(at + 2), (mods) => mods, 0.1);
    const withs = skipPhrase(grammar, at, 'with', 'having', 'containing', 'including', 'that have');
    return withs === undefined ? [] : grammar.possession(withs);
  };

  /** `of customers from Spain`: another noun that it belongs to. */
  const related: Rule<readonly Mod[]> = (at) => {
    const next = skipPhrase(grammar, at, ...RELATING);
    if (next === undefined || lattice.word(next) === 'each') return [];
    const every = lattice.word(next) === 'every';
    // "by author" alone groups; "by authors from Spain" says whose, as "written by the authors" does.
    const by = lattice.word(at) === 'by';
    const price = by ? 0.3 : 0.1;
    // "in both the morning and the evening shift"
    if (lattice.word(next) === 'both') return grammar.possession(next);
    return map(
      grammar.noun(next).filter(({ value, at: end }) => {
        if (every && value.every !== 'said') return false;
        return !by || value.mods.length > 0 || tellsDoer(grammar, at, end);
      }),
      (noun): readonly Mod[] => [{ type: 'related', noun, of: true, not: false }],
      price,
    );
  };

  const isNamed = (at: number): boolean =>
    lattice
      .fields(at)
      .some(({ mention, end }) => end === at + 1 && mention.options.some(({ cost }) => cost === 0));

  /** `placed in 2024`, `sold by Ann`, `never ordered`, `shipped in March`. */
  const participle: Rule<readonly Mod[]> = (at) => {
    const never = skipPhrase(grammar, at, 'never', 'not yet', 'not', 'that never');
    const start = never ?? at;
    const word = lattice.word(start);
    if (!isPast(word) && !word.endsWith('ing')) return [];
    // "phone, room and building" are three columns.
    if (word.endsWith('ing') && isNamed(start)) return [];
    const read = [
      ...verbal(grammar, start, { active: false }),
      // "not teaching any classes": such a form acts on something as well.
      ...(word.endsWith('ing')
        ? map(verbal(grammar, start, { active: true }), (mods) => mods, 0.1)
        : []),
      ...amountVerb(grammar, start),
      ...reportsTo(grammar, start),
    ];
    return never === undefined ? read : map(read, negate);
  };

  /** `starting with A`, `containing 'x'`. */
  const matching: Rule<readonly Mod[]> = (at) => patternsAt(grammar, at);

  /** `whose first letter is S`: of the name of what it is said of. */
  const initial = (at: number): Got<readonly Mod[]>[] =>
    map(patternsAt(grammar, at), (mods) => mods.map(ofName));

  const limit: Rule<readonly Mod[]> = (at) => {
    const next = skipPhrase(grammar, at, 'limit', 'limited to', 'limit to');
    const number = next === undefined ? undefined : lattice.number(next);
    return number === undefined || !/^\d{1,6}$/.test(number.digits)
      ? []
      : [got<readonly Mod[]>([{ type: 'limit', limit: Number(number.digits) }], number.end)];
  };

  /** `out of stock`, `in stock`: none left, or some. */
  const stocked: Rule<readonly Mod[]> = (at) => {
    const out = skipPhrase(grammar, at, 'out of stock', 'not in stock', 'sold out');
    const end = out ?? skipPhrase(grammar, at, 'in stock', 'on stock');
    const field = end === undefined ? undefined : lattice.fieldCalled('stock');
    if (end === undefined || field === undefined) return [];
    const measure: Measure = { type: 'field', field };
    const operand = { type: 'number', digits: '0' } as const;
    const operator = out === undefined ? '>' : '=';
    return [
      got<readonly Mod[]>([{ type: 'compare', measure, operator, operand, not: false }], end),
    ];
  };

  /** Phrases that add nothing: `so far`, `in the database`, `are there`. */
  const aside: Rule<readonly Mod[]> = (at) => {
    // "who have never complained before": at the end it dates nothing.
    const before = lattice.word(at) === 'before' && isLast(at + 1) ? at + 1 : undefined;
    const once = isDenied(lattice.tokens, at) ? skipPhrase(grammar, at, ...ONCE) : undefined;
    const end = skipPhrase(grammar, at, ...ASIDES) ?? before ?? once;
    const empty = end ?? emptyParticiple(at) ?? ours(at) ?? inUnit(at);
    return empty === undefined
      ? []
      : [got<readonly Mod[]>([], empty, end === undefined ? 0.15 : 0.05)];
  };

  /** `orders made`, `courses offered`: nothing but that they are there. */
  const emptyParticiple = (at: number): number | undefined => {
    if (!EMPTY_PARTICIPLES.has(lattice.word(at)) || lattice.opens(at)) return undefined;
    const named = [...lattice.fields(at), ...lattice.flags(at), ...lattice.values(at)];
    return named.length > 0 || lattice.fieldsCalled(at).length > 0 ? undefined : at + 1;
  };

  /** `in seconds`, where a column is called just so: that is what they are of. */
  const inUnit = (at: number): number | undefined => {
    const start = lattice.word(at) === 'in' ? at + 1 : at;
    if (start === at && lattice.parenthesis(at) !== at + 1) return undefined;
    const isUnit = skipPhrase(grammar, start, ...UNITS) === start + 1;
    const called = lattice
      .fields(start)
      .flatMap(({ mention, end }) => (end === start + 1 ? mention.options : []));
    const whole = called.some(({ field, cost }) => cost === 0 && field.words.length === 1);
    // "the average delay in minutes", of `delay_minutes`.
    const told =
      start > at &&
      called.some(
        ({ field }) =>
          field.role === 'measure' && field.words.at(-1) === singular(lattice.word(start)),
      );
    return isUnit && (whole || told) ? start + 1 : undefined;
  };

  /** `in the company`, where no name has anything to do with companies: whoever asks means their own. */
  const ours = (at: number): number | undefined => {
    const start = skipPhrase(
      grammar,
      at,
      'in the',
      'in our',
      'of the',
      'of our',
      'at the',
      'at our',
    );
    const isOurs = start !== undefined && OURS.has(lattice.word(start)) && !lattice.isNamed(start);
    return isOurs ? start + 1 : undefined;
  };

  const isLast = (at: number): boolean =>
    lattice.tokens[at] === undefined || lattice.opens(at) || lattice.word(at) === ',';

  return { mods, mod };
}

function ofName(mod: Mod): Mod {
  if (mod.type === 'any') return { ...mod, of: mod.of.map((each) => each.map(ofName)) };
  return mod.type === 'like' ? { ...mod, named: true } : mod;
}

function isEqual(mod: Mod): boolean {
  return mod.type === 'compare' && mod.operator === '=';
}
