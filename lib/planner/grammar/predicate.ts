/** Predicates: what follows `who`, `that` or the subject of a question, and what follows `with` and `have`. */
import { isPast, isSeveral, verbBases } from '../text/inflection.js';
import { mostOf, amountVerb } from './amounts.js';
import { isLinkingVerb } from '../lexicon/verbs.js';
import { AUXILIARIES, BE, DO, GLUE, HAVE } from '../lexicon/words.js';
import type { Measure, Mod, Noun } from '../phrase.js';
import { correlated } from './correlated.js';
import { doneSoMuch } from './done.js';
import { glossed } from './glossed.js';
import { isColumnOf } from './columns.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { held } from './held.js';
import { noneOf } from './neither.js';
import { eitherOne, negate } from './negation.js';
import { patternsAt } from './patterns.js';
import { bound, claimRule, eachOf, fielded, fieldedBehind } from './claims.js';
import { echoed } from './echo.js';
import { type Got, got, map, prune, type Rule, then } from './rule.js';
import { everOnce } from './times.js';
import { isForAll } from './universal.js';
import { boundedVerb, isExact } from './adverbs.js';
import { sideways } from './sideways.js';
import { playedBy, reportsTo } from './superiors.js';
import { usual } from './usual.js';
import { state } from './objects.js';
import { verbal } from './verbs.js';

