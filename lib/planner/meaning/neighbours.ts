/** Values that are said together are those of one row: `in Hall B in autumn` speaks of what was in both. */
import type { Ask, Mod, Noun } from '../phrase.js';
import type { Field, Table } from '../schema/schema.js';
import { nounOfTarget } from './parts.js';

/** Each place where columns are named together: for each of them those that it may be. */
export type Together = readonly (readonly (readonly Field[])[])[];

interface Mentioned {
  readonly options: readonly { readonly field: Field; readonly cost: number }[];
}

/** How much dearer than the likeliest another column of a mention may be. */
const NEAR = 0.1;

export function namedTogether({ targets, subject, mods }: Ask): Together {
  const nouns = new Set([subject, ...targets.map(nounOfTarget)]);
  return [mods, ...[...nouns].map((noun) => noun?.mods ?? [])]
    .flatMap(valuesSaid)
    .filter(({ length }) => length > 1)
    .map((group) => group.map(({ options }) => nearest(options)));
}

/** The values that are said of one thing, and of each thing inside of it. */
function valuesSaid(mods: readonly Mod[]): Mentioned[][] {
  const own = mods.flatMap((mod) => (mod.type === 'value' && !mod.not ? mod.values : []));
  const inner = mods.flatMap((mod): Noun[] => (mod.type === 'related' ? [mod.noun] : []));
  return [own, ...inner.flatMap((noun) => valuesSaid(noun.mods))];
}

function nearest(options: Mentioned['options']): Field[] {
  const least = Math.min(...options.map(({ cost }) => cost));
  return options.filter(({ cost }) => cost <= least + NEAR).map(({ field }) => field);
}

/** Of columns that are called the same those whose table has more of what is named beside them. */
export function inCompany(together: Together, fields: readonly Field[]): ReadonlySet<Field> {
  const [first] = fields;
  const name = first?.words.join(' ');
  if (first === undefined || fields.some(({ words }) => words.join(' ') !== name)) return NONE;
  const group = together.find((mentions) => mentions.some((one) => one.includes(first)));
  if (group === undefined) return NONE;
  const company = fields.map(({ table }) => group.filter((one) => has(one, table)).length);
  const most = Math.max(...company);
  return most < 2 ? NONE : new Set(fields.filter((_, i) => company[i] === most));
}

const NONE: ReadonlySet<Field> = new Set();

function has(fields: readonly Field[], table: Table): boolean {
  return fields.some((field) => field.table === table);
}
