/** Operators that a statement uses: its own, and the equality that IN, CASE, USING and DISTINCT FROM stand for. */
import { columnOf, fromOf, selectOf, starOf } from '../../sql/build.js';
import type { Tree } from '../../sql/parse.js';
import type { OperatorReference } from '../../sql/references.js';
import { against, type Check, type Context, type IdentityFinding, visible } from './context.js';
import { oidArray } from './lookups/ask.js';
import { type OperatorFacts, operatorsByName } from './lookups/operators.js';
import { type Candidate, fits, resolve } from './resolution.js';
import { typesFor } from './typing.js';

export const checkOperations: Check = async (context) => {
  const { references, world, named } = context;
  if (named.operators.length === 0) return undefined;
  await world.learn({ operators: named.operators });
  const bad = named.operators.filter(({ oid }) => world.objectionToOperator(oid) !== undefined);
  if (bad.length === 0) return undefined;
  for (const reference of references.operators) {
    const finding = await checkOperation(reference, bad, context);
    if (finding !== undefined) return finding;
  }
  return undefined;
};

async function checkOperation(
  reference: OperatorReference,
  allBad: readonly OperatorFacts[],
  context: Context,
): Promise<IdentityFinding | undefined> {
  const { world } = context;
  const bad = visible(allBad, reference.names, world);
  if (bad.length === 0) return undefined;
  const refuse = ({ schema, name, oid }: OperatorFacts, doubt = '') => {
    const where = `${doubt}${schema}.${name} is an operator of this database: `;
    return against('operator-identity', world.objectionToOperator(oid)!, reference.location, where);
  };
  const natural = await naturalColumns(reference, context);
  if (natural !== undefined) return await checkOperation(natural, allBad, context);
  if (reference.pairs === undefined && reference.columns === undefined) {
    const types = await reachedColumnTypes(context);
    const reached = bad.find(({ left, right }) => types.has(left) || types.has(right));
    return reached === undefined ? undefined : refuse(reached);
  }
  for (const pairTypes of (await typesOfPairs(reference, context)) ?? [undefined]) {
    if (pairTypes === undefined)
      return refuse(bad[0]!, 'which operator is used is not certain, and ');
    const chosen = await choose(reference.names, pairTypes, bad, context);
    if (chosen !== undefined) return refuse(chosen);
  }
  return undefined;
}

/** The types of each pair, asked for all at once. */
async function typesOfPairs(
  { pairs = [], columns, node, elementwise }: OperatorReference,
  context: Context,
): Promise<number[][] | undefined> {
  if (columns !== undefined) {
    const sides = columns.flatMap(bothSides);
    const found = await context.typesAt(node, sides, (call) => asSubquery(call, node));
    return found && columns.map((_, i) => found.slice(2 * i, 2 * i + 2));
  }
  const types = await context.typesAt(node, pairs.flat());
  if (types === undefined) return undefined;
  let at = 0;
  const grouped = pairs.map((pair) => types.slice(at, (at += pair.length)));
  if (!elementwise) return grouped;
  const known = await typesFor(context, types);
  return grouped.map(([left = 0, right = 0]) => [left, known.of(right)?.element || right]);
}

/** The bad operator that would be used for these types. */
export async function choose(
  names: readonly string[],
  types: readonly number[],
  bad: readonly OperatorFacts[],
  context: Context,
): Promise<OperatorFacts | undefined> {
  const { world } = context;
  const candidates = await operatorCandidates(names, types.length, context);
  const known = await typesFor(context, [...types, ...candidates.flatMap((one) => one.types)]);
  const chosen = resolve(types, candidates, known, 'operator');
  const isBad = (oid: number) => bad.some((one) => one.oid === oid);
  if (chosen !== undefined) return isBad(chosen.oid) ? world.operators.get(chosen.oid) : undefined;
  const fitting = candidates.find((one) => isBad(one.oid) && fits(types, one.types, known));
  return fitting === undefined ? undefined : world.operators.get(fitting.oid);
}

export async function operatorCandidates(
  names: readonly string[],
  operands: number,
  { world }: Context,
): Promise<Candidate[]> {
  const all = await world.ask((ask) => operatorsByName(ask, [names.at(-1)!], 'all'));
  await world.learn({ operators: all });
  return visible(all, names, world)
    .filter(({ left }) => (left === 0) === (operands === 1))
    .map(({ oid, left, right, schema }) => ({
      oid,
      types: operands === 1 ? [right] : [left, right],
      place: world.placeOf(schema),
    }));
}

/** The columns of a USING clause, in the subquery that {@link asSubquery} makes. */
function bothSides(column: string): Tree[] {
  return [columnOf('l', column), columnOf('r', column)];
}

/** A NATURAL join with its columns named; undefined where they can't be told, and for whatever is no such join. */
async function naturalColumns(
  reference: OperatorReference,
  context: Context,
): Promise<OperatorReference | undefined> {
  const { node, pairs, columns } = reference;
  if (node['isNatural'] !== true || pairs !== undefined || columns !== undefined) return undefined;
  const sides: Set<string>[] = [];
  for (const side of [node['larg'], node['rarg']]) {
    const found = await context.columnsOf({
      SelectStmt: {
        ...(selectOf([{ val: starOf() }], [side])['SelectStmt'] as Tree),
        ...withClauseOf(context),
      },
    });
    if (found === undefined) return undefined;
    sides.push(new Set(found.map(({ name }) => name)));
  }
  const common = [...sides[0]!].filter((name) => sides[1]!.has(name));
  return { ...reference, columns: common };
}

function withClauseOf({ statement: { fields } }: Context): Tree {
  return fields['withClause'] === undefined ? {} : { withClause: fields['withClause'] };
}

/** In place of a join: a subquery over both of its sides, each under a name of ours. */
function asSubquery(call: Tree, { larg, rarg }: Tree): Tree {
  const side = (from: unknown, alias: string) =>
    fromOf(selectOf([{ val: starOf() }], [from]), alias, true);
  return fromOf(selectOf([{ val: call }], [side(larg, 'l'), side(rarg, 'r')]), 'pgask_join', true);
}

/** Types of all columns that a NATURAL join or a subquery's rows could compare, of any relation that is reached. */
async function reachedColumnTypes({ world, reached }: Context): Promise<Set<number>> {
  const rows = await world.ask((ask) =>
    ask(`select distinct atttypid from pg_attribute where attnum > 0 and not attisdropped
      and attrelid = any(${oidArray([...reached])})`),
  );
  return new Set(rows.map(([type]) => Number(type)));
}
