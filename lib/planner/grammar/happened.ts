/** Verbs of which only the column of time tells: `have seen an owl`, `were seen in May`, where sightings have a `seen_on`. */
import type { FieldMention, Mod } from '../phrase.js';
import type { Spanned } from '../lattice.js';
import type { Table } from '../schema/schema.js';
import { type Grammar, skipDeterminers } from './grammar.js';
import { type Got, map, then } from './rule.js';

const EVENT = 0.35;

/** A row of the table that keeps when it was done, with what is said of it. */
export function happened(
  grammar: Grammar,
  verb: string,
  { mention: { text, options: fields }, end }: Spanned<FieldMention>,
): Got<readonly Mod[]>[] {
  // What links things with each other is what was done with them.
  const options = fields.flatMap(({ field: { table, role }, cost }) =>
    (role === 'time' || role === 'year') && table.steps.some(({ forward }) => forward)
      ? [{ table, cost }]
      : [],
  );
  if (options.length === 0) return [];
  const isItself = (one: { readonly table: Table }) =>
    options.some(({ table }) => table === one.table);
  const about = skipDeterminers(grammar, end);
  const objects = [
    ...map(grammar.values(about), (values): readonly Mod[] => [
      { type: 'value', values, not: false },
    ]),
    ...map(
      // Who became a customer did nothing to one.
      grammar
        .noun(about)
        .filter(
          ({ value: { table, every } }) => every !== 'said' && !table?.options.some(isItself),
        ),
      (noun): readonly Mod[] => [{ type: 'related', noun, not: false }],
      0.1,
    ),
  ];
  const said = [
    ...grammar.mods(end).filter(({ value }) => value.length > 0),
    ...then(objects, (one) =>
      map(grammar.mods(one.at), (more): readonly Mod[] => [...one.value, ...more]),
    ),
  ];
  return map(
    said.filter(({ value }) => value.every(isStated)),
    (mods): readonly Mod[] => [
      { type: 'related', noun: { table: { text, options }, mods }, not: false, verb },
    ],
    EVENT,
  );
}

/** What shapes the result as a whole is not said of one of the rows. */
function isStated({ type }: Mod): boolean {
  return !['group', 'order', 'rank', 'limit'].includes(type);
}
