/** What is said of a noun, as conditions on rows. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Mod } from '../phrase.js';
import type { Field } from '../schema/schema.js';
import { holdsCount, isCodeFor } from '../schema/roles.js';
import { among } from './among.js';
import { refuseAnothers } from './anothers.js';
import { tried } from './apart.js';
import { foremost } from './foremost.js';
import { areAdded } from './apiece.js';
import { Misfit } from './choices.js';
import { comparison } from './comparisons.js';
import { contradict } from './contradiction.js';
import { conditionAt, type Context, noWay, type Place, reach, type Reached } from './place.js';
import type { Condition, Node } from './query.js';
import { related } from './related.js';
import { all, column, follow } from './scope.js';
import { amongItsKind, NAMED_WAY } from './superiors.js';
import { isWrongSide } from './sided.js';
import { sharing, valueAt } from './shared.js';
import { time } from './times.js';
import { usual } from './usual.js';

/** Adds what a modifier says to the scope of the place where it is said. */
export function say(context: Context, mod: Mod, places: readonly Place[]): void {
  const found = condition(context, mod, places);
  if (found !== undefined && !isNothing(found)) placeOf(places).scope.where.push(found);
}

/** What holds of every row. */
function isNothing(condition: Condition): boolean {
  return condition.type === 'all' && condition.of.every(isNothing);
}

/** A condition, or undefined where it holds of every row anyway. */
export function condition(
  context: Context,
  mod: Mod,
  places: readonly Place[],
  optional = false,
): Condition | undefined {
  // Said is what both of them say.
  if (mod.type !== 'both') context.said.add(mod);
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
    case 'among':
      return among(context, mod, placeOf(places));
    case 'usual':
      return usual(context, mod, placeOf(places));
    case 'any':
      return any(context, mod, places);
    case 'both':
      return both(context, mod, places);
    case 'rank':
      // The superlative itself is a shape, no condition that is counted.
      context.said.delete(mod);
      return foremost(context, mod, placeOf(places));
    case 'total':
      // What it makes a sum has been told: no row is left out for it.
      return undefined;
    case 'group':
    case 'order':
    case 'limit':
    case 'back':
    case 'part':
      throw new Misfit('an order or a grouping inside of a condition is not supported', {
        weight: 2,
      });
  }
}

function placeOf(places: readonly Place[]): Place {
  return places.at(-1)!;
}

export type ModOf<Type extends Mod['type']> = Extract<Mod, { type: Type }>;

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
    const paired = found.some(([match]) => match!.also !== undefined);
    const pairs = paired ? found.map(([match]) => match!) : undefined;
    return [
      {
        field,
        values: list,
        ...(areAdded(mod.values) ? { each: found.map((one) => [...new Set(nearest(one))]) } : {}),
        pairs,
        part: found.some((list) => list.every(({ part }) => part === true)),
        value: [list, pairs?.map(({ also }) => also?.value) ?? []].flat().join('\u0000'),
        cost: cost + hint + (mod.field === undefined && isProse(field) ? PROSE : 0),
      },
    ];
  });
  const vias = mod.table?.options.flatMap(({ via }) => via ?? []) ?? [];
  const reached = reach(places, dedupe(options)).flatMap((one) => {
    if (isWrongSide(mod.part, one)) return [];
    const own = one.way.steps.length === 0;
    if (mod.other === true && own) return [];
    if (mod.doer === true && own && isOwnName(one.option.field)) return [];
    if (isFarFetched(mod, one)) return [];
    if (vias.length === 0) return [one];
    // "origin LIS": the way there is the one that is called so.
    const called = one.way.steps.some((step) => vias.includes(step));
    return called ? [{ ...one, cost: one.cost - NAMED_WAY }] : [];
  });
  const known = [...reached, ...amongItsKind(vias, dedupe(options), places)];
  const { option, place, way } = context.chooser.pick(mod, known, () => noWay(named, places));
  if (mod.field === undefined && mod.table === undefined)
    refuseAnothers(context, place, way, option.field, named);
  // Of a value that many rows have, what it is without is true of none of them.
  const value = mod.not && way.toOne ? valueAt(context, place) : undefined;
  const scope =
    value === undefined || value === option.field ? undefined : sharing(context, place)?.();
  if (scope !== undefined) {
    // Where a thing is named as well, it is said of the thing.
    context.chooser.pay(0.2);
    const node = follow(scope, scope.root, way.steps);
    scope.where.push({
      type: 'in',
      left: column(node, option.field),
      values: option.values,
      not: false,
    });
    return { type: 'exists', scope, not: true };
  }
  const another = mod.another === true && !way.toOne;
  const same = mod.again !== true && !another && !optional;
  const said = { place, way, not: mod.not && !another, optional, same };
  return conditionAt(said, (node, _scope, denied) => {
    const not = denied || another;
    const { pairs } = option;
    if (pairs === undefined && option.each !== undefined && !not)
      return [{ ...isOneOf(node, option.field, option.values), each: option.each }];
    if (pairs === undefined) return [isOneOf(node, option.field, option.values, not)];
    const each = pairs.map(({ field, value, also }) => [
      isOneOf(node, field, [value]),
      ...(also === undefined ? [] : [isOneOf(node, also.field, [also.value])]),
    ]);
    const [first] = each;
    if (first !== undefined && each.length === 1)
      return not ? [{ type: 'not', of: all(first) }] : first;
    const either: Condition = { type: 'any', of: each.map(all) };
    return [not ? { type: 'not', of: either } : either];
  });
}

