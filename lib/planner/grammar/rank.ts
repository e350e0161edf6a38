/** Superlatives: `top 5`, `most expensive`, `best-selling`, `with the most orders`, `with the highest price`. */
import {
  BARE_SUPERLATIVES,
  GRADABLE,
  RANK_WORDS,
  RANKED_PARTICIPLES,
  SUPERLATIVES,
} from '../lexicon/words.js';
import type { Measure, Mod } from '../phrase.js';
import { type Grammar, type Rules, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, type Rule } from './rule.js';

type Rank = Extract<Mod, { type: 'rank' }>;

export function rankRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  /** Before a noun, with a number before or behind it or none. */
  const rank: Rule<readonly Mod[]> = (at) => {
    const before = limitAt(at);
    const start = before?.end ?? at;
    return superlative(start).map(({ value, at: end, cost }) => {
      const after = before === undefined ? limitAt(end) : undefined;
      const limit = before?.limit ?? after?.limit;
      const mod: Rank = { ...value, ...(limit === undefined ? {} : { limit }) };
      return got<readonly Mod[]>([mod], after?.end ?? end, cost);
    });
  };

  const limitAt = (at: number): { limit: number; end: number } | undefined => {
    const number = lattice.number(at);
    if (number === undefined || !/^\d{1,5}$/.test(number.digits) || number.digits === '0')
      return undefined;
    return { limit: Number(number.digits), end: number.end };
  };

  const superlative = (at: number): Got<Rank>[] => {
    const start = skipPhrase(grammar, at, 'the') ?? at;
    const word = lattice.word(start);
    const next = lattice.word(start + 1);
    const make = (descending: boolean, key?: Measure, vague = false): Rank => ({
      type: 'rank',
      descending,
      many: true,
      ...(vague ? { bare: true } : {}),
      ...(key === undefined ? {} : { key }),
    });
    const found: Got<Rank>[] = [];
    if (word === 'top' || word === 'bottom')
      found.push(got(make(word === 'top', undefined, true), start + 1));
    if (RANK_WORDS.has(word) && RANKED_PARTICIPLES.has(next)) {
      const { dimension, end } = { dimension: RANKED_PARTICIPLES.get(next)!, end: start + 2 };
      const key: Measure =
        dimension.name === 'sales' ? { type: 'units' } : { type: 'dimension', dimension };
      found.push(got(make(RANK_WORDS.get(word)!, key), end));
    }
    const graded = word === 'most' || word === 'least' ? GRADABLE.get(next) : undefined;
    if (graded !== undefined) {
      const key: Measure = { type: 'dimension', dimension: graded.dimension };
      found.push(got(make(graded.descending === (word === 'most'), key), start + 2));
    }
    const own = SUPERLATIVES.get(word);
    if (own !== undefined) {
      found.push(
        got(make(own.descending, { type: 'dimension', dimension: own.dimension }), start + 1),
      );
    }
    const bare = BARE_SUPERLATIVES.get(word);
    if (bare !== undefined && !['most', 'least', 'fewest'].includes(word)) {
      found.push(got(make(bare, undefined, word === 'best' || word === 'worst'), start + 1, 0.3));
    }
    return found;
  };

  /** After have: what there is most of. */
  const rankOf: Rule<readonly Mod[]> = (at) => {
    const start = skipDeterminers(grammar, at);
    const before = limitAt(start);
    const word = lattice.word(before?.end ?? start);
    const bare = word === 'best' || word === 'worst' ? undefined : BARE_SUPERLATIVES.get(word);
    const own = SUPERLATIVES.get(word);
    const graded =
      word === 'most' || word === 'least'
        ? GRADABLE.get(lattice.word((before?.end ?? start) + 1))
        : undefined;
    const descending =
      bare ??
      own?.descending ??
      (graded === undefined ? undefined : graded.descending === (word === 'most'));
    if (descending === undefined) return [];
    const limit = before === undefined ? {} : { limit: before.limit };
    const make = (key: Measure): readonly Mod[] => [
      { type: 'rank', key, descending, many: false, ...limit },
    ];
    const next = skipDeterminers(grammar, (before?.end ?? start) + (graded === undefined ? 1 : 2));
    const found: Got<readonly Mod[]>[] = map(grammar.measure(next), make);
    if (bare !== undefined) {
      found.push(...map(grammar.noun(next), (noun) => make({ type: 'things', noun })));
    }
    return found;
  };

  return { rank, rankOf };
}
