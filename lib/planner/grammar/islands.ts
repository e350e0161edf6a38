/**
 * Where no rule reads the whole request: what the rules do read, put together over the words between. Those say
 * nothing by themselves, and each costs something; a word that names or restricts is never left out.
 */
import { hasAntecedent, isStranded } from '../antecedent.js';
import { EMPTY_PARTICIPLES, skipCost } from '../lexicon/fillers.js';
import { isLinkingVerb } from '../lexicon/verbs.js';
import { nounOfTarget } from '../meaning/parts.js';
import type { Ask, Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { isPast } from '../text/inflection.js';
import { edgeAt } from '../text/periods.js';
import type { Grammar } from './grammar.js';
import { type Got, got, map } from './rule.js';
import { isUnknownVerb } from './verbs.js';

/** What a request costs that no rule reads as a whole. */
const BASE = 0.4;
/** What a piece costs that no rule ties to what stands before it. */
const PIECE = 0.2;
/** Readings that are kept for one place. */
const BEAM = 8;
/** A request that leaves out more than this is not understood; less of one that denies something: of what, is easily mistaken. */
const DEAREST = 2.2;
const DEAREST_DENIED = 1.8;
const DENYING = new Set('no not never none neither nor without except but'.split(' '));
const ORDER = new Set('order ordered sorted ascending descending alphabetical'.split(' '));
const PREPOSITIONS = new Set('of for in on at to from by with'.split(' '));

/** Words that ask for groups: a reading that takes them for articles has not understood them. */
const EACH = new Set(['each', 'every', 'per']);

/** Behind these stands a noun. */
const NOMINAL = new Set(['the', 'a', 'an', 'those', 'these']);

export function islands(grammar: Grammar): Got<Ask>[] {
  const end = grammar.lattice.tokens.length;
  const grouped = grammar.lattice.tokens.some(({ word }) => EACH.has(word));
  const open = Array.from({ length: end + 1 }, (): Got<Ask>[] => []);
  const denied = grammar.lattice.tokens.some(({ word }) => DENYING.has(word));
  const dearest = denied ? DEAREST_DENIED : DEAREST;
  let before = BASE;
  for (let at = 0; at < end && before <= dearest; at++) {
    for (const one of grammar.request(at)) push(open, one, before, dearest);
    // A verb that a request begins with says what is to be done.
    const verb = isLinkingVerb(grammar.lattice.word(at));
    before += (verb ? undefined : silence(grammar, at)) ?? Number.POSITIVE_INFINITY;
  }
  for (let at = 0; at < end; at++) {
    const here = [...open[at]!].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
    if (here.length === 0) continue;
    const said = pieces(grammar, at);
    const skipped = silence(grammar, at);
    for (const one of here) {
      for (const piece of said) push(open, added(one, piece), 0, dearest);
      if (skipped !== undefined) push(open, { ...one, at: at + 1 }, skipped, dearest);
    }
  }
  return grouped ? open[end]!.filter(({ value }) => isGrouped(value)) : open[end]!;
}

/** That a column is there at all: by its name alone, or as one of several alternatives. */
function saysPresent(mod: Mod): boolean {
  return mod.type === 'present' || (mod.type === 'any' && mod.of.flat().some(saysPresent));
}

function isBare(mod: Mod): boolean {
  return mod.type === 'compare' && mod.measure === undefined;
}

/** What merely stands there is not said to be had. */
function beside(mod: Mod): Mod {
  return mod.type === 'related' && mod.noun.mods.length === 0 ? { ...mod, beside: true } : mod;
}

function isGrouped({ targets, mods, subject }: Ask): boolean {
  const nouns = [...targets.flatMap((target) => nounOfTarget(target) ?? []), subject];
  return [...mods, ...nouns.flatMap((noun) => noun?.mods ?? [])].some(
    ({ type }) => type === 'group',
  );
}

function push(open: Got<Ask>[][], one: Got<Ask>, price: number, dearest: number): void {
  const cost = one.cost + price;
  if (cost <= dearest) open[one.at]?.push({ ...one, cost });
}

function added({ value: ask, cost }: Got<Ask>, piece: Got<readonly Mod[]>): Got<Ask> {
  return got({ ...ask, mods: [...ask.mods, ...piece.value] }, piece.at, cost + piece.cost);
}

/** What can be said of a thing, wherever it stands. */
function pieces(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  if (isEdge(grammar.lattice, at)) return [];
  return (
    [
      // Who likes something is not called so.
      ...(grammar.lattice.word(at) === 'like' ? [] : grammar.mod(at)),
      ...[
        // What may be no verb at all is none where nothing ties it to what stands before.
        ...(isUnknownVerb(grammar, at) ? [] : map(grammar.predicate(at), (mods) => mods, 0.1)),
        ...map(grammar.possession(at), (mods) => mods.map(beside), 0.2),
        // That a column is there says nobody with its name alone: it is more likely asked for.
      ].filter(({ value }) => !value.some(saysPresent)),
    ]
      // "an inventory of below 3": what is compared stands before the preposition.
      .filter(
        ({ value }) => !(PREPOSITIONS.has(grammar.lattice.word(at - 1)) && value.every(isBare)),
      )
      .filter((one) => one.at > at && !(one.at === at + 1 && grammar.lattice.word(at) === 'each'))
      .map((one) => ({ ...one, cost: one.cost + PIECE }))
  );
}

/** `at the beginning of 2022` is no whole year. */
function isEdge(lattice: Grammar['lattice'], at: number): boolean {
  return edgeAt([lattice.word(at), lattice.word(at + 1)], 0) !== undefined;
}

/** What it costs to pass over a word; undefined where it says something. */
function silence({ lattice }: Grammar, at: number): number | undefined {
  const token = lattice.tokens[at];
  if (token === undefined || token.kind === 'number' || token.kind === 'quoted') return undefined;
  // Behind an article no verb stands: "and the rates" asks for them.
  const isVerb =
    isLinkingVerb(token.word) && !NOMINAL.has(lattice.word(at - 1)) && !isState(lattice, at);
  const cost = skipCost(token.word) ?? (isVerb ? 0.25 : undefined);
  if (cost === undefined) return undefined;
  // At the beginning the question's word says what is asked for; what is written large names something.
  if (at === 0 && ['where', 'who', 'whom', 'whose'].includes(token.word)) return undefined;
  if (at > 0 && token.opens !== true && token.text !== token.word) return undefined;
  // "whose orders are all paid": of every one.
  if (QUANTIFIED.has(token.word) && at > 0 && OF_EVERY.has(lattice.word(at - 1))) return undefined;
  // A second question asks for more.
  if (token.word === 'what' && at > 0 && token.opens !== true) return undefined;
  // "cause and start": what ends a list is no verb.
  if (isVerb && at === lattice.tokens.length - 1 && ['and', ','].includes(lattice.word(at - 1)))
    return undefined;
  if (isUnresolved(lattice, at)) return undefined;
  // What a pronoun at the end would have said of it is missing.
  if (at === lattice.tokens.length - 1 && /^wh|^that$/.test(token.word)) return undefined;
  // An order whose key is still to come: what stands behind is never passed over.
  if (token.word === 'of' && ORDER.has(lattice.word(at - 1))) return undefined;
  if (isEdge(lattice, at)) return undefined;
  // "by different departments" asks for each of them.
  if (token.word === 'different' && PREPOSITIONS.has(lattice.word(at - 1))) return undefined;
  if (token.word === 'at' && ['least', 'most'].includes(lattice.word(at + 1))) return undefined;
  const names = [...lattice.fields(at), ...lattice.tables(at), ...lattice.flags(at)];
  const named = names.some(({ mention }) => mention.options.some((one) => one.cost <= COST.head));
  return named || lattice.values(at).some((one) => one.end === at + 1) ? undefined : cost;
}

const OBJECTS = new Set(['them', 'those', 'these', 'it']);

/** `what stores are in those`: nothing that was said is what it stands for. */
function isUnresolved(lattice: Grammar['lattice'], at: number): boolean {
  const last = at === lattice.tokens.length - 1;
  if (last && OBJECTS.has(lattice.word(at))) return !hasAntecedent(lattice, at);
  return isStranded(lattice, at);
}

const QUANTIFIED = new Set(['all', 'every', 'any', 'some']);
const OF_EVERY = new Set(
  'is are was were be been whose where which that with having only have has had'.split(' '),
);

/** `orders that were used`, `with used orders`: a verb with nothing that it links says something of the thing itself. */
function isState(lattice: Grammar['lattice'], at: number): boolean {
  const word = lattice.word(at);
  if (!isPast(word) || EMPTY_PARTICIPLES.has(word) || NAMED.has(word)) return false;
  const next = lattice.tokens[at + 1];
  const last = next === undefined || next.kind === 'mark' || CLAUSES.has(next.word);
  const attribute = PREPOSITIONS.has(lattice.word(at - 1)) && lattice.tables(at + 1).length > 0;
  return last || attribute;
}

const NAMED = new Set(['called', 'named', 'known', 'titled', 'located', 'situated', 'based']);
const CLAUSES = new Set('and or but that who which whose'.split(' '));