function isOneOf(
  node: Node,
  field: Field,
  values: readonly string[],
  not = false,
): Extract<Condition, { type: 'in' }> {
  return { type: 'in', left: column(node, field), values, not };
}

/** What a row is called by, unless that is whoever does something: the carrier of a shipment. */
function isOwnName({ table, words, ...field }: Field): boolean {
  if (!table.naming.some(({ column }) => column === field.column)) return false;
  const who = words.filter((word) => word !== 'name').at(-1) ?? '';
  const isOther = who !== '' && !table.words.includes(who);
  return !(isOther && (isKindOf(who, 'person') || isKindOf(who, 'organization')));
}

/** Spellings of one value that differ in case only are all meant. */
function nearest(matches: readonly { readonly value: string; readonly cost: number }[]): string[] {
  const best = Math.min(...matches.map(({ cost }) => cost));
  return matches.filter(({ cost }) => cost <= best + 0.06).map(({ value }) => value);
}

/**
 * A kind of thing is told by itself or by what belongs to it, not by what belongs to that; and a piece of a value only
 * by the row itself or by one that it refers to, unless a column or a table is named beside it.
 */
function isFarFetched(
  { field, table, before = false }: ModOf<'value'>,
  { option, way }: Reached<{ field: Field; cost: number; part: boolean }>,
): boolean {
  const down = way.steps.filter(({ toOne }) => !toOne).length;
  const named = field !== undefined || table !== undefined;
  return !named && ((before && down > 1) || (down > 0 && option.part));
}

/** What is called so is meant before what is described so. */
const PROSE = 0.2;

function isProse({ words }: Field): boolean {
  return words.some((word) => /^(?:description|detail|comment|note|remark|text)$/.test(word));
}

