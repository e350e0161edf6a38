/** What a follow-up takes back of the request before. */
import { DIMENSIONS, type Dimension } from '../lexicon/scales.js';
import type { Unit } from '../lexicon/units.js';
import { measureOf, withNoun } from '../meaning/parts.js';
import type { Ask, Dropped, FieldMention, Mod, Target } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { find, mapAll, subjectOf, without } from './tree.js';

export function dropped(ask: Ask, what: Dropped): Ask | undefined {
  switch (what.type) {
    case 'limit':
      return withoutLimit(ask);
    case 'order':
      return find(ask, 'order') === undefined ? undefined : without(ask, 'order');
    case 'group':
      return find(ask, 'group') === undefined ? undefined : without(ask, 'group');
    case 'filters':
      return withoutMods(ask, isFilter);
    case 'time':
      return withoutMods(ask, ({ type }) => type === 'time');
    case 'distinct':
      return ask.distinct ? { ...ask, distinct: false } : undefined;
    case 'field':
      return withoutField(ask, what);
    case 'dimension':
      return withoutMods(ask, (mod) => isOfDimension(mod, what.dimension));
  }
}

/** Whether it is compared how long, how heavy, how dear something is. */
function isOfDimension(mod: Mod, dimension: Dimension): boolean {
  if (mod.type !== 'compare') return false;
  const measure = measureOf(mod.measure);
  if (measure === undefined) return isLikely(mod, new Set(dimension.words));
  if (measure.type === 'dimension') return measure.dimension === dimension;
  const known = new Set([dimension.name, ...dimension.words]);
  return (
    measure.type === 'field' &&
    measure.field.options.some(
      ({ field, cost }) => cost <= 0.5 && field.words.some((word) => known.has(word)),
    )
  );
}

/** `under 20`, where what is compared went without saying: a price, or what its unit is for. */
function isLikely(
  { operand }: Extract<Mod, { type: 'compare' }>,
  words: ReadonlySet<string>,
): boolean {
  if (operand.type !== 'number') return false;
  const isPrice = DIMENSIONS.price.words.some((word) => words.has(word));
  return operand.units === undefined || operand.units.length === 0
    ? isPrice
    : operand.units.some(({ kind }) => MEASURED[kind]?.some((word) => words.has(word)) === true);
}

/** What is measured in units of a kind. */
const MEASURED: Readonly<Partial<Record<Unit['kind'], readonly string[]>>> = {
  money: DIMENSIONS.price.words,
  weight: DIMENSIONS.weight.words,
  length: [DIMENSIONS.length, DIMENSIONS.height, DIMENSIONS.distance].flatMap(({ words }) => [
    ...words,
  ]),
  time: [...DIMENSIONS.length.words, 'duration', 'time'],
};

/** A rank without its number is the order alone. */
function withoutLimit(ask: Ask): Ask | undefined {
  if (find(ask, 'limit') !== undefined) return without(ask, 'limit');
  const rank = find(ask, 'rank');
  if (rank?.key === undefined) return undefined;
  const kept = without(ask, 'rank');
  return {
    ...kept,
    mods: [...kept.mods, { type: 'order', key: rank.key, descending: rank.descending }],
  };
}

function withoutMods(ask: Ask, leaves: (mod: Mod) => boolean): Ask | undefined {
  let done = false;
  const changed = mapAll(ask, (mods) =>
    mods.filter((mod) => {
      if (!leaves(mod)) return true;
      done = true;
      return false;
    }),
  );
  return done ? changed : undefined;
}

function isFilter({ type }: Mod): boolean {
  return !['group', 'order', 'rank', 'limit'].includes(type);
}

/** What is shown goes first; where it is not shown, what is said of it. */
function withoutField(
  ask: Ask,
  { field, filter }: Extract<Dropped, { type: 'field' }>,
): Ask | undefined {
  if (!filter) {
    const kept = ask.targets.filter((target) => !shows(target, field));
    if (kept.length === ask.targets.length - 1 && kept.length > 0) return withThing(ask, kept);
  }
  return withoutMods(ask, (mod) => isSaidOf(mod, field));
}

/** What is said of the thing stays where the column goes that it was named with. */
function withThing(ask: Ask, kept: readonly Target[]): Ask {
  const subject = subjectOf(ask);
  const [first, ...rest] = kept;
  if (first === undefined || subject === undefined || subjectOf({ ...ask, targets: kept }))
    return { ...ask, targets: kept };
  return { ...ask, targets: [withNoun(first, subject), ...rest] };
}

/** Whether a column is what a target shows. */
export function shows(target: Target, field: FieldMention): boolean {
  if (target.type === 'field') return isSameField(target.field, field);
  return (
    target.type === 'measure' &&
    target.measure.type === 'field' &&
    isSameField(target.measure.field, field)
  );
}

/** Whether a column is called by both: by its name, or as the nearest that each could mean. */
export function isSameField(a: FieldMention, b: FieldMention): boolean {
  const fields = new Set(a.options.map((option) => option.field));
  const near = new Set(nearest(a));
  return (
    b.options.some((option) => option.cost <= 0.5 && fields.has(option.field)) ||
    nearest(b).some((field) => near.has(field))
  );
}

function nearest({ options }: FieldMention): readonly Field[] {
  const least = Math.min(...options.map(({ cost }) => cost));
  return options.filter(({ cost }) => cost <= least).map(({ field }) => field);
}

function isSaidOf(mod: Mod, mention: FieldMention): boolean {
  const fields = new Set(
    mention.options.filter(({ cost }) => cost <= 0.5).map(({ field }) => field),
  );
  switch (mod.type) {
    case 'value':
      return mod.values.every(({ options }) => options.some(({ field }) => fields.has(field)));
    case 'flag':
      return mod.flag.options.some(({ field }) => fields.has(field));
    case 'time':
    case 'like':
    case 'present':
      return mod.field?.options.some(({ field }) => fields.has(field)) === true;
    case 'compare': {
      const measure = measureOf(mod.measure);
      if (measure?.type === 'field') return isSameField(measure.field, mention);
      const words = new Set([...fields].flatMap((field) => field.words));
      if (measure?.type === 'dimension')
        return measure.dimension.words.some((word) => words.has(word));
      return measure === undefined && isLikely(mod, words);
    }
    default:
      return false;
  }
}
