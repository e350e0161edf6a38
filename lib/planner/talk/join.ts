/** One more thing said of a request: in the place of its kind, or beside it. */
import { type Dimension, DIMENSIONS } from '../lexicon/scales.js';
import { isSame } from '../meaning/same.js';
import { measureOf, nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, Measure, Mod, SortKey } from '../phrase.js';
import { type DateSpan, shift } from '../text/calendar.js';
import { inItsColumn, readmitted, takesPlace } from './placed.js';
import { find, mapAll, mapMods, subjectOf, without } from './tree.js';

export type Joining = 'replacing' | 'besides' | 'and' | 'or' | undefined;

/** One of its kind replaces the one that is there; what is new is said in addition. */
export function withMod(ask: Ask, mod: Mod, joins: Joining): Ask {
  switch (mod.type) {
    case 'group': {
      const kept = beside(joins) ? ask : groupedAnew(ask, mod, joins);
      return { ...kept, mods: [...kept.mods, mod] };
    }
    case 'order': {
      // The order of a rank says what is ranked by.
      const kept = without(ask, 'order');
      const measure = measureOf(mod.key);
      const key = measure === undefined ? mod.key : ofGroups(ask, measure)!;
      return { ...kept, mods: [...kept.mods, { ...mod, key }] };
    }
    case 'limit': {
      const kept = without(ask, 'limit');
      const ranked = find(ask, 'rank');
      return ranked === undefined
        ? { ...kept, mods: [...kept.mods, mod] }
        : mapMods(ask, (other) => (other === ranked ? { ...ranked, limit: mod.limit } : other));
    }
    case 'rank': {
      const old = find(ask, 'rank');
      // "the top 3" of what is sorted: the first of them, from whichever end was said.
      const sorted = old === undefined && find(ask, 'order') !== undefined;
      if (mod.bare === true && mod.key === undefined && sorted) {
        const first: Mod = { type: 'limit', limit: mod.limit ?? 1 };
        const ordered = fromTheTop(without(ask, 'limit'), mod.descending);
        return { ...ordered, mods: [...ordered.mods, first] };
      }
      // "the shortest ones instead" of "the 3 longest".
      const limit = mod.limit ?? old?.limit;
      const key = ofGroups(ask, mod.key) ?? old?.key;
      const rank: Mod = {
        ...mod,
        ...(key === undefined ? {} : { key }),
        ...(limit === undefined ? {} : { limit }),
        ...(old?.shown === true ? { shown: true } : {}),
      };
      const kept = without(without(ask, 'rank'), 'limit');
      return { ...kept, mods: [...kept.mods, rank] };
    }
    case 'compare':
      return compared(ask, mod, joins);
    default:
      return joins === 'besides' ? addToSubject(ask, mod) : said(ask, mod, joins);
  }
}

/** `and per month`: by both. */
function beside(joins: Joining): boolean {
  return joins === 'and' || joins === 'or';
}

function groupedAnew(ask: Ask, mod: Extract<Mod, { type: 'group' }>, joins: Joining): Ask {
  return joins === 'replacing' ? without(ask, 'group') : withoutSameKind(ask, mod);
}

/** `the top ten` of what was sorted by a number, with no word of the direction: the highest ones. */
function fromTheTop(ask: Ask, descending: boolean): Ask {
  return mapMods(ask, (mod) =>
    mod.type === 'order' && mod.undirected === true && isNumber(mod.key)
      ? { ...mod, descending }
      : mod,
  );
}

function isNumber(key: SortKey): boolean {
  if (key.type === 'field') return key.field.options[0]?.field.role === 'measure';
  return key.type !== 'name' && !(key.type === 'dimension' && key.dimension === DIMENSIONS.time);
}

/** A filter takes the place of one on the same column, and otherwise joins the others. */
function said(ask: Ask, mod: Mod, joins: Joining): Ask {
  const without = joins === 'or' && mod.type === 'value' ? readmitted(ask, mod) : undefined;
  if (without !== undefined) return without;
  let done = false;
  const changed = mapMods(ask, (other) => {
    if (done || !isSameKind(other, mod)) return other;
    done = true;
    if (other.type === 'value' && mod.type === 'value')
      return inItsColumn(other, mod, joins === 'or');
    if (other.type !== 'time' || mod.type !== 'time') return mod;
    if (joins === 'or') return { ...other, spans: [...other.spans, ...mod.spans] };
    return inItsYear(other, mod);
  });
  return done ? changed : addToSubject(ask, mod);
}

