/** A request that speaks of what was before, with what is known of it put in the place of the words for it. */
import { nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, Measure, Mod, Noun, TableMention, Target } from '../phrase.js';
import { withMod } from './join.js';
import type { Prior } from './prior.js';
import { find, mapNouns, type NounPlace, subjectOf, without } from './tree.js';

type Refers = (mention: TableMention | undefined) => 'pronoun' | 'demonstrative' | undefined;

/** @returns undefined where the request does not speak of it, or can't be said of it */
export function bind(ask: Ask, prior: Prior, refers: Refers, possessive: boolean): Ask | undefined {
  const restricting = narrowed(ask, prior, refers);
  if (restricting !== undefined) return restricting;
  const own = shapes(ask);
  let bound = false;
  const known = (noun: Noun, place: NounPlace): Noun => {
    const how = refers(noun.table);
    if (how === undefined) return noun;
    bound = true;
    const same = isSameThing(noun.table, prior.noun.table);
    const inner = !same || place !== 'target' || own;
    const mods = inner ? inherited(prior) : flat(prior, ask);
    if (same) return { table: noun.table, mods: [...mods, ...noun.mods] };
    // "these departments" of teachers: those that the teachers belong to.
    const of: Mod = { type: 'related', noun: { table: prior.noun.table, mods }, not: false };
    return { table: noun.table, mods: [...noun.mods, of] };
  };
  const changed = mapNouns(ask, known);
  if (possessive) return attached(changed, prior, own) ?? (bound ? changed : undefined);
  return bound ? changed : undefined;
}

/** `which of them are cheaper than 30`: what was shown of them stays shown. */
function narrowed(ask: Ask, prior: Prior, refers: Refers): Ask | undefined {
  const [target, ...more] = ask.targets;
  if (target?.type !== 'things' || target.everything || more.length > 0) return undefined;
  if (refers(target.noun.table) === undefined || ask.distinct) return undefined;
  if (!isSameThing(target.noun.table, prior.noun.table)) return undefined;
  if (prior.ask.targets.some(({ type }) => type === 'measure') || prior.grouped) return undefined;
  const mods = [...target.noun.mods, ...ask.mods];
  if (mods.some(({ type }) => type === 'group')) return undefined;
  // What is ranked among the first few is ranked among them alone.
  const cut = find(prior.ask, 'rank') !== undefined || find(prior.ask, 'limit') !== undefined;
  const base = cut ? ofThem(prior) : prior.ask;
  return mods.reduce<Ask>((changed, mod) => withMod(changed, mod, 'besides'), base);
}

/** The columns that were shown, of the very rows that were shown. */
function ofThem(prior: Prior): Ask {
  const among: Mod = { type: 'among', ask: prior.ask };
  const noun: Noun = { table: prior.noun.table, mods: [among] };
  let done = false;
  const targets = prior.ask.targets.map((target): Target => {
    if (done || nounOfTarget(target)?.table !== prior.noun.table) return bare(target);
    done = true;
    return withNoun(target, noun);
  });
  return { ...prior.ask, targets, mods: done ? [] : [among] };
}

function bare(target: Target): Target {
  const noun = nounOfTarget(target);
  return noun === undefined ? target : withNoun(target, { ...noun, mods: [] });
}

function isSameThing(a: TableMention | undefined, b: TableMention | undefined): boolean {
  const tables = new Set(b?.options.map(({ table }) => table));
  return a?.options.some(({ table, via }) => via === undefined && tables.has(table)) === true;
}

/** Whether the request makes something of the rows itself: then which rows they are has to be settled before. */
function shapes(ask: Ask): boolean {
  const measured = ask.targets.some(
    (target) => target.type === 'measure' && isAggregated(target.measure),
  );
  const kinds = ['rank', 'limit', 'group'] as const;
  return measured || kinds.some((kind) => find(ask, kind) !== undefined);
}

function isAggregated({ type }: Measure): boolean {
  return type !== 'field' && type !== 'dimension';
}

/** What holds of the rows, said so that nothing that comes after changes which rows they are. */
function inherited(prior: Prior): readonly Mod[] {
  return prior.cut || prior.grouped ? [{ type: 'among', ask: prior.ask }] : prior.filters;
}

/** What holds of the rows, with their order and their number, for a request that only shows more of them. */
function flat(prior: Prior, ask: Ask): readonly Mod[] {
  // What is ranked by a count makes groups of whatever is shown beside it.
  const counts = prior.mods.some(
    (mod) => mod.type === 'rank' && mod.key !== undefined && isAggregated(mod.key),
  );
  if (prior.grouped || counts || (prior.cut && prior.computed)) return inherited(prior);
  const order = find(ask, 'order') === undefined;
  return prior.mods.filter(({ type }) => type !== 'order' || order);
}

/** `their names`: columns that no thing is named for are those of the referent. */
function attached(ask: Ask, prior: Prior, own: boolean): Ask | undefined {
  if (subjectOf(ask) !== undefined) {
    // "their orders": those that belong to them.
    const [target] = ask.targets;
    const noun = target === undefined ? undefined : nounOfTarget(target);
    if (target === undefined || noun?.table === undefined) return undefined;
    if (isSameThing(noun.table, prior.noun.table)) return undefined;
    const of: Mod = {
      type: 'related',
      noun: { table: prior.noun.table, mods: inherited(prior) },
      not: false,
      of: true,
    };
    const changed = withNoun(target, { ...noun, mods: [...noun.mods, of] });
    return { ...ask, targets: [changed, ...ask.targets.slice(1)] };
  }
  return withSubject(ask, prior, own);
}

/** Said of the referent where the request names no thing at all. */
export function withSubject(ask: Ask, prior: Prior, own = shapes(ask)): Ask | undefined {
  const [first, ...rest] = ask.targets;
  if (first === undefined || subjectOf(ask) !== undefined) return undefined;
  const mods = own ? inherited(prior) : flat(prior, ask);
  const base = own ? ask : without(ask, 'among');
  return { ...base, targets: [withNoun(first, { table: prior.noun.table, mods }), ...rest] };
}
