/** Conditions that speak of another thing: with it, without it, of it. */
import { isKindOf } from '../lexicon/wordnet.js';
import type { Mod, Noun } from '../phrase.js';
import { isWhatItIs, reverse, type Way, waysBetween } from '../schema/paths.js';
import type { Step } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { condition, type ModOf } from './conditions.js';
import { every } from './every.js';
import { type Context, noWay, type Place } from './place.js';
import type { Condition, Node, Scope } from './query.js';
import { all, column, descend, follow } from './scope.js';
import { elsewhere, sharing, throughValue, valueAt } from './shared.js';

export function related(
  context: Context,
  mod: ModOf<'related'>,
  places: readonly Place[],
  optional: boolean,
): Condition | undefined {
  const { table: mention, mods } = mod.noun;
  if (mention === undefined) throw new Misfit('it is not clear who is meant');
  const ofEvery = every(context, mod, places);
  if (ofEvery !== undefined) return ofEvery;
  const alike = elsewhere(context, places.at(-1)!, mention);
  if (alike !== undefined) {
    const { scope, cost } = alike;
    context.chooser.pay(cost);
    scope.where.push(
      ...nounConditions(ofRows(context), mod.noun, { scope, node: scope.root }, optional),
    );
    return { type: 'exists', scope, not: mod.not };
  }
  const options = mention.options.flatMap(({ table, via: role, cost }) => {
    const via =
      role !== undefined && mod.is === true && role.from === role.to ? reverse(role) : role;
    return places
      .flatMap((place, index) =>
        waysBetween(place.node.table, table)
          .filter(
            ({ toOne, steps }) =>
              (steps.length > 0 || (places.length === 1 && via === undefined)) &&
              (toOne || index === places.length - 1) &&
              (steps.length > 0 || !isAnother(context, mod, place)),
          )
          .filter(({ steps }) => via === undefined || steps.includes(via) || !touches(via, steps))
          .map((way) => ({
            way,
            place,
            cost:
              cost +
              way.cost / 2 -
              (via !== undefined && way.steps.includes(via) ? 0.4 : 0) +
              otherEnd(way, mod) +
              (via === undefined ? playsUnsaid(way, mod) : 0),
          })),
      )
      .concat(ownStep(via, places, cost), inThePart(via, mod, places, cost));
  });
  const strict = context.sums === true && mod.verb === undefined && mod.of === true && !mod.not;
  const one = options.filter((option) => option.way.toOne);
  const only = strict && (one.length > 0 || context.own !== true);
  const { way, place } = context.chooser.pick(mod, only ? one : options, () =>
    noWay(mention.text, places),
  );
  // "All" says more than that there are some.
  const ofAll = [mod, ...mods].some(
    (one) => one.type === 'related' && one.noun.every !== undefined,
  );
  if (ofAll && !way.toOne && !mod.not && context.asked !== undefined)
    throw new Misfit(`"all" can't be told of ${mention.text}`, { weight: 3 });
  const noun = { ...mod.noun, mods: mods.filter((one) => !isOnTheWay(context, one, way)) };
  const inner = (node: Node, scope: Scope, through: readonly Node[] = []) =>
    nounConditions(ofRows(context), noun, { node, scope }, optional, through);
  if (way.steps.length === 0) {
    const shared = mod.not ? sharing(context, place) : undefined;
    if (mod.not && shared === undefined) throw noWay(mention.text, places);
    if (shared !== undefined) {
      // A thing of its own that is there is likelier meant than all rows of one value.
      context.chooser.pay(0.3);
      const scope = shared();
      scope.where.push(...inner(scope.root, scope));
      // Every value has the row that it stands in.
      if (scope.where.length === 0) throw noWay(mention.text, places);
      return { type: 'exists', scope, not: true };
    }
    if (context.asked?.node === place.node && !mod.not) context.asked.own = true;
    if (noun.mods.length === 0) return undefined;
    const own = inner(place.node, place.scope);
    // "the governors of the parties" says nothing of parties.
    if (own.length === 0) throw new Misfit(`${mention.text} says nothing there`, { weight: 2 });
    return all(own);
  }
  if (!way.toOne || (mod.not && noun.mods.length > 0) || (mod.not && !way.steps[0]!.forward)) {
    const { scope, end } = descendFrom(context, place, way, mod.not);
    const through = scope.nodes.filter((node) => node !== end);
    scope.where.push(...inner(end, scope, through));
    // What every row has, none is without.
    if (mod.not && scope.where.length === 0 && way.steps.every(isSure))
      throw noWay(mention.text, places);
    return { type: 'exists', scope, not: mod.not };
  }
  if (noun.mods.length > 0) {
    const node = follow(place.scope, place.node, way.steps, optional);
    return all(inner(node, place.scope));
  }
  const said = reference(place, way.steps, mod.not);
  // Nothing says that there is one: "music artists" are no festivals that have artists.
  if (mod.beside === true && said?.type === 'exists') {
    throw new Misfit(`nothing says what ${mention.text} has to do with it`, { weight: 2 });
  }
  // A role that every row has says nothing: it was named for what follows.
  if (said === undefined && mention.options.some(({ via }) => via !== undefined)) {
    context.chooser.pay(0.3);
  }
  return said;
}

