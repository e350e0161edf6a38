/** Where in a query something is said, and how a column is reached from there. */
import type { FieldMention, Mod, Noun } from '../phrase.js';
import { type Way, waysBetween } from '../schema/paths.js';
import type { Field, Schema, Step } from '../schema/schema.js';
import { type Chooser, Misfit } from './choices.js';
import type { Condition, Expression, Node, Scope } from './query.js';
import { all, column, descend, follow } from './scope.js';

export interface Context {
  readonly schema: Schema;
  /** ISO 8601 date. */
  readonly today: string;
  readonly chooser: Chooser;
  /** What has become a condition so far. */
  readonly said: Set<Mod>;
  /** True while rows are summed or averaged: "of" something must then lead to one row. */
  readonly sums?: boolean;
  /** True where what is summed is said to be a thing's own: then it may be in many others, if in no one. */
  readonly own?: boolean;
  /** True of what is said of a row that is named, not of the value in it that is asked for. */
  readonly ofRow?: boolean;
  /** Columns of the subject that are asked for, where what is said may be said of all rows that share them. */
  readonly asked?: Asked | undefined;
  /** What columns are asked for by, where no thing is named that has them. */
  readonly bare?: string | undefined;
}

export interface Asked {
  readonly node: Node;
  readonly fields: readonly Field[];
  /** The request's words for the one column, where its values are asked for by themselves. */
  readonly values?: FieldMention | undefined;
  /** True once something was said of the values rather than of one row: then each is given once. */
  shared: boolean;
  /** True once the thing was named whose column it is. */
  own?: boolean;
  /** Other things that the values were said to have. */
  others?: number;
}

export interface Place {
  readonly scope: Scope;
  readonly node: Node;
}

export interface Reached<Option> {
  readonly option: Option;
  readonly place: Place;
  readonly way: Way;
  readonly cost: number;
}

/**
 * Every way to reach columns from some places. From all places but the last only along ways to one row: the
 * last is the subject itself, of which a condition on many rows (`customers with …`) may be said.
 */
export function reach<Option extends { readonly field: Field; readonly cost: number }>(
  places: readonly Place[],
  options: readonly Option[],
): Reached<Option>[] {
  const found = new Map<string, Reached<Option>>();
  places.forEach((place, index) => {
    for (const option of options) {
      for (const way of waysBetween(place.node.table, option.field.table)) {
        if (!way.toOne && index < places.length - 1) continue;
        if (leadsBack(place, way)) continue;
        const cost = option.cost + way.cost;
        const id = identity(place, way, option);
        const known = found.get(id);
        if (known === undefined || cost < known.cost) found.set(id, { option, place, way, cost });
      }
    }
  });
  return [...found.values()];
}

/** Where a row links one thing to another of its kind, the key that led to it says nothing more: the other one does. */
function leadsBack({ scope, node }: Place, { steps: [first] }: Way): boolean {
  const came = node.join?.step ?? (node === scope.root ? scope.outer?.step : undefined);
  if (first === undefined || came === undefined || came.forward || !first.forward) return false;
  const same = first.on.every(([field], i) => field === came.on[i]?.[1]);
  return same && node.table.steps.some((step) => step !== first && isBeside(step, first));
}

function isBeside(step: Step, { to }: Step): boolean {
  return step.forward && step.to === to;
}

const serials = new WeakMap<object, number>();
let serial = 0;

function serialOf(thing: object): number {
  const known = serials.get(thing);
  if (known !== undefined) return known;
  serials.set(thing, ++serial);
  return serial;
}

/** Two places may lead along the same joins to the same column: that is one reading, not two. */
function identity(
  { node }: Place,
  way: Way,
  option: { readonly field: Field; readonly value?: unknown },
): string {
  const before: number[] = [];
  let first = node;
  while (first.join !== undefined) {
    before.unshift(serialOf(first.join.step));
    first = first.join.to;
  }
  const steps = [...before, ...way.steps.map(serialOf)];
  return [serialOf(first), ...steps, serialOf(option.field), String(option.value ?? '')].join(' ');
}

export interface Said {
  readonly place: Place;
  readonly way: Way;
  readonly not: boolean;
  /** True inside an alternative: a missing row must not take the other alternative away. */
  readonly optional?: boolean;
  /** True where it may be said of the row that the value before it was said of: `shown on Monday by Ann`. */
  readonly same?: boolean;
}

/** What values alone were said of. */
const said = new WeakSet<Scope>();

/**
 * A condition at the end of a way. Where the way repeats rows it becomes an EXISTS, so that no row is counted
 * twice; its negation then means that there is no such row at all.
 */
export function conditionAt(
  { place, way, not, optional = false, same = false }: Said,
  build: (node: Node, scope: Scope, not: boolean) => readonly Condition[],
): Condition {
  if (way.toOne) {
    const node = follow(place.scope, place.node, way.steps, optional);
    return all(build(node, place.scope, not));
  }
  const [first, ...rest] = way.steps;
  const open =
    same && !not ? place.scope.where.find((one) => isSaid(one, place, first!)) : undefined;
  if (open?.type === 'exists' && rest.every(({ toOne }) => toOne)) {
    const node = follow(open.scope, open.scope.root, rest);
    open.scope.where.push(...build(node, open.scope, false));
    return all([]);
  }
  const { scope, end } = descend(place.node, way);
  scope.where.push(...build(end, scope, false));
  if (same) said.add(scope);
  return { type: 'exists', scope, not };
}

function isSaid(one: Condition, { node }: Place, step: Step): boolean {
  if (one.type !== 'exists' || one.not || !said.has(one.scope)) return false;
  return one.scope.outer?.node === node && one.scope.outer.step === step;
}

/** A column that stands for one value a row, joined to where it has to be. */
export function single(
  context: Context,
  {
    key,
    places,
    options,
    name,
  }: {
    key: unknown;
    places: readonly Place[];
    options: readonly { field: Field; cost: number }[];
    name: string;
  },
  optional = false,
): { expression: Expression; field: Field; node: Node; scope: Scope } {
  const reached = reach(places, options).filter(({ way }) => way.toOne);
  const { option, place, way } = context.chooser.pick(key, reached, () => noWay(name, places));
  const node = follow(
    place.scope,
    place.node,
    way.steps,
    optional && way.steps.some((step) => step.optional),
  );
  return { expression: column(node, option.field), field: option.field, node, scope: place.scope };
}

export function noWay(name: string, places: readonly Place[]): Misfit {
  const table = places.at(-1)?.node.table.relation.name ?? '';
  const hint = 'say how they belong together, or name the table between them';
  return new Misfit(`${name} can't be told of ${table}`, { weight: 3, hint });
}

/** Columns of the thing that the request says they belong to, where it says so. */
export function ofNoun<Option extends { readonly field: Field }>(
  noun: Noun | undefined,
  options: readonly Option[],
): readonly Option[] {
  const tables = noun?.table?.options.map(({ table }) => table);
  return tables === undefined
    ? options
    : options.filter(({ field }) => tables.includes(field.table));
}
