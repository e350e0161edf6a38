/** Values beside a column or a table that holds none of them: no reading, and in the way of the others. */
import type { Mod } from '../phrase.js';
import { isCodeFor } from '../schema/roles.js';
import type { Grammar } from './grammar.js';
import type { Got } from './rule.js';

/** Without those in which a value is said of what does not hold it; what stands in quotes is said of that and nothing else. */
export function held(
  { lattice }: Grammar,
  all: readonly Got<readonly Mod[]>[],
): Got<readonly Mod[]>[] {
  return all.filter(
    ({ value, at }) => lattice.tokens[at - 1]?.kind === 'quoted' || value.every(isHeld),
  );
}

function isHeld(mod: Mod): boolean {
  if (mod.type === 'any' || mod.type === 'both') return mod.of.flat().every(isHeld);
  if (mod.type !== 'value') return true;
  const { field, table, values } = mod;
  // What is said of a name may be said of a column that is spoken of as a thing: called.ts.
  if (field !== undefined && !/^(?:name|title)s?$/i.test(field.text))
    return field.options.some((named) =>
      values.every(({ options }) =>
        options.some(({ field: own }) => own === named.field || isCodeFor(named.field, own)),
      ),
    );
  if (table === undefined) return true;
  return table.options.some((named) =>
    values.every(({ options }) => options.some((option) => option.field.table === named.table)),
  );
}
