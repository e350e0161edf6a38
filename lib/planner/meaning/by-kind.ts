/** `the number of male and female students`: as many numbers as kinds are named. */
import type { Mod, Target, ValueMention } from '../phrase.js';
import { areAdded } from './apiece.js';
import type { Parts } from './parts.js';

/** Groups what is counted by the column that its kinds stand in. */
export function byKind(parts: Parts): Parts {
  const [kinds, ...more] = parts.targets.flatMap(kindsOf);
  if (kinds === undefined || more.length > 0) return parts;
  const [first] = kinds;
  const options = (first?.options ?? []).filter(({ field }) =>
    kinds.every((value) => value.options.some((option) => option.field === field)),
  );
  const unique = options.filter(
    ({ field }, i) => options.findIndex((one) => one.field === field) === i,
  );
  if (unique.length === 0) return parts;
  const text = kinds.map((value) => value.text).join(' and ');
  const field = { text, options: unique.map(({ field, cost }) => ({ field, cost })) };
  return { ...parts, groups: [...parts.groups, { type: 'field', field }] };
}

/** The kinds of what a target counts, where several stand before it. */
function kindsOf(target: Target): (readonly ValueMention[])[] {
  if (target.type !== 'measure' || target.measure.type !== 'things') return [];
  const isKinds = (mod: Mod): mod is Extract<Mod, { type: 'value' }> =>
    mod.type === 'value' && mod.before === true && !mod.not && areAdded(mod.values);
  return target.measure.noun.mods.filter(isKinds).map(({ values }) => values);
}
