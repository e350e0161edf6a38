/** Whether a query says all that the request said: a condition that got lost would make a wrong answer look right. */
import type { Ask, GroupKey, Measure, Mod, Noun } from '../phrase.js';
import { nounOf } from './measures.js';
import { measureOf, nounOfTarget } from './parts.js';

/** How many conditions a request states, those inside of others included. */
export function conditionsStated(ask: Ask): number {
  const nouns = new Set(ask.targets.flatMap((target) => nounOfTarget(target) ?? []));
  if (ask.subject !== undefined) nouns.add(ask.subject);
  return sum([...nouns].map(inNoun)) + inMods(ask.mods);
}

function inNoun({ mods }: Noun): number {
  return inMods(mods);
}

function inMods(mods: readonly Mod[]): number {
  return sum(mods.map(inMod));
}

function inMod(mod: Mod): number {
  switch (mod.type) {
    case 'limit':
    case 'back':
    case 'part':
    case 'total':
      return 0;
    case 'group':
      return sum(mod.keys.map(inKey));
    case 'order':
      return inMeasure(measureOf(mod.key));
    case 'rank':
      return inMeasure(mod.key);
    case 'related':
      return 1 + inNoun(mod.noun);
    case 'compare':
      return (
        1 +
        inMeasure(mod.measure) +
        (mod.operand.type === 'others' && mod.operand.noun !== undefined
          ? inNoun(mod.operand.noun)
          : 0)
      );
    case 'any':
      return 1 + sum(mod.of.map(inMods));
    case 'both':
      return sum(mod.of.map(inMods));
    case 'value':
    case 'flag':
    case 'time':
    case 'present':
    case 'like':
    case 'identity':
    case 'among':
    case 'usual':
      return 1;
  }
}

function inKey(key: GroupKey): number {
  return key.type === 'grain' || key.noun === undefined ? 0 : inNoun(key.noun);
}

function inMeasure(measure: Measure | undefined): number {
  const noun = measure === undefined ? undefined : nounOf(measure);
  return noun === undefined ? 0 : inNoun(noun);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
