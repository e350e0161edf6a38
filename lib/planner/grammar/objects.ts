/** What stands behind a verb that links: what it acts on, how much of it, and what several have in common. */
import { LINKING_STATES } from '../lexicon/verbs.js';
import type { Mod, Noun } from '../phrase.js';
import { isDated } from './attach.js';
import { eachOf, fielded, isCompared } from './claims.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { RELATING } from './mods.js';
import { negate } from './negation.js';
import { got, type Got, map, prune, then } from './rule.js';
import { usual } from './usual.js';

/** `shared by members over 60 and under 20`: what several have in common, each with what is said of it. */
export function common(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipDeterminers(grammar, skipPhrase(grammar, at, 'both') ?? at);
  const several = then(grammar.noun(start), (left) => {
    const and = skipPhrase(grammar, left.at, 'and', 'as well as');
    if (and === undefined) return [];
    return map(grammar.noun(skipDeterminers(grammar, and)), (right): readonly Mod[] => [
      {
        type: 'both',
        of: [
          [{ type: 'related', noun: left.value, not: false }],
          [{ type: 'related', noun: right, not: false }],
        ],
        not: false,
      },
    ]);
  });
  const one = map(grammar.noun(start), (noun): readonly Mod[] => {
    const mods = noun.mods.flatMap((mod) =>
      mod.type === 'value' && mod.values.length > 1 && !mod.not ? eachOf(mod) : [mod],
    );
    const [first, second, ...more] = mods;
    const each: readonly Mod[] =
      second === undefined || more.length > 0 || mods.some(({ type }) => type === 'both')
        ? mods
        : [{ type: 'both', of: [[first!], [second]], not: false }];
    return [{ type: 'related', noun: { ...noun, mods: each }, not: false }];
  });
  // "shared by at least two members", "shared by the most members"
  const many = [...grammar.compare(at), ...grammar.rankOf(at)];
  return [...many, ...one, ...several];
}

/** `used by any product`: nothing is grouped by what is not any one in particular. */
export function byAny(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const by = skipPhrase(grammar, at, 'by any', 'by a', 'by an', 'by some', 'by at least one');
  return by === undefined
    ? []
    : map(grammar.noun(by), (noun): readonly Mod[] => [{ type: 'related', noun, not: false }]);
}

