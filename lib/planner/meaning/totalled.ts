/** `claimed more than 10000 in total`, `on average`: what is compared is computed of all that belongs to each, and is no single amount. */
import type { Ask, Measure, Mod, Noun, Target } from '../phrase.js';
import { Misfit } from './choices.js';
import { impliedMeasures } from './fields.js';
import { nounOf } from './measures.js';

type Fn = 'sum' | 'avg';
type Said = 'vague' | 'clear' | 'average';

/** The request without the words for a total or an average, and with them where they were said. */
export function totalled(ask: Ask): Ask {
  let said: Said | undefined;
  const nouns = new Map<Noun, Noun>();
  const inNoun = (noun: Noun): Noun => {
    const known = nouns.get(noun);
    if (known !== undefined) return known;
    const made = noun.mods.length === 0 ? noun : { ...noun, mods: inMods(noun.mods) };
    nouns.set(noun, made);
    return made;
  };
  const inMods = (mods: readonly Mod[]): Mod[] =>
    mods.flatMap((mod): Mod[] => {
      if (mod.type === 'total')
        said = mod.fn === 'avg' ? 'average' : mod.vague === true ? 'vague' : 'clear';
      return mod.type === 'total' ? [] : [inMod(mod)];
    });
  const inMod = (mod: Mod): Mod => {
    switch (mod.type) {
      case 'related':
        return { ...mod, noun: inNoun(mod.noun) };
      case 'compare':
      case 'rank': {
        const measure = mod.type === 'rank' ? mod.key : mod.measure;
        if (measure === undefined) return mod;
        const made = inMeasure(measure, inNoun);
        return mod.type === 'rank' ? { ...mod, key: made } : { ...mod, measure: made };
      }
      case 'any':
      case 'both':
        return { ...mod, of: mod.of.map(inMods) };
      case 'group':
        return {
          ...mod,
          keys: mod.keys.map((key) =>
            key.type === 'table' ? { ...key, noun: inNoun(key.noun) } : key,
          ),
        };
      default:
        return mod;
    }
  };
  const subject = ask.subject === undefined ? undefined : inNoun(ask.subject);
  const targets = ask.targets.map((target) => inTarget(target, inNoun));
  const mods = inMods(ask.mods);
  if (said === undefined) return ask;
  // What is asked for may be what many rows share: then it is summed over these.
  const fn = said === 'average' ? 'avg' : 'sum';
  const summed = (all: readonly Mod[]) =>
    targets.every((target) => nounOfTarget(target) !== undefined) && fn === 'sum'
      ? computed(all, fn)
      : computed(all, fn).map((mod) => (mod.type === 'compare' ? { ...mod, total: false } : mod));
  // It is said of the last amount before it.
  if (mods.some(hasAmount)) return { ...ask, subject, targets, mods: summed(mods) };
  const of = [subject, ...targets.map(nounOfTarget)].findLast((noun) => noun?.mods.some(hasAmount));
  if (of === undefined && said !== 'vague')
    return mostInAll({ ...ask, subject, targets, mods }, fn);
  if (of === undefined) return { ...ask, subject, targets, mods };
  const sum = { ...of, mods: summed(of.mods) };
  const change = (noun: Noun): Noun => (noun === of ? sum : noun);
  return {
    ...ask,
    subject: subject === undefined ? undefined : change(subject),
    targets: targets.map((target) => inTarget(target, change)),
    mods,
  };
}

