/** What is said of a noun, as conditions on rows. */
import type { Mod, Noun } from '../phrase.js';
import { waysBetween, type Way } from '../schema/paths.js';
import type { Field, Step } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { comparison } from './comparisons.js';
import { timeFields } from './fields.js';
import { conditionAt, noWay, reach, type Context, type Place } from './place.js';
import type { Condition, Node, Scope } from './query.js';
import { all, column, descend, follow } from './scope.js';

/** Adds what a modifier says to the scope of the place where it is said. */
export function say(context: Context, mod: Mod, places: readonly Place[]): void {
  const found = condition(context, mod, places);
  if (found !== undefined) placeOf(places).scope.where.push(found);
}

/** A condition, or undefined where it holds of every row anyway. */
export function condition(
  context: Context,
  mod: Mod,
  places: readonly Place[],
  optional = false,
): Condition | undefined {
  context.said.add(mod);
  switch (mod.type) {
    case 'value':
      return values(context, mod, places, optional);
    case 'flag':
      return flag(context, mod, places, optional);
    case 'time':
      return time(context, mod, places, optional);
    case 'compare':
      return comparison(context, mod, places, optional);
    case 'related':
      return related(context, mod, places, optional);
    case 'present':
      return present(context, mod, places, optional);
    case 'like':
      return like(context, mod, places, optional);
    case 'identity':
      return identity(mod, placeOf(places));
    case 'any':
      return any(context, mod, places);
    case 'group':
    case 'order':
    case 'rank':
    case 'limit':
      throw new Misfit('an order or a grouping inside of a condition is not supported', {
        weight: 2,
      });
  }
}

function placeOf(places: readonly Place[]): Place {
  return places.at(-1)!;
}

type ModOf<Type extends Mod['type']> = Extract<Mod, { type: Type }>;

/** All values stand in one column: the one that every one of them was found in. */
function values(
  context: Context,
  mod: ModOf<'value'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const [first] = mod.values;
  const named = mod.values.map(({ text }) => text).join(', ');
  const options = (first?.options ?? []).flatMap(({ field, cost }) => {
    const found = mod.values.map((value) =>
      value.options.filter((option) => option.field === field),
    );
    if (found.some((list) => list.length === 0)) return [];
    const hint = hintCost(mod, field);
    if (hint === undefined) return [];
    const list = [...new Set(found.flatMap(nearest))];
    const also = mod.values.length === 1 ? found[0]![0]!.also : undefined;
    if (mod.values.length > 1 && found.some((matches) => matches[0]!.also !== undefined)) return [];
    return [
      {
        field,
        values: list,
        also,
        value: list.join('\u0000') + (also?.value ?? ''),
        cost: cost + hint,
      },
    ];
  });
  const vias = mod.table?.options.flatMap(({ via }) => via ?? []) ?? [];
  const reached = reach(places, dedupe(options)).flatMap((one) => {
    if (mod.other === true && one.way.steps.length === 0) return [];
    if (vias.length === 0) return [one];
    // "origin LIS": the way there is the one that is called so.
    const called = one.way.steps.some((step) => vias.includes(step));
    return called ? [{ ...one, cost: one.cost - NAMED_WAY }] : [];
  });
  const { option, place, way } = context.chooser.pick(mod, reached, () => noWay(named, places));
  return conditionAt({ place, way, not: mod.not, optional }, (node, _scope, not) => {
    const { also } = option;
    const first: Condition = {
      type: 'in',
      left: column(node, option.field),
      values: option.values,
      not: not && also === undefined,
    };
    if (also === undefined) return [first];
    const last: Condition = {
      type: 'in',
      left: column(node, also.field),
      values: [also.value],
      not: false,
    };
    return not ? [{ type: 'not', of: all([first, last]) }] : [first, last];
  });
}

/** Spellings of one value that differ in case only are all meant. */
function nearest(matches: readonly { readonly value: string; readonly cost: number }[]): string[] {
  const best = Math.min(...matches.map(({ cost }) => cost));
  return matches.filter(({ cost }) => cost <= best + 0.06).map(({ value }) => value);
}

/** What a way costs less when the request calls it by its name. */
const NAMED_WAY = 0.6;

