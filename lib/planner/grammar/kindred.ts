/** Things that go by their kind alone: `how many cats are there`, where pets are of a species. */
import type { Noun, ValueMention } from '../phrase.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import type { Grammar } from './grammar.js';
import { got, type Got, then, map } from './rule.js';

/** What it costs that no table is named. */
const UNNAMED = 0.3;

export function kindred(grammar: Grammar, at: number): Got<Noun>[] {
  const { lattice } = grammar;
  const found = lattice.values(at).flatMap(({ mention, end }) => {
    const last = lattice.word(end - 1);
    // One of them is called so by its name; a plural tells what they are.
    if (lattice.tokens[end - 1]?.kind !== 'word' || singular(last) === last) return [];
    const named = [...lattice.tables(at), ...lattice.fields(at)].some(
      (one) => one.end >= end && one.mention.options.some(({ cost }) => cost < COST.head),
    );
    const options = named ? [] : mention.options.filter(isKind);
    const tables = new Set(options.map(({ field }) => field.table));
    if (tables.size === 0) return [];
    const value: ValueMention = { text: mention.text, options };
    const noun: Noun = {
      table: { text: mention.text, options: [...tables].map((table) => ({ table, cost: 0 })) },
      mods: [{ type: 'value', values: [value], not: false }],
    };
    return [got(noun, end, UNNAMED)];
  });
  return then(found, ({ value, at: end }) =>
    map(grammar.mods(end), (more) => ({ ...value, mods: [...value.mods, ...more] })),
  );
}

/** What a column says of many rows, and no row is called by. */
function isKind({ field, part, also }: ValueMention['options'][number]): boolean {
  const said = field.role === 'text' || field.role === 'flag';
  return said && part !== true && also === undefined && !field.table.naming.includes(field);
}
