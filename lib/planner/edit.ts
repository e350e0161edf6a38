/** A change carried out on the phrases of a request. */
import { nounOfTarget, withNoun } from './meaning/parts.js';
import type { Ask, Edit, Mod, Noun, Target } from './phrase.js';
import { type DateSpan, shift } from './text/calendar.js';

/** The changed request; undefined where the change does not fit it. */
export function applyEdit(ask: Ask, edit: Edit, replaces: boolean): Ask | undefined {
  switch (edit.type) {
    case 'mods':
      return edit.mods.reduce<Ask | undefined>(
        (changed, mod) => changed && withMod(changed, mod, replaces),
        ask,
      );
    case 'add':
      return hasMeasure(ask) ? undefined : { ...ask, targets: [...ask.targets, ...edit.targets] };
    case 'show':
      return shown(ask, edit.targets);
    case 'swap':
      return swapped(ask, edit.noun);
    case 'count':
      return counted(ask, edit.mods);
    case 'list':
      return listed(ask);
    case 'reverse':
      return reversed(ask);
  }
}

function hasMeasure({ targets }: Ask): boolean {
  return targets.some(({ type }) => type === 'measure');
}

/** One of its kind replaces the one that is there; what is new is said in addition. */
function withMod(ask: Ask, mod: Mod, replaces: boolean): Ask {
  switch (mod.type) {
    case 'group': {
      const kept = replaces ? without(ask, 'group') : withoutSameKind(ask, mod);
      return { ...kept, mods: [...kept.mods, mod] };
    }
    case 'order': {
      // The order of a rank says what is ranked by.
      const kept = without(ask, 'order');
      return { ...kept, mods: [...kept.mods, mod] };
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
      const key = mod.key ?? old?.key;
      const rank: Mod = {
        ...mod,
        ...(key === undefined ? {} : { key }),
        ...(old?.shown === true ? { shown: true } : {}),
      };
      const kept = without(without(ask, 'rank'), 'limit');
      return { ...kept, mods: [...kept.mods, rank] };
    }
    default:
      return said(ask, mod);
  }
}

/** A filter takes the place of one on the same column, and otherwise joins the others. */
function said(ask: Ask, mod: Mod): Ask {
  let done = false;
  const changed = mapMods(ask, (other) => {
    if (done || !isSameKind(other, mod)) return other;
    done = true;
    return other.type === 'time' && mod.type === 'time' ? inItsYear(other, mod) : mod;
  });
  return done ? changed : addToSubject(ask, mod);
}

function isSameKind(a: Mod, b: Mod): boolean {
  if (a.type === 'time' && b.type === 'time') {
    return a.field === undefined || b.field === undefined || a.field.text === b.field.text;
  }
  if (a.type === 'flag' && b.type === 'flag')
    return a.flag.options[0]?.field === b.flag.options[0]?.field;
  if (a.type !== 'value' || b.type !== 'value' || a.not !== b.not) return false;
  const fields = new Set(a.values.flatMap(({ options }) => options.map(({ field }) => field)));
  return b.values.some(({ options }) => options.some(({ field }) => fields.has(field)));
}

/** "in March" after "in 2024" is the March of that year. */
function inItsYear(old: Extract<Mod, { type: 'time' }>, mod: Extract<Mod, { type: 'time' }>): Mod {
  const [before] = old.spans;
  const year = before?.from?.slice(0, 4);
  if (before?.from === undefined || before.to === undefined || year === undefined) return mod;
  if (before.to > shift(`${year}-01-01`, 'year', 1)) return mod;
  return {
    ...mod,
    ...(old.field === undefined ? {} : { field: old.field }),
    spans: mod.spans.map((span) => moved(span, year)),
  };
}

function moved(span: DateSpan, year: string): DateSpan {
  if (span.yearless !== true || span.from === undefined || span.to === undefined) return span;
  const months = 12 * (Number(year) - Number(span.from.slice(0, 4)));
  const from = shift(span.from, 'month', months);
  return { from, to: shift(span.to, 'month', months), text: span.text.replace(/\d{4}/, year) };
}

