/** The phrases of a request, walked through and rebuilt. */
import { measureOf, nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, GroupKey, Measure, Mod, Noun, Target } from '../phrase.js';

/** The first thing that is spoken of. */
export function subjectOf({ targets, subject }: Ask): Noun | undefined {
  if (subject !== undefined) return subject;
  return targets
    .flatMap((target) => nounOfTarget(target) ?? [])
    .find(({ table }) => table !== undefined);
}

/** The first such modifier that shapes the result as a whole. */
export function find<Type extends Mod['type']>(
  ask: Ask,
  type: Type,
  fits: (mod: Extract<Mod, { type: Type }>) => boolean = () => true,
): Extract<Mod, { type: Type }> | undefined {
  const isOne = (mod: Mod): mod is Extract<Mod, { type: Type }> => mod.type === type;
  return allMods(ask).filter(isOne).find(fits);
}

/** Everything that is said of the request and of what it asks for, each once. */
export function allMods(ask: Ask): readonly Mod[] {
  const nouns = new Set(ask.targets.flatMap((target) => nounOfTarget(target) ?? []));
  if (ask.subject !== undefined) nouns.add(ask.subject);
  return [...new Set([...[...nouns].flatMap(({ mods }) => mods), ...ask.mods])];
}

export function without(ask: Ask, type: Mod['type']): Ask {
  return mapAll(ask, (mods) => mods.filter((mod) => mod.type !== type));
}

/** Every modifier, those of related things before the one that holds them. */
export function mapMods(ask: Ask, change: (mod: Mod) => Mod): Ask {
  const deep = (mods: readonly Mod[]): readonly Mod[] =>
    mods.map((mod) => {
      if (mod.type === 'related') {
        return change({ ...mod, noun: { ...mod.noun, mods: deep(mod.noun.mods) } });
      }
      return change(mod.type === 'group' ? { ...mod, keys: mod.keys.map(inKey) } : mod);
    });
  const inKey = (key: GroupKey): GroupKey =>
    key.type === 'table' ? { ...key, noun: { ...key.noun, mods: deep(key.noun.mods) } } : key;
  return mapAll(ask, deep);
}

export function mapAll(ask: Ask, change: (mods: readonly Mod[]) => readonly Mod[]): Ask {
  // A noun that is shared stays shared.
  const within = shared((noun) => ({ ...noun, mods: change(noun.mods) }));
  return {
    ...ask,
    mods: change(ask.mods),
    ...(ask.subject === undefined ? {} : { subject: within(ask.subject) }),
    targets: ask.targets.map((target) => {
      const noun = nounOfTarget(target);
      return noun === undefined ? target : withNoun(target, within(noun));
    }),
  };
}

/** The same noun becomes the same other one. */
function shared(change: (noun: Noun) => Noun): (noun: Noun) => Noun {
  const made = new Map<Noun, Noun>();
  return (noun) => {
    const known = made.get(noun) ?? change(noun);
    made.set(noun, known);
    return known;
  };
}

/** Every noun of a request, wherever it stands, replaced by what it is changed to. */
export function mapNouns(ask: Ask, change: (noun: Noun, place: NounPlace) => Noun): Ask {
  const own = shared((noun) => change({ ...noun, mods: noun.mods.map(inMod) }, 'target'));
  const inNoun = (noun: Noun, place: NounPlace): Noun =>
    place === 'target' ? own(noun) : change({ ...noun, mods: noun.mods.map(inMod) }, place);
  const inMeasure = (measure: Measure, place: NounPlace): Measure => {
    if (measure.type === 'aggregate') return { ...measure, of: inMeasure(measure.of, place) };
    return measure.noun === undefined
      ? measure
      : ({ ...measure, noun: inNoun(measure.noun, place) } as Measure);
  };
  const inKey = (key: GroupKey): GroupKey =>
    key.type === 'grain' || key.noun === undefined
      ? key
      : ({ ...key, noun: inNoun(key.noun, 'key') } as GroupKey);
  const inMod = (mod: Mod): Mod => {
    switch (mod.type) {
      case 'related':
        return { ...mod, noun: inNoun(mod.noun, 'inner') };
      case 'any':
      case 'both':
        return { ...mod, of: mod.of.map((one) => one.map(inMod)) };
      case 'group':
        return { ...mod, keys: mod.keys.map(inKey) };
      case 'compare':
        return mod.measure === undefined
          ? mod
          : { ...mod, measure: inMeasure(mod.measure, 'inner') };
      case 'rank':
        return mod.key === undefined ? mod : { ...mod, key: inMeasure(mod.key, 'inner') };
      case 'order': {
        const key = measureOf(mod.key);
        return key === undefined ? mod : { ...mod, key: inMeasure(key, 'inner') };
      }
      default:
        return mod;
    }
  };
  return {
    ...ask,
    mods: ask.mods.map(inMod),
    ...(ask.subject === undefined ? {} : { subject: own(ask.subject) }),
    targets: ask.targets.map((target): Target => {
      if (target.type === 'measure')
        return { ...target, measure: inMeasure(target.measure, 'target') };
      return target.noun === undefined
        ? target
        : ({ ...target, noun: inNoun(target.noun, 'target') } as Target);
    }),
  };
}

/** Where a noun stands: as what is asked for, as what is grouped by, or inside of a condition. */
export type NounPlace = 'target' | 'key' | 'inner';