/** `scored the most points in total`, `what did each of them cost in total`: what is ranked or told is the sum. */
function mostInAll(ask: Ask, fn: Fn): Ask {
  const inMod = (mod: Mod): Mod =>
    mod.type === 'rank' && mod.key?.type === 'field' ? { ...mod, key: total(mod.key, fn) } : mod;
  const nouns = new Map<Noun, Noun>();
  const inNoun = (noun: Noun): Noun => {
    const known = nouns.get(noun) ?? { ...noun, mods: noun.mods.map(inMod) };
    nouns.set(noun, known);
    return known;
  };
  const ranked = (mods: readonly Mod[]) => mods.some(({ type }) => type === 'rank');
  const nouned = ask.targets.map(nounOfTarget);
  if (ranked(ask.mods) || [ask.subject, ...nouned].some((noun) => ranked(noun?.mods ?? [])))
    return {
      ...ask,
      ...(ask.subject === undefined ? {} : { subject: inNoun(ask.subject) }),
      targets: ask.targets.map((target) => inTarget(target, inNoun)),
      mods: ask.mods.map(inMod),
    };
  const targets = ask.targets.map((target) =>
    target.type === 'measure' ? { ...target, measure: total(target.measure, fn) } : target,
  );
  return { ...ask, targets };
}

function inTarget(target: Target, change: (noun: Noun) => Noun): Target {
  switch (target.type) {
    case 'things':
      return { ...target, noun: change(target.noun) };
    case 'field':
      return target.noun === undefined ? target : { ...target, noun: change(target.noun) };
    case 'measure':
      return { ...target, measure: inMeasure(target.measure, change) };
  }
}

function inMeasure(measure: Measure, change: (noun: Noun) => Noun): Measure {
  switch (measure.type) {
    case 'aggregate':
      return { ...measure, of: inMeasure(measure.of, change) };
    case 'things':
      return { ...measure, noun: change(measure.noun) };
    case 'dimension':
    case 'field':
    case 'revenue':
    case 'units':
      return measure.noun === undefined ? measure : { ...measure, noun: change(measure.noun) };
  }
}

function nounOfTarget(target: Target): Noun | undefined {
  return target.type === 'measure' ? nounOf(target.measure) : target.noun;
}

/** Whether a number of something is compared there. */
function hasAmount(mod: Mod): boolean {
  if (mod.type === 'related') return !mod.not && mod.noun.mods.some(hasAmount);
  return mod.type === 'compare' && mod.operand.type === 'number';
}

function computed(mods: readonly Mod[], fn: Fn): readonly Mod[] {
  const at = mods.findLastIndex(hasAmount);
  return mods.map((mod, i) => (i === at ? computedOf(mod, fn) : mod));
}

function computedOf(mod: Mod, fn: Fn): Mod {
  if (mod.type === 'compare') {
    if (mod.measure === undefined) throw unclear();
    return { ...mod, measure: total(mod.measure, fn), total: true };
  }
  if (mod.type !== 'related') return mod;
  const { noun } = mod;
  const at = noun.mods.findLastIndex(hasAmount);
  const inner = noun.mods[at];
  // "who have a policy with more than 100 in total" speaks of each policy.
  if (inner?.type !== 'compare') throw unclear();
  const rest: Noun = { ...noun, mods: noun.mods.filter((_, i) => i !== at) };
  const of = inner.measure ?? amountOf(rest);
  if (of.type !== 'field' || (of.noun !== undefined && of.noun.mods.length > 0)) return mod;
  return { ...inner, measure: total({ ...of, noun: rest }, fn) };
}

/** What is counted or added up already stays what it is. */
function total(measure: Measure, fn: Fn): Measure {
  if (measure.type === 'field' || measure.type === 'dimension')
    return { type: 'aggregate', fn, of: measure };
  // "how many hours does it take on average"
  if (fn === 'avg' && measure.type === 'aggregate' && measure.fn === 'sum')
    return { ...measure, fn };
  // Of how many there are of each it is not said over what the average would be.
  if (fn === 'avg' && measure.type !== 'aggregate') throw unclear();
  return measure;
}

/** The one number of each of them that can go without saying. */
function amountOf({ table }: Noun): Measure {
  const options = (table?.options ?? []).flatMap(({ table: of, via, cost }) =>
    via === undefined ? impliedMeasures(of).map((field) => ({ field, cost })) : [],
  );
  if (options.length === 0) throw unclear();
  return { type: 'field', field: { text: table?.text ?? '', options } };
}

function unclear(): Misfit {
  return new Misfit('it is not clear what is to be added up', { weight: 3 });
}
