/** What is ranked by how many there are of another thing: `top 3 countries by customers`, `the 3 countries with the most customers`. */
import { REVENUE } from '../lexicon/words.js';
import type { Ask, Measure, Mod, Target } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, map, then } from './rule.js';

export function rankedAsked(grammar: Grammar, at: number): Got<Ask>[] {
  return [...byCount(grammar, at), ...soMany(grammar, at)];
}

/** `top 5 customers by orders`: several of a thing, and no column, are counted. */
function byCount(grammar: Grammar, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  return then(grammar.rank(skipDeterminers(grammar, at)), ({ value: [rank], at: start }) => {
    if (rank?.type !== 'rank' || rank.bare !== true || rank.key !== undefined) return [];
    const targets = [
      ...columns(grammar, start),
      ...map(grammar.bareNoun(start), (noun): Target => ({
        type: 'things',
        noun,
        everything: false,
      })),
    ];
    return then(targets, ({ value: target, at: end }) => {
      const by = skipPhrase(grammar, end, 'by', 'by number of', 'by count of');
      const word = by === undefined ? '' : lattice.word(by);
      if (by === undefined || singular(word) === word || REVENUE.includes(singular(word)))
        return [];
      const named = lattice
        .fields(by)
        .some(({ mention }) => mention.options.some(({ cost }) => cost <= COST.short));
      return named
        ? []
        : then(grammar.bareNoun(by), ({ value: noun, at: next }) => {
            const key: Measure = { type: 'things', noun };
            const mod: Mod = { ...rank, key, shown: true, bare: undefined };
            return map(grammar.tail(next), (mods) => asking(target, [mod, ...mods]));
          });
    });
  });
}

/** `the 3 countries with the most customers`: so many values of a column. */
function soMany(grammar: Grammar, at: number): Got<Ask>[] {
  const start = skipDeterminers(grammar, at);
  const number = grammar.lattice.number(start);
  if (number === undefined || !/^[1-9]\d{0,3}$/.test(number.digits)) return [];
  const limit = Number(number.digits);
  return then(columns(grammar, number.end), ({ value: target, at: end }) => {
    const behind = skipPhrase(grammar, end, 'with', 'having', 'that have', 'which have');
    if (behind === undefined) return [];
    return then(grammar.rankOf(behind), ({ value: [rank, ...more], at: next }) => {
      if (rank?.type !== 'rank' || more.length > 0 || rank.limit !== undefined) return [];
      return map(grammar.tail(next), (mods) => asking(target, [{ ...rank, limit }, ...mods]));
    });
  });
}

/** Columns whose values are ranked: never amounts. */
function columns({ lattice }: Grammar, at: number): Got<Target>[] {
  return lattice.fields(at).flatMap(({ mention, end }) => {
    const options = mention.options.filter(
      ({ field: { role }, cost }) => role !== 'measure' && role !== 'key' && cost <= COST.head,
    );
    return options.length === 0
      ? []
      : [got<Target>({ type: 'field', field: { ...mention, options } }, end, 0.3)];
  });
}

function asking(target: Target, mods: readonly Mod[]): Ask {
  return { targets: [target], mods, distinct: false };
}
