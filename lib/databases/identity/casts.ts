/** Casts of a user's own that call a function: written, implied by a call, or applied by the server by itself. */
import type { Tree } from '../../sql/parse.js';
import { assignedTypes } from './assignments.js';
import { candidatesOf, expand } from './calls.js';
import { against, type Check, type Context, type IdentityFinding, visible } from './context.js';
import type { CastFacts } from './lookups/own.js';
import { operatorCandidates } from './operations.js';
import { allPartsOf } from './parts.js';
import { storedCallsOf } from './stored.js';
import { baseOf, isUserType, resolve, type Types, UNKNOWN } from './resolution.js';
import { typesFor } from './typing.js';

/** pg_type.dat: json and jsonb, whose functions apply a type's own cast to them. */
const JSON_TYPES = [114, 3802];

export const checkCasts: Check = async (context) => {
  const { world, named } = context;
  const { casts } = named;
  if (casts.length === 0) return undefined;
  await world.learn({ functions: casts.map(({ code }) => code) });
  const bad = casts.filter(({ code }) => world.objectionTo(code) !== undefined);
  if (bad.length === 0) return undefined;
  return (
    (await checkWritten(bad, context)) ??
    checkJson(bad, context) ??
    (await checkBodies(bad, context)) ??
    (await checkStored(bad, context)) ??
    (await checkTargets(bad, context)) ??
    (await checkImplied(bad, context))
  );
};

function refuse(cast: CastFacts, context: Context, location: number | undefined): IdentityFinding {
  return against(
    'cast-identity',
    context.world.objectionTo(cast.code)!,
    location ?? context.references.relations[0]?.location,
    'a cast is applied: ',
  );
}

/** `x::t`, CAST, and t(x) where t is a type. */
async function checkWritten(bad: readonly CastFacts[], context: Context) {
  const { references, named, world } = context;
  const written = [
    ...references.types.flatMap(({ cast, ...type }) =>
      cast === undefined ? [] : [{ ...type, cast }],
    ),
    ...references.functions.flatMap(({ operands, ...call }) =>
      operands.length === 1 ? [{ ...call, cast: operands[0]! }] : [],
    ),
  ];
  for (const { names, location, cast, node } of written) {
    const [type] = visible(named.types, names, world);
    const operands = type === undefined ? [] : castOperands(cast);
    if (type === undefined || operands.length === 0) continue;
    const known = await typesFor(context, [type.oid]);
    const targets = layers(type.oid, known);
    if ('RowExpr' in cast) {
      const fields = await columnTypesOf(world.types.get(type.oid)?.relation ?? 0, context);
      const inner = await typesFor(context, fields);
      for (const field of fields) for (const layer of layers(field, inner)) targets.add(layer);
    }
    const possible = bad.filter(({ target }) => targets.has(target));
    if (possible.length === 0) continue;
    const types = await context.typesAt(node, operands);
    if (types === undefined) return refuse(possible[0]!, context, location);
    const facts = await typesFor(context, types);
    const sources = types.map((source) => layers(source, facts));
    const found = possible.find((one) => sources.some((layer) => layer.has(one.source)));
    if (found !== undefined) return refuse(found, context, location);
  }
  return undefined;
}

/** A row that is written out goes to the types of the composite type's fields, one by one. */
async function columnTypesOf(relation: number, { world }: Context): Promise<number[]> {
  const rows = await world.ask((ask) =>
    ask(`select atttypid from pg_attribute
      where attrelid = ${relation} and attnum > 0 and not attisdropped`),
  );
  return rows.map(([type]) => Number(type));
}

/** Members of an array or row that is written out are cast one by one. */
function castOperands(node: Tree): Tree[] {
  const { elements } = (node['A_ArrayExpr'] ?? {}) as { elements?: Tree[] };
  const { args } = (node['RowExpr'] ?? {}) as { args?: Tree[] };
  const members =
    'A_ArrayExpr' in node ? (elements ?? []) : 'RowExpr' in node ? (args ?? []) : undefined;
  if (members !== undefined) return members.flatMap(castOperands);
  return isLiteral(node) ? [] : [node];
}

/** Literals of no type are read by the type itself, not cast. */
function isLiteral(node: Tree): boolean {
  const constant = node['A_Const'] as Tree | undefined;
  return constant !== undefined && (constant['sval'] !== undefined || constant['isnull'] === true);
}

