/** Columns that are called after what is done, and to what: `copies_sold`, `goals_scored`, `total_votes_received`. */
import { isGlue } from '../lexicon/structure.js';
import { isUnitOfName } from '../lexicon/units.js';
import { isPast, verbBases } from '../text/inflection.js';
import type { Field, Schema } from './schema.js';

/** A column with what is done, as its name has it, and what it is done to. */
export interface Done {
  readonly field: Field;
  readonly verb: string;
  readonly object: string;
}

/** Words of such names that say only that they are a number. */
const COUNTING = new Set([
  'total',
  'number',
  'num',
  'no',
  'nr',
  'count',
  'amount',
  'avg',
  'average',
]);

/** The columns of numbers that are called so. */
export function columnsDone({ tables }: Schema): readonly Done[] {
  return tables.flatMap(({ fields }) =>
    fields.flatMap((field): Done[] => {
      const verbs = field.words.filter((word) => isPast(word));
      const [verb] = verbs;
      if (field.role !== 'measure' || verb === undefined || verbs.length > 1) return [];
      const object = field.words.filter(
        (word) => word !== verb && !COUNTING.has(word) && !isGlue(word) && !isUnitOfName(word),
      );
      return object.length === 0 ? [] : [{ field, verb, object: object.join(' ') }];
    }),
  );
}

/** Whether two forms are of one verb: `sells`, `sold`. */
export function isSameVerb(one: string, other: string): boolean {
  const bases = new Set([one, ...verbBases(one)]);
  return [other, ...verbBases(other)].some((base) => bases.has(base));
}
