/** What is said right behind a thing is said of that thing rather than of the one before it. */
import type { Mod, Noun } from '../phrase.js';
import { isOfOrigin, isOfPerson } from '../meaning/fields.js';
import type { Table } from '../schema/schema.js';
import type { Grammar } from './grammar.js';
import type { Got } from './rule.js';

/** What it costs to pass over the nearer thing. */
const FAR = 0.2;

const OF_ROWS: readonly Mod['type'][] = ['value', 'compare', 'identity', 'like', 'present'];

/** The price of `more` being said of what has `said` been said of, where nothing stands between both. */
export function attachment(said: readonly Mod[], more: readonly Mod[]): number {
  const last = said.at(-1);
  const [first] = more;
  if (last === undefined || first === undefined) return 0;
  if (first.type === 'time' && first.field === undefined) return happens(last) ? FAR : 0;
  if (!isOfRow(first)) return 0;
  return nearest(last)?.table === undefined ? 0 : FAR;
}

/** `won an award in 2020`: what has a time of its own was then, rather than what has to do with it. */
function happens(mod: Mod): boolean {
  const tables =
    mod.type === 'related'
      ? mod.noun.table?.options.map(({ table }) => table)
      : mod.type === 'value' && mod.other === true
        ? mod.values.flatMap(({ options }) => options.map(({ field }) => field.table))
        : undefined;
  return tables !== undefined && tables.length > 0 && tables.every(isDated);
}

/** Whether rows have a time at which they happened, not only one at which they came to be. */
export function isDated({ fields }: Table): boolean {
  return fields.some(
    (field) =>
      (field.role === 'time' || field.role === 'year') && !isOfPerson(field) && !isOfOrigin(field),
  );
}

/** True of two times at once as well: nothing but what happened more than once has both. */
function isOfRow(mod: Mod): boolean {
  if (mod.type === 'both') return mod.of.flat().every(({ type }) => type === 'time');
  return OF_ROWS.includes(mod.type);
}

/** The thing that was named last. */
function nearest(mod: Mod): Noun | undefined {
  if (mod.type === 'related') return mod.noun;
  if (mod.type !== 'compare' || mod.operand.type !== 'others') return undefined;
  return mod.operand.noun;
}

/** What has been said, and what the rest of the request says of the same thing. */
export function followed({ lattice, tail }: Grammar, said: readonly Mod[], at: number) {
  const joined = [',', 'and', 'but', 'or'].includes(lattice.word(at));
  return tail(at).map(({ value, at: end, cost }): Got<readonly Mod[]> => ({
    value: [...said, ...value],
    at: end,
    cost: cost + (joined ? 0 : attachment(said, value)),
  }));
}
