/** Judges what the server keeps of views, policies, defaults and checks: by OID, so no name can mislead. */
import { SLEEPING } from '../../sql/built-ins.js';
import type { Objection } from './functions.js';
import { FIRST_USER_OID } from './lookups/ask.js';
import type { TreeFacts } from './lookups/trees.js';
import type { World } from './world.js';

/** The first function in the trees that may not be called, with the tree's owner. */
export async function objectionIn(
  trees: readonly TreeFacts[],
  world: World,
  use: 'executed' | 'planned' = 'executed',
): Promise<(Objection & { readonly owner: number }) | undefined> {
  const operators = trees.flatMap((tree) => tree.operators).filter((oid) => oid >= FIRST_USER_OID);
  await world.learn({ functions: trees.flatMap((tree) => tree.functions), operators });
  for (const tree of trees) {
    for (const oid of tree.operators) {
      const found = world.operators.has(oid) ? world.objectionToOperator(oid) : undefined;
      if (found !== undefined) return { ...found, owner: tree.owner };
    }
    for (const oid of tree.functions) {
      // The planner calls what is labelled immutable or stable, and nothing else.
      const label = world.functions.get(oid)?.volatility;
      if (use === 'planned' && oid < FIRST_USER_OID && label === 'v') continue;
      const found = world.objectionTo(oid) ?? sleeping(oid, world);
      if (found !== undefined) return { ...found, owner: tree.owner };
    }
  }
  return undefined;
}

/** How long it sleeps is not to be seen from here. */
function sleeping(oid: number, world: World): Objection | undefined {
  const name = world.functions.get(oid)?.name ?? '';
  return oid < FIRST_USER_OID && SLEEPING.has(name)
    ? { oid, reason: `${name} may sleep above the limit`, hint: 'leave it out', effect: 'read' }
    : undefined;
}