/** `were assigned a project`: what somebody was given stands behind the verb. */
export function given(grammar: Grammar, at: number, price: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const passive = BEING.has(lattice.word(at - 2));
  if (!passive || !['a', 'an', 'the', 'any'].includes(lattice.word(at))) return [];
  return map(
    grammar.noun(skipDeterminers(grammar, at)),
    (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
    price + 0.1,
  );
}

export const BEING = new Set([
  'is',
  'are',
  'was',
  'were',
  'be',
  'been',
  'not',
  'never',
  'also',
  'no',
]);
const LISTING = new Set(['both', 'either', 'no']);

function isPreposition(word: string): boolean {
  return RELATING.includes(word) || word === 'with';
}

/** `more than 5 races`, `in the most races`, `out at least 2 loans`: how much of it, whatever the verb's particle. */
export function amounts(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const particle = skipPhrase(grammar, at, ...PARTICLES);
  return [...new Set([at, particle ?? at])].flatMap((next) => {
    const start = skipDeterminers(grammar, next);
    return [
      ...map(grammar.compare(start), (mods) => mods, 0.1),
      ...map(grammar.rankOf(start), (mods) => mods, 0.1),
    ];
  });
}

/** Behind a verb they are part of it. */
const PARTICLES = ['in', 'for', 'to', 'on', 'at', 'out', 'up', 'off', 'with', 'by'];

/** `in charge of more than 5 orders`: what is said behind be with words that link as a verb does. */
export function state(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipPhrase(grammar, at, ...LINKING_STATES);
  return start === undefined ? [] : object(grammar, start);
}

/** `served as a host`: the part that a thing plays. */
export function part(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const start = skipDeterminers(grammar, at);
  return map(
    grammar.noun(start),
    (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
    0.1,
  );
}

/** `won the Golden Oar in 2022`: the row that is called so has a time of its own. */
function valuesThen(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(grammar.values(at), ({ value: values, at: end }) => {
    const tables = new Set(
      values.flatMap(({ options }) => options.map(({ field }) => field.table)),
    );
    if (![...tables].every(isDated)) return [];
    const options = [...tables].map((table) => ({ table, cost: 0 }));
    const table = { text: grammar.lattice.text(at, end), options };
    return grammar.time(end).map(({ value: times, at: after, cost }) => {
      const noun: Noun = { table, mods: [{ type: 'value', values, not: false }, ...times] };
      return got<readonly Mod[]>([{ type: 'related', noun, not: false }], after, cost);
    });
  });
}

/** What an active verb acts on: `made 3 orders`, `live in Spain`, `wrote reviews`, never a time alone. */
export function object(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return prune([...single(grammar, at), ...several(grammar, at)]);
}

const AND = ['as well as', 'and also', ', and also', 'but also', ', but also'];
const BUT_NOT = [
  ...['but not', 'but no', 'but never', 'but neither', 'and not', 'and no', 'but not any'],
  ...['but not a', 'but not an', 'but never a', 'but never an', 'but never any'],
].sort((a, b) => b.split(' ').length - a.split(' ').length);

/** `(own) a cat as well as a dog`, `a cat but no dog`: several things that it acts on, each perhaps in a row of its own. */
function several(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return then(valueOf(grammar, at), ({ value: first, at: next }) => {
    const not = skipPhrase(grammar, next, ...BUT_NOT);
    const and = not === undefined ? skipPhrase(grammar, next, ...AND) : undefined;
    const start = not ?? and;
    if (start === undefined) return [];
    const things = map(grammar.noun(skipDeterminers(grammar, start)), (noun): readonly Mod[] => [
      { type: 'related', noun, not: false },
    ]);
    return map([...valueOf(grammar, start), ...things], (second): readonly Mod[] =>
      not === undefined
        ? [{ type: 'both', of: [first, second], not: false }]
        : [...first, ...negate(second)],
    );
  });
}

/** A value that stands for what has it: `a cat`, `red wine`. */
function valueOf(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  return map(grammar.values(skipDeterminers(grammar, at)), (values): readonly Mod[] => [
    { type: 'value', values, other: true, not: false },
  ]);
}

/** One thing, with what is said of it. */
function single(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  // "belong to each club", "feature each actor": it is told for each of them.
  const each = lattice.word(at) === 'each' ? at : at + 1;
  if (lattice.word(each) === 'each' && (each === at || isPreposition(lattice.word(at))))
    return map(grammar.group(at), (mods) => mods, 0.1);
  const start = skipDeterminers(grammar, at);
  return [
    ...map(
      grammar.noun(start),
      (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
      0.1,
    ),
    ...map(grammar.values(start), (values): readonly Mod[] => [
      { type: 'value', values, other: true, not: false },
    ]),
    ...valuesThen(grammar, start),
    // "got a grade C", "play the Forward position": with the column that it is a value of.
    ...map(
      grammar
        .hinted(start)
        .filter(({ value }) =>
          value.some((mod) => mod.type === 'value' && mod.field !== undefined),
        ),
      (mods) => mods,
      0.1,
    ),
    ...map(
      grammar.value(at).filter(() => isPreposition(lattice.word(at))),
      (mods) => mods,
      0.1,
    ),
    ...amounts(grammar, at),
    ...usual(grammar, skipPhrase(grammar, at, ...PARTICLES) ?? at),
    ...grammar.most(at),
    ...(LISTING.has(lattice.word(at)) ? grammar.possession(at) : []),
    ...(lattice.word(at) === 'either' ? grammar.mod(at) : []),
    // "that reached a height over 300": what the verb says is that it has it.
    ...map(
      fielded(grammar, start).filter(({ value }) => value.every(isCompared)),
      (mods) => mods,
      0.1,
    ),
    ...then(grammar.mod(at), (one) =>
      one.value.some(({ type }) => type === 'related') ? [got(one.value, one.at, 0.1)] : [],
    ),
  ];
}
