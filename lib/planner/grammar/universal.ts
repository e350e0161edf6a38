/** What is said of all that belongs to a thing: `whose orders are all paid`, `where every order was paid`, `with only paid orders`. */
import { isShaping } from '../lexicon/structure.js';
import { isPart } from '../lexicon/wordnet.js';
import { BE, COMMANDS, HAVE } from '../lexicon/words.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, Mod, Noun } from '../phrase.js';
import { isPast, verbBases } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { negate } from './negation.js';
import { type Got, map, then } from './rule.js';

const WHOSE = ['whose', 'where', 'in which', 'for which', 'such that', 'with'];
const EVERY = ['every one of', 'each one of', 'each of', 'all of', 'every', 'each', 'all'];
const OF_WHOSE = ['all of whose', 'every one of whose', 'each of whose'];
const NONE_OF_WHOSE = ['none of whose', 'not one of whose'];
const ALL: ReadonlySet<string> = new Set(['all', 'always', 'only', 'exclusively', 'each']);
const FLOATING: ReadonlySet<string> = new Set(['all', 'always', 'each']);
const ONLY = ['only', 'exclusively', 'nothing but', 'none but'];

/** A request that says something of every one, and a reading that says it of some, do not go together. */
export function losesAll(grammar: Grammar, ask: Ask): boolean {
  const { lattice } = grammar;
  if (mixesLists(grammar, ask)) return true;
  const asked = lattice.tokens.some(({ word }, at) => {
    const next = lattice.word(at + 1);
    if (BE.has(word) && ['all', 'always', 'exclusively'].includes(next)) {
      const behind = lattice.word(at + 2);
      return behind !== '' && !PLAIN.has(behind) && lattice.tables(at + 2).length === 0;
    }
    const thing = ['whose', 'where'].includes(word) ? lattice.tables(at + 1) : [];
    if (thing.some(({ end }) => ['all', 'always'].includes(lattice.word(end)))) return true;
    if (!['all', 'every'].includes(next)) return false;
    if (['whose', 'where'].includes(word)) return true;
    if (isActed(lattice, at)) return !holdsEvery(ask);
    if (!HAVE.has(word) && word !== 'with') return false;
    const noun = Math.max(-1, ...lattice.tables(at + 2).map(({ end }) => end));
    const token = lattice.tokens[noun];
    return (
      token !== undefined && token.kind !== 'mark' && (isPast(token.word) || BE.has(token.word))
    );
  });
  if (!asked) return false;
  const nouns = [...ask.targets.flatMap((target) => nounOfTarget(target) ?? []), ask.subject];
  return ![...ask.mods, ...nouns.flatMap((noun) => noun?.mods ?? [])].some(saysAll);
}

const PARTITIVE = new Set(['of', 'the', 'these', 'those', 'single']);
const EVERY_ONE = new Set(['all', 'every']);
const PLACES = new Set(['in', 'at', 'on', 'to', 'by']);
const TOGETHER = new Set(['total', 'sum', 'combined', 'overall', 'average']);
const WHO = new Set(['who', 'that', 'which', 'have', 'has', 'had']);

/** `(passed) all (the) tests`: what a verb says of every one; `of all tests` says nothing more than `of tests`. */
export function everyBefore(lattice: Grammar['lattice'], at: number): Noun['every'] {
  let last = at - 1;
  while (PARTITIVE.has(lattice.word(last))) last--;
  if (!EVERY_ONE.has(lattice.word(last))) return undefined;
  return isSaid(lattice, last) ? 'said' : 'called';
}

function isSaid(lattice: Grammar['lattice'], last: number): boolean {
  const by = lattice.word(last - 1) === 'by';
  const verb = PLACES.has(lattice.word(last - 1)) ? last - 2 : last - 1;
  const word = lattice.word(verb);
  if (COMMANDS.has(word) || verb < 1) return false;
  // "the total fees paid by all members" are those of all of them together.
  const together = lattice.tokens.slice(0, verb).some((one) => TOGETHER.has(one.word));
  if (by && together && !BE.has(lattice.word(verb - 1))) return false;
  if (by || isPast(word) || HAVE.has(word)) return isPast(word) || (HAVE.has(word) && !by);
  return WHO.has(lattice.word(verb - 1)) && isPart(word, 'verb');
}

