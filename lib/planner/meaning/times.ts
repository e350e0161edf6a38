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
): Condition | undefined {
  const event =
    mod.field === undefined && !mod.not && !optional ? eventOf(context, places) : undefined;
  if (event === undefined) return within(context, mod, places, optional);
  if (event.where.some(({ type }) => type === 'span'))
    throw new Misfit('it is not clear what was when', { weight: 3 });
  event.where.push(within(context, mod, [{ scope: event, node: event.root }], false));
  return undefined;
}

function within(
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

/**
 * `taught in Leeds in 2010`: what was said before is of the rows that tell where it was, and these tell when. A teacher's
 * own day is that of something else.
 */
function eventOf({ asked }: Context, places: readonly Place[]): Scope | undefined {
  const last = places.at(-1)!;
  const own = places.flatMap(({ node }) => timeFields(node.table).filter(({ way }) => way.toOne));
  // What has a date that is called no more than that has happened itself, and a number is not of all that happened.
  if (own.some(({ way, cost }) => way.steps.length === 0 && cost < CALLED)) return undefined;
  if (asked?.fields.some(({ role }) => role === 'measure') === true) return undefined;
  const dated = own.length > 0;
  const events = last.scope.where.flatMap((one) => {
    if (one.type !== 'exists' || one.not || one.scope.outer?.node !== last.node) return [];
    const { root } = one.scope;
    const tells = timeFields(root.table).some(
      ({ field, way }) => way.toOne && (!dated || (way.steps.length === 0 && !isOfOrigin(field))),
    );
    return tells ? [one.scope] : [];
  });
  return events.length === 1 ? events[0] : undefined;
}

/** What a column of time costs that is not called after its table, nor a date alone. */
const CALLED = 0.3;

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
