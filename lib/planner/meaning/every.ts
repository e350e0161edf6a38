/** `members who borrowed every book`: of each of the one there is a row that links it with the other. */
import type { Mod, Noun } from '../phrase.js';
import { type Way, waysBetween } from '../schema/paths.js';
import type { Table } from '../schema/schema.js';
import { Misfit } from './choices.js';
import { say } from './conditions.js';
import type { Context, Place } from './place.js';
import type { Condition } from './query.js';
import { column, descend, newScope } from './scope.js';
import { tableOf } from './subject.js';

type Related = Extract<Mod, { type: 'related' }>;

/** Undefined where nothing is said of every one. */
export function every(
  context: Context,
  mod: Related,
  places: readonly Place[],
): Condition | undefined {
  const inner = mod.noun.mods.find(isOfEvery);
  const all = mod.noun.every === 'said' ? mod : inner;
  if (all === undefined || mod.noun.table === undefined) return undefined;
  const place = places.at(-1)!;
  const things = tableOf(context.chooser, all.noun.table!);
  const through = all === mod ? undefined : mod.noun;
  const ways =
    through === undefined ? direct(place, things) : linked(context, place, through, things);
  // What each row has one of can't be every one of them: "orders of all customers" are all of the orders.
  if (ways.length === 0) {
    if (waysBetween(place.node.table, things).some(({ toOne }) => toOne)) return undefined;
    throw misfit(all.noun);
  }
  // "the number of students of every course" may be one for each of them.
  if (mod.not || all.not || context.asked === undefined) throw misfit(all.noun);
  // What links them has to be named where there are several ways.
  if (ways.length > 1) throw misfit(all.noun);
  const way = context.chooser.pick(mod.noun, ways, () => misfit(all.noun));
  if (all !== mod) context.said.add(all);
  const last = way.steps.at(-1)!;
  const link = descend(place.node, { steps: way.steps.slice(0, -1) });
  const scope = newScope(things);
  for (const one of all.noun.mods) say(context, one, [{ scope, node: scope.root }]);
  for (const [own, other] of last.on)
    link.scope.where.push({
      type: 'compare',
      left: column(link.end, own),
      operator: '=',
      right: column(scope.root, other),
    });
  const others = through?.mods.filter((one) => one !== all) ?? [];
  for (const one of others) say(context, one, [{ scope: link.scope, node: link.scope.root }]);
  return { type: 'every', scope, linked: link.scope };
}

function isOfEvery(mod: Mod): mod is Related {
  return mod.type === 'related' && mod.noun.every === 'said' && mod.noun.table !== undefined;
}

function misfit({ table }: Noun): Misfit {
  return new Misfit(`"every one" can't be told of ${table?.text ?? 'these'}`, { weight: 4 });
}

/** Ways by which a row may be linked with many of the others, each of which is referred to. */
function direct({ node }: Place, things: Table): Way[] {
  return waysBetween(node.table, things).filter(
    ({ steps, toOne }) => !toOne && steps.length > 1 && steps.at(-1)!.forward,
  );
}

/** The same by rows of the table that is named: `made orders of every kind`. */
function linked(context: Context, { node }: Place, { table }: Noun, things: Table): Way[] {
  const between = tableOf(context.chooser, table!);
  return waysBetween(node.table, between)
    .filter(({ toOne, steps }) => !toOne && steps.length === 1)
    .flatMap((first) =>
      waysBetween(between, things)
        .filter(({ steps }) => steps.at(-1)?.forward === true)
        .map((second) => ({
          steps: [...first.steps, ...second.steps],
          toOne: false,
          cost: first.cost + second.cost,
        })),
    );
}
