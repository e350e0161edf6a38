/** Words that stand for what a request has named already: `in each`, `there`, `they have`, `for that year`. */
import { hasAntecedent } from '../antecedent.js';
import { AUXILIARIES, BE, DO, HAVE } from '../lexicon/words.js';
import type { Mod } from '../phrase.js';
import { isPast } from '../text/inflection.js';
import { type Grammar, type Rules, skipPhrase } from './grammar.js';
import { RELATING } from './mods.js';
import { type Got, got, type Rule } from './rule.js';

const PREPOSITIONS = [...RELATING, 'with', 'per'];
const ONES = [
  'each of them',
  'each of these',
  'each of those',
  'each one',
  'every one',
  'each',
  'them',
  'it',
];
const PRONOUNS = [
  ...['that', 'which', 'whom', 'where'],
  ...['in', 'on', 'at', 'for', 'to', 'with', 'from', 'by'].map((word) => `${word} which`),
];
const OBJECTS = ['him or her', 'her or him', 'him', 'her', 'it', 'them', 'each', 'each of them'];
const OBJECTIVE = new Set(['them', 'it', 'there']);
const WHO = ['he or she', 'he/she', 'each of them', 'each one', 'they', 'it', 'he', 'she', 'each'];
/** Words between a subject and its verb that change nothing. */
const ADVERBS = ['ever', 'currently', 'already', 'also', 'been', 'all', 'in total'];

export function backRules(grammar: Grammar): Rules {
  const { lattice } = grammar;

  const back: Rule<readonly Mod[]> = (at) => {
    // Nothing can have been named before the first words.
    if (at < 2) return [];
    return [
      ...placed(at),
      ...named(at),
      ...clause(at),
      ...inverted(at),
      ...acting(at),
      ...done(at),
    ];
  };

  /** `in each`, `for them`, `there`, `from there`, `with each`. */
  const placed = (at: number): Got<readonly Mod[]>[] => {
    const there = skipPhrase(grammar, skipPhrase(grammar, at, 'from', 'in') ?? at, 'there');
    const preposition = skipPhrase(grammar, at, ...PREPOSITIONS);
    const ones = preposition === undefined ? undefined : skipPhrase(grammar, preposition, ...ONES);
    // "which kinds are there", "there has never been one": it says only that there are such things.
    const next = lattice.word(at + 1);
    const empty =
      lattice.word(at) === 'there' &&
      (BE.has(lattice.word(at - 1)) || BE.has(next) || HAVE.has(next));
    return [there, ones].flatMap((end) => {
      if (end === undefined) return [];
      return [meant(end, 0.1, empty || isInside(end - 1) ? { inside: true } : {})];
    });
  };

  /** `in that year`, `of that type`: what is named again has to be what was named. */
  const named = (at: number): Got<readonly Mod[]>[] => {
    const preposition = skipPhrase(grammar, at, ...PREPOSITIONS);
    const that =
      preposition === undefined
        ? undefined
        : skipPhrase(grammar, preposition, 'that', 'this', 'the same');
    if (that === undefined) return [];
    // "in the same town as Ann" speaks of hers.
    return [
      ...lattice.fields(that).map(({ mention, end }) => meant(end, 0, { field: mention })),
      ...lattice.tables(that).map(({ mention, end }) => meant(end, 0, { table: mention })),
    ].filter(({ at: end }) => lattice.word(that - 1) !== 'same' || lattice.word(end) !== 'as');
  };

  /** `(that) they have`, `it has received`, `they are on`, `he or she treats`. */
  const clause = (at: number): Got<readonly Mod[]>[] => {
    const start = skipPhrase(grammar, at, ...PRONOUNS) ?? at;
    const who = skipPhrase(grammar, start, ...WHO);
    const pronoun = who === undefined ? [] : verbs(who).map((end) => meant(end, 0.1));
    return [...pronoun, ...again(start)];
  };

  /** `(that) the clubs have`: what is named again has to be what was named. */
  const again = (at: number): Got<readonly Mod[]>[] => {
    const the = skipPhrase(grammar, at, 'the', 'each', 'these', 'those');
    if (the === undefined) return [];
    const named = [
      ...lattice.fields(the).map(({ mention, end }) => ({ said: { field: mention }, end })),
      ...lattice.tables(the).map(({ mention, end }) => ({ said: { table: mention }, end })),
    ];
    return named.flatMap(({ said, end }) => {
      const has = skipPhrase(grammar, end, 'have', 'has', 'had');
      return has === undefined ? [] : [meant(has, 0.15, said)];
    });
  };

  /** `advised by him or her`, `written by each of them`, `held by each rank`. */
  const done = (at: number): Got<readonly Mod[]>[] => {
    if (!isPast(lattice.word(at)) || lattice.word(at + 1) !== 'by') return [];
    const ones = skipPhrase(grammar, at + 2, ...OBJECTS);
    return ones === undefined || !lattice.isVerb(at) ? [] : [meant(ones, 0.1)];
  };

  /** `does it have`, `have they received`, `did each make`. */
  const inverted = (at: number): Got<readonly Mod[]>[] => {
    const word = lattice.word(at);
    if (!DO.has(word) && !HAVE.has(word) && !BE.has(word)) return [];
    const who = skipPhrase(grammar, at + 1, ...WHO);
    if (who === undefined) return [];
    return [...(BE.has(word) ? [who] : []), ...verbs(who)].map((end) => meant(end, 0.1));
  };

  /** `(that) use it`, `came from there`, `living in each`, `have each`. */
  const acting = (at: number): Got<readonly Mod[]>[] => {
    const start = skipPhrase(grammar, at, 'that', 'which', 'who') ?? at;
    return verbs(start).flatMap((end) => {
      const ones = skipPhrase(grammar, end, ...ONES, 'there');
      return ones === undefined
        ? []
        : [meant(ones, 0.1, isInside(ones - 1) ? { inside: true } : {})];
    });
  };

  /** `name them` behind another clause. */
  const isInside = (at: number): boolean =>
    OBJECTIVE.has(lattice.word(at)) && hasAntecedent(lattice, at);

  /** The places behind a verb: auxiliaries, a verb that links things, and a preposition of its own. */
  const verbs = (at: number): number[] => {
    let next = at;
    while (
      AUXILIARIES.has(lattice.word(next)) ||
      skipPhrase(grammar, next, ...ADVERBS) !== undefined
    )
      next = skipPhrase(grammar, next, ...ADVERBS) ?? next + 1;
    const auxiliary = next > at ? [next] : [];
    const verb = lattice.isVerb(next) ? [next + 1] : [];
    return [...auxiliary, ...verb].flatMap((end) => {
      const preposition = skipPhrase(grammar, end, ...PREPOSITIONS);
      return preposition === undefined ? [end] : [end, preposition];
    });
  };

  const meant = (
    end: number,
    cost: number,
    named: Omit<Extract<Mod, { type: 'back' }>, 'type'> = {},
  ): Got<readonly Mod[]> => got<readonly Mod[]>([{ type: 'back', ...named }], end, cost);

  return { back };
}
