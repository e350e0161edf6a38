/** What the last answer leaves to be referred to. */
import { nounOfTarget, withNoun } from '../meaning/parts.js';
import type { Ask, GroupKey, Measure, Mod, Noun } from '../phrase.js';
import type { Table } from '../schema/schema.js';
import { allMods, find, subjectOf, without } from './tree.js';

export interface Prior {
  /** The request, with a thing that it is about. */
  readonly ask: Ask;
  /** What pronouns stand for. */
  readonly noun: Noun;
  /** Everything that is said of its rows, shapes of the result included. */
  readonly mods: readonly Mod[];
  /** The conditions among them. */
  readonly filters: readonly Mod[];
  /** Only the first few are meant. */
  readonly cut: boolean;
  /** Rows of the result are groups. */
  readonly grouped: boolean;
  /** What was shown was computed. */
  readonly computed: boolean;
  readonly cost: number;
}

/** What the words for it may stand for, likeliest first: what the result has a row for, and what was asked about. */
export function priors(before: Ask, rows: Table): Prior[] {
  const ask = withThing(withoutEvery(before), rows);
  const subject = subjectOf(ask);
  const keys = groupKeys(ask).flatMap((key): Noun[] =>
    key.type === 'table' && key.noun.table !== undefined ? [key.noun] : [],
  );
  const found: Prior[] = keys.map((noun) => ({ ...priorOf(ask, noun), grouped: true, cost: 0 }));
  if (subject !== undefined) {
    const grouped = find(ask, 'group') !== undefined;
    // What is counted in groups is spoken of as a whole.
    found.push({ ...priorOf(ask, subject), grouped: false, cost: grouped ? 0.2 : 0 });
  }
  return found;
}

/** `the price of every book` is a list of them, in which nothing is grouped. */
function withoutEvery(ask: Ask): Ask {
  const measured = ask.targets.some(({ type }) => type === 'measure');
  return !measured && find(ask, 'group')?.every === true ? without(ask, 'group') : ask;
}

function priorOf(ask: Ask, noun: Noun): Omit<Prior, 'cost' | 'grouped'> {
  const all = allMods(ask).filter(({ type }) => type !== 'group');
  const shaped = ['order', 'rank', 'limit'];
  return {
    ask,
    noun,
    mods: all,
    filters: all.filter(({ type }) => !shaped.includes(type)),
    cut: all.some(({ type }) => type === 'rank' || type === 'limit'),
    computed: ask.targets.some(({ type }) => type === 'measure'),
  };
}

function groupKeys(ask: Ask): readonly GroupKey[] {
  return allMods(ask).flatMap((mod) => (mod.type === 'group' ? mod.keys : []));
}

/**
 * Columns that were asked for without a thing are those of the table whose rows they are, and so is what is said of a
 * thing that is called by a value alone: `names and weights of the dogs`.
 */
function withThing(ask: Ask, rows: Table): Ask {
  if (subjectOf(ask) !== undefined) return ask;
  const [first, ...rest] = ask.targets;
  if (first === undefined || first.type === 'things') return ask;
  if (first.type === 'measure' && !isOfColumn(first.measure, rows)) return ask;
  const text = rows.words.join(' ');
  const nameless = ask.targets.flatMap((target) => nounOfTarget(target) ?? []);
  const mods = [...new Set(nameless.flatMap((noun) => noun.mods))];
  const noun: Noun = { table: { text, options: [{ table: rows, cost: 0 }] }, mods };
  const others = rest.map((target) =>
    nounOfTarget(target) === undefined ? target : withNoun(target, noun),
  );
  return { ...ask, targets: [withNoun(first, noun), ...others] };
}

/** `the average age of the members`, where a column is called so: of those that have it. */
function isOfColumn(measure: Measure, rows: Table): boolean {
  if (measure.type === 'aggregate') return isOfColumn(measure.of, rows);
  return measure.type === 'field' && measure.field.options[0]?.field.table === rows;
}
