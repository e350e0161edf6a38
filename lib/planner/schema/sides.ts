/** Keys and columns of one row that are of one kind and play opposed parts: `origin_id` and `destination_id`. */
import { OPPOSITE, type Side, sideNamed } from '../lexicon/sides.js';
import { isDoer, isPast, verbBases } from '../text/inflection.js';
import type { Field, Schema, Step, Table } from './schema.js';

const known = new WeakMap<Schema, Map<Side, readonly Step[]>>();

/** The keys that play a part beside which another key to the same table plays the opposite one. */
export function keysOn(schema: Schema, side: Side): readonly Step[] {
  const sides = known.get(schema) ?? new Map<Side, readonly Step[]>();
  known.set(schema, sides);
  const found = sides.get(side) ?? schema.tables.flatMap((table) => keysOf(table, side));
  sides.set(side, found);
  return found;
}

function keysOf({ steps }: Table, side: Side): Step[] {
  const keys = steps.filter(({ forward }) => forward);
  return keys.filter(
    (step) =>
      sideNamed(step.role) === side &&
      keys.some((other) => other !== step && other.to === step.to && isBeside(other, side)),
  );
}

/** Beside a winner there may be others than a loser. */
function isBeside({ role }: Step, side: Side): boolean {
  return side === 'winner' || side === 'loser' || sideNamed(role) === OPPOSITE[side];
}

/** Whether a key names what something is done to, beside one for what does it: `cited_id` beside `citing_id`. */
export function isDoneTo(step: Step): boolean {
  const name = step.role.at(-1) ?? '';
  return (
    isPast(name) &&
    besides(step).some(({ role }) => {
      const other = role.at(-1) ?? '';
      return other !== name && (isDoer(other, name) || isSameVerb(other, name));
    })
  );
}

function isSameVerb(one: string, other: string): boolean {
  const bases = verbBases(other);
  return one.endsWith('ing') && verbBases(one).some((base) => bases.includes(base));
}

/** The keys that name what a verb says is done to something. */
export function keysOfDone({ tables }: Schema, verb: string): readonly Step[] {
  return tables.flatMap(({ steps }) =>
    steps.filter((step) => step.forward && step.role.at(-1) === verb && isDoneTo(step)),
  );
}

/** The keys that are called after somebody for doing what a verb says: `winner_id` for `won`. */
export function keysOfDoer({ tables }: Schema, verb: string): readonly Step[] {
  return tables.flatMap(({ steps }) =>
    steps.filter(
      ({ forward, role }) =>
        forward && [role[0], role.at(-1)].some((word) => word !== undefined && isDoer(word, verb)),
    ),
  );
}

/** What somebody is called for writing something, beside the writer. */
const ALSO_DOERS: ReadonlyMap<string, string> = new Map([['write', 'author']]);

/** The columns that hold who does what a verb says: `owner` and `owner_name` for `owns`, `coach` for `coaches`. */
export function columnsOfDoer({ tables }: Schema, verb: string): readonly Field[] {
  const bases = verbBases(verb);
  return tables.flatMap(({ fields }) =>
    fields.filter(({ family, role, words }) => {
      if (family !== 'text' || role === 'key' || words.length > 2) return false;
      const doer = words.length === 2 && words[1] === 'name' ? words[0]! : words.at(-1)!;
      const isCalled = words.length === 1 || doer === words[0];
      const also = bases.some((base) => ALSO_DOERS.get(base) === doer);
      return isCalled && (isDoer(doer, verb) || bases.includes(doer) || also);
    }),
  );
}

/** Every key that leads from and to the same tables: each of them another part. */
export function besides({ from, to }: Step): readonly Step[] {
  return from.steps.filter((step) => step.forward && step.to === to);
}

/** Whether a column plays the opposite part, beside one that plays the part: `from_city` where `to_city` is meant. */
export function isOpposed({ table, words }: Field, side: Side): boolean {
  const opposite = OPPOSITE[side];
  return (
    sideNamed(words) === opposite && table.fields.some((other) => sideNamed(other.words) === side)
  );
}
