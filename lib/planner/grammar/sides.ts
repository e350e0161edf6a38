/** Words that tell a part of which two are played in one row: `from Oslo to Bergen`, `played away`, `arrive at the dock`. */
import { AT_HOME, AWAY, type Side, sideOfPreposition, sideOfVerb } from '../lexicon/sides.js';
import type { Measure, Mod, Part, TableMention } from '../phrase.js';
import { reverse } from '../schema/paths.js';
import { besides, isDoneTo } from '../schema/sides.js';
import { verbBases } from '../text/inflection.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { got, type Got, map } from './rule.js';
import { subjects } from './subjects.js';

/** The part of a side, where some row here plays it beside its opposite. */
export function partOn({ lattice }: Grammar, side: Side, sure: boolean): Part | undefined {
  const steps = lattice.keysOn(side);
  return steps.length === 0 ? undefined : { steps, side, sure };
}

/** What a verb says of the part that is played, where some row plays such a part. */
export function partOfVerb(grammar: Grammar, word: string): Part | undefined {
  const side = sideOfVerb([word, ...verbBases(word)]);
  return side === undefined ? undefined : partOn(grammar, side, true);
}

/** Things and values, said to play a part. */
export function inPart(mods: readonly Mod[], part: Part): readonly Mod[] {
  return mods.map((mod): Mod => {
    if (mod.type === 'any' || mod.type === 'both')
      return { ...mod, of: mod.of.map((each) => inPart(each, part)) };
    return mod.type === 'value' || mod.type === 'related' ? { ...mod, part } : mod;
  });
}

/** `from Oslo`, `to the harbours of Norway`: read as what it may be, and as that end of a way where there is one. */
export function atEnd(grammar: Grammar, at: number, all: Got<readonly Mod[]>[]) {
  const side = sideOfPreposition(grammar.lattice.word(at));
  if (side === undefined) return all;
  const steps = grammar.lattice.keysOn(side);
  const part: Part = { steps, side, sure: false };
  return map(all, (mods) => inPart(mods, part));
}

/** `away`, `at home`: whose game all of it is. */
export function wholeSide(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const away = skipPhrase(grammar, at, ...AWAY);
  const end = away ?? skipPhrase(grammar, at, ...AT_HOME);
  const part =
    end === undefined ? undefined : partOn(grammar, away === undefined ? 'home' : 'away', true);
  return end === undefined || part === undefined
    ? []
    : [got<readonly Mod[]>([{ type: 'part', part }], end)];
}

/** `cited most often`, `how often was it cited`: the part of what it is done to. */
export function doneTo({ lattice }: Grammar, verb: number): Part | undefined {
  const steps = lattice.keysOfDone(verb);
  return steps.length === 0 ? undefined : { steps, sure: true, near: true };
}

/** `cited most often`: by the rows in which that was done to it. */
export function doneMost(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const part = doneTo(grammar, at);
  if (part === undefined) return [];
  const tables = [...new Set(part.steps.map(({ from }) => from))];
  const table = {
    text: grammar.lattice.word(at),
    options: tables.map((one) => ({ table: one, cost: 0 })),
  };
  const key: Measure = { type: 'things', noun: { table, mods: [] } };
  return grammar.most(at + 1).flatMap((one) => {
    const ranks = one.value.flatMap((mod): Mod[] =>
      mod.type === 'rank' && mod.frequency === true ? [{ ...mod, frequency: false, key }] : [],
    );
    return ranks.length === 0
      ? []
      : [{ ...one, cost: one.cost - 0.2, value: [...ranks, { type: 'part', part } as const] }];
  });
}

/** `cited by X`: the rows in which that was done to it, where both ends of them are of one kind. */
export function receiving(role: TableMention): TableMention | undefined {
  const options = role.options.flatMap(({ via, cost }) =>
    via === undefined
      ? []
      : besides(via)
          .filter(isDoneTo)
          .map((step) => ({ table: step.from, via: reverse(step), cost })),
  );
  return options.length === 0 ? undefined : { text: role.text, options };
}

const PLACES = ['at', 'in', 'on'];

/** `depart from Oslo`, `left the harbour`, `arrive at docks in Norway`. */
export function moving(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  const side = sideOfVerb([lattice.word(at), ...verbBases(lattice.word(at))]);
  if (side !== 'start' && side !== 'end') return [];
  const word = lattice.word(at + 1);
  const told = word === 'for' ? 'end' : sideOfPreposition(word);
  const part = partOn(grammar, told ?? side, true);
  if (part === undefined) return [];
  const behind = told !== undefined || PLACES.includes(word) ? at + 2 : at + 1;
  const start = skipDeterminers(grammar, behind);
  const places: Got<readonly Mod[]>[] = [...subjects(grammar, start), ...grammar.hinted(start)];
  return map(places, (mods) => inPart(mods, part));
}
