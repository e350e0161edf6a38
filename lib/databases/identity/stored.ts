/** The calls in the rules and policies that a statement comes through, with the types of their arguments. */
import type { Context } from './context.js';
import { FIRST_USER_OID } from './lookups/ask.js';
import { wholeTrees } from './lookups/trees.js';
import { type StoredCall, storedCalls } from './node-tree.js';

export interface NamedCall extends StoredCall {
  /** The function's name, or that of the function behind the operator. */
  readonly name: string;
}

export async function storedCallsOf({ world, reached }: Context): Promise<NamedCall[]> {
  const owners = [...reached]
    .flatMap((oid) => world.relations.get(oid) ?? [])
    .filter(({ oid, kind, hasPolicies }) => oid >= FIRST_USER_OID && (kind === 'v' || hasPolicies));
  if (owners.length === 0) return [];
  const trees = await world.ask((ask) =>
    wholeTrees(
      ask,
      owners.map(({ oid }) => oid),
    ),
  );
  const calls = trees.flatMap(storedCalls);
  const isFunction = ({ kind }: StoredCall) => /^(FUNCEXPR|AGGREF|WINDOWFUNC)$/.test(kind);
  await world.learn({
    functions: calls.filter(isFunction).map(({ oid }) => oid),
    operators: calls.filter((call) => !isFunction(call)).map(({ oid }) => oid),
  });
  return calls.map((call) => {
    const code = isFunction(call) ? call.oid : (world.operators.get(call.oid)?.code ?? 0);
    return { ...call, name: world.functions.get(code)?.name ?? '' };
  });
}
