/** The grammar of requests, put together from its rules. */
import type { Lattice } from '../lattice.js';
import { DETERMINERS } from '../lexicon/words.js';
import type { Ask, GroupKey, Measure, Mod, Noun, Target, ValueMention } from '../phrase.js';
import { askRules } from './ask.js';
import { backRules } from './back.js';
import { compareRules } from './compare.js';
import { extremeRules } from './extremes.js';
import { groupRules } from './group.js';
import { measureRules } from './measure.js';
import { modRules } from './mods.js';
import { nounRules } from './noun.js';
import { orderRules } from './order.js';
import { predicateRules } from './predicate.js';
import { quantityRules } from './quantity.js';
import { rankRules } from './rank.js';
import { memo, type Rule } from './rule.js';
import { sentenceRules } from './sentences.js';
import { targetRules } from './targets.js';
import { valueRules } from './values.js';

/** Every rule by its name. A rule may use any other. */
export interface Grammar {
  readonly lattice: Lattice;
  /** A thing with everything that is said of it. */
  noun: Rule<Noun>;
  /** The thing alone, with what stands before it. */
  bareNoun: Rule<Noun>;
  /** Any number of things said, none included. */
  mods: Rule<readonly Mod[]>;
  /** One thing said of what stands before. */
  mod: Rule<readonly Mod[]>;
  /** What follows `who`, or the noun of a `which` question. */
  predicate: Rule<readonly Mod[]>;
  /** What follows `be`. */
  complement: Rule<readonly Mod[]>;
  /** What follows `with` and `have`. */
  possession: Rule<readonly Mod[]>;
  measure: Rule<Measure>;
  /** A column with the thing whose it is: `price of products`, `product prices`. */
  column: Rule<Measure>;
  /** `over 100`, `at least 3`, `between 1 and 5`. */
  comparison: Rule<Compared>;
  /** The same, of a column that was named before: `older than 3`, `the same as that of Ann`. */
  against: Rule<Compared>;
  /** What is said of a column that was named before; its place in what is read is still open. */
  claim: Rule<readonly Mod[]>;
  /** `cheaper than 20`, `more than 5 orders`, `over 100`. */
  compare: Rule<readonly Mod[]>;
  /** `top 5`, `most expensive`: before a noun. */
  rank: Rule<readonly Mod[]>;
  /** `the most orders`, `the highest price`: after have. */
  rankOf: Rule<readonly Mod[]>;
  /** `price is the highest`: after whose. */
  measureIs: Rule<readonly Mod[]>;
  /** `most often`, `the earliest`: after a verb. */
  most: Rule<readonly Mod[]>;
  values: Rule<readonly ValueMention[]>;
  value: Rule<readonly Mod[]>;
  /** A value with the column or the table that is named beside it, if any. */
  hinted: Rule<readonly Mod[]>;
  time: Rule<readonly Mod[]>;
  group: Rule<readonly Mod[]>;
  /** `in each`, `they have`: what was named before. */
  back: Rule<readonly Mod[]>;
  groupKeys: Rule<readonly GroupKey[]>;
  order: Rule<readonly Mod[]>;
  targets: Rule<readonly Target[]>;
  /** `how many …`, `how often …`, `how much …`. */
  quantity: Rule<Ask>;
  /** More that is said, and the end of a question. */
  tail: Rule<readonly Mod[]>;
  /** `did Ann Smith place in 2024`. */
  inverted: Rule<readonly Mod[]>;
  ask: Rule<Ask>;
  /** One or several sentences that make one request. */
  request: Rule<Ask>;
}

export type Compared = Pick<Extract<Mod, { type: 'compare' }>, 'operator' | 'operand' | 'upTo'>;

export type Rules = Partial<Omit<Grammar, 'lattice'>>;

export function buildGrammar(lattice: Lattice): Grammar {
  const nothing = () => [];
  // Rules call each other through this object, so each may be added when it comes.
  const grammar = { lattice } as Grammar;
  for (const rules of [
    nounRules,
    modRules,
    predicateRules,
    measureRules,
    compareRules,
    rankRules,
    valueRules,
    groupRules,
    backRules,
    orderRules,
    extremeRules,
    targetRules,
    quantityRules,
    askRules,
    sentenceRules,
  ]) {
    for (const [name, rule] of Object.entries(rules(grammar))) {
      Object.assign(grammar, { [name]: memo((rule ?? nothing) as Rule<unknown>) });
    }
  }
  return grammar;
}

/** The place behind words that stand here, alternatives first to last; undefined where none does. */
export function skipPhrase(
  { lattice }: Grammar,
  at: number,
  ...phrases: readonly string[]
): number | undefined {
  for (const phrase of phrases) {
    const words = wordsOf(phrase);
    if (words.every((word, i) => lattice.word(at + i) === word)) return at + words.length;
  }
  return undefined;
}

/** Phrases of the grammar, split once: each is looked for at every place. */
const SPLIT = new Map<string, readonly string[]>();

function wordsOf(phrase: string): readonly string[] {
  const words = SPLIT.get(phrase) ?? phrase.split(' ');
  SPLIT.set(phrase, words);
  return words;
}

/** The place behind articles and other words that change nothing. */
export function skipDeterminers({ lattice }: Grammar, at: number): number {
  // "all of the customers"
  const isPartitive = (i: number) =>
    i > at &&
    lattice.word(i) === 'of' &&
    ['all', 'any', 'each', 'some'].includes(lattice.word(i - 1));
  let next = at;
  for (;;) {
    const either = ['his or her', 'her or his', 'its or their'].find((words) =>
      words.split(' ').every((word, i) => lattice.word(next + i) === word),
    );
    if (either !== undefined) next += 3;
    // A letter in quotes is no article.
    else if (lattice.tokens[next]?.kind === 'quoted') return next;
    else if (DETERMINERS.has(lattice.word(next)) || lattice.isEmpty(next) || isPartitive(next))
      next++;
    else return next;
  }
}
