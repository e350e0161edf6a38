/** Conditions on groups: `cities with at least 15 stations`, where a city is a column of the stations. */
import type { FieldMention, Measure, Mod, Noun } from '../phrase.js';
import { waysBetween } from '../schema/paths.js';
import type { Table } from '../schema/schema.js';
import { COST } from '../schema/sense.js';
import { singular } from '../text/inflection.js';
import { Misfit } from './choices.js';
import { isCounted, isSameThing } from './parts.js';
import { factsOf } from './measures.js';
import type { Parts } from './parts.js';
import type { Context } from './place.js';

/** A comparison of what is computed over the rows of each group. */
export type Collective = Extract<Mod, { type: 'compare' }> & { readonly measure: Measure };

interface Sides {
  /** Said of the groups. */
  readonly having: readonly Collective[];
  /** Said of rows. */
  readonly filters: readonly Mod[];
}

/**
 * What is said of the groups and what of the rows. A count that belongs to each row of the subject (`customers with
 * more than 2 orders`) is said of rows; where the counted rows are the subject's own there is nothing else to say it of.
 */
export function sidesOf(context: Context, parts: Parts, subject: Table | undefined): Sides {
  const having: Collective[] = [];
  const filters: Mod[] = [];
  for (const mod of parts.filters) {
    if (isCollective(mod) && !isOfRows(context, mod.measure, subject)) having.push(mod);
    else filters.push(mod);
  }
  return { having, filters };
}

export function isCollective(mod: Mod): mod is Collective {
  return mod.type === 'compare' && mod.measure !== undefined && isCounted(mod.measure);
}

/** Whether each row of the subject has rows of its own that the measure can be taken over. */
function isOfRows(context: Context, measure: Measure, subject: Table | undefined): boolean {
  if (subject === undefined) return false;
  return factsOf(context, measure).some(({ table }) =>
    waysBetween(subject, table).some(({ toOne, steps }) => !toOne && steps.length > 0),
  );
}

/** Columns whose values are asked for, of which something is said that only many rows together can fulfil. */
export function asksForGroups({ targets, groups, filters }: Parts): boolean {
  const collectives = filters.filter(isCollective);
  return (
    groups.length === 0 &&
    targets.length > 0 &&
    collectives.length > 0 &&
    targets.every(
      (target) =>
        target.type === 'field' &&
        !isThingInPart(target.field) &&
        (target.noun === undefined || collectives.every((mod) => isOwnCount(mod, target.noun!))),
    )
  );
}

/** `customers` are no dates, though a column tells since when somebody is one: things are not grouped by that. */
function isThingInPart({ text, options }: FieldMention): boolean {
  const [last, ...more] = text.toLowerCase().split(/\s+/).reverse();
  const isThing = (word: string) =>
    options.some(({ field, cost }) => cost >= COST.head && field.table.words.join(' ') === word);
  return more.length === 0 && last !== undefined && isThing(singular(last));
}

/** `types of rooms with at least 2 records`: how many of the very things have each value. */
function isOwnCount({ measure }: Collective, noun: Noun): boolean {
  return measure.type === 'things' && isSameThing(measure.noun, noun);
}

/**
 * A thing has no number of its own kind.
 * @param own whether each of them, or only some are asked for: "types of rooms that have 3 rooms" tells how many share a
 *   type
 */
export function refuseOwnCount(
  { targets, groups, subject }: Parts,
  measures: readonly Measure[],
  own: boolean,
): void {
  if (!own || groups.length > 0 || subject?.table === undefined) return;
  const counts = measures.some((measure) => measure.type === 'things' && measure.noun !== subject);
  if (counts && targets.some(({ type }) => type === 'field'))
    throw new Misfit('things are not counted by themselves', { weight: 2 });
}