/** What is said of every one, and a reading that says it of some. */
export function losesEvery({ lattice }: Grammar, ask: Ask): boolean {
  const asked = lattice.tokens.some(({ word }, at) => {
    const named = lattice.tables(at + 1).length + lattice.fields(at + 1).length > 0;
    const pronoun = ['of', 'the', 'those', 'these'].includes(lattice.word(at + 1));
    return (
      EVERY_ONE.has(word) &&
      (named || pronoun || lattice.values(at + 1).length > 0) &&
      everyBefore(lattice, at + 1) === 'said'
    );
  });
  return asked && !holdsEvery(ask);
}

function holdsEvery(part: unknown): boolean {
  if (typeof part !== 'object' || part === null || 'options' in part) return false;
  return ('every' in part && part.every === 'said') || Object.values(part).some(holdsEvery);
}

/** What comes first for each is not what comes first of all: a reading that takes `each` for an article has lost it. */
export function losesEach({ lattice }: Grammar, ask: Ask): boolean {
  const asked = lattice.tokens.some(
    (_, at) =>
      lattice.isEach(at) && lattice.tables(at + 1).length + lattice.fields(at + 1).length > 0,
  );
  const nouns = [...ask.targets.flatMap((target) => nounOfTarget(target) ?? []), ask.subject];
  const said = [...ask.mods, ...nouns.flatMap((noun) => noun?.mods ?? [])];
  const isRank = ({ type }: Mod) => type === 'rank';
  return (
    asked && said.some(isRank) && !said.some(({ type }) => type === 'group') && !said.some(saysAll)
  );
}

/** `who bought all products`: the verb acts on every one of them. */
function isActed(lattice: Grammar['lattice'], at: number): boolean {
  const word = lattice.word(at);
  const known = isPast(word) || (lattice.isVerb(at) && verbBases(word).length > 0);
  const of = ['of', 'the', 'of the'].find((words) =>
    words.split(' ').every((one, i) => lattice.word(at + 2 + i) === one),
  );
  const thing = at + 2 + (of?.split(' ').length ?? 0);
  const told = lattice.tokens.slice(0, at).some((_, before) => lattice.tables(before).length > 0);
  const asked = ['who', 'that', 'which'].includes(lattice.word(at - 1));
  return (
    known &&
    (told || asked) &&
    !isShaping(word) &&
    lattice.tables(thing).length > 0 &&
    lattice.tables(at).every(({ mention }) => mention.options.every(({ cost }) => cost > 0))
  );
}

/** Behind `are all` these go on with something else. */
const PLAIN = new Set('the of in on at from for those these that who which , and or'.split(' '));

function saysAll(mod: Mod): boolean {
  if (mod.type === 'any' || mod.type === 'both') return mod.of.flat().some(saysAll);
  return mod.type === 'related' && (mod.all === true || mod.noun.mods.some(saysAll));
}

/** True of words behind `be` that say it of every one. */
export function isForAll(word: string): boolean {
  return ALL.has(word);
}

export function universal(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const whose = skipPhrase(grammar, at, ...WHOSE);
  const ofWhose = skipPhrase(grammar, at, ...OF_WHOSE);
  const none = skipPhrase(grammar, at, ...NONE_OF_WHOSE);
  const every = whose === undefined ? undefined : skipPhrase(grammar, whose, ...EVERY);
  return [
    ...(every === undefined ? [] : said(grammar, every, ofAll)),
    ...(ofWhose === undefined ? [] : said(grammar, ofWhose, ofAll)),
    ...(none === undefined ? [] : said(grammar, none, ofNone)),
    ...(whose === undefined ? [] : floating(grammar, whose)),
    ...exclusive(grammar, at),
  ];
}