/** What the column or table named beside a value costs; undefined where it is another one. */
function hintCost(mod: ModOf<'value'>, field: Field): number | undefined {
  if (mod.field !== undefined) {
    const hinted = mod.field.options.find((option) => option.field === field);
    // "country Spain" of a table that keeps country names in a column `name` of its own.
    return hinted?.cost;
  }
  if (mod.table !== undefined) {
    return mod.table.options.find(({ table }) => table === field.table)?.cost;
  }
  return 0;
}

function dedupe<T extends { readonly field: Field; readonly value: string }>(
  options: readonly T[],
): T[] {
  const kept = new Map<string, T>();
  for (const option of options) {
    const key = `${option.field.table.index}.${option.field.column.name}.${option.value}`;
    if (!kept.has(key)) kept.set(key, option);
  }
  return [...kept.values()];
}

function flag(
  context: Context,
  mod: ModOf<'flag'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const reached = reach(places, mod.flag.options);
  const { option, place, way } = context.chooser.pick(mod, reached, () =>
    noWay(mod.flag.text, places),
  );
  return conditionAt({ place, way, not: mod.not, optional }, (node, _scope, not) => [
    { type: 'truth', left: column(node, option.field), value: option.value !== not },
  ]);
}

function time(
  context: Context,
  mod: ModOf<'time'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const { field, node } = timeOf(context, mod.field ?? 'time', mod.field, places, optional);
  const left = column(node, field);
  const spans = mod.spans.map((span): Condition => {
    if (field.role === 'year') checkYears(span, field);
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
            place,
            cost: option.cost + 0.8 * index,
          })),
        )
      : reach(
          places,
          hint.options.filter(({ field }) => field.role === 'time' || field.role === 'year'),
        ).map(({ option, way, place, cost }) => ({ field: option.field, way, place, cost }));
  const usable = timed.filter(({ way }) => way.toOne);
  const id =
    hint === undefined ? `time ${places.map(({ node }) => node.table.index).join(' ')}` : key;
  const chosen = context.chooser.pick(id, usable, () => noWay(hint?.text ?? 'a time', places));
  const node = follow(chosen.place.scope, chosen.place.node, chosen.way.steps, optional);
  return { field: chosen.field, node, scope: chosen.place.scope };
}

/** A column of years can be asked for whole years only. */
function checkYears(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  field: Field,
): void {
  const whole = [from, to].every((date) => date === undefined || date.endsWith('-01-01'));
  if (!whole) throw new Misfit(`${field.column.name} holds years, not dates`, { weight: 4 });
}

function related(
  context: Context,
  mod: ModOf<'related'>,
  places: readonly Place[],
  optional: boolean,
): Condition | undefined {
  const { table: mention, mods } = mod.noun;
  if (mention === undefined) throw new Misfit('it is not clear who is meant');
  const options = mention.options.flatMap(({ table, via, cost }) =>
    places
      .flatMap((place, index) =>
        waysBetween(place.node.table, table)
          .filter(
            ({ toOne, steps }) =>
              (steps.length > 0 || (places.length === 1 && via === undefined)) &&
              (toOne || index === places.length - 1),
          )
          .filter(({ steps }) => via === undefined || steps.includes(via) || !touches(via, steps))
          .map((way) => ({
            way,
            place,
            cost: cost + way.cost / 2 - (via !== undefined && way.steps.includes(via) ? 0.4 : 0),
          })),
      )
      .concat(ownStep(via, places, cost)),
  );
  const strict = context.sums === true && mod.verb === undefined && mod.of === true && !mod.not;
  const { way, place } = context.chooser.pick(
    mod,
    strict ? options.filter((option) => option.way.toOne) : options,
    () => noWay(mention.text, places),
  );
  const inner = (node: Node, scope: Scope) =>
    nounConditions(context, mod.noun, { node, scope }, optional);
  if (way.steps.length === 0) {
    if (mod.not) throw noWay(mention.text, places);
    return mods.length === 0 ? undefined : all(inner(place.node, place.scope));
  }
  if (!way.toOne || (mod.not && mods.length > 0) || (mod.not && !way.steps[0]!.forward)) {
    const { scope, end } = descend(place.node, way);
    scope.where.push(...inner(end, scope));
    return { type: 'exists', scope, not: mod.not };
  }
  if (mods.length > 0) {
    const node = follow(place.scope, place.node, way.steps, optional);
    return all(inner(node, place.scope));
  }
  const said = reference(place, way.steps, mod.not);
  // A role that every row has says nothing: it was named for what follows.
  if (said === undefined && mention.options.some(({ via }) => via !== undefined)) {
    context.chooser.pay(0.3);
  }
  return said;
}

