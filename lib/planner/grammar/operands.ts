/** What something is compared with: a number, or what other rows have. */
import { COMPARATIVES, GRADABLE, SUPERLATIVES } from '../lexicon/scales.js';
import { type Unit, unitsOf } from '../lexicon/units.js';
import { AGGREGATES } from '../lexicon/words.js';
import { UNITS } from '../lexicon/comparing.js';
import type { FieldMention, Mod, Noun, Operand } from '../phrase.js';
import { singular } from '../text/inflection.js';
import { fieldValue } from './claims.js';
import { squared } from '../units.js';
import { columnsAt, columnsBehind, keysTo } from './columns.js';
import { isTheirs } from './doer.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { everyOther } from './outdone.js';
import { got, type Got, map, prune, then } from './rule.js';

type Others = Extract<Operand, { type: 'others' }>;

const OF = ['of', 'for', 'in', 'among', 'across', 'from', 'over', 'on'];
const FUNCTIONS = new Set(['avg', 'min', 'max', 'sum']);

export function units(grammar: Grammar, at: number): number {
  const square = ['square', 'sq'].includes(grammar.lattice.word(at));
  if (square && unitsAt(grammar, at).units !== undefined) return at + 2;
  const word = singular(grammar.lattice.word(at));
  const end = unitsOf(word).some(({ kind }) => kind !== 'time') ? at + 1 : at;
  return skipPhrase(grammar, at, ...UNITS) ?? end;
}

/** What a number is told in by the words behind it; nothing where there are none. */
export function unitsAt({ lattice }: Grammar, at: number): { readonly units?: readonly Unit[] } {
  const square = ['square', 'sq'].includes(lattice.word(at));
  const found = square ? squared(lattice.word(at + 1)) : unitsOf(singular(lattice.word(at)));
  return found.length === 0 ? {} : { units: found };
}

/** A number with its unit: `5 km`, `100 dollars`. */
export function numberOperand(grammar: Grammar, at: number): Got<Operand>[] {
  // "over a 20000": the article says nothing, unless it makes a number of its own, as in "a dozen".
  const number =
    grammar.lattice.number(at) ?? grammar.lattice.number(skipPhrase(grammar, at, 'a', 'the') ?? at);
  if (number === undefined) return [];
  const said = unitsAt(grammar, number.end);
  const plain = got<Operand>({ type: 'number', digits: number.digits, ...said }, number.end);
  const end = units(grammar, number.end);
  // What looks like a unit may be the thing that is counted: "more than 5 years of experience".
  return end === number.end
    ? [plain]
    : [
        { ...plain, at: end },
        { ...plain, cost: 0.05 },
      ];
}

/** `the average (price) (of all products)`, `the oldest teacher`, `any order from 2024`, `Ann Smith`. */
export function otherOperand(grammar: Grammar, at: number): Got<Operand>[] {
  return prune<Operand>([
    ...reduced(grammar, at),
    ...superlative(grammar, at),
    ...quantified(grammar, at),
    ...named(grammar, at),
  ]);
}

/** `its cost`, `the corresponding price`, `that in July`: another column of the row that is compared. */
export function ownOperand(grammar: Grammar, at: number): Got<Operand>[] {
  const that = skipPhrase(
    grammar,
    at,
    'that in',
    'that of',
    'those in',
    'that for',
    'in',
    'for',
    'on',
  );
  return columnsBehind(grammar, that ?? at).flatMap(({ mention: field, end }) =>
    // "the price of the chair" is another row's.
    skipPhrase(grammar, end, ...OF) === undefined ||
    otherOperand(grammar, at).every((other) => other.at <= end)
      ? [got<Operand>({ type: 'own', field }, end, that === undefined ? 0.1 : 0.2)]
      : [],
  );
}

