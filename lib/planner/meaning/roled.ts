/**
 * `the senders with the most messages`: things that are called by the part that they play in others' rows. They are the
 * rows of their own table that some key refers to, and whatever is said of them beside that table goes by that key.
 */
import type { Ask, GroupKey, Mod, Noun, TableMention, Target } from '../phrase.js';
import { reverse, type Way } from '../schema/paths.js';
import type { Step } from '../schema/schema.js';
import { type Chooser, Misfit } from './choices.js';
import { nounOfTarget } from './parts.js';

export interface Roled {
  readonly ask: Ask;
  readonly chooser: Chooser;
  /** @throws {Misfit} where a part that is named was no way that the query goes. */
  check(): void;
}

export function roled(ask: Ask, chooser: Chooser): Roled {
  const parts = new Set<Step>();
  const known = new Map<Noun, Noun>();
  const played = (noun: Noun): { table: TableMention; part: TableMention } | undefined => {
    const options = noun.table?.options ?? [];
    if (options.length === 0 || options.some(({ via }) => via === undefined || isNone(via)))
      return undefined;
    const picked = chooser.pick(noun, options, () => new Misfit('no part'));
    parts.add(picked.via!);
    const { text } = noun.table!;
    return {
      table: { text, options: [{ table: picked.table, cost: 0 }] },
      part: { text, options: [{ ...picked, cost: 0 }] },
    };
  };
  const thing = (noun: Noun): Noun => {
    const one = known.get(noun) ?? playing(noun);
    known.set(noun, one);
    return one;
  };
  const playing = (noun: Noun): Noun => {
    const found = played(noun);
    if (found === undefined) return grouped(noun);
    const plays: Mod = { type: 'related', noun: { table: found.part, mods: [] }, not: false };
    return { table: found.table, mods: [plays, ...grouped(noun).mods] };
  };
  const grouped = (noun: Noun): Noun => {
    const mods = noun.mods.map(inGroup);
    return mods.every((mod, i) => mod === noun.mods[i]) ? noun : { ...noun, mods };
  };
  const inGroup = (mod: Mod): Mod => {
    if (mod.type !== 'group') return mod;
    const keys = mod.keys.map((key): GroupKey => {
      const found = key.type === 'table' ? played(key.noun) : undefined;
      return found === undefined || key.type !== 'table'
        ? key
        : { ...key, noun: { ...key.noun, table: found.table } };
    });
    return keys.every((key, i) => key === mod.keys[i]) ? mod : { ...mod, keys };
  };
  const nouns = new Set([ask.subject, ...ask.targets.map(nounOfTarget)]);
  nouns.delete(undefined);
  // Of several things each may play a part in the rows of another: that one is the subject then.
  const alone = nouns.size === 1 && ![...nouns].some((noun) => isGrouped(noun!.mods));
  const own = alone && !isGrouped(ask.mods) ? thing : grouped;
  const targets = ask.targets.map((target) => inTarget(target, own));
  const subject = ask.subject === undefined ? undefined : own(ask.subject);
  const mods = ask.mods.map(inGroup);
  const gone = new Set<Step>();
  return {
    ask: parts.size === 0 ? ask : { ...ask, targets, subject, mods },
    chooser: parts.size === 0 ? chooser : along(chooser, [...parts], gone),
    check: () => {
      if (gone.size < parts.size) throw new Misfit('it is not clear whose part is meant');
    },
  };
}

function isGrouped(mods: readonly Mod[]): boolean {
  return mods.some(({ type }) => type === 'group');
}

/**
 * A manager among the employees is told by the employees that he manages: that is no key of another table. And what the
 * other table's key is called by itself is no part either: `name` of artist_name.
 */
function isNone({ from, to, role, on }: Step): boolean {
  const own = on.flatMap(([, { words }]) => words);
  return from === to || role.every((word) => own.includes(word));
}

function inTarget(target: Target, thing: (noun: Noun) => Noun): Target {
  switch (target.type) {
    case 'things':
      return { ...target, noun: thing(target.noun) };
    case 'field':
      return target.noun === undefined ? target : { ...target, noun: thing(target.noun) };
    case 'measure': {
      const { measure } = target;
      return measure.type === 'things'
        ? { ...target, measure: { ...measure, noun: thing(measure.noun) } }
        : target;
    }
  }
}

/** Between the two tables only the key that tells the part is a way. */
function along(chooser: Chooser, parts: readonly Step[], gone: Set<Step>): Chooser {
  const goes = (way: Way, part: Step) =>
    way.steps.some((step) => step === part || step === reverse(part));
  const fits = ({ way }: Walked) =>
    way === undefined ||
    parts.every((part) => goes(way, part) || !way.steps.some((step) => isBetween(step, part)));
  return {
    pay: (cost) => chooser.pay(cost),
    pick: (key, options, otherwise) => {
      const picked = chooser.pick(key, options.filter(fits), otherwise);
      const { way }: Walked = picked;
      for (const part of parts) if (way !== undefined && goes(way, part)) gone.add(part);
      return picked;
    },
  };
}

interface Walked {
  readonly cost: number;
  readonly way?: Way;
}

function isBetween({ from, to }: Step, part: Step): boolean {
  return (from === part.from && to === part.to) || (from === part.to && to === part.from);
}