/** What the column or table named beside a value costs; undefined where it is another one. */
function hintCost(mod: ModOf<'value'>, field: Field): number | undefined {
  if (mod.field !== undefined) {
    const hinted =
      mod.field.options.find((option) => option.field === field) ??
      mod.field.options.find((option) => isCodeFor(option.field, field));
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
  return conditionAt({ place, way, not: mod.not, optional }, (node, _scope, not) => {
    const left = column(node, option.field);
    const value = option.value !== not;
    if (option.answers === undefined) return [{ type: 'truth', left, value }];
    const { yes, no } = option.answers;
    const said = value ? yes : no;
    const right = said ?? (value ? no : yes) ?? '';
    const operator = said === undefined ? '<>' : '=';
    const digits = option.field.family === 'integer';
    return [
      { type: 'compare', left, operator, right: digits ? { digits: right } : { text: right } },
    ];
  });
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
  // What is not there at all is empty as well.
  const node = follow(place.scope, place.node, way.steps, optional || mod.not);
  // Who "had injuries", where it is kept how many, had more than none.
  if (holdsCount(option.field) && !/\b(?:number|num|no|count)s?\b/i.test(mod.field.text))
    return {
      ...{ type: 'compare', left: column(node, option.field) },
      ...{ operator: mod.not ? '=' : '>', right: { digits: '0' } },
    };
  // Of a number it is no question whether it is there, but how high.
  if (
    option.field.role === 'measure' &&
    /^(?:number|no|num|count|maximum|minimum)\b/.test(option.field.words.join(' '))
  )
    throw new Misfit(`${option.field.column.name} is a number`, { weight: 2 });
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
  const { node: subject } = placeOf(places);
  // What is asked for is looked at where nothing else is named: "titles that contain …".
  const asked = context.asked?.node === subject && mod.named !== true ? context.asked.fields : [];
  const naming = asked.length === 1 ? asked : subject.table.naming.slice(0, 1);
  const fields = mod.field?.options ?? naming.map((field) => ({ field, cost: 0.2 }));
  const options = fields.filter(({ field }) => field.family === 'text');
  const reached = reach(places, options).filter(({ way }) => way.toOne || way.steps.length <= 2);
  const { option, place, way } = context.chooser.pick(mod, reached, () =>
    noWay(mod.field?.text ?? 'a name', places),
  );
  return conditionAt({ place, way, not: mod.not, optional }, (node, _scope, not) => [
    { type: 'like', left: column(node, option.field), how: mod.how, text: mod.text, not },
  ]);
}

function identity({ digits }: ModOf<'identity'>, { node }: Place): Condition {
  const { key: keys, naming, fields, relation } = node.table;
  // "room 204" has that number, whatever its id is.
  const [own] = naming.filter(({ family, role }) => family === 'integer' && role !== 'name');
  const [key, ...more] = own === undefined ? keys : [own];
  if (key === undefined || more.length > 0 || !['integer', 'number'].includes(key.family)) {
    throw new Misfit(`${relation.name} has no number to be found by`, { weight: 3 });
  }
  const [number, ...others] = fields.filter(
    ({ words, family }) => family === 'text' && words.at(-1) === 'number',
  );
  // "card 4560596484842": no key is as long, but what is called the card's number.
  if (Number(digits) > (LARGEST.get(key.column.type) ?? Infinity) && others.length === 0 && number)
    return { type: 'in', left: column(node, number), values: [digits], not: false };
  return { type: 'compare', left: column(node, key), operator: '=', right: { digits } };
}

const LARGEST: ReadonlyMap<string, number> = new Map([
  ['smallint', 2 ** 15 - 1],
  ['integer', 2 ** 31 - 1],
]);

export function any(
  context: Context,
  { of, not }: ModOf<'any'>,
  places: readonly Place[],
): Condition {
  if (of.length === 0)
    throw new Misfit('what is denied there is not clear', {
      hint: 'say what they are without: "… without …", "… that have no …"',
    });
  const each = of.map((mods) => mods.flatMap((mod) => condition(context, mod, places, true) ?? []));
  // An alternative that holds of every row makes the others pointless.
  if (each.some((one) => one.length === 0))
    throw new Misfit('one of the alternatives always holds');
  const one: Condition = { type: 'any', of: each.map(all) };
  return not ? { type: 'not', of: one } : one;
}

/** Of one row, or else of two that share what is asked for. */
function both(context: Context, { of, not }: ModOf<'both'>, places: readonly Place[]): Condition {
  const place = placeOf(places);
  const shared = sharing(context, place);
  const trial = () => tried(context, of.flat(), place.node.table).flatMap((one) => one.conditions);
  // "both players who … and players who …" are two players, even where no word excludes the other.
  const two = of.every(([first]) => first?.type === 'related') && trial().some(isOfRow);
  // Another thing that the value has is told by the value itself: related.ts.
  const ofValue =
    valueAt(context, place) !== undefined && of.flat().every(({ type }) => type === 'value');
  if (shared === undefined || !(ofValue || two || contradict(trial()))) {
    const found = of.flatMap((mods) =>
      mods.flatMap((mod) => condition(context, mod, places) ?? []),
    );
    if (contradict(found)) throw new Misfit('no row can be both of these at once', { weight: 3 });
    const one = all(found);
    return not ? { type: 'not', of: one } : one;
  }
  const each = of.map((mods): Condition => {
    const scope = shared();
    for (const mod of mods) say(context, mod, [{ scope, node: scope.root }]);
    // Of a row of the same table that it is there says nothing.
    if (scope.where.length === 0) throw new Misfit('one of both always holds', { weight: 2 });
    return { type: 'exists', scope, not: false };
  });
  context.chooser.pay(0.1);
  const one = all(each);
  return not ? { type: 'not', of: one } : one;
}

function isOfRow({ type }: Condition): boolean {
  return type !== 'exists';
}
