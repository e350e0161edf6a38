/** `the substitute of X`: a value beside a thing of the same kind is said of the one end of a link or of the other. */
import type { Mod } from '../phrase.js';
import { isWhatItIs } from '../schema/paths.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';

/** What a thing is called, beside a link to another of its kind of which nothing is said: it may be the other's name. */
export function refuseEitherEnd(filters: readonly Mod[], table: Table): void {
  const link = filters.find((mod) => mod.type === 'related' && isLink(mod, table));
  if (link === undefined || !filters.some((mod) => isNamed(mod, table))) return;
  throw new Misfit('it is not clear which of the two is called so', { weight: 3 });
}

function isLink({ noun }: Extract<Mod, { type: 'related' }>, to: Table): boolean {
  const tables = noun.table?.options.map(({ table }) => table) ?? [];
  return (
    noun.mods.length === 0 &&
    tables.some(({ steps }) => steps.some((step) => step.to === to && isWhatItIs(step)))
  );
}

function isNamed(mod: Mod, table: Table): boolean {
  if (mod.type === 'related')
    return (
      mod.noun.table?.options.some((one) => one.table === table) === true &&
      mod.noun.mods.some((one) => isNamed(one, table))
    );
  return (
    mod.type === 'value' &&
    mod.values.some(({ options }) => options.some(({ field }) => table.naming.includes(field)))
  );
}