/** A type, what its domain lies on, what its array consists of. */
function layers(oid: number, types: Types): Set<number> {
  const found = new Set<number>();
  for (const one of [oid, baseOf(oid, types)]) {
    found.add(one);
    const element = types.of(one)?.element ?? 0;
    if (element !== 0) for (const inner of layers(element, types)) found.add(inner);
  }
  return found;
}

function checkJson(bad: readonly CastFacts[], context: Context): IdentityFinding | undefined {
  const { references, reachable } = context;
  if (!references.convertsRows) return undefined;
  const found = bad.find(
    ({ source, target }) => JSON_TYPES.includes(target) && reachable.has(source),
  );
  return found === undefined ? undefined : refuse(found, context, undefined);
}

const TEXT = 25;
/** PostgreSQL's own functions in SQL, whose bodies cast what they are given to text; `||` is two of them. */
const CASTING_TO_TEXT = /^(quote_literal|quote_nullable|anytextcat|textanycat)$/;

async function checkBodies(all: readonly CastFacts[], context: Context) {
  const bad = all.filter(({ target }) => target === TEXT);
  if (bad.length === 0) return undefined;
  const { functions, operators } = context.references;
  const calls = functions
    .filter(({ names }) => CASTING_TO_TEXT.test(names.at(-1)!))
    .map(({ node, operands, location }) => ({ node, operands, location }));
  const joins = operators
    .filter(({ names }) => names.at(-1) === '||')
    .map(({ node, pairs = [], location }) => ({ node, operands: pairs.flat(), location }));
  for (const { node, operands, location } of [...calls, ...joins]) {
    const types = await context.typesAt(node, operands);
    const found = bad.find(({ source }) => types === undefined || types.includes(source));
    if (found !== undefined) return refuse(found, context, location);
  }
  return undefined;
}

/** The same in the views and policies that the statement comes through. */
async function checkStored(all: readonly CastFacts[], context: Context) {
  const bad = all.filter(({ target }) => target === TEXT || JSON_TYPES.includes(target));
  if (bad.length === 0) return undefined;
  for (const { name, argumentTypes } of await storedCallsOf(context)) {
    const targets = CASTING_TO_TEXT.test(name) ? [TEXT] : /json/.test(name) ? JSON_TYPES : [];
    if (targets.length === 0) continue;
    const inside = await allPartsOf(argumentTypes, context);
    const found = bad.find(({ source, target }) => targets.includes(target) && inside.has(source));
    if (found !== undefined) return refuse(found, context, undefined);
  }
  return undefined;
}

/** INSERT, UPDATE and MERGE inside EXPLAIN assign, and the planner computes what is constant. */
async function checkTargets(all: readonly CastFacts[], context: Context) {
  const { references, reachable, named, world } = context;
  const target = references.relations.find((relation) => relation.target);
  if (target === undefined) return undefined;
  const columns = visible(named.relations, target.names, world)[0]?.columnTypes ?? [];
  const bad = all.filter(({ context: when }) => when !== 'e');
  const into = bad.find(
    ({ source, target: type }) =>
      columns.includes(type) && (!isUserType(source) || reachable.has(source)),
  );
  if (into !== undefined) return refuse(into, context, target.location);
  const from = bad.filter(({ source, target: type }) => reachable.has(source) && !isUserType(type));
  if (from.length === 0) return undefined;
  const types = await assignedTypes(context);
  const found = from.find(({ source }) => types === undefined || types.includes(source));
  return found === undefined ? undefined : refuse(found, context, target.location);
}

/** What the server applies by itself, where a value of that type stands in another type's place. */
async function checkImplied(all: readonly CastFacts[], context: Context) {
  const isReachable = (type: number) => !isUserType(type) || context.reachable.has(type);
  const bad = all.filter(
    ({ context: when, source, target }) =>
      when === 'i' && isReachable(source) && isReachable(target),
  );
  const found =
    bad.length === 0
      ? undefined
      : ((await checkArguments(bad, context)) ??
        (await checkOperands(bad, context)) ??
        (await checkUnions(bad, context)));
  if (found !== undefined) return found;
  // A condition or a limit takes what an assignment would; no read has another.
  const taken = all.filter(
    ({ context: when, source, target }) =>
      when !== 'e' && isReachable(source) && !isUserType(target),
  );
  return taken.length === 0 ? undefined : await checkCoerced(taken, context);
}

