/** Columns that are spoken of as things: publishers that no table holds have names, which stand in the column. */
import { PIECES } from '../lexicon/comparing.js';
import type { Ask, FieldMention, Mod } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { about, linked, pieceOf } from './claims.js';
import { columnsAt } from './columns.js';
import { type Grammar, skipDeterminers, skipPhrase } from './grammar.js';
import { patternsAt } from './patterns.js';
import { type Got, map } from './rule.js';

const NAMES = ['names', 'name', 'titles', 'title'];

/**
 * `a publisher whose name contains "x"`, where publishers are no rows but what a column holds: what is said of the name
 * is said of the column.
 */
export function namedColumn(grammar: Grammar, at: number): Got<readonly Mod[]>[] {
  const { lattice } = grammar;
  return columnsAt(grammar, at).flatMap(({ mention: { text, options: all }, end }) => {
    const field = { text, options: all.filter((option) => isCalledBy(option)) };
    const things = lattice.tables(at).filter((one) => one.end === end);
    const isThing = things.some(({ mention }) => mention.options.some(isNear));
    if (field.options.length === 0 || isThing) return [];
    const whose = skipPhrase(grammar, end, ...NAMES.map((name) => `whose ${name}`));
    const that = skipPhrase(grammar, end, 'that', 'which', 'whose', 'with');
    const has = skipPhrase(grammar, end, 'with', 'that has', 'that have', 'that had', 'having');
    return map(
      [
        ...(whose === undefined ? [] : linked(grammar, whose)),
        ...(that === undefined ? [] : patternsAt(grammar, that)),
        ...(has === undefined ? [] : pieceOf(grammar, skipPiece(grammar, has))),
      ].filter(({ value }) => value.every(saysName)),
      (mods) => about(mods.map(unnamed), field),
    );
  });
}

/** A column of texts that are not the names of its own rows. */
function isCalledBy(option: FieldMention['options'][number]): boolean {
  const { field } = option;
  return (
    field.family === 'text' &&
    field.role !== 'key' &&
    (isNear(option) || (option.cost <= COST.part && NAMES.includes(field.words.at(-1)!))) &&
    !field.table.naming.includes(field)
  );
}

function isNear({ cost }: { readonly cost: number }): boolean {
  return cost <= COST.head;
}

/** What is said of a name, or of nothing that is named. */
function saysName(mod: Mod): boolean {
  switch (mod.type) {
    case 'like':
    case 'value':
      return mod.field === undefined || NAMES.includes(mod.field.text.toLowerCase());
    case 'any':
    case 'both':
      return mod.of.flat().every(saysName);
    default:
      return false;
  }
}

/** The same, with what it is said of still open. */
function unnamed(mod: Mod): Mod {
  if (mod.type === 'any' || mod.type === 'both')
    return { ...mod, of: mod.of.map((each) => each.map(unnamed)) };
  return mod.type === 'like' ? { ...mod, field: undefined } : mod;
}

function skipPiece(grammar: Grammar, at: number): number {
  const start = skipDeterminers(grammar, at);
  return skipPhrase(grammar, start, ...PIECES) ?? start;
}

/** The same mods, those that speak of a name said of a column that was spoken of as a thing. */
export function saidOfName(mods: readonly Mod[], mention: FieldMention): readonly Mod[] {
  const called = mention.options.filter(isCalledBy);
  if (called.length === 0) return mods;
  // What the name costs, it costs where it is asked for.
  const least = Math.min(...called.map(({ cost }) => cost));
  const options = called.map((option) => ({ ...option, cost: option.cost - least }));
  return mods.flatMap((mod) =>
    (mod.type === 'like' || mod.type === 'value') && mod.field !== undefined && saysName(mod)
      ? about([unnamed(mod)], { text: mention.text, options })
      : [mod],
  );
}

/** `which publishers have "x" in their names`: what is asked for is what is called so. */
export function withOwnNames(ask: Ask): Ask {
  const [target, ...more] = ask.targets;
  if (target?.type !== 'field' || target.noun !== undefined || more.length > 0) return ask;
  // "the editors of journals whose name …" are journals that have it.
  if (ask.subject !== undefined || /\sof\s/i.test(target.field.text)) return ask;
  return { ...ask, mods: saidOfName(ask.mods, target.field) };
}
