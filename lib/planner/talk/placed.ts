/** Values of one column that are said one after another: which takes the other's place, and which comes beside it. */
import type { Ask, Mod, ValueMention } from '../phrase.js';
import { mapAll } from './tree.js';

type ValueMod = Extract<Mod, { type: 'value' }>;

/**
 * A value takes the place of another one, and of what was left out: "the managers only" says all that "without the
 * drivers" said. What is left out comes beside what was left out before, and takes back only what it denies.
 */
export function takesPlace(old: ValueMod, mod: ValueMod): boolean {
  if (mod.not) return !old.not && isAmong(old.values, mod.values);
  const fields = fieldsOf(old);
  return mod.values.some(({ options }) => options.some(({ field }) => fields.has(field)));
}

/** What takes a value's place stands in the same column. */
export function inItsColumn(old: ValueMod, mod: ValueMod, or: boolean): Mod {
  const fields = fieldsOf(old);
  const values = mod.values.map(({ text, options }): ValueMention => ({
    text,
    options: options.some(({ field }) => fields.has(field))
      ? options.filter(({ field }) => fields.has(field))
      : options,
  }));
  return {
    ...mod,
    field: mod.field ?? old.field,
    table: mod.table ?? old.table,
    ...(old.other === undefined ? {} : { other: old.other }),
    values: or ? [...old.values, ...values] : values,
  };
}

/** `the drivers too` behind `without the drivers`: they are left out no more. Undefined where they never were. */
export function readmitted(ask: Ask, mod: ValueMod): Ask | undefined {
  let done = false;
  const changed = mapAll(ask, (mods) =>
    mods.flatMap((other): Mod[] => {
      if (other.type !== 'value' || !other.not || mod.not) return [other];
      if (!isAmong(mod.values, other.values)) return [other];
      done = true;
      const left = other.values.filter((value) => !isAmong([value], mod.values));
      return left.length === 0 ? [] : [{ ...other, values: left }];
    }),
  );
  return done ? changed : undefined;
}

function isAmong(some: readonly ValueMention[], all: readonly ValueMention[]): boolean {
  return some.every((one) => all.some((other) => isSameValue(one, other)));
}

function isSameValue(a: ValueMention, b: ValueMention): boolean {
  return a.options.some((one) =>
    b.options.some(({ field, value }) => field === one.field && value === one.value),
  );
}

function fieldsOf({ values }: ValueMod): Set<unknown> {
  return new Set(values.flatMap(({ options }) => options.map(({ field }) => field)));
}