/** Said of the thing that was asked about, where there is one. */
function addToSubject(ask: Ask, mod: Mod): Ask {
  const { subject } = ask;
  if (subject !== undefined) {
    const larger = { ...subject, mods: [...subject.mods, mod] };
    const targets = ask.targets.map((target) =>
      nounOfTarget(target) === subject ? withNoun(target, larger) : target,
    );
    return { ...ask, subject: larger, targets };
  }
  let done = false;
  const targets = ask.targets.map((target) => {
    const noun = nounOfTarget(target);
    if (done || noun?.table === undefined) return target;
    done = true;
    return withNoun(target, { ...noun, mods: [...noun.mods, mod] });
  });
  return done ? { ...ask, targets } : { ...ask, mods: [...ask.mods, mod] };
}

function shown(ask: Ask, targets: readonly Target[]): Ask | undefined {
  const subject = subjectOf(ask);
  const measures = targets.filter(
    (target) => target.type === 'measure' && target.measure.type !== 'field',
  );
  if (measures.length === targets.length) {
    if (!hasMeasure(ask)) return undefined;
    const others = ask.targets.filter(({ type }) => type !== 'measure');
    const bare = measures.map((target) =>
      nounOfTarget(target) === undefined && subject !== undefined
        ? withNoun(target, subject)
        : target,
    );
    return { ...ask, targets: [...others, ...bare] };
  }
  if (subject === undefined || hasMeasure(ask)) return undefined;
  const [first, ...rest] = targets;
  if (first?.type !== 'field' || rest.some(({ type }) => type !== 'field')) return undefined;
  return { ...ask, targets: [{ ...first, noun: subject }, ...rest] };
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

function counted(ask: Ask, mods: readonly Mod[]): Ask | undefined {
  const subject = subjectOf(ask);
  if (subject === undefined || find(ask, 'group') !== undefined || find(ask, 'rank') !== undefined)
    return undefined;
  const [first] = ask.targets;
  if (first?.type === 'measure' && first.measure.type !== 'things') return undefined;
  const bare = without(without(ask, 'order'), 'limit');
  const noun = subjectOf(bare)!;
  const base: Ask = {
    ...bare,
    targets: [{ type: 'measure', measure: { type: 'things', noun } }],
    distinct: false,
  };
  return mods.reduce<Ask>((changed, mod) => withMod(changed, mod, false), base);
}

function listed(ask: Ask): Ask | undefined {
  const noun = subjectOf(ask);
  if (noun === undefined || find(ask, 'group') !== undefined) return undefined;
  return { ...ask, targets: [{ type: 'things', noun, everything: false }], distinct: false };
}

function reversed(ask: Ask): Ask | undefined {
  if (find(ask, 'order') === undefined && find(ask, 'rank') === undefined) return undefined;
  return mapMods(ask, (mod) =>
    mod.type === 'order' || mod.type === 'rank' ? { ...mod, descending: !mod.descending } : mod,
  );
}

function subjectOf({ targets, subject }: Ask): Noun | undefined {
  if (subject !== undefined) return subject;
  return targets
    .flatMap((target) => nounOfTarget(target) ?? [])
    .find(({ table }) => table !== undefined);
}

/** The first such modifier that shapes the result as a whole. */
function find<Type extends Mod['type']>(
  ask: Ask,
  type: Type,
): Extract<Mod, { type: Type }> | undefined {
  const mods = [...ask.mods, ...ask.targets.flatMap((target) => nounOfTarget(target)?.mods ?? [])];
  return mods.find((mod): mod is Extract<Mod, { type: Type }> => mod.type === type);
}

function without(ask: Ask, type: Mod['type']): Ask {
  return mapAll(ask, (mods) => mods.filter((mod) => mod.type !== type));
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

function mapMods(ask: Ask, change: (mod: Mod) => Mod): Ask {
  const deep = (mods: readonly Mod[]): readonly Mod[] =>
    mods.map((mod) => {
      const inner =
        mod.type === 'related' ? { ...mod, noun: { ...mod.noun, mods: deep(mod.noun.mods) } } : mod;
      return change(inner);
    });
  return mapAll(ask, deep);
}

function mapAll(ask: Ask, change: (mods: readonly Mod[]) => readonly Mod[]): Ask {
  // A noun that is shared stays shared.
  const changed = new Map<Noun, Noun>();
  const within = (noun: Noun): Noun => {
    const made = changed.get(noun) ?? { ...noun, mods: change(noun.mods) };
    changed.set(noun, made);
    return made;
  };
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