const NOT = ['not yet', 'not ever', 'not', 'never'];
export function predicateRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** A predicate, or several of which one is enough: `are from Hull or younger than 40`, `live in Spain or ordered in 2024`. */
  const predicate: Rule<readonly Mod[]> = (at) => {
    const first = single(at);
    const be = BE.has(lattice.word(at));
    const several = then(first, (left) => {
      const or = skipPhrase(grammar, left.at, ', or', 'or');
      if (or === undefined) return further(left);
      const second = [...single(or), ...(be ? complement(or) : [])];
      return map(
        bound(grammar, second),
        (right) => eitherOne(grammar, left.value, right, or),
        0.15,
      );
    });
    return [...first, ...several, ...correlated(grammar, at, single)];
  };

  /** `had two orders but did not pay`: a further predicate, which begins with a verb of its own. */
  const further = (left: Got<readonly Mod[]>): Got<readonly Mod[]>[] => {
    const and = skipPhrase(grammar, left.at, ', and', 'and', ', but', 'but', 'but also');
    if (and === undefined || !AUXILIARIES.has(lattice.word(and))) return [];
    return map(
      grammar.predicate(and),
      (right) => [
        ...left.value,
        ...right.map((mod): Mod => (mod.type === 'value' ? { ...mod, again: true } : mod)),
      ],
      0.1,
    );
  };

  const single = (at: number): Got<readonly Mod[]>[] => {
    const all = plain(at);
    return [...all, ...everOnce(grammar, all)];
  };

  const plain = (at: number): Got<readonly Mod[]>[] => {
    const word = lattice.word(at);
    if (BE.has(word)) return denied(at + 1, (next) => [...complement(next), ...progressive(next)]);
    if (HAVE.has(word))
      return denied(at + 1, (next) => [...possessed(next), ...perfect(next)], perfect);
    if (DO.has(word) || word === 'will' || word === 'can')
      return denied(at + 1, (next) =>
        // "can be seen", but what will be is not known
        word === 'can' && lattice.word(next) === 'be' ? complement(next + 1) : active(next),
      );
    if (word === 'never') return map(grammar.predicate(at + 1), negate);
    return active(at);
  };

  /** Reads on behind a `not`, if there is one, and then means the opposite. */
  const denied = (
    at: number,
    next: (at: number) => Got<readonly Mod[]>[],
    verbal = next,
  ): Got<readonly Mod[]>[] => {
    const not = skipPhrase(grammar, at, ...NOT);
    // Who did not only do it did it, and something else.
    const only = not !== undefined && /^(?:only|just)$/.test(lattice.word(not));
    const one = not === undefined ? next(at) : only ? [] : map(next(not), negate);
    return [...one, ...correlated(grammar, at, next, verbal)];
  };

  /** After be. */
  const complement = (from: number): Got<readonly Mod[]>[] => {
    // "are all paid" is said of every one: universal.ts.
    if (isForAll(lattice.word(from))) return [];
    // "were once a host": it is enough that they were.
    const at = skipPhrase(grammar, from, 'once', 'still', 'currently', 'at present') ?? from;
    const start = skipDeterminers(grammar, at);
    if (lattice.word(at) === 'either') return eitherOf(at + 1);
    return [
      ...map(grammar.rank(start), (mods) =>
        mods.map((mod) => (mod.type === 'rank' ? { ...mod, many: false } : mod)),
      ),
      ...grammar.mod(at),
      ...(start === at ? [] : grammar.value(start)),
      ...map(grammar.values(start), (values): readonly Mod[] => [
        { type: 'value', values, not: false },
      ]),
      ...map(grammar.rankOf(start), (mods) => mods, 0.3),
      // "who are acrobats": what somebody is has rows of its own.
      ...map(
        grammar.noun(start),
        (noun): readonly Mod[] => [{ type: 'related', noun, is: true, not: false }],
        0.2,
      ),
      ...participled(at),
      ...state(grammar, at),
      ...glossed(grammar, at),
    ];
  };

  /** `is either reachable by tram or near a lake`. */
  const eitherOf = (at: number): Got<readonly Mod[]>[] => [
    ...grammar.mod(at - 1),
    ...then(complement(at), (first) => {
      const or = skipPhrase(grammar, first.at, 'or', ', or');
      if (or === undefined) return [];
      return map(bound(grammar, complement(or)), (second): readonly Mod[] => [
        { type: 'any', of: [first.value, echoed(first.value, second)], not: false },
      ]);
    }),
  ];

  const progressive = (at: number): Got<readonly Mod[]>[] =>
    lattice.word(at) === 'being' ? participled(at + 1) : [];

  const participled = (at: number): Got<readonly Mod[]>[] => {
    const start = skipAdverb(at);
    const word = lattice.word(start);
    // "have been host venues": no verb but a participle stands behind be.
    const bare = isLinkingVerb(word) && !isPast(word) && !word.endsWith('ing');
    return bare ? [] : verbal(grammar, start, { active: false });
  };

  const skipAdverb = (at: number): number =>
    skipPhrase(grammar, at, 'first', 'ever', 'also', 'already', 'once', 'been') ?? at;

  /** After have as an auxiliary: `have ordered`, `has been cancelled`, `has never bought`. */
  const perfect = (at: number): Got<readonly Mod[]>[] => {
    const been = skipPhrase(
      grammar,
      at,
      'been',
      'ever been',
      'already been',
      'once been',
      'been once',
    );
    if (been !== undefined) return complement(been);
    return active(skipPhrase(grammar, at, 'ever', 'already', 'once') ?? at);
  };

  /** After have as a verb. */
  const possessed = (at: number): Got<readonly Mod[]>[] => {
    const none = skipPhrase(grammar, at, 'no', 'not any', 'zero');
    const neither = skipPhrase(grammar, at, 'neither');
    if (neither !== undefined) return noneOf(grammar, neither, grammar.possession);
    return none === undefined ? grammar.possession(at) : map(grammar.possession(none), negate);
  };

  const active = (at: number): Got<readonly Mod[]>[] => {
    const word = lattice.word(at);
    // "who only took one course": that many and no more.
    if (word === 'only' || word === 'just')
      return active(at + 1).filter(({ value }) => value.some(isExact));
    const bounded = boundedVerb(grammar, at, active);
    if (bounded !== undefined) return bounded;
    if (GLUE.has(word) && word !== 'most' && word !== 'least') return [];
    // "who like jazz" speaks of no text.
    const pattern = word === 'like' ? [] : patternsAt(grammar, at);
    const bases = [word, ...verbBases(word)];
    const found = [
      ...verbal(grammar, at, { active: true }),
      ...amountVerb(grammar, at),
      ...doneSoMuch(grammar, at),
    ];
    // "who most recently ordered": the adverb stands first.
    found.push(
      ...then(grammar.most(at), ({ value: ranks, at: next }) =>
        map(active(next), (mods): readonly Mod[] => [...mods, ...ranks]),
      ),
    );
    if (bases.includes('have')) found.push(...possessed(at + 1));
    if (bases.includes('get')) {
      // "get paid the least", "got a bonus"
      if (isPast(lattice.word(at + 1)))
        found.push(...participled(at + 1), ...amountVerb(grammar, at + 1));
      found.push(...map(fielded(grammar, skipDeterminers(grammar, at + 1)), (mods) => mods, 0.1));
    }
    found.push(...pattern, ...reportsTo(grammar, at));
    if (bases.includes('sell')) found.push(...mostOf(grammar, at + 1, { type: 'units' }));
    return prune(found);
  };

  /** `price over 10 and name starting with A`, `cats or no dogs`. */
  const possession: Rule<readonly Mod[]> = (at) => {
    const either = skipPhrase(grammar, at, 'either');
    const both = skipPhrase(grammar, at, 'both');
    const first = owned(either ?? both ?? at);
    // "both weekly and monthly passes": two values of what is named behind them.
    const each =
      both === undefined
        ? []
        : grammar.hinted(skipDeterminers(grammar, both)).flatMap((one) => {
            const [mod] = one.value;
            return mod?.type === 'value' && mod.values.length > 1
              ? [{ ...one, value: eachOf(mod) }]
              : [];
          });
    const several = then(first, (left) => {
      const or = skipPhrase(grammar, left.at, ', or', 'or');
      const and = skipPhrase(
        grammar,
        left.at,
        ', and',
        'and',
        ', but',
        'but',
        'as well as',
        ', as well as',
        ',',
      );
      const next = or ?? and;
      if (next === undefined || (both !== undefined && or !== undefined)) return [];
      const again =
        skipPhrase(
          grammar,
          next,
          'whose',
          'with',
          'having',
          'have',
          'has',
          'had',
          'who have',
          'that have',
        ) ?? next;
      const comma = or === undefined && lattice.word(next - 1) === ',' && again === next;
      return map(
        or !== undefined
          ? bound(grammar, right(next, again)).filter(
              ({ value }) => value.some(isRank) === left.value.some(isRank),
            )
          : comma
            ? listedBehind(left.value, right(next, again))
            : right(next, again),
        (other): readonly Mod[] =>
          or !== undefined
            ? [{ type: 'any', of: [left.value, other], not: false }]
            : both !== undefined
              ? [{ type: 'both', of: [left.value, echoed(left.value, other)], not: false }]
              : [
                  ...left.value,
                  ...other.map((mod): Mod =>
                    mod.type === 'value' ? { ...mod, again: true } : mod,
                  ),
                ],
        lattice.word(left.at) === ',' ? 0.15 : 0.05,
      );
    });
    return both === undefined ? prune([...first, ...several]) : prune([...several, ...each]);
  };

  const right = (at: number, again: number): Got<readonly Mod[]>[] =>
    again === at ? owned(at) : grammar.possession(again);

  const owned = (at: number): Got<readonly Mod[]>[] => {
    const none = skipPhrase(
      grammar,
      at,
      'no',
      'zero',
      'not a single',
      'not any',
      'not a',
      'not an',
    );
    if (none !== undefined) return map(grammar.possession(none), negate);
    if (lattice.word(at) === 'each') {
      // "how many orders have each status"
      return map(grammar.groupKeys(at + 1), (keys): readonly Mod[] => [{ type: 'group', keys }]);
    }
    const start = skipDeterminers(grammar, at);
    const found = [
      ...grammar.rankOf(at),
      ...usual(grammar, at),
      ...playedBy(grammar, start),
      ...grammar.compare(start),
      ...sideways(grammar, start),
      ...lattice
        .flags(start)
        .map(({ mention, end }) =>
          got<readonly Mod[]>([{ type: 'flag', flag: mention, not: false }], end),
        ),
      ...fielded(grammar, start),
      ...fieldedBehind(grammar, start),
      ...tabled(start),
      ...measured(start),
      ...map(
        // "the most registered students" are the most students there are, and no students of such a kind.
        grammar.noun(start).filter(({ value }) => !isMostDone(start, value)),
        (noun): readonly Mod[] => [{ type: 'related', noun, has: true, not: false }],
        0.1,
      ),
      ...map(
        grammar.values(start),
        (values): readonly Mod[] => [{ type: 'value', values, not: false }],
        0.1,
      ),
    ];
    return isShown(at) ? found.filter(({ value }) => !value.every(isMereHaving)) : found;
  };

  const isMostDone = (at: number, { table, mods }: Noun): boolean =>
    /^(?:most|least|fewest)$/.test(lattice.word(at)) &&
    isPast(lattice.word(at + 1)) &&
    isSeveral(table?.text ?? '') &&
    mods.some(({ type }) => type === 'rank');

  /** `the boats with their length`, `with the name of the owner`: that is to be seen, and no condition. */
  const isShown = (at: number): boolean =>
    lattice.word(at - 1) === 'with' &&
    (['their', 'its', 'his', 'her'].includes(lattice.word(at))
      ? lattice.word(at + 1) !== 'own'
      : isColumnOf(grammar, at));

  /** `whose genre is Rock`: a thing that is called so. */
  const tabled = (at: number): Got<readonly Mod[]>[] =>
    lattice.tables(at).flatMap(({ mention, end }) => {
      const is = skipPhrase(
        grammar,
        end,
        'is not',
        'are not',
        'was not',
        'is',
        'are',
        'was',
        'were',
      );
      if (is === undefined || isForAll(lattice.word(is))) return [];
      const not = lattice.word(is - 1) === 'not';
      return held(
        grammar,
        map(grammar.values(skipDeterminers(grammar, is)), (values): readonly Mod[] => [
          { type: 'value', values, table: mention, not },
        ]),
      );
    });

  /** `total revenue over 1000`, `an average rating above 4`, `a count of more than 3`. */
  const measured = (at: number): Got<readonly Mod[]>[] => {
    const count = skipPhrase(grammar, at, 'count', 'counts', 'number', 'total count');
    const bare: Measure = { type: 'things', noun: { table: undefined, mods: [] } };
    return then(
      [
        ...grammar.measure(at).filter(({ value }) => value.type !== 'field'),
        ...(count === undefined ? [] : [got(bare, count, 0.3)]),
      ],
      ({ value: measure, at: next }) => {
        const is = skipPhrase(grammar, next, 'is', 'are', 'of', 'was') ?? next;
        const either = grammar
          .claim(is)
          .filter(({ value: [mod] }) => mod?.type === 'any' && mod.of.flat().every(isBare));
        return [
          ...map(grammar.comparison(is), (value): readonly Mod[] => [
            { type: 'compare', measure, ...value, not: false },
          ]),
          ...map(either, (mods) => mods.map((mod) => ofMeasure(mod, measure))),
        ];
      },
    );
  };

  return { predicate, complement, possession, claim: claimRule(grammar) };
}

/** What comes first has no alternative but what does so by another measure. */
function isRank({ type }: Mod): boolean {
  return type === 'rank';
}

/** A comparison of what was named before. */
function isBare(mod: Mod): boolean {
  return mod.type === 'compare' && mod.measure === undefined;
}

function ofMeasure(mod: Mod, measure: Measure): Mod {
  if (mod.type === 'any')
    return { ...mod, of: mod.of.map((each) => each.map((one) => ofMeasure(one, measure))) };
  return mod.type === 'compare' ? { ...mod, measure } : mod;
}

/** `without a crew, name and length`: columns behind another kind of condition are what is to be seen. */
function listedBehind(
  left: readonly Mod[],
  right: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  if (left.every(({ type }) => type === 'present')) return [...right];
  return right.map((one) =>
    one.value.every(({ type }) => type === 'present') ? { ...one, cost: one.cost + 0.4 } : one,
  );
}

function isMereHaving(mod: Mod): boolean {
  return (mod.type === 'present' || mod.type === 'related') && !mod.not;
}
