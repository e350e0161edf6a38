/** Functions that a statement calls by name: each candidate is judged, and which one it is where they differ. */
import type { FunctionReference } from '../../sql/references.js';
import { against, type Check, type Context, type IdentityFinding, visible } from './context.js';
import type { FunctionFacts } from './lookups/functions.js';
import { type Candidate, fits, resolve, UNKNOWN } from './resolution.js';
import { typesFor } from './typing.js';

export const checkCalls: Check = async (context) => {
  for (const reference of context.references.functions) {
    if (reference.use === 'field') continue;
    const finding = await checkCall(reference, context);
    if (finding !== undefined) return finding;
  }
  return undefined;
};

async function checkCall(
  reference: FunctionReference,
  context: Context,
): Promise<IdentityFinding | undefined> {
  const { world } = context;
  const candidates = candidatesOf(reference, context);
  await world.learn({ functions: candidates });
  const bad = candidates.filter(({ oid }) => world.objectionTo(oid) !== undefined);
  if (bad.length === 0) return undefined;
  const refuse = (oid: number, where = '') =>
    against('function-identity', world.objectionTo(oid)!, reference.location, where);
  if (bad.length === candidates.length) return refuse(bad[0]!.oid);

  const types =
    reference.passing === 'names'
      ? undefined
      : await context.typesAt(reference.node, reference.operands);
  if (types === undefined)
    return refuse(bad[0]!.oid, 'which function is called is not certain, and ');
  const asArray = reference.passing === 'array';
  const expanded = candidates.map((facts) =>
    expand(asArray ? { ...facts, variadic: 0 } : facts, types.length, world.placeOf(facts.schema)),
  );
  if (isCoercion(reference, types, expanded, context)) return undefined;
  const known = await typesFor(context, [...types, ...expanded.flatMap((one) => one.types)]);
  const chosen = resolve(types, expanded, known, 'function');
  if (chosen !== undefined) {
    return world.objectionTo(chosen.oid) === undefined ? undefined : refuse(chosen.oid);
  }
  const fitting = expanded.find(
    (one) => world.objectionTo(one.oid) !== undefined && fits(types, one.types, known),
  );
  return fitting === undefined ? undefined : refuse(fitting.oid);
}

/** Functions of that name that take so many arguments. */
export function candidatesOf(
  reference: FunctionReference,
  { named, world }: Context,
): FunctionFacts[] {
  const all = visible(named.functions, reference.names, world).filter(({ kind }) => kind !== 'p');
  const given = reference.operands.length;
  return all.filter(({ argumentTypes, defaults, variadic }) => {
    const most = argumentTypes.length;
    const fewest = most - defaults;
    switch (reference.passing) {
      case 'names':
        return given <= most;
      case 'array':
        return variadic !== 0 && given <= most && given >= fewest;
      case 'positions':
        return (variadic !== 0 && given >= most) || (given <= most && given >= fewest);
    }
  });
}

/** func_get_detail: `float8('1.5')` is the literal's type where no function takes exactly that. */
function isCoercion(
  { names }: FunctionReference,
  types: readonly number[],
  candidates: readonly Candidate[],
  { named, world }: Context,
): boolean {
  if (types.length !== 1 || types[0] !== UNKNOWN) return false;
  if (candidates.some((one) => one.types[0] === UNKNOWN)) return false;
  return visible(named.types, names, world).length > 0;
}

/** FuncnameGetCandidates: parameters with defaults are cut off, a VARIADIC one is repeated. */
export function expand(facts: FunctionFacts, given: number, place: number): Candidate {
  const { oid, argumentTypes, variadic } = facts;
  const fixed = variadic === 0 ? argumentTypes : argumentTypes.slice(0, -1);
  const types = Array.from({ length: given }, (_, i) => fixed[i] ?? variadic);
  return { oid, types, place };
}
