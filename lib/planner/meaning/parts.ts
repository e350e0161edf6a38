/** A request taken apart: what is asked for, what is said of it, and what shapes the result as a whole. */
import type { Ask, GroupKey, Measure, Mod, Noun, SortKey, Target } from '../phrase.js';
import { isSeveral } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { functionOf, nounOf } from './measures.js';

export interface Parts {
  readonly targets: readonly Target[];
  /** The first thing that is spoken of; undefined for a bare `revenue in 2024`. */
  readonly subject: Noun | undefined;
  /** Said of the subject, or of the request as a whole. */
  readonly filters: readonly Mod[];
  readonly groups: readonly GroupKey[];
  readonly rank: Extract<Mod, { type: 'rank' }> | undefined;
  /** One after another, the first one weighs most. */
  readonly orders: readonly Extract<Mod, { type: 'order' }>[];
  readonly limit: number | undefined;
  readonly distinct: boolean;
  /** Said by what is counted, and no condition any more. */
  readonly counted?: readonly Mod[] | undefined;
}

/** Shapes that hold for the whole result wherever they stand in the request. */
interface Shapes {
  readonly groups: GroupKey[];
  readonly ranks: Extract<Mod, { type: 'rank' }>[];
  readonly orders: Extract<Mod, { type: 'order' }>[];
  readonly limits: number[];
  readonly backs: Back[];
  /** A noun that several targets share stays one. */
  readonly nouns: Map<Noun, Noun>;
  /** What a count of nothing in particular counts. */
  readonly counted: Noun | undefined;
}

type Back = Extract<Mod, { type: 'back' }>;

export function takeApart(ask: Ask): Parts {
  const shapes: Shapes = {
    groups: [],
    ranks: [],
    orders: [],
    limits: [],
    backs: [],
    nouns: new Map(),
    counted: spokenOf(ask),
  };
  const targets = withCounted(ask, shapes.counted).map((target) => withoutShapes(target, shapes));
  const filters = strip(ask.mods, shapes, true);
  const named = filters.some(countsAnother);
  const given = ask.subject === undefined ? [] : [stripNoun(ask.subject, shapes, true)];
  for (const back of shapes.backs) {
    refuseUnnamed(back, shapes.groups, targets);
    if (!named && isOfItself(back, shapes, targets)) throw unclear('that');
  }
  const nouns = [...given, ...targets.flatMap((target) => nounOfTarget(target) ?? [])];
  const first = shapes.groups.length === 0 ? undefined : rankedNoun(ask, shapes);
  const subject = first ?? nouns.find(({ table }) => table !== undefined) ?? nouns[0];
  const others = nouns.filter((noun) => noun !== subject && noun.mods.length > 0);
  if (others.length > 0)
    throw new Misfit('conditions on two different things are not supported', { weight: 2 });
  const ranks = mergedRanks(shapes.ranks);
  if (ranks.length > 1) {
    throw new Misfit('two orders at once are not supported', { weight: 2 });
  }
  return {
    targets,
    subject,
    filters: [...(subject?.mods ?? []), ...filters],
    groups: shapes.groups,
    rank: ranks[0],
    orders: shapes.orders,
    limit: shapes.limits[0],
    distinct: ask.distinct || targets.some((target) => target.type === 'field' && target.distinct),
  };
}

/** What comes first in each group is what is spoken of, whatever is told of the group itself. */
function rankedNoun({ targets, subject }: Ask, { nouns }: Shapes): Noun | undefined {
  const ranked = [subject, ...targets.map(nounOfTarget)].find(
    (noun) => noun?.table !== undefined && noun.mods.some(({ type }) => type === 'rank'),
  );
  return ranked === undefined ? undefined : nouns.get(ranked);
}

/** `in each`, `they have`: there must be a group, or something else that is asked for, that it stands for. */
function refuseUnnamed(
  { field, table }: Back,
  groups: readonly GroupKey[],
  targets: readonly Target[],
): void {
  const others = targets.filter(({ type }) => type !== 'measure');
  const isNamed = (key: GroupKey | Target): boolean => {
    if (key.type === 'grain' || key.type === 'measure') return false;
    const fields = key.type === 'field' ? key.field.options : [];
    if (field !== undefined)
      return fields.some((one) => field.options.some((option) => option.field === one.field));
    const tables = [...(key.noun?.table?.options ?? []), ...fields.map((one) => one.field)];
    return tables.some(
      (one) => table?.options.some((option) => option.table === one.table) ?? true,
    );
  };
  if (![...groups, ...others].some(isNamed)) throw unclear((field ?? table)?.text ?? 'that');
}