/** A role that leads from the place's own table to itself (an employee's manager) is no way between tables. */
function ownStep(
  via: Step | undefined,
  places: readonly Place[],
  cost: number,
): { way: Way; place: Place; cost: number }[] {
  if (via === undefined || via.from !== via.to) return [];
  return places
    .filter(({ node }) => node.table === via.from)
    .map((place) => ({ way: { steps: [via], toOne: true, cost: 0 }, place, cost: cost - 0.4 }));
}

function touches(via: Step, steps: readonly Step[]): boolean {
  return steps.some(({ from, to }) => from === via.from && to === via.to);
}

/** Whether a row refers to another at all: its key says so, without a join. */
function reference(place: Place, steps: readonly Step[], not: boolean): Condition | undefined {
  const [first, ...rest] = steps;
  const firstField = first!.on[0]![0];
  if (first!.forward && rest.length === 0) {
    if (!first!.optional) {
      if (not) throw new Misfit(`every row has ${first!.to.relation.name}`, { weight: 2 });
      return undefined;
    }
    return { type: 'null', left: column(place.node, firstField), not: !not };
  }
  if (!not) {
    const { scope } = descend(place.node, { steps });
    return { type: 'exists', scope, not };
  }
  throw new Misfit(`${first!.to.relation.name} is not a thing to be without`, { weight: 2 });
}

/** Everything that is said of a noun inside of another's condition. */
export function nounConditions(
  context: Context,
  { mods }: Noun,
  place: Place,
  optional: boolean,
): Condition[] {
  return mods.flatMap((mod) => condition(context, mod, [place], optional) ?? []);
}

function present(
  context: Context,
  mod: ModOf<'present'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const reached = reach(places, mod.field.options);
  const { option, place, way } = context.chooser.pick(mod, reached, () =>
    noWay(mod.field.text, places),
  );
  if (!way.toOne) throw noWay(mod.field.text, places);
  const node = follow(place.scope, place.node, way.steps, optional);
  if (option.field.column.notNull && way.steps.length === 0) {
    throw new Misfit(`${option.field.column.name} is never empty`, { weight: 2 });
  }
  return { type: 'null', left: column(node, option.field), not: !mod.not };
}

function like(
  context: Context,
  mod: ModOf<'like'>,
  places: readonly Place[],
  optional: boolean,
): Condition {
  const naming = placeOf(places)
    .node.table.naming.slice(0, 1)
    .map((field) => ({ field, cost: 0.2 }));
  const options = (mod.field?.options ?? naming).filter(({ field }) => field.family === 'text');
  const reached = reach(places, options);
  const { option, place, way } = context.chooser.pick(mod, reached, () =>
    noWay(mod.field?.text ?? 'a name', places),
  );
  return conditionAt({ place, way, not: mod.not, optional }, (node, _scope, not) => [
    { type: 'like', left: column(node, option.field), how: mod.how, text: mod.text, not },
  ]);
}

function identity({ digits }: ModOf<'identity'>, { node }: Place): Condition {
  const [key, ...more] = node.table.key;
  if (key === undefined || more.length > 0 || key.family !== 'integer') {
    throw new Misfit(`${node.table.relation.name} has no number to be found by`, { weight: 3 });
  }
  return { type: 'compare', left: column(node, key), operator: '=', right: { digits } };
}

function any(context: Context, { of }: ModOf<'any'>, places: readonly Place[]): Condition {
  if (of.length === 0) throw new Misfit('what is denied there is not clear');
  const each = of.map((mods) => mods.flatMap((mod) => condition(context, mod, places, true) ?? []));
  // An alternative that holds of every row makes the others pointless.
  if (each.some((one) => one.length === 0))
    throw new Misfit('one of the alternatives always holds');
  return { type: 'any', of: each.map(all) };
}
