/**
 * `orders with both cancelled and returned items`: no item is both, and so what is said of both is said of two items.
 * The alternatives go up to the noun that has them, each with all else that is said on the way.
 */
import type { Ask, Mod, Noun, Target } from '../phrase.js';

export function hoisted(ask: Ask): Ask {
  const targets = ask.targets.map(inTarget);
  const mods = ask.mods.flatMap(inMod);
  const same =
    targets.every((target, i) => target === ask.targets[i]) &&
    mods.length === ask.mods.length &&
    mods.every((mod, i) => mod === ask.mods[i]);
  return same ? ask : { ...ask, targets, mods };
}

function inTarget(target: Target): Target {
  switch (target.type) {
    case 'things':
      return withNoun(target, target.noun);
    case 'field':
      return target.noun === undefined ? target : withNoun(target, target.noun);
    case 'measure': {
      const { measure } = target;
      return measure.type === 'things'
        ? { ...target, measure: withNoun(measure, measure.noun) }
        : target;
    }
  }
}

function withNoun<T extends { readonly noun?: Noun | undefined }>(holder: T, noun: Noun): T {
  const mods = noun.mods.flatMap(inMod);
  const same = mods.length === noun.mods.length && mods.every((mod, i) => mod === noun.mods[i]);
  return same ? holder : { ...holder, noun: { ...noun, mods } };
}

function inMod(mod: Mod): Mod[] {
  if (mod.type !== 'related' || mod.not) return [mod];
  const mods = mod.noun.mods.flatMap(inMod);
  const at = mods.findIndex((one) => one.type === 'both' && !one.not);
  const both = mods[at];
  if (both?.type !== 'both') {
    const same =
      mods.length === mod.noun.mods.length && mods.every((one, i) => one === mod.noun.mods[i]);
    return [same ? mod : { ...mod, noun: { ...mod.noun, mods } }];
  }
  const each = both.of.map((alternative): readonly Mod[] => [
    {
      ...mod,
      noun: {
        ...mod.noun,
        // What is said of either is said anew of each: no mod belongs to two nouns.
        mods: [...mods.slice(0, at), ...alternative, ...mods.slice(at + 1)].map((one) => ({
          ...one,
        })),
      },
    },
  ]);
  return [{ type: 'both', of: each, not: false }];
}
