/**
 * Ways from one table to another. A way goes first down to tables that refer to the one before (each step may
 * repeat rows), then up to tables that are referred to. Up and then down again is no way: two tables that refer
 * to the same third one say nothing about each other.
 */
import type { Step, Table } from './schema.js';

export interface Way {
  readonly steps: readonly Step[];
  /** True where every step leads to one row at most. */
  readonly toOne: boolean;
  readonly cost: number;
}

const LONGEST = 5;
const UP_COST = 0.4;
const DOWN_COST = 0.6;

const NOWHERE: Way = { steps: [], toOne: true, cost: 0 };
const known = new WeakMap<Table, ReadonlyMap<Table, readonly Way[]>>();

/** The cheapest ways, cheapest first: several only where they cost the same or nearly so. */
export function waysBetween(from: Table, to: Table): readonly Way[] {
  return from === to ? [NOWHERE] : (waysFrom(from).get(to) ?? []);
}

/** As {@link waysBetween}, along steps to one row only. */
export function waysToOne(from: Table, to: Table): readonly Way[] {
  return waysBetween(from, to).filter(({ toOne }) => toOne);
}

/** All tables that are reached from one, with the ways there. */
export function waysFrom(from: Table): ReadonlyMap<Table, readonly Way[]> {
  const ways = known.get(from) ?? search(from);
  known.set(from, ways);
  return ways;
}

/** Breadth first by cost, from one table to all: linear in the steps, whatever the number of tables. */
function search(from: Table): Map<Table, Way[]> {
  const found = new Map<Table, Way[]>();
  let frontier: Way[] = [NOWHERE];
  for (let length = 0; length < LONGEST && frontier.length > 0; length++) {
    const next: Way[] = [];
    for (const way of frontier) {
      const end = way.steps.at(-1)?.to ?? from;
      const climbing = way.steps.some(isUp);
      for (const step of end.steps) {
        if (step.to === from || way.steps.some(({ to }) => to === step.to)) continue;
        if (climbing && !step.toOne && !step.forward) continue;
        const longer = extend(way, step);
        if (keep(found, step.to, longer)) next.push(longer);
      }
    }
    frontier = next;
  }
  for (const ways of found.values()) ways.sort((a, b) => a.cost - b.cost);
  return found;
}

/**
 * A step up. The reverse of a unique key leads to one row as well, but may be followed by steps down; and so may a key
 * that is unique itself: both rows are of one thing, a professor and the employee that the professor is.
 */
function isUp(step: Step): boolean {
  return step.forward && !reverse(step).toOne;
}

/** Up and down again, by way of a row that is the same thing as another. */
function turns({ steps }: Way): boolean {
  const up = steps.findIndex(({ toOne, forward }) => toOne && forward);
  return up >= 0 && steps.slice(up).some(({ forward }) => !forward);
}

function extend(way: Way, step: Step): Way {
  // A key that is called after the table it leads to is the direct one: `customer_id` before `billing_contact_id`.
  const named = step.role.length === 0 ? 0 : isWhatItIs(step) ? 0.44 : 0.3;
  return {
    steps: [...way.steps, step],
    toOne: way.toOne && step.toOne,
    cost: way.cost + (step.toOne ? UP_COST : DOWN_COST) + named,
  };
}

/**
 * A key that has its own table's name, `substitute_id` of substitutes, says what each row there is. Whoever has a
 * substitute stands at the other key.
 */
export function isWhatItIs({ forward, role, ...step }: Step): boolean {
  const link = forward ? step.from : step.to;
  const thing = forward ? step.to : step.from;
  if (role.length === 0 || role.join(' ') !== link.words.join(' ')) return false;
  return link.steps.filter((one) => one.forward && one.to === thing).length === 2;
}

/** At most four ways to a table, none much dearer than the cheapest. */
function keep(found: Map<Table, Way[]>, to: Table, way: Way): boolean {
  const ways = found.get(to) ?? [];
  const cheapest = Math.min(...ways.map(({ cost }) => cost));
  if (way.cost > cheapest + 0.45 && !(way.toOne && !ways.some(({ toOne }) => toOne))) return false;
  // What a key says at once is not said by way of what somebody else is.
  if (turns(way) && ways.some(({ steps }) => steps.length === 1)) return false;
  if (ways.length >= 4) return false;
  found.set(to, [...ways, way]);
  return true;
}

/** The same key, walked the other way. */
export function reverse(step: Step): Step {
  const back = step.to.steps.find(
    (other) =>
      other.to === step.from &&
      other.forward !== step.forward &&
      other.on.length === step.on.length &&
      other.on.every(([a, b], i) => a === step.on[i]![1] && b === step.on[i]![0]),
  );
  if (back === undefined) throw new Error(`${step.from.relation.name}: a step without its reverse`);
  return back;
}