async function checkArguments(bad: readonly CastFacts[], context: Context) {
  for (const reference of context.references.functions) {
    if (reference.use !== 'call' || reference.operands.length === 0) continue;
    // No function: a column of the row, or a cast.
    if (candidatesOf(reference, context).length === 0) continue;
    const types = await context.typesAt(reference.node, reference.operands);
    const candidates = candidatesOf(reference, context).map((facts) =>
      expand(facts, reference.operands.length, context.world.placeOf(facts.schema)),
    );
    const found = await applied(bad, types, candidates, 'function', context);
    if (found !== undefined) return refuse(found, context, reference.location);
  }
  return undefined;
}

async function checkOperands(bad: readonly CastFacts[], context: Context) {
  for (const { pairs, node, names, location, elementwise } of context.references.operators) {
    if (pairs === undefined) continue;
    const types = await context.typesAt(node, pairs.flat());
    let at = 0;
    for (const pair of pairs) {
      const own = types?.slice(at, (at += pair.length));
      const known = elementwise ? await typesFor(context, own ?? []) : undefined;
      const elements = own?.map((oid, i) => (i === 1 && known?.of(oid)?.element) || oid);
      const candidates = await operatorCandidates(names, pair.length, context);
      const found = await applied(bad, elements, candidates, 'operator', context);
      if (found !== undefined) return refuse(found, context, location);
    }
  }
  return undefined;
}

/** The cast that is applied to an argument on its way to the parameter of what is called. */
async function applied(
  bad: readonly CastFacts[],
  types: readonly number[] | undefined,
  candidates: Parameters<typeof resolve>[1],
  kind: Parameters<typeof resolve>[3],
  context: Context,
): Promise<CastFacts | undefined> {
  if (types === undefined) return bad[0];
  const known = await typesFor(context, [...types, ...candidates.flatMap((one) => one.types)]);
  const sources = types.map((type) => baseOf(type, known));
  const concerned = bad.filter(({ source }) => sources.includes(source));
  if (concerned.length === 0) return undefined;
  const chosen = resolve(types, candidates, known, kind);
  if (chosen === undefined) return concerned[0];
  return concerned.find(({ source, target }) =>
    sources.some((type, i) => type === source && baseOf(chosen.types[i]!, known) === target),
  );
}

/** Members of one common type, columns of set operations. */
async function checkUnions(bad: readonly CastFacts[], context: Context) {
  const { references } = context;
  for (const { members, node } of references.unions) {
    if (members.length < 2) continue;
    const found = await mixed(bad, await context.typesAt(node, members), context);
    if (found !== undefined) return refuse(found, context, undefined);
  }
  for (const { larg, rarg } of references.setOperations) {
    const [left, right] = [
      await context.columnsOf({ SelectStmt: larg }),
      await context.columnsOf({ SelectStmt: rarg }),
    ];
    const pairs = left?.map(({ oid }, i) => [oid, right?.[i]?.oid ?? 0]) ?? [undefined];
    for (const pair of right === undefined ? [undefined] : pairs) {
      const found = await mixed(bad, pair, context);
      if (found !== undefined) return refuse(found, context, undefined);
    }
  }
  return undefined;
}

async function checkCoerced(bad: readonly CastFacts[], context: Context) {
  for (const expression of context.references.coerced) {
    const [entry] = Object.entries(expression);
    if (
      entry === undefined ||
      !/^(ColumnRef|A_Indirection|FuncCall|CaseExpr|CoalesceExpr|SubLink|TypeCast)$/.test(entry[0])
    ) {
      continue;
    }
    const [type] = (await context.typesAt(entry[1] as Tree, [expression])) ?? [];
    const found = bad.find(({ source }) => type === undefined || source === type);
    if (found !== undefined) return refuse(found, context, undefined);
  }
  return undefined;
}

async function mixed(
  bad: readonly CastFacts[],
  types: readonly number[] | undefined,
  context: Context,
): Promise<CastFacts | undefined> {
  if (types === undefined) return bad[0];
  const known = await typesFor(context, types);
  const bases = new Set(
    types.filter((type) => type !== UNKNOWN).map((type) => baseOf(type, known)),
  );
  return bases.size < 2 ? undefined : bad.find(({ source }) => bases.has(source));
}
