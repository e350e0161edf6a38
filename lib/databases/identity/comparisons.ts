/**
 * Operator classes of a user's own: sorting, grouping, and every comparison of arrays, rows and ranges call the functions
 * of their elements' type.
 */
import type { FunctionReference, OperatorReference } from '../../sql/references.js';
import { candidatesOf } from './calls.js';
import { against, type Check, type Context } from './context.js';
import type { Objection } from './functions.js';
import { fieldTypes } from './lookups.js';
import { isUserType } from './resolution.js';

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
  const constructed = references.functions.flatMap((reference) =>
    candidatesOf(reference, context).flatMap(({ source, returns }) =>
      source === undefined ? [] : [returns],
    ),
  );
  const start = [...new Set([...reachable, ...constructed])].filter(isUserType);
  if (start.length === 0 && bad.size === 0) return undefined;
  const tainted = await taintedTypes(start, bad, context);
  if (tainted.size === 0) return undefined;
  const refuse = (objection: Objection, location: number | undefined) =>
    against(
      'operator-class',
      objection,
      location,
      'values are compared by the class of their type: ',
    );
  const [first] = tainted.values();
  if (references.ordersValues) return refuse(first!, undefined);
  for (const reference of [...references.functions, ...references.operators]) {
    const found = await compared(reference, tainted, context);
    if (found !== undefined) return refuse(found, reference.location);
  }
  return undefined;
};

async function compared(
  reference: FunctionReference | OperatorReference,
  tainted: ReadonlyMap<number, Objection>,
  context: Context,
): Promise<Objection | undefined> {
  const isCall = 'use' in reference;
  if (isCall && (reference.use !== 'call' || INDIFFERENT.has(reference.names.at(-1)!)))
    return undefined;
  const [first] = tainted.values();
  if (isCall) {
    const made = candidatesOf(reference, context).find(
      ({ source, returns }) => source !== undefined && tainted.has(returns),
    );
    if (made !== undefined) return tainted.get(made.returns);
  }
  const operands = isCall ? reference.operands : reference.pairs?.flat();
  // Columns by their names: which ones is not asked.
  if (operands === undefined) return first;
  if (operands.length === 0) return undefined;
  const types = await context.typesAt(reference.node, operands);
  if (types === undefined) return first;
  for (const type of types) {
    if (RECORDS.includes(type)) return first;
    const found = tainted.get(type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Types whose comparison calls something bad, with what it calls: the bad ones, and whatever consists of them. */
async function taintedTypes(
  start: readonly number[],
  bad: ReadonlyMap<number, Objection>,
  { world }: Context,
): Promise<Map<number, Objection>> {
  const parts = new Map<number, readonly number[]>();
  let level = start;
  while (level.length > 0) {
    await world.learn({ types: level });
    const types = level.flatMap((oid) => world.types.get(oid) ?? []);
    const relations = types.map(({ relation }) => relation).filter((oid) => oid !== 0);
    const fields =
      relations.length === 0 ? [] : await world.ask((ask) => fieldTypes(ask, relations));
    await world.learn({ functions: types.flatMap(({ support }) => support) });
    for (const { oid, base, element, subtype, relation } of types) {
      const own = fields.filter((one) => one.relation === relation).map(({ type }) => type);
      parts.set(oid, [base, element, subtype, ...own]);
    }
    level = [...new Set([...parts.values()].flat())].filter(
      (oid) => isUserType(oid) && !parts.has(oid),
    );
  }
  const tainted = new Map(bad);
  for (const oid of [...tainted.keys()]) {
    // A type that the statement does not come across taints nothing.
    if (isUserType(oid) && !parts.has(oid)) tainted.delete(oid);
  }
  for (const [oid] of parts) {
    const support = world.types.get(oid)?.support ?? [];
    const found = support.map((code) => world.objectionTo(code)).find((one) => one !== undefined);
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