function unclear(what: string): Misfit {
  return new Misfit(`it is not clear what ${what} stands for`, { weight: 3 });
}

/** `states with two people who live there`: of the people it may be said. */
function countsAnother(mod: Mod): boolean {
  return mod.type === 'compare' && mod.measure?.type === 'things';
}

/** `which stores belong to them`: what is asked for is no part of itself, and nothing else is named. */
function isOfItself(
  { field, table, inside }: Back,
  { groups, nouns, orders }: Shapes,
  targets: readonly Target[],
): boolean {
  const named = field !== undefined || table !== undefined || inside === true;
  // "in order of the year they were built in"
  if (named || groups.length > 0 || orders.length > 0 || targets.length > 1) return false;
  return ![...nouns.values()].some(({ mods }) => mods.some(({ type }) => type === 'related'));
}

/** A bare `count` counts what the request speaks of. */
function withCounted({ targets }: Ask, counted: Noun | undefined): readonly Target[] {
  return targets.map((target) =>
    target.type === 'measure'
      ? { ...target, measure: measureCounted(target.measure, counted) }
      : target,
  );
}

/** `records`, a bare `count`: of what the request speaks of. */
function measureCounted(measure: Measure, counted: Noun | undefined): Measure {
  const bare =
    measure.type === 'things' && measure.noun.table === undefined && measure.noun.mods.length === 0;
  return bare && counted !== undefined ? { type: 'things', noun: counted } : measure;
}

/** What a request speaks of: the thing that it names, or else the table of the first column that it asks for. */
function spokenOf({ targets, subject }: Ask): Noun | undefined {
  const named = [subject, ...targets.map(nounOfTarget)].find((one) => one?.table !== undefined);
  const [field] = targets.flatMap((target) => (target.type === 'field' ? [target.field] : []));
  if (named !== undefined || field === undefined) return named;
  const options = field.options.map(({ field: { table }, cost }) => ({ table, cost }));
  return { table: { text: field.text, options }, mods: [] };
}

export function nounOfTarget(target: Target): Noun | undefined {
  switch (target.type) {
    case 'things':
    case 'field':
      return target.noun;
    case 'measure':
      return nounOf(target.measure);
  }
}

/** Whether two nouns may name the same table. */
export function isSameThing(a: Noun, b: Noun): boolean {
  const tables = new Set(a.table?.options.map(({ table }) => table));
  return b.table?.options.some(({ table }) => tables.has(table)) ?? false;
}

/** The same target of another thing. */
export function withNoun(target: Target, noun: Noun): Target {
  if (target.type !== 'measure') return { ...target, noun };
  return { ...target, measure: measureWithNoun(target.measure, noun) };
}

function measureWithNoun(measure: Measure, noun: Noun): Measure {
  switch (measure.type) {
    case 'aggregate':
      return { ...measure, of: measureWithNoun(measure.of, noun) };
    case 'dimension':
    case 'things':
    case 'field':
    case 'revenue':
    case 'units':
      return { ...measure, noun };
  }
}

function withoutShapes(target: Target, shapes: Shapes): Target {
  switch (target.type) {
    case 'things':
      return { ...target, noun: stripNoun(target.noun, shapes, true) };
    case 'field':
      return target.noun === undefined
        ? target
        : { ...target, noun: stripNoun(target.noun, shapes, true) };
    case 'measure':
      return { ...target, measure: stripMeasure(target.measure, shapes) };
  }
}

function stripMeasure(measure: Measure, shapes: Shapes, own = true): Measure {
  switch (measure.type) {
    case 'aggregate':
      return { ...measure, of: stripMeasure(measure.of, shapes, own) };
    case 'things':
      return { ...measure, noun: stripNoun(measure.noun, shapes, own) };
    case 'dimension':
    case 'field':
    case 'revenue':
    case 'units':
      return measure.noun === undefined
        ? measure
        : { ...measure, noun: stripNoun(measure.noun, shapes, own) };
  }
}