/** What a thing has is another one: "a department that has someone who …" speaks of no row but that of a department. */
function isAnother(
  context: Context,
  { has = false, not }: ModOf<'related'>,
  place: Place,
): boolean {
  return has && !not && context.asked?.node === place.node && context.asked.values === undefined;
}

function ofRows(context: Context): Context {
  return { ...context, ofRow: true };
}

/** The rows that belong to a row, or to any row that has the value which is asked for. */
function descendFrom(
  context: Context,
  place: Place,
  way: Way,
  not: boolean,
): { scope: Scope; end: Node } {
  const { asked } = context;
  // "hometowns that no gymnast is from" is denied of all that are from there, though each may be one gymnast at most.
  const field = way.toOne && !not ? undefined : valueAt(context, place);
  if (field === undefined || asked === undefined) return descend(place.node, way);
  // One thing that some row has may as well be said of the row.
  asked.others = (asked.others ?? 0) + 1;
  if (!not && asked.others === 1) return descend(place.node, way);
  asked.shared = true;
  return throughValue(place, way, field);
}

/** Who has a substitute and who is one stand at the two ends of the same row. */
function otherEnd(
  { steps: [first, ...more] }: Way,
  { has = false, not, verb }: ModOf<'related'>,
): number {
  if (first === undefined || more.length > 0 || first.forward || verb !== undefined) return 0;
  // To be without one is to have none; the key that is called after the thing itself costs less anyway.
  if (not && !has) return 0;
  const ends = first.to.steps.filter((step) => step.forward && step.to === first.from);
  return ends.some(isWhatItIs) && isWhatItIs(first) === has ? 1 : 0;
}

/** What a department has are those who are in it: whoever plays a part there, its manager, is called so. */
function playsUnsaid({ steps }: Way, { has = false }: ModOf<'related'>): number {
  const belongsBack = ({ from, to }: Step) =>
    to.steps.some((step) => step.forward && step.to === from && step.role.length === 0);
  const plays = steps.some(
    (step) =>
      step.forward &&
      step.role.length > 0 &&
      isKindOf(step.role.at(-1)!, 'person') &&
      belongsBack(step),
  );
  return has && plays ? 0.5 : 0;
}

function isSure({ forward, optional }: Step): boolean {
  return forward && !optional;
}

/** "no devices in stock": what the way leads through anyway is said by it. */
function isOnTheWay(context: Context, mod: Mod, { steps }: Way): boolean {
  if (mod.type !== 'related' || mod.not || mod.noun.mods.length > 0) return false;
  const passed = steps.slice(0, -1).map(({ to }) => to);
  const said = mod.noun.table?.options.some(
    ({ table, via }) => via === undefined && passed.includes(table),
  );
  if (said === true) context.said.add(mod);
  return said === true;
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
    .map((place) => ({
      way: { steps: [via], toOne: via.toOne, cost: 0 },
      place,
      cost: cost - 0.4,
    }));
}

/**
 * `cities that served as host city`, `students with class president votes`: those that such a key refers to. Where the
 * table links one thing with another of its kind, whoever has a friend is at the link's other end.
 */
function inThePart(
  via: Step | undefined,
  { has = false }: ModOf<'related'>,
  places: readonly Place[],
  cost: number,
): { way: Way; place: Place; cost: number }[] {
  // What the link itself is called as well is found by the link.
  if (via === undefined || via.from === via.to || isWhatItIs(via)) return [];
  const [other, ...more] = via.from.steps.filter(
    (step) => step.forward && step.to === via.to && step !== via,
  );
  const links = has && more.length === 0 && isKindOf(via.role.at(-1)!, 'person');
  const steps = links && other !== undefined ? [reverse(other), via] : [reverse(via)];
  const way: Way = { steps, toOne: steps.every(({ toOne }) => toOne), cost: 0 };
  return places
    .slice(-1)
    .filter(({ node }) => node.table === via.to)
    .map((place) => ({ way, place, cost }));
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

/**
 * Everything that is said of a noun inside of another's condition.
 * @param through what stands between the two: `managed by heads whose acting value …` may be told by the link itself
 */
export function nounConditions(
  context: Context,
  { mods }: Noun,
  place: Place,
  optional: boolean,
  through: readonly Node[] = [],
): Condition[] {
  const others = mods.filter(({ type }) => type !== 'rank');
  const places = [...through.map((node) => ({ scope: place.scope, node })), place];
  return mods.flatMap((mod) => {
    const said = mod.type === 'rank' ? { ...mod, among: others } : mod;
    return condition(context, said, places, optional) ?? [];
  });
}