const reduced = (grammar: Grammar, at: number): Got<Others>[] => {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, at);
  const name = AGGREGATES.get(lattice.word(start));
  if (name === undefined || !FUNCTIONS.has(name)) return [];
  const fn = name;
  const value = skipPhrase(grammar, start + 1, 'values of', 'value of', 'value', 'number of');
  const plain = then(optionalField(grammar, value ?? start + 1), ({ value: field, at: next }) => [
    ...(sameKind(grammar, next).length > 0
      ? []
      : map(whose(grammar, next), (noun): Others => ({ type: 'others', fn, field, noun }))),
    ...map(sameKind(grammar, next), (within): Others => ({ type: 'others', fn, field, within })),
    ...then(ofAll(grammar, next), ({ value: noun, at: end }) =>
      map(sameKind(grammar, end), (within): Others => ({
        type: 'others',
        fn,
        field,
        noun,
        within,
      })),
    ),
  ]);
  // "more than the average book", "than the average dog": what is averaged of it is what is compared.
  const kinds = fn === 'avg' ? valued(grammar, start + 1) : [];
  const thing = then(
    fn === 'avg' ? [...saidOnce(grammar, start + 1), ...kinds] : [],
    ({ value: noun, at: next }): Got<Others>[] => [
      ...(sameKind(grammar, next).length > 0
        ? []
        : [got<Others>({ type: 'others', fn, noun }, next, 0.1)]),
      ...map(sameKind(grammar, next), (within): Others => ({ type: 'others', fn, noun, within })),
    ],
  );
  // What stands right behind it is never said of what is compared.
  return [...(kinds.length === 0 ? plain : plain.filter((one) => one.at > start + 1)), ...thing];
};

/** `of all wines`, before it is said which of them. */
const ofAll = (grammar: Grammar, at: number): Got<Noun>[] => {
  const of = skipPhrase(grammar, at, 'of all', 'for all', 'of', 'for', 'among');
  return of === undefined ? [] : grammar.bareNoun(skipDeterminers(grammar, of));
};

const SAME = ['the same', 'same', 'that same', 'their respective', 'its respective'];

/** `of their own kind`, `in the same country`, `for its type`: of those that share it with what is compared. */
const sameKind = (grammar: Grammar, at: number): Got<FieldMention>[] => {
  const { lattice } = grammar;
  const of = skipPhrase(grammar, at, ...OF, 'within', 'with', 'at') ?? at;
  const either = skipPhrase(grammar, of, 'his or her', 'her or his', 'its or their');
  const their = either ?? (isTheirs(lattice.word(of)) ? of + 1 : undefined);
  const same = their === undefined ? skipPhrase(grammar, of, ...SAME) : undefined;
  const start =
    same ?? (their === undefined ? undefined : (skipPhrase(grammar, their, 'own') ?? their));
  if (start === undefined || of === at) return [];
  return [...columnsAt(grammar, start), ...keysTo(grammar, start)].map(({ mention, end }) =>
    got(mention, end),
  );
};

/** The column that is named, if one is. */
const optionalField = (grammar: Grammar, at: number): Got<FieldMention | undefined>[] => {
  const of = skipDeterminers(grammar, skipPhrase(grammar, at, 'of', 'in') ?? at);
  return [
    got<FieldMention | undefined>(undefined, at),
    ...columnsAt(grammar, of)
      // "the price of the books that are rare": what goes on speaks of those books.
      .filter(({ end }) => !goesOn(grammar, end) || !isOwned(grammar, of, end))
      .map(({ mention, end }) => got<FieldMention | undefined>(mention, end)),
  ];
};

