/** `…, only clinics with at least two vets`, `…, but only those with more than one`: which of the results are kept. */
import { isSameThing, nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, GroupKey, Measure, Mod, Noun } from '../phrase.js';
import { singular } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { type Got, got, then } from './rule.js';

const ONLY = [', but only', ', only', 'but only', ', just', 'only'];
const THOSE = ['those', 'the ones', 'ones', 'them', 'for those', 'for the ones'];
const WITH = [
  'with',
  'having',
  'that have',
  'which have',
  'who have',
  'where there are',
  'that has',
];

/** A request with what is said of its results behind it. */
export function restricted(grammar: Grammar, asks: readonly Got<Ask>[]): Got<Ask>[] {
  const kept = then(asks, ({ value: ask, at }) => {
    const only = skipPhrase(grammar, at, ...ONLY);
    if (only === undefined) return [];
    return [...ofThings(grammar, ask, only), ...ofThose(grammar, ask, only)];
  });
  return kept.map((one) => ({ ...one, cost: one.cost + 0.1 }));
}

/** `only clinics with …`: of what is listed, or of what there is a group of. */
function ofThings(grammar: Grammar, ask: Ask, at: number): Got<Ask>[] {
  const { lattice } = grammar;
  const start = skipDeterminers(grammar, skipPhrase(grammar, at, 'for', 'in', 'of') ?? at);
  const nouns = then(grammar.noun(start), ({ value: { table, mods }, at: end }) => {
    if (table === undefined || mods.length === 0) return [];
    const kept = ofThing(ask, { table, mods });
    return kept === undefined ? [] : [got(kept, end)];
  });
  const key = onlyKey(ask);
  if (key?.type !== 'field' || key.field.text.includes(' ')) return nouns;
  // A column has nothing of its own: what is computed over each of its values is said of it.
  if (singular(lattice.word(start)) !== singular(key.field.text.toLowerCase())) return nouns;
  const numbers = grammar
    .mods(start + 1)
    .filter(({ value }) => value.length > 0 && value.every(({ type }) => type === 'compare'))
    .map((one) => ({ ...one, value: { ...ask, mods: [...ask.mods, ...one.value] } }));
  return [...nouns, ...numbers];
}

/** `only those with …`: a number alone is one of what was counted. */
function ofThose(grammar: Grammar, ask: Ask, at: number): Got<Ask>[] {
  const those = skipPhrase(grammar, at, ...THOSE);
  if (those === undefined) return [];
  const withs = skipPhrase(grammar, those, ...WITH) ?? those;
  const measure = onlyMeasure(ask);
  const bare =
    measure === undefined
      ? []
      : grammar.comparison(withs).map(({ value, at: end, cost }) => {
          const mod: Mod = { type: 'compare', measure, ...value, not: false };
          return got<Ask>({ ...ask, mods: [...ask.mods, mod] }, end, cost);
        });
  const thing = listed(ask);
  if (thing === undefined) return bare;
  const said = then(grammar.mods(those), ({ value: mods, at: end }) => {
    if (mods.length === 0) return [];
    const kept = ofThing(ask, { table: thing.table, mods });
    return kept === undefined ? [] : [got(kept, end)];
  });
  return [...bare, ...said];
}

/** What is grouped by, or else what is listed. */
function listed(ask: Ask): Noun | undefined {
  const key = onlyKey(ask);
  if (key !== undefined) return key.type === 'table' ? key.noun : undefined;
  const noun = ask.targets.flatMap((target) =>
    target.type === 'measure' ? [] : (nounOfTarget(target) ?? []),
  )[0];
  return noun?.table === undefined ? undefined : noun;
}

function groups(ask: Ask): GroupKey[] {
  const said = [...ask.mods, ...ask.targets.flatMap((target) => nounOfTarget(target)?.mods ?? [])];
  return [...new Set(said)].flatMap((mod) => (mod.type === 'group' ? mod.keys : []));
}

function onlyKey(ask: Ask): GroupKey | undefined {
  const keys = groups(ask);
  return keys.length === 1 ? keys[0] : undefined;
}

/** The one number that is computed. */
function onlyMeasure({ targets }: Ask): Measure | undefined {
  const measures = targets.flatMap((target) =>
    target.type === 'measure' && target.measure.type !== 'field' ? [target.measure] : [],
  );
  return measures.length === 1 ? measures[0] : undefined;
}

/** Said of the very thing that is listed or grouped by; of any other it would be another request. */
function ofThing(ask: Ask, noun: Noun): Ask | undefined {
  const keys = groups(ask);
  if (keys.length > 1) return undefined;
  const [key] = keys;
  if (key === undefined) {
    const thing = listed(ask);
    if (thing === undefined || !isSameThing(thing, noun)) return undefined;
    const targets = ask.targets.map((target) => {
      const own = target.type === 'measure' ? undefined : nounOfTarget(target);
      if (own !== thing) return target;
      return withNoun(target, { ...own, mods: [...own.mods, ...noun.mods] });
    });
    return { ...ask, targets };
  }
  if (key.type !== 'table' || !isSameThing(key.noun, noun)) return undefined;
  const more = { ...key, noun: { ...key.noun, mods: [...key.noun.mods, ...noun.mods] } };
  const regroup = (mods: readonly Mod[]): readonly Mod[] =>
    mods.map((mod) => (mod.type === 'group' ? { ...mod, keys: [more] } : mod));
  return {
    ...ask,
    mods: regroup(ask.mods),
    targets: ask.targets.map((target) => {
      const own = nounOfTarget(target);
      return own === undefined ? target : withNoun(target, { ...own, mods: regroup(own.mods) });
    }),
  };
}
