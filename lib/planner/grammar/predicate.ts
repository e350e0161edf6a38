/** Predicates: what follows `who`, `that` or the subject of a question, and what follows `with` and `have`. */
import { AMOUNT_VERBS, BE, DO, HAVE, GLUE } from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { verbBases } from '../text/inflection.js';
import { skipDeterminers, skipPhrase, type Grammar, type Rules } from './grammar.js';
import { patternAt, verbal } from './mods.js';
import { negate } from './negation.js';
import { got, map, prune, then, type Got, type Rule } from './rule.js';

const NOT = ['not yet', 'not ever', 'not', 'never'];
const EMPTY = [
  'null',
  'empty',
  'missing',
  'unknown',
  'not set',
  'not known',
  'blank',
  'not given',
  'not recorded',
];

export function predicateRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const predicate: Rule<readonly Mod[]> = (at) => {
    const word = lattice.word(at);
    if (BE.has(word)) return denied(at + 1, (next) => [...complement(next), ...progressive(next)]);
    if (HAVE.has(word)) return denied(at + 1, (next) => [...possessed(next), ...perfect(next)]);
    if (DO.has(word) || word === 'will' || word === 'can')
      return denied(at + 1, (next) => active(next));
    if (word === 'never') return map(active(at + 1), negate);
    return active(at);
  };

  /** Reads on behind a `not`, if there is one, and then means the opposite. */
  const denied = (
    at: number,
    next: (at: number) => Got<readonly Mod[]>[],
  ): Got<readonly Mod[]>[] => {
    const not = skipPhrase(grammar, at, ...NOT);
    return not === undefined ? next(at) : map(next(not), negate);
  };

  /** After be. */
  const complement = (at: number): Got<readonly Mod[]>[] => {
    const start = skipDeterminers(grammar, at);
    return [
      ...map(grammar.rank(start), (mods) =>
        mods.map((mod) => (mod.type === 'rank' ? { ...mod, many: false } : mod)),
      ),
      ...grammar.mod(at),
      ...(start === at ? [] : grammar.value(start)),
      ...map(grammar.rankOf(start), (mods) => mods, 0.3),
      ...participled(at),
    ];
  };

  const progressive = (at: number): Got<readonly Mod[]>[] =>
    lattice.word(at) === 'being' ? participled(at + 1) : [];

  const participled = (at: number): Got<readonly Mod[]>[] =>
    verbal(grammar, skipAdverb(at), { active: false });

  const skipAdverb = (at: number): number =>
    skipPhrase(grammar, at, 'first', 'ever', 'also', 'already', 'been') ?? at;

  /** After have as an auxiliary: `have ordered`, `has been cancelled`, `has never bought`. */
  const perfect = (at: number): Got<readonly Mod[]>[] => {
    const been = skipPhrase(grammar, at, 'been', 'ever been', 'already been');
    if (been !== undefined) return complement(been);
    return active(skipPhrase(grammar, at, 'ever', 'already') ?? at);
  };

  /** After have as a verb. */
  const possessed = (at: number): Got<readonly Mod[]>[] => {
    const none = skipPhrase(grammar, at, 'no', 'not any', 'zero');
    return none === undefined ? grammar.possession(at) : map(grammar.possession(none), negate);
  };

  const active = (at: number): Got<readonly Mod[]>[] => {
    const word = lattice.word(at);
    if (GLUE.has(word)) return [];
    const bases = [word, ...verbBases(word)];
    const amount = bases.map((base) => AMOUNT_VERBS.get(base)).find((noun) => noun !== undefined);
    const found: Got<readonly Mod[]>[] = verbal(grammar, at, { active: true });
    if (amount !== undefined) found.push(...amounts(at + 1, amount));
    if (bases.includes('have')) found.push(...possessed(at + 1));
    if (bases.includes('sell')) found.push(...most(at + 1, { type: 'units' }));
    return prune(found);
  };

  /** `spent more than 100`, `cost the most`, `earns over 5000`. */
  const amounts = (at: number, noun: string): Got<readonly Mod[]>[] => {
    const measure = amountMeasure(noun);
    if (measure === undefined) return [];
    const compared = map(grammar.comparison(at), (value): readonly Mod[] => [
      { type: 'compare', measure, ...value, not: false },
    ]);
    return [...compared, ...most(at, measure)];
  };

  const most = (at: number, key: Measure): Got<readonly Mod[]>[] => {
    const up = skipPhrase(
      grammar,
      at,
      'the most',
      'most',
      'the best',
      'best',
      'the highest',
      'the longest',
      'the most money',
      'most money',
    );
    if (up !== undefined)
      return [got<readonly Mod[]>([{ type: 'rank', key, descending: true, many: false }], up)];
    const down = skipPhrase(
      grammar,
      at,
      'the least',
      'least',
      'the worst',
      'worst',
      'the lowest',
      'the shortest',
    );
    return down === undefined
      ? []
      : [got<readonly Mod[]>([{ type: 'rank', key, descending: false, many: false }], down)];
  };

  const amountMeasure = (noun: string): Measure | undefined => {
    if (noun === 'revenue') return { type: 'revenue', word: 'spending' };
    const field = lattice.fieldCalled(noun);
    return field === undefined ? undefined : { type: 'field', field };
  };

  const possession: Rule<readonly Mod[]> = (at) => {
    const none = skipPhrase(grammar, at, 'no', 'zero');
    if (none !== undefined) return map(grammar.possession(none), negate);
    const start = skipDeterminers(grammar, at);
    return [
      ...grammar.rankOf(at),
      ...grammar.compare(start),
      ...fielded(start),
      ...measured(start),
      ...map(
        grammar.noun(start),
        (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
        0.1,
      ),
      ...map(
        grammar.values(start),
        (values): readonly Mod[] => [{ type: 'value', values, not: false }],
        0.1,
      ),
    ];
  };

  /** A column with what is said of its value: `price over 10`, `name starting with A`, `email`, `status cancelled`. */
  const fielded = (at: number): Got<readonly Mod[]>[] =>
    lattice.fields(at).flatMap(({ mention: field, end }) => {
      const is =
        skipPhrase(
          grammar,
          end,
          'is',
          'are',
          'was',
          'were',
          'of',
          'being',
          'equals',
          'equal to',
          '=',
          'in',
          'that is',
          'has',
          'have',
          'which is',
          ':',
        ) ?? end;
      const negated = skipPhrase(grammar, is, 'not');
      const start = skipDeterminers(grammar, negated ?? skipPhrase(grammar, is, 'been') ?? is);
      const apply = (all: Got<readonly Mod[]>[]) =>
        negated === undefined ? all : map(all, negate);
      const found: Got<readonly Mod[]>[] = [];
      found.push(
        ...map(grammar.comparison(start), (value): readonly Mod[] => [
          { type: 'compare', measure: { type: 'field', field }, ...value, not: false },
        ]),
      );
      found.push(
        ...map(grammar.values(start), (values): readonly Mod[] => [
          { type: 'value', values, field, not: false },
        ]),
      );
      found.push(
        ...map(
          patternAt(grammar, skipPhrase(grammar, start, 'that') ?? start),
          (mod): readonly Mod[] => [{ ...mod, field }],
        ),
      );
      for (const { span, end: after, certain } of lattice.dates(start)) {
        found.push(
          got<readonly Mod[]>(
            [{ type: 'time', spans: [span], field, not: false }],
            after,
            certain ? 0 : 0.3,
          ),
        );
      }
      const empty = skipPhrase(grammar, start, ...EMPTY);
      if (empty !== undefined)
        found.push(got<readonly Mod[]>([{ type: 'present', field, not: true }], empty));
      const known = skipPhrase(grammar, start, 'known', 'set', 'present', 'given');
      if (known !== undefined)
        found.push(got<readonly Mod[]>([{ type: 'present', field, not: false }], known));
      if (start === end)
        found.push(got<readonly Mod[]>([{ type: 'present', field, not: false }], end, 0.2));
      return apply(found);
    });

  /** `total revenue over 1000`, `an average rating above 4`. */
  const measured = (at: number): Got<readonly Mod[]>[] =>
    then(
      grammar.measure(at).filter(({ value }) => value.type !== 'field'),
      ({ value: measure, at: next }) => {
        const is = skipPhrase(grammar, next, 'is', 'are', 'of', 'was') ?? next;
        return map(grammar.comparison(is), (value): readonly Mod[] => [
          { type: 'compare', measure, ...value, not: false },
        ]);
      },
    );

  return { predicate, possession };
}