function isSameKind(a: Mod, b: Mod): boolean {
  if (a.type === 'time' && b.type === 'time') {
    if (a.not !== b.not) return false;
    return a.field === undefined || b.field === undefined || a.field.text === b.field.text;
  }
  if (a.type === 'flag' && b.type === 'flag')
    return a.flag.options[0]?.field === b.flag.options[0]?.field;
  return a.type === 'value' && b.type === 'value' && takesPlace(a, b);
}

/** A limit of the same side takes the other's place, and so does one that the other leaves no room for. */
function compared(ask: Ask, mod: Extract<Mod, { type: 'compare' }>, joins: Joining): Ask {
  if (joins === 'besides') return addToSubject(ask, mod);
  let done = false;
  const ends = find(ask, 'compare', (other) => isSameMeasure(other, mod) && isSameSide(other, mod));
  const changed = mapMods(ask, (other) => {
    if (done || other.type !== 'compare' || !isSameMeasure(other, mod)) return other;
    // Of "above 200 and below 250" the end that is said anew.
    if (ends !== undefined && !isSameSide(other, mod)) return other;
    const measure = mod.measure ?? other.measure;
    const next = { ...mod, ...(measure === undefined ? {} : { measure }) };
    if (joins !== 'replacing' && leavesRoom(other, mod)) return other;
    done = true;
    return next;
  });
  if (done) return changed;
  const told = find(ask, 'group') === undefined ? undefined : toldOfGroups(ask, mod.measure);
  if (told !== undefined) return { ...ask, mods: [...ask.mods, { ...mod, measure: told }] };
  // Of groups it is what was computed that is compared.
  const computed = find(ask, 'group') === undefined ? undefined : computedIn(ask);
  if (computed !== undefined && mod.measure === undefined)
    return { ...ask, mods: [...ask.mods, { ...mod, measure: computed }] };
  const like = mod.measure === undefined ? (findCompare(ask) ?? shownNumber(ask)) : undefined;
  return addToSubject(ask, like === undefined ? mod : { ...mod, measure: like });
}

/** The only column of numbers that is shown: `over 40` behind a list of ages. */
export function shownNumber({ targets }: Ask): Measure | undefined {
  const numbers = targets.flatMap((target): Measure[] => {
    if (target.type !== 'field') return [];
    const { field } = target.field.options[0]!;
    return field.role === 'measure' ? [{ type: 'field', field: target.field }] : [];
  });
  return numbers.length === 1 ? numbers[0] : undefined;
}

/** What is computed of the groups, and named again: `more than 2 vets` beside the number of vets. */
export function toldOfGroups(ask: Ask, measure: Measure | undefined): Measure | undefined {
  if (measure === undefined || find(ask, 'group') === undefined) return undefined;
  const told = ask.targets.flatMap((target) =>
    target.type === 'measure' && tells(target.measure, measure) ? [target.measure] : [],
  );
  const [only, ...more] = told;
  return only === undefined || more.length > 0 ? undefined : bareMeasure(only);
}

/** Whether a measure is called by another one, or by the column that it is computed of. */
function tells(told: Measure, named: Measure): boolean {
  if (isSame(told, named)) return true;
  return told.type === 'aggregate' && named.type === 'field' && isSame(told.of, named);
}

/** What holds of the rows holds of them wherever they are counted. */
function bareMeasure(measure: Measure): Measure {
  return measure.type === 'things' ? { ...measure, noun: { ...measure.noun, mods: [] } } : measure;
}

/** What the groups have a number of. What else is said of the rows is said of them there. */
export function computedIn(ask: Ask): Measure | undefined {
  const [first] = ask.targets.flatMap((target): Measure[] => {
    if (target.type === 'measure') return [target.measure];
    return target.type === 'things' ? [{ type: 'things', noun: target.noun }] : [];
  });
  return first === undefined ? undefined : bareMeasure(first);
}

/** `total charge per customer`, of a column that is called so: what the groups have is a sum of them. */
export function explicit(ask: Ask): Ask {
  const [target, ...more] = ask.targets;
  if (target?.type !== 'measure' || target.measure.type !== 'field' || more.length > 0) return ask;
  if (find(ask, 'group') === undefined) return ask;
  const called = /\b(?:total|totals)\b/i.test(target.measure.field.text);
  if (!called && find(ask, 'total') === undefined) return ask;
  const measure: Measure = { type: 'aggregate', fn: 'sum', of: target.measure };
  return { ...without(ask, 'total'), targets: [{ type: 'measure', measure }] };
}

