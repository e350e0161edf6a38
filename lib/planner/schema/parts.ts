/** The parts of a large schema: tables that keys lead between. */
import type { Schema, Table } from './schema.js';

/** Where more tables are all linked, a request speaks of what is around some of them. */
const LARGEST = 24;
/** How far the surroundings of a table go, in keys. */
const FAR = 3;

const known = new WeakMap<Schema, readonly ReadonlySet<Table>[]>();

/** Every table is in one of them at least, those that nothing links alone. */
export function partsOf(schema: Schema): readonly ReadonlySet<Table>[] {
  const parts = known.get(schema) ?? split(schema);
  known.set(schema, parts);
  return parts;
}

function split({ tables }: Schema): ReadonlySet<Table>[] {
  const seen = new Set<Table>();
  return tables.flatMap((table) => {
    if (seen.has(table)) return [];
    const linked = linkedTo(table);
    for (const one of linked) seen.add(one);
    return linked.size <= LARGEST ? [linked] : [...linked].map(around);
  });
}

function linkedTo(table: Table): Set<Table> {
  const found = new Set([table]);
  for (const { steps } of found) for (const { to } of steps) found.add(to);
  return found;
}

/** What can be told of a table's rows: down to what refers to them, and from there up. */
function around(table: Table): Set<Table> {
  const below = new Set([table]);
  const found = new Set([table]);
  let edge: readonly Table[] = [table];
  for (let far = 0; far < FAR; far++) {
    const next = new Set<Table>();
    for (const one of edge) {
      for (const { to, forward, toOne } of one.steps) {
        if (found.has(to) || !(forward || toOne || below.has(one))) continue;
        next.add(to);
        if (!forward && below.has(one)) below.add(to);
      }
    }
    for (const one of next) found.add(one);
    edge = [...next];
  }
  return found;
}
