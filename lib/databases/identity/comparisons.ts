/**
 * Operator classes of a user's own: sorting, grouping, and every comparison of arrays, rows and ranges call the functions
 * of their elements' type.
 */
import type { Tree } from '../../sql/parse.js';
import type { FunctionReference, OperatorReference } from '../../sql/references.js';
import { candidatesOf } from './calls.js';
import { against, type Check, type Context } from './context.js';
import type { Objection } from './functions.js';
import { partsOf } from './parts.js';
import { isUserType } from './resolution.js';
import { storedCallsOf } from './stored.js';

/** pg_type.dat: rows without a type of their own. */
const RECORDS = [2249, 2287];

/** Take any type, and compare nothing. */
const INDIFFERENT = new Set(
  `count array_agg json_agg jsonb_agg to_json to_jsonb row_to_json array_to_json json_build_object jsonb_build_object
  json_build_array jsonb_build_array array_length array_ndims array_dims array_lower array_upper cardinality unnest
  array_append array_prepend array_cat array_to_string concat concat_ws format pg_typeof first_value last_value
  nth_value lag lead num_nulls num_nonnulls string_agg pg_column_size any_value lower upper lower_inc upper_inc
  lower_inf upper_inf isempty quote_literal quote_nullable`.split(/\s+/),
);

export const checkComparisons: Check = async (context) => {
  const { named, world, references, reachable } = context;
  await world.learn({ functions: named.orders.map(({ code }) => code) });
  const bad = new Map<number, Objection>();
  for (const { type, code } of named.orders) {
    const found = world.objectionTo(code);
    if (found !== undefined) bad.set(type, found);
  }
  const made = references.functions.flatMap((reference) => constructed(reference, context));
  // A table's own row type is as bad as its columns' types, which are among the others.
  const rows = new Set([...context.reached].map((oid) => world.relations.get(oid)?.rowType));
  const start = [...[...reachable].filter((type) => !rows.has(type)), ...made];
  const [first] = (await taintOf([...start, ...builtInOf(bad)], bad, context)).values();
  if (first === undefined) return undefined;
  const refuse = (objection: Objection, location: number | undefined) =>
    against(
      'operator-class',
      objection,
      location ?? references.relations[0]?.location,
      'values are compared by the class of their type: ',
    );

  if (references.ordersValues) return refuse(first, undefined);
  for (const reference of [...references.functions, ...references.operators]) {
    if (isIndifferent(reference)) continue;
    const operands = 'use' in reference ? reference.operands : reference.pairs?.flat();
    const types = await typesOf(reference.node, operands, context);
    const more = 'use' in reference ? constructed(reference, context) : [];
    const found = await taintAmong(types && [...types, ...more], first, bad, context);
    if (found !== undefined) return refuse(found, reference.location);
  }
  for (const { members, node } of references.unions) {
    const found = await taintAmong(await typesOf(node, members, context), first, bad, context);
    if (found !== undefined) return refuse(found, undefined);
  }
  for (const call of await storedCallsOf(context)) {
    if (INDIFFERENT.has(call.name)) continue;
    // What is sorted there is not looked for: that something is, suffices.
    const types = call.kind === 'SORTGROUPCLAUSE' ? undefined : call.argumentTypes;
    const found = await taintAmong(types, first, bad, context);
    if (found !== undefined) return refuse(found, undefined);
  }
  return undefined;
};

/** A class that is the default of one of PostgreSQL's own types concerns every statement. */
function builtInOf(bad: ReadonlyMap<number, Objection>): number[] {
  return [...bad.keys()].filter((type) => !isUserType(type));
}

function isIndifferent(reference: FunctionReference | OperatorReference): boolean {
  if (!('use' in reference)) return false;
  return reference.use !== 'call' || INDIFFERENT.has(reference.names.at(-1)!);
}

/** Range types whose constructor is called: it compares the bounds. */
function constructed(reference: FunctionReference, context: Context): number[] {
  if (reference.use !== 'call') return [];
  return candidatesOf(reference, context).flatMap(({ source, returns }) =>
    source === undefined ? [] : [returns],
  );
}

async function typesOf(node: Tree, operands: readonly Tree[] | undefined, context: Context) {
  if (operands === undefined) return undefined;
  return operands.length === 0 ? [] : await context.typesAt(node, operands);
}

/** What is bad about comparing values of these types; where they are not known, what could be. */
async function taintAmong(
  types: readonly number[] | undefined,
  first: Objection,
  bad: ReadonlyMap<number, Objection>,
  context: Context,
): Promise<Objection | undefined> {
  if (types === undefined || types.some((type) => RECORDS.includes(type))) return first;
  const tainted = await taintOf(types, bad, context);
  return types.map((type) => tainted.get(type)).find((found) => found !== undefined);
}

/** Types whose comparison calls something bad, with what it calls: the bad ones, and whatever consists of them. */
async function taintOf(
  types: readonly number[],
  bad: ReadonlyMap<number, Objection>,
  context: Context,
): Promise<Map<number, Objection>> {
  const { world } = context;
  const parts = await partsOf(types, context);
  const support = [...parts.keys()].flatMap((oid) => world.types.get(oid)?.support ?? []);
  await world.learn({ functions: support });
  const tainted = new Map<number, Objection>();
  for (const oid of [...types, ...parts.keys(), ...[...parts.values()].flat()]) {
    const codes = world.types.get(oid)?.support ?? [];
    const found =
      bad.get(oid) ?? codes.map((code) => world.objectionTo(code)).find((one) => one !== undefined);
    if (found !== undefined) tainted.set(oid, found);
  }
  for (let size = -1; size !== tainted.size;) {
    size = tainted.size;
    for (const [oid, inner] of parts) {
      const from = inner.find((part) => tainted.has(part));
      if (from !== undefined && !tainted.has(oid)) tainted.set(oid, tainted.get(from)!);
    }
  }
  return tainted;
}
