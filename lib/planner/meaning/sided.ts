/**
 * `played away`, `from Oslo to Bergen`: where several keys lead to one table, the words that tell the part leave only
 * the ways by the key that plays it.
 */
import type { Ask, GroupKey, Measure, Mod, Noun, Part, Target } from '../phrase.js';
import { reverse, type Way } from '../schema/paths.js';
import type { Field, Step } from '../schema/schema.js';
import { besides, isOpposed } from '../schema/sides.js';
import { type Chooser, Misfit } from './choices.js';

export interface Sided {
  readonly ask: Ask;
  readonly chooser: Chooser;
  /** @throws {Misfit} where no way by such a key was taken. */
  check(): void;
}

export function sided(ask: Ask, chooser: Chooser): Sided {
  const whole = new Set<Part>();
  const plain = withoutParts(ask, (part) => whole.add(part));
  const gone = new Set<Part>();
  const sure = [...whole].some((part) => [...whole].some((other) => isOtherSide(part, other)));
  return {
    ask: whole.size === 0 ? ask : plain,
    chooser: along(chooser, sure ? [] : [...whole], gone),
    check: () => {
      if (sure || gone.size < whole.size) throw new Misfit('it is not clear whose part is meant');
    },
  };
}

/** `both at home and away`: that is no one part. */
function isOtherSide(a: Part, b: Part): boolean {
  return a !== b && a.side !== b.side;
}

/** The same chooser, where no part is said of the request as a whole. */
export function bySides(chooser: Chooser): Chooser {
  return along(chooser, [], new Set());
}

interface Walked {
  readonly cost: number;
  readonly way?: Way;
  readonly option?: { readonly field?: Field };
}

function along(chooser: Chooser, whole: readonly Part[], gone: Set<Part>): Chooser {
  return {
    pay: (cost) => chooser.pay(cost),
    pick: (key, options, otherwise) => {
      const own = partOf(key);
      const parts = own === undefined ? whole : [own];
      const left = parts.reduce<typeof options>((all, part) => fitting(all, part), options);
      const picked = chooser.pick(key, left, otherwise);
      const { way }: Walked = picked;
      for (const part of whole)
        if (way !== undefined && crossing(way, part).length > 0) gone.add(part);
      return picked;
    },
  };
}

function partOf(key: unknown): Part | undefined {
  const { type, part } = (key ?? {}) as Partial<Extract<Mod, { type: 'value' }>>;
  return type === undefined ? undefined : part;
}

function fitting<T extends Walked>(options: readonly T[], part: Part): T[] {
  const left = options.filter(({ way }) => way === undefined || isAlong(way, part));
  const by = left.filter(({ way }) => way !== undefined && crossing(way, part).length > 0);
  if (by.length === 0 || !part.sure) return left;
  // What passes by the part between the very tables that it lies between says less than was said.
  const ends = new Set(by.map(({ way }) => endsOf(way!)));
  return left.filter(
    (one) => one.way === undefined || by.includes(one) || !ends.has(endsOf(one.way)),
  );
}

/** Whether a way goes by none of the keys beside those of the part, at the end that it is said of. */
function isAlong({ steps }: Way, part: Part): boolean {
  const crossed = crossing({ steps }, part);
  const one = part.near === true ? crossed[0] : crossed.at(-1);
  return one === undefined || part.steps.includes(one);
}

/** The keys of a way that play this part or another one beside it. */
function crossing({ steps }: Pick<Way, 'steps'>, { steps: wanted }: Part): Step[] {
  const all = new Set(wanted.flatMap(besides));
  return steps.map((step) => (step.forward ? step : reverse(step))).filter((key) => all.has(key));
}

function endsOf({ steps }: Way): string {
  return `${steps[0]?.from.index} ${steps.at(-1)?.to.index}`;
}

/** Whether a value stands in a column of the opposite part, beside one of the part that is said. */
export function isWrongSide(
  part: Part | undefined,
  { option: { field } }: { readonly option: { readonly field: Field } },
): boolean {
  return part?.side !== undefined && isOpposed(field, part.side);
}

/** The request without what only tells a part for all of it. */
function withoutParts(ask: Ask, found: (part: Part) => void): Ask {
  const known = new Map<Noun, Noun>();
  const inMods = (mods: readonly Mod[]): readonly Mod[] =>
    mods.flatMap((mod): readonly Mod[] => {
      switch (mod.type) {
        case 'part':
          found(mod.part);
          return [];
        case 'related':
          return [{ ...mod, noun: inNoun(mod.noun) }];
        case 'any':
        case 'both':
          return [{ ...mod, of: mod.of.map(inMods) }];
        case 'compare':
          return mod.measure === undefined ? [mod] : [{ ...mod, measure: inMeasure(mod.measure) }];
        case 'rank':
          return mod.key === undefined ? [mod] : [{ ...mod, key: inMeasure(mod.key) }];
        case 'group':
          return [{ ...mod, keys: mod.keys.map(inKey) }];
        default:
          return [mod];
      }
    });
  const inNoun = (noun: Noun): Noun => {
    const one = known.get(noun) ?? { ...noun, mods: inMods(noun.mods) };
    known.set(noun, one);
    return one;
  };
  const inKey = (key: GroupKey): GroupKey =>
    key.type === 'table' ? { ...key, noun: inNoun(key.noun) } : key;
  const inMeasure = (measure: Measure): Measure => {
    if (measure.type === 'aggregate') return { ...measure, of: inMeasure(measure.of) };
    return measure.noun === undefined ? measure : { ...measure, noun: inNoun(measure.noun) };
  };
  const inTarget = (target: Target): Target => {
    if (target.type === 'measure') return { ...target, measure: inMeasure(target.measure) };
    return target.noun === undefined ? target : { ...target, noun: inNoun(target.noun) };
  };
  return {
    ...ask,
    targets: ask.targets.map(inTarget),
    ...(ask.subject === undefined ? {} : { subject: inNoun(ask.subject) }),
    mods: inMods(ask.mods),
  };
}