/** `of all products`, `for teachers in Berlin`, `of Ann Smith`; nothing where it goes for all rows. */
const whose = (grammar: Grammar, at: number): Got<Noun | undefined>[] => {
  const none = got<Noun | undefined>(undefined, at);
  const of = skipPhrase(grammar, at, ...OF);
  if (of === undefined) return [none];
  const any = skipPhrase(grammar, of, 'any of', 'any', 'all of', 'all', 'every', 'each') ?? of;
  const said = things(grammar, skipDeterminers(grammar, any));
  // What follows is said of what the average is taken of rather than of what is compared with it.
  const longest = Math.max(...said.map(({ at: end }) => end));
  const isOf = ['of', 'among'].includes(grammar.lattice.word(of - 1));
  return [
    ...(isOf && said.length > 0 ? [] : [said.length === 0 ? none : { ...none, cost: NEARER }]),
    ...said
      .filter(({ at: end }) => !isOf || !goesOn(grammar, end))
      .map((one) => (one.at < longest ? { ...one, cost: one.cost + NEARER / 2 } : one)),
  ];
};

const NEARER = 0.5;

function isOwned({ lattice }: Grammar, at: number, end: number): boolean {
  return lattice.tokens.slice(at, end).some(({ word }) => word === 'of');
}

/** What is said behind a thing without an `and` is said of that. */
function goesOn({ lattice }: Grammar, at: number): boolean {
  return /^(?:that|who|which|whose|with|without|from|in)$/.test(lattice.word(at));
}

/** One that is named, or the average one: what there is as much of as of those. */
export function anotherOne(grammar: Grammar, at: number): Got<Others>[] {
  const average = skipPhrase(grammar, skipDeterminers(grammar, at), 'average', 'typical', 'usual');
  return [
    ...named(grammar, at).filter(({ value }) => value.field === undefined),
    ...map(average === undefined ? [] : grammar.bareNoun(average), (noun): Others => ({
      type: 'others',
      fn: 'avg',
      noun,
    })),
  ];
}

/** A thing with what is said of it, or a value that stands for one. */
const things = (grammar: Grammar, at: number): Got<Noun>[] => [
  // An order or a grouping is the request's.
  ...grammar
    .noun(at)
    .filter(({ value, at: end }) => value.mods.every(isStated) && !isJoined(grammar, at, end)),
  ...map(valued(grammar, at), (noun) => noun, 0.1),
  ...map(fieldValue(grammar, at), (mods): Noun => ({ table: undefined, mods })),
  ...grammar.lattice.dates(at).map(({ span, end }) => {
    const time: Mod = { type: 'time', spans: [span], not: false };
    return got<Noun>({ table: undefined, mods: [time] }, end, 0.1);
  }),
];

/** `(the average) vet in Leeds`: with what is said behind it, up to what may be said of what is compared. */
const saidOnce = (grammar: Grammar, at: number): Got<Noun>[] => {
  const bare = grammar.bareNoun(at);
  const ends = new Set(bare.map((one) => one.at));
  const said = things(grammar, at).filter((one) => {
    const words = grammar.lattice.tokens.slice(at, one.at).map(({ word }) => word);
    return !ends.has(one.at) && words.every((word) => !JOINING.has(word));
  });
  return [
    ...map(bare, (noun) => noun, said.length === 0 ? 0 : NEARER / 2),
    ...said.filter(({ value }) => value.table !== undefined),
  ];
};

const JOINING = new Set(['and', 'or', 'but', ',']);

/** Whatever a value stands for. */
const valued = (grammar: Grammar, at: number): Got<Noun>[] =>
  map(grammar.values(at), (values): Noun => ({
    table: undefined,
    mods: [{ type: 'value', values, not: false }],
  }));

/** "…, and that run longer than an hour" is said of what is compared, as the clause before it was. */
function isJoined({ lattice }: Grammar, at: number, end: number): boolean {
  return lattice.tokens
    .slice(at, end)
    .some(
      ({ word }, i) =>
        word === 'and' && /^(?:that|who|which|whose)$/.test(lattice.word(at + i + 1)),
    );
}

function isStated({ type }: Mod): boolean {
  return !['group', 'order', 'limit'].includes(type);
}

