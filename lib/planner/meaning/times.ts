/** Conditions on when something happened, and the column that tells.  */
import type { Field } from '../schema/schema.js';
import { Misfit } from './choices.js';
import type { ModOf } from './conditions.js';
import { isOfOrigin, isOfPerson, timeFields } from './fields.js';
import { type Context, noWay, type Place, reach } from './place.js';
import type { Condition, Node, Scope } from './query.js';
import { column, follow } from './scope.js';

export function time(
  context: Context,
  mod: ModOf<'time'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const { field, node } = timeOf(context, mod.field ?? 'time', mod.field, places, optional);
  const left = column(node, field);
  const spans = mod.spans.map((span): Condition => {
    if (field.role === 'year') checkYears(span, field);
    // "born in March" speaks of any year's, and hardly of the last.
    if (span.yearless === true && isOfPerson(field))
      throw new Misfit(`the year is not clear`, { hint: 'say which year', weight: 3 });
    return { type: 'span', left, field, span };
  });
  const one: Condition = spans.length === 1 ? spans[0]! : { type: 'any', of: spans };
  return mod.not ? { type: 'not', of: one } : one;
}

/** The column of time that is meant, joined; the same one for filters and groups of a place unless it is named. */
export function timeOf(
  context: Context,
  key: unknown,
  hint: ModOf<'time'>['field'],
  places: readonly Place[],
  optional = false,
): { field: Field; node: Node; scope: Scope } {
  const timed =
    hint === undefined
      ? places.flatMap((place, index) =>
          timeFields(place.node.table).map((option) => ({
            ...option,
            index,
            cost: option.cost + 0.8 * index,
          })),
        )
      : reach(
          places,
          hint.options.filter(({ field }) => field.role === 'time' || field.role === 'year'),
        ).map(({ option, way, place, cost }) => ({
          field: option.field,
          way,
          index: places.indexOf(place),
          cost,
        }));
  const usable = timed.filter(({ way }) => way.toOne);
  const id =
    hint === undefined ? `time ${places.map(({ node }) => node.table.index).join(' ')}` : key;
  const chosen = context.chooser.pick(id, usable, () => noWay(hint?.text ?? 'a time', places));
  // "the population of Hull in 1950" is not that of a town which was founded then, nor "who won in 1950" who was born.
  const measured = context.asked?.fields.some(({ role }) => role === 'measure') === true;
  const told = !isOfPerson(chosen.field) && !(measured && isOfOrigin(chosen.field));
  if (hint === undefined && !told) throw noWay('a time', places);
  // The choice is the same wherever it is asked for; the place is not.
  const place = places[chosen.index]!;
  const node = follow(place.scope, place.node, chosen.way.steps, optional);
  return { field: chosen.field, node, scope: place.scope };
}

/** A column of years can be asked for whole years only. */
function checkYears(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  field: Field,
): void {
  const whole = [from, to].every((date) => date === undefined || date.endsWith('-01-01'));
  if (!whole) throw new Misfit(`${field.column.name} holds years, not dates`, { weight: 4 });
}
