/** A change carried out on the phrases of a request. */
import { measureOf, nounOfTarget, withNoun } from '../meaning/parts.js';
import type {
  AggregateName,
  Ask,
  Edit,
  FieldMention,
  GroupKey,
  Measure,
  Mod,
  Noun,
  Target,
} from '../phrase.js';
import { added, hasMeasure } from './beside.js';
import { dropped, isSameField, shows } from './drop.js';
import { computedIn, explicit, isOfDimension, type Joining, shownNumber, withMod } from './join.js';
import { find, mapMods, subjectOf, without } from './tree.js';
import { otherRows, shiftedTime } from './turn.js';

/** The changed request; undefined where the change does not fit it. */
export function applyEdit(before: Ask, edit: Edit, replaces: boolean): Ask | undefined {
  const ask = explicit(before);
  switch (edit.type) {
    case 'mods': {
      // What comes first by two things at once is another request than by one of them.
      if (edit.mods.filter(({ type }) => type === 'rank').length > 1) return undefined;
      // "in total" adds up numbers: of things that are listed there are none.
      if (edit.mods.every(({ type }) => type === 'total') && !counts(ask)) return undefined;
      const joins = edit.joins ?? (replaces ? 'replacing' : undefined);
      return edit.mods.reduce<Ask | undefined>(
        (changed, mod) => changed && withMod(changed, mod, joins),
        ask,
      );
    }
    case 'add':
      return added(ask, edit.targets, replaces) ?? ofField(ask, edit.targets, replaces);
    case 'show':
      return shown(ask, edit.targets) ?? ofField(ask, edit.targets, replaces);
    case 'both': {
      const first = applyEdit(ask, edit.first, replaces);
      return first && applyEdit(first, ofAdded(edit), edit.replaces);
    }
    case 'exchange':
      return exchanged(ask, edit.targets, edit.field);
    case 'swap':
      return swapped(ask, edit.noun);
    case 'restrict': {
      const kept = restricted(ask, edit.noun);
      return edit.counts === true && kept !== undefined && !counts(kept) ? counted(kept, []) : kept;
    }
    case 'groups':
      return ofKeys(ask, edit);
    case 'count':
      return counted(ask, edit.mods);
    case 'list':
      return listed(ask, edit.everything);
    case 'reverse':
      return reversed(ask);
    case 'direction':
      return directed(ask, edit.descending);
    case 'function':
      return ofFunction(ask, edit);
    case 'number':
      return withNumber(ask, edit.digits);
    case 'extreme':
      return extreme(ask, edit);
    case 'drop':
      return dropped(ask, edit.what);
    case 'others':
      return otherRows(ask, edit.not);
    case 'shift':
      return shiftedTime(ask, edit.grain, edit.by);
  }
}

/** `add the wins, in descending order`: of the wins. */
function ofAdded({ first, then }: Extract<Edit, { type: 'both' }>): Edit {
  if (first.type !== 'add' && first.type !== 'show') return then;
  const mod = then.type === 'mods' && then.mods.length === 1 ? then.mods[0] : undefined;
  const descending =
    then.type === 'direction'
      ? then.descending
      : mod?.type === 'order' && 'type' in mod.key && mod.key.type === 'result'
        ? mod.descending
        : undefined;
  const [target] = first.targets.flatMap((one) => {
    if (one.type === 'field') return [one.field];
    return one.type === 'measure' && one.measure.type === 'field' ? [one.measure.field] : [];
  });
  if (descending === undefined || target === undefined) return then;
  const key: Measure = { type: 'field', field: target };
  return { type: 'mods', mods: [{ type: 'order', key, descending }] };
}

/** `the same for weights` behind an average of heights: another column in the place of the one. */
function ofField(ask: Ask, targets: readonly Target[], replaces: boolean): Ask | undefined {
  const [target, ...more] = ask.targets;
  const [wanted, ...others] = targets;
  if (!replaces || more.length > 0 || others.length > 0) return undefined;
  if (target?.type !== 'measure' || target.measure.type !== 'aggregate') return undefined;
  const { measure } = target;
  if (measure.of.type !== 'field' || measure.fn === 'count') return undefined;
  const field =
    wanted?.type === 'field'
      ? wanted.field
      : wanted?.type === 'measure' && wanted.measure.type === 'field'
        ? wanted.measure.field
        : undefined;
  if (field === undefined) return undefined;
  const other: Measure = { ...measure, of: { ...measure.of, field } };
  const changed = mapMods(ask, (mod) =>
    (mod.type === 'rank' || mod.type === 'order') && measureOf(mod.key)?.type === 'aggregate'
      ? { ...mod, key: other }
      : mod,
  );
  return { ...changed, targets: [{ type: 'measure', measure: other }] };
}