type Quantified = (noun: Noun, mods: readonly Mod[]) => readonly Mod[];

/** `(every) order was paid`, `(with all) orders paid`. */
function said(grammar: Grammar, from: number, make: Quantified): Got<readonly Mod[]>[] {
  return then(grammar.bareNoun(skipDeterminers(grammar, from)), ({ value: noun, at: end }) => {
    const predicates = [
      ...grammar.predicate(end),
      ...grammar.values(end).map((one): Got<readonly Mod[]> => ({
        ...one,
        value: [{ type: 'value', values: one.value, not: false }],
      })),
    ];
    return quantified(predicates, noun, make);
  });
}

/** `orders are all paid`: the quantifier stands behind its noun. */
function floating(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return then(grammar.bareNoun(skipDeterminers(grammar, at)), ({ value: noun, at: end }) => {
    // "orders all cost more than 5"
    if (FLOATING.has(lattice.word(end))) return quantified(grammar.predicate(end + 1), noun, ofAll);
    const be = BE.has(lattice.word(end)) || HAVE.has(lattice.word(end));
    const been = lattice.word(end + 2) === 'been' ? end + 3 : end + 2;
    if (!be || !isForAll(lattice.word(end + 1))) return [];
    return quantified(grammar.complement(been), noun, ofAll);
  });
}

/** `with only paid orders`, `who only have paid orders`, `that have nothing but paid orders`. */
function exclusive(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const who = skipPhrase(grammar, at, 'with', 'having', 'who', 'that', 'which');
  if (who === undefined) return [];
  const early = skipPhrase(grammar, who, ...ONLY);
  const have = HAVE.has(lattice.word(early ?? who)) ? (early ?? who) + 1 : undefined;
  const late = have === undefined ? undefined : skipPhrase(grammar, have, ...ONLY);
  const isWith = ['with', 'having'].includes(lattice.word(at));
  const start = isWith ? early : early === undefined ? late : have;
  if (start === undefined) return [];
  return grammar.noun(start).flatMap((one) => {
    const { mods } = one.value;
    if (one.value.table === undefined || mods.length !== 1) return [];
    return quantified([{ ...one, value: mods }], { ...one.value, mods: [] }, ofAll);
  });
}

function quantified(
  predicates: readonly Got<readonly Mod[]>[],
  noun: Noun,
  make: Quantified,
): Got<readonly Mod[]>[] {
  // Of several things that are said it would not be clear what their opposite is.
  const single = predicates.filter(({ value }) => value.length === 1 && 'not' in value[0]!);
  return map(single, (mods) => make(noun, mods), 0.05);
}

/** There are some, and none of which the opposite is true. */
function ofAll({ table, mods: own }: Noun, mods: readonly Mod[]): readonly Mod[] {
  const noun: Noun = { table, mods: own };
  const others: Noun = { ...noun, mods: [...noun.mods, ...negate(mods)] };
  return [
    { type: 'related', noun, not: false },
    { type: 'related', noun: others, not: true, all: true },
  ];
}

function ofNone({ table, mods: own }: Noun, mods: readonly Mod[]): readonly Mod[] {
  const these: Noun = { table, mods: [...own, ...mods] };
  return [{ type: 'related', noun: these, not: true }];
}

/** "all quarries and all masons" are two lists, and no rows that have both. */
function mixesLists({ lattice }: Grammar, { targets }: Ask): boolean {
  const words = lattice.tokens.map(({ word }) => word);
  const first = words.indexOf('all');
  const second = words.findIndex((word, at) => word === 'and' && words[at + 1] === 'all');
  return (
    first >= 0 &&
    second > first &&
    lattice.tables(second + 2).length > 0 &&
    targets.slice(1).some(({ type }) => type === 'things')
  );
}