/** Behind an average price of each kind, the cheapest is that of which it is the lowest. */
function ofGroups(ask: Ask, key: Measure | undefined): Measure | undefined {
  const told = toldOfGroups(ask, key);
  if (told !== undefined) return told;
  if (key?.type !== 'dimension' || find(ask, 'group') === undefined) return key;
  const computed = computedIn(ask);
  return computed?.type === 'aggregate' && isOfDimension(computed.of, key.dimension)
    ? computed
    : key;
}

/** Whether a column measures what an adjective is about: `long` a distance, `cheap` a price. */
export function isOfDimension(measure: Measure, { name, words }: Dimension): boolean {
  if (measure.type === 'dimension') return measure.dimension.name === name;
  if (measure.type !== 'field') return false;
  return measure.field.options.some(
    ({ field, cost }) =>
      cost <= 0.5 && field.words.some((word) => word === name || words.includes(word)),
  );
}

function findCompare(ask: Ask) {
  let found: Extract<Mod, { type: 'compare' }>['measure'];
  mapMods(ask, (mod) => {
    if (mod.type === 'compare') found = mod.measure;
    return mod;
  });
  return found;
}

function isSameMeasure(
  a: Extract<Mod, { type: 'compare' }>,
  b: Extract<Mod, { type: 'compare' }>,
): boolean {
  if (b.measure === undefined) return true;
  // "cheaper than 50" behind "older than 40": each adjective says a thing of its own.
  if (b.measure.type === 'dimension')
    return a.measure?.type === 'dimension' && a.measure.dimension === b.measure.dimension;
  return a.measure !== undefined && isSame(a.measure, b.measure);
}

function isSameSide(
  { operator: a }: Extract<Mod, { type: 'compare' }>,
  { operator: b }: Extract<Mod, { type: 'compare' }>,
): boolean {
  return (UP.has(a) && UP.has(b)) || (DOWN.has(a) && DOWN.has(b));
}

const UP = new Set(['>', '>=']);
const DOWN = new Set(['<', '<=']);

/** `over 40` and `under 50` hold at once; `over 40` and `under 20` do not. */
function leavesRoom(
  a: Extract<Mod, { type: 'compare' }>,
  b: Extract<Mod, { type: 'compare' }>,
): boolean {
  if (a.operand.type !== 'number' || b.operand.type !== 'number') return false;
  if (UP.has(a.operator) && DOWN.has(b.operator))
    return Number(a.operand.digits) < Number(b.operand.digits);
  if (DOWN.has(a.operator) && UP.has(b.operator))
    return Number(a.operand.digits) > Number(b.operand.digits);
  return false;
}

/** "in March" after "in 2024" is the March of that year. */
function inItsYear(old: Extract<Mod, { type: 'time' }>, mod: Extract<Mod, { type: 'time' }>): Mod {
  const field = old.field === undefined || mod.field !== undefined ? {} : { field: old.field };
  const [before] = old.spans;
  const year = before?.from?.slice(0, 4);
  if (before?.from === undefined || before.to === undefined || year === undefined)
    return { ...mod, ...field };
  if (before.to > shift(`${year}-01-01`, 'year', 1)) return { ...mod, ...field };
  return { ...mod, ...field, spans: mod.spans.map((span) => moved(span, year)) };
}

function moved(span: DateSpan, year: string): DateSpan {
  if (span.yearless !== true || span.from === undefined || span.to === undefined) return span;
  const months = 12 * (Number(year) - Number(span.from.slice(0, 4)));
  const from = shift(span.from, 'month', months);
  return { from, to: shift(span.to, 'month', months), text: span.text.replace(/\d{4}/, year) };
}

/** Said of the thing that was asked about, where there is one. */
export function addToSubject(ask: Ask, mod: Mod): Ask {
  const named = ask.subject ?? subjectOf(ask);
  // What is counted beside an average is of the same rows: it is said of both.
  const several = ask.targets.length > 1 && ask.targets.some(({ type }) => type === 'measure');
  if (named === undefined || several) return { ...ask, mods: [...ask.mods, mod] };
  // A noun that is shared stays shared.
  const larger = { ...named, mods: [...named.mods, mod] };
  const targets = ask.targets.map((target) =>
    nounOfTarget(target) === named ? withNoun(target, larger) : target,
  );
  return { ...ask, ...(ask.subject === undefined ? {} : { subject: larger }), targets };
}

/** A grain of time replaces another one: nobody groups by month and by year at once without saying both. */
function withoutSameKind(ask: Ask, { keys }: Extract<Mod, { type: 'group' }>): Ask {
  const isGrain = keys.some(({ type }) => type === 'grain');
  return mapAll(ask, (mods) =>
    mods.filter(
      (mod) => mod.type !== 'group' || mod.keys.some(({ type }) => type === 'grain') !== isGrain,
    ),
  );
}