/** `the oldest teacher`, `the earliest order`, `the most expensive book`. */
const superlative = (grammar: Grammar, at: number): Got<Others>[] => {
  const start = skipDeterminers(grammar, at);
  const { lattice } = grammar;
  const most = /^(?:most|least)$/.test(lattice.word(start));
  const scale = most
    ? GRADABLE.get(lattice.word(start + 1))
    : SUPERLATIVES.get(lattice.word(start));
  if (scale === undefined) return [];
  const { dimension } = scale;
  const descending = scale.descending !== (lattice.word(start) === 'least');
  const fn = descending ? 'max' : 'min';
  const of = most ? start + 2 : start + 1;
  return map(
    [...grammar.noun(of), ...map(valued(grammar, of), (noun) => noun, 0.1)],
    (noun): Others => ({
      type: 'others',
      fn,
      dimension,
      noun,
    }),
  );
};

const SOME = [
  'any of',
  'any',
  'some',
  'at least one of',
  'at least one',
  'one of',
  'at least some',
];
const EVERY = [
  'all of',
  'all',
  'every',
  'each of',
  'each',
  'any other',
  'all other',
  'every other',
];

const quantified = (grammar: Grammar, at: number): Got<Others>[] => {
  // "that of any teacher": the same column of them.
  const that = skipPhrase(grammar, at, 'that of', 'those of', 'the one of', 'the ones of') ?? at;
  const every = skipPhrase(grammar, that, ...EVERY);
  const some = every ?? skipPhrase(grammar, that, ...SOME);
  return [
    ...(some === undefined ? [] : things(grammar, skipDeterminers(grammar, some)))
      // Nobody is taller than the tallest of all: "any other player" leaves out who is compared.
      .filter(({ value }) => grammar.lattice.word(some! - 1) !== 'other' || value.mods.length > 0)
      .map(({ value: noun, at: end, cost }) => ({
        value: { type: 'others', fn: undefined, some: every === undefined, noun } as const,
        at: end,
        cost: cost + (noun.mods.length === 0 ? NEARER : 0),
      })),
    ...everyOther(grammar, that).map((end) =>
      got<Others>({ type: 'others', fn: undefined, some: false, besides: true }, end, 0.1),
    ),
  ];
};

/** `(that of) Ann Smith`, `the teacher Ann Smith`, `the price of the chair`: one that is named. */
const named = (grammar: Grammar, at: number): Got<Others>[] => {
  const that = skipPhrase(grammar, at, 'that of', 'those of', 'the one of') ?? at;
  // "any engineer" is no engineer that is named, but each of them or one.
  if (skipPhrase(grammar, that, ...SOME, ...EVERY) !== undefined) return [];
  const start = skipDeterminers(grammar, that);
  const one = map(
    things(grammar, start).filter(({ value }) => isOne(value)),
    (noun): Others => ({ type: 'others', fn: undefined, noun }),
    0.1,
  );
  const field = columnsAt(grammar, start).flatMap(({ mention, end }) => {
    const of = skipPhrase(grammar, end, 'of', 'for');
    if (of === undefined) return [];
    return map(
      things(grammar, skipDeterminers(grammar, of)).filter(({ value }) => isOne(value)),
      (noun): Others => ({ type: 'others', fn: undefined, field: mention, noun }),
    );
  });
  return [...one, ...field];
};

/** Only what is said of it makes it one thing: "older than teachers" says nothing. */
function isOne({ mods }: Noun): boolean {
  return mods.some(({ type }) => type === 'value' || type === 'identity');
}

/** Comparatives say by themselves which way: `older than`. */
export function comparativeAt(
  { lattice }: Grammar,
  at: number,
): { readonly descending: boolean; readonly end: number } | undefined {
  const scale = COMPARATIVES.get(lattice.word(at));
  return scale === undefined || lattice.word(at + 1) !== 'than'
    ? undefined
    : { descending: scale.descending, end: at + 2 };
}