function shown(ask: Ask, targets: readonly Target[]): Ask | undefined {
  const subject = subjectOf(ask);
  const measures = targets.filter(
    (target) => target.type === 'measure' && target.measure.type !== 'field',
  );
  if (measures.length === targets.length) {
    if (!hasMeasure(ask)) return computed(ask, measures);
    const others = ask.targets.filter(({ type }) => type !== 'measure');
    const bare = measures.map((target) =>
      nounOfTarget(target) === undefined && subject !== undefined
        ? withNoun(target, subject)
        : target,
    );
    return { ...ask, targets: [...others, ...bare] };
  }
  if (subject === undefined) return undefined;
  if (hasMeasure(ask) && (find(ask, 'group') !== undefined || isComputed(ask))) return undefined;
  const [first, ...rest] = targets;
  if (first?.type !== 'field' || rest.some(({ type }) => type !== 'field')) return undefined;
  return { ...ask, targets: [{ ...first, noun: first.noun ?? subject }, ...rest] };
}

/** `the average capacity instead` of a list of capacities: of all that were listed. */
function computed(ask: Ask, measures: readonly Target[]): Ask | undefined {
  const subject = subjectOf(ask);
  const shaped = (['group', 'rank', 'limit'] as const).some((type) => find(ask, type));
  if (subject === undefined || shaped || measures.some((one) => nounOfTarget(one) !== undefined))
    return undefined;
  const bare = without(ask, 'order');
  const noun = subjectOf(bare) ?? subject;
  return { ...bare, targets: measures.map((one) => withNoun(one, noun)), distinct: false };
}

/** In the place of one column that is shown, where there are several. */
function exchanged(ask: Ask, targets: readonly Target[], field: FieldMention): Ask | undefined {
  const places = ask.targets.filter((target) => shows(target, field));
  const [old] = places;
  if (old === undefined || places.length > 1 || ask.targets.length === 1) return undefined;
  const noun = nounOfTarget(old);
  const own = targets.map((target) =>
    noun !== undefined && nounOfTarget(target) === undefined ? withNoun(target, noun) : target,
  );
  return { ...ask, targets: ask.targets.flatMap((target) => (target === old ? own : [target])) };
}

/** Anything but a count of things or a column: it has no rows that could be shown instead. */
function isComputed({ targets }: Ask): boolean {
  return targets.some(
    (target) =>
      target.type === 'measure' &&
      target.measure.type !== 'things' &&
      target.measure.type !== 'field' &&
      target.measure.type !== 'dimension',
  );
}

function swapped(ask: Ask, noun: Noun): Ask | undefined {
  const subject = subjectOf(ask);
  if (subject === undefined || noun.table === undefined) return undefined;
  const [first, ...more] = ask.targets;
  if (first === undefined || more.length > 0 || first.type === 'field') return undefined;
  return {
    ...ask,
    targets: [withNoun(first, { table: noun.table, mods: [...subject.mods, ...noun.mods] })],
  };
}

/** `only bids above 5000` of what is counted in groups is said of each, not of their number. */
function joining(ask: Ask, { type }: Mod): Joining {
  return type === 'compare' && find(ask, 'group') !== undefined ? 'besides' : undefined;
}

/** What is said of the thing itself, wherever the request speaks of it. */
function restricted(ask: Ask, noun: Noun): Ask | undefined {
  if (noun.mods.length === 0) return undefined;
  const tables = new Set(noun.table?.options.map(({ table }) => table));
  const isIt = (other: Noun | undefined) =>
    other?.table?.options.some(({ table, cost }) => cost <= 0.1 && tables.has(table)) === true;
  const subject = subjectOf(ask);
  if (isIt(subject))
    return noun.mods.reduce<Ask>((changed, mod) => withMod(changed, mod, joining(ask, mod)), ask);
  let done = false;
  const inKeys = (keys: readonly GroupKey[]): GroupKey[] =>
    keys.map((key) => {
      if (done || key.type !== 'table' || !isIt(key.noun)) return key;
      done = true;
      return { ...key, noun: { ...key.noun, mods: [...key.noun.mods, ...noun.mods] } };
    });
  const changed = mapMods(ask, (mod) =>
    mod.type === 'group' ? { ...mod, keys: inKeys(mod.keys) } : mod,
  );
  return done ? changed : undefined;
}

/** `only cities with more than 5 members`, where there is a row for each city. */
function ofKeys(ask: Ask, { field, mods }: Extract<Edit, { type: 'groups' }>): Ask | undefined {
  const isKey = (key: GroupKey) =>
    key.type === 'field' && isSameField(key.field, field) && key.noun === undefined;
  if (find(ask, 'group')?.keys.some(isKey) !== true) return undefined;
  return mods.reduce<Ask>((changed, mod) => withMod(changed, mod, undefined), ask);
}

function counted(ask: Ask, mods: readonly Mod[]): Ask | undefined {
  // What is counted already stays so, in its groups.
  if (mods.length > 0 && find(ask, 'group') !== undefined && counts(ask))
    return mods.reduce<Ask>((changed, mod) => withMod(changed, mod, undefined), ask);
  if (find(ask, 'group') !== undefined || find(ask, 'rank') !== undefined) return undefined;
  const noun = subjectOf(without(without(ask, 'order'), 'limit'));
  if (noun === undefined || find(ask, 'limit') !== undefined) return undefined;
  const base: Ask = {
    ...without(without(ask, 'order'), 'limit'),
    targets: [{ type: 'measure', measure: { type: 'things', noun } }],
    distinct: false,
  };
  return mods.reduce<Ask>((changed, mod) => withMod(changed, mod, 'besides'), base);
}