function stripNoun(noun: Noun, shapes: Shapes, own: boolean): Noun {
  const known = shapes.nouns.get(noun);
  if (known !== undefined) return known;
  const mods = strip(noun.mods, shapes, own);
  const same = mods.length === noun.mods.length && mods.every((mod, i) => mod === noun.mods[i]);
  const stripped = same ? noun : { ...noun, mods };
  shapes.nouns.set(noun, stripped);
  return stripped;
}

/** A superlative inside of another's condition is about that noun, and stays there. */
function strip(mods: readonly Mod[], shapes: Shapes, own: boolean): Mod[] {
  return mods.flatMap((mod): Mod[] => {
    if (mod.type === 'group') shapes.groups.push(...mod.keys);
    else if (mod.type === 'back') {
      if (!own) throw new Misfit('it is not clear what is referred to', { weight: 2 });
      shapes.backs.push(mod);
    } else if (mod.type === 'order') shapes.orders.push(stripOrder(mod, shapes));
    else if (mod.type === 'limit') {
      if (!own) throw new Misfit(`it is not clear what ${mod.limit} of them means`, { weight: 2 });
      shapes.limits.push(mod.limit);
    } else if (mod.type === 'rank' && own) {
      shapes.ranks.push(
        mod.key === undefined
          ? mod
          : { ...mod, key: stripMeasure(measureCounted(mod.key, bareOf(shapes)), shapes) },
      );
    } else if (mod.type === 'related') {
      return [{ ...mod, noun: stripNoun(mod.noun, shapes, false) }];
    } else if (mod.type === 'compare' && mod.measure !== undefined) {
      const measure = own ? measureCounted(mod.measure, bareOf(shapes)) : mod.measure;
      return [{ ...mod, measure: stripMeasure(measure, shapes, false) }];
    } else if (mod.type === 'any') {
      return [{ ...mod, of: mod.of.map((one) => strip(one, shapes, false)) }];
    } else return [mod];
    return [];
  });
}

/** What is said of the thing itself is no condition on what is counted beside it. */
function bareOf({ counted }: Shapes): Noun | undefined {
  return counted === undefined ? undefined : { table: counted.table, mods: [] };
}

function stripOrder(
  mod: Extract<Mod, { type: 'order' }>,
  shapes: Shapes,
): Extract<Mod, { type: 'order' }> {
  const key = measureOf(mod.key);
  return key === undefined ? mod : { ...mod, key: stripMeasure(key, shapes) };
}

/** The measure that is sorted by; undefined for the name, and for the result whatever it is. */
export function measureOf(key: SortKey | undefined): Measure | undefined {
  return key === undefined || key.type === 'name' || key.type === 'result' ? undefined : key;
}

/** True where a measure needs an aggregate; a bare column does not. */
export function isAggregate(measure: Measure): boolean {
  return functionOf(measure) !== undefined;
}

/** True where a measure is taken over many rows together. */
export function isCounted(measure: Measure): boolean {
  return measure.type !== 'dimension' && isAggregate(measure);
}

/** `the cheapest product in each category`: what comes first is asked for of every group. */
export function ranksInEach({ targets, groups, rank }: Parts): boolean {
  // "which month had the most orders" asks for the group itself.
  if (rank === undefined || groups.length === 0 || targets.length === 0) return false;
  return !targets.some(({ type }) => type === 'measure');
}

/** Whether the request speaks of several: of the thing, or of the column's values where no thing is named. */
export function isPlural({ subject, targets }: Pick<Parts, 'subject' | 'targets'>): boolean {
  const [first] = targets;
  const text =
    first?.type === 'field' && subject === undefined
      ? first.field.text
      : (subject?.table?.text ?? '');
  return isSeveral(text);
}

type Rank = Extract<Mod, { type: 'rank' }>;

/** `the top 3 branches with the most members`: one superlative says how many, the other by what. */
function mergedRanks(ranks: readonly Rank[]): readonly Rank[] {
  const top = ranks.find(({ key, bare }) => key === undefined && bare === true);
  const other = ranks.find((rank) => rank !== top);
  if (ranks.length !== 2 || top === undefined || other?.key === undefined) return ranks;
  return [{ ...other, limit: other.limit ?? top.limit, many: true }];
}