function counts({ targets }: Ask): boolean {
  const [target] = targets;
  return targets.length === 1 && target?.type === 'measure' && target.measure.type === 'things';
}

function listed(ask: Ask, everything: boolean): Ask | undefined {
  const noun = subjectOf(ask);
  if (noun === undefined || find(ask, 'group') !== undefined) return undefined;
  // What was shown of them stays shown.
  if (!hasMeasure(ask) && !everything) return ask;
  return { ...ask, targets: [{ type: 'things', noun, everything }], distinct: false };
}

function reversed(ask: Ask): Ask | undefined {
  if (find(ask, 'order') === undefined && find(ask, 'rank') === undefined) return undefined;
  return mapMods(ask, (mod) =>
    mod.type === 'order' || mod.type === 'rank' ? { ...mod, descending: !mod.descending } : mod,
  );
}

/** `descending`: of the order that is there, of what was computed, or of the names. */
function directed(ask: Ask, descending: boolean): Ask | undefined {
  if (find(ask, 'rank') !== undefined) return undefined;
  if (find(ask, 'order') !== undefined)
    return mapMods(ask, (mod) => (mod.type === 'order' ? { ...mod, descending } : mod));
  const grouped = find(ask, 'group') !== undefined;
  if (hasMeasure(ask) && !grouped) return undefined;
  return withMod(
    ask,
    { type: 'order', key: { type: grouped || shownNumber(ask) ? 'result' : 'name' }, descending },
    undefined,
  );
}

function ofFunction(
  ask: Ask,
  { fn, adds, of: dimension }: Extract<Edit, { type: 'function' }>,
): Ask | undefined {
  const [target, ...more] = ask.targets;
  if (target?.type === 'field' && more.length === 0 && !adds) return ofAll(ask, target.field, fn);
  if (target?.type !== 'measure' || more.length > 0) return undefined;
  const { measure } = target;
  if (measure.type !== 'aggregate' && measure.type !== 'revenue' && measure.type !== 'units')
    return undefined;
  const of = measure.type === 'aggregate' ? measure.of : measure;
  if (dimension?.kind === 'number' && !isOfDimension(of, dimension)) return undefined;
  if (measure.type === 'aggregate' && (measure.fn === 'count' || of.type === 'things'))
    return undefined;
  const other: Target = { type: 'measure', measure: { type: 'aggregate', fn, of } };
  const changed = mapMods(ask, (mod) =>
    (mod.type === 'rank' || mod.type === 'order') && measureOf(mod.key)?.type === 'aggregate'
      ? { ...mod, key: other.measure }
      : mod,
  );
  return { ...changed, targets: adds ? [target, other] : [other] };
}

/** `and the average` behind the longest distance: of all of them. */
function ofAll(ask: Ask, field: FieldMention, fn: AggregateName): Ask | undefined {
  const several = find(ask, 'limit') !== undefined || (find(ask, 'rank')?.limit ?? 1) > 1;
  const number = field.options.every((option) => option.field.role === 'measure');
  // "the shortest" comes first of them, and is no number of all.
  if (several || !number || (fn !== 'avg' && fn !== 'sum')) return undefined;
  const of: Measure = { type: 'field', field };
  return computed(without(ask, 'rank'), [
    { type: 'measure', measure: { type: 'aggregate', fn, of } },
  ]);
}

/** In the place of the only number that was said. */
function withNumber(ask: Ask, digits: string): Ask | undefined {
  // "make it 2022" of what is said of 2023 is the year.
  if (/^(?:19|20)\d\d$/.test(digits) && find(ask, 'time') !== undefined) return undefined;
  let places = 0;
  const whole = /^\d{1,5}$/.test(digits);
  const changed = mapMods(ask, (mod): Mod => {
    if (mod.type === 'compare' && mod.operand.type === 'number' && mod.upTo === undefined) {
      places++;
      return { ...mod, operand: { type: 'number', digits } };
    }
    if (mod.type === 'limit' || (mod.type === 'rank' && mod.limit !== undefined)) {
      places += whole ? 1 : 2;
      return { ...mod, limit: Number(digits) };
    }
    return mod;
  });
  return places === 1 ? changed : undefined;
}

function extreme(
  ask: Ask,
  { descending, one }: Extract<Edit, { type: 'extreme' }>,
): Ask | undefined {
  const ranked = find(ask, 'rank');
  // "and the fewest" behind who has the most of something: of the same.
  if (ranked?.key !== undefined && ranked.descending !== descending) return reversed(ask);
  const measure = computedIn(ask);
  if (measure === undefined || find(ask, 'group') === undefined) return undefined;
  const rank: Mod = {
    type: 'rank',
    key: measure,
    descending,
    many: false,
    ...(one ? { limit: 1 } : {}),
  };
  const bare = without(without(without(ask, 'rank'), 'order'), 'limit');
  return { ...bare, mods: [...bare.mods, rank] };
}
