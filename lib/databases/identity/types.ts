/** Types: a domain's checks are functions that every cast to it calls, also deep inside composites and arrays. */
import type { Tree } from '../../sql/parse.js';
import { quoteLiteral } from '../../sql/quote.js';
import { against, type Check, type Context, visible } from './context.js';
import type { Objection } from './functions.js';
import { domainChecksOf } from './lookups/trees.js';
import { fieldTypes } from './lookups/types.js';
import { isUserType } from './resolution.js';
import { objectionIn } from './trees.js';

export const checkTypes: Check = async (context) => {
  const { references, named, world } = context;
  // t(x) and (x).t are casts where t is a type.
  const castLike = references.functions.filter(({ operands }) => operands.length === 1);
  for (const reference of [...references.types, ...castLike]) {
    const [type] = visible(named.types, reference.names, world);
    if (type === undefined || !isUserType(type.oid)) continue;
    const found = await objectionToTypes([type.oid], context);
    if (found !== undefined) return against('type-identity', found, reference.location);
  }
  return (await checkTexts(context)) ?? (await checkColumns(context));
};

/** `pg_input_is_valid('x', 'shop.email')` reads a value as the type that a text names. */
async function checkTexts(context: Context) {
  for (const { names, operands, location } of context.references.functions) {
    if (!/^pg_input_(is_valid|error_info)$/.test(names.at(-1)!)) continue;
    const text = literalOf(operands[1]);
    const type = text === undefined ? undefined : await typeNamed(text, context);
    if (type === undefined) {
      const reason = `${names.at(-1)} reads a value as a type that can't be told from here`;
      return against(
        'type-identity',
        { reason, hint: 'write the type out', effect: 'read' },
        location,
      );
    }
    const found = await objectionToTypes([type], context);
    if (found !== undefined) return against('type-identity', found, location);
  }
  return undefined;
}

function literalOf(node: Tree | undefined): string | undefined {
  const constant = node?.['A_Const'] as { sval?: { sval?: string } } | undefined;
  return constant?.sval?.sval;
}

/** As the statement would find it; undefined where there is none of that name. */
async function typeNamed(text: string, { world }: Context): Promise<number | undefined> {
  const [row] = await world.askOwn(
    `select pg_catalog.to_regtype(${quoteLiteral(text)})::pg_catalog.oid`,
  );
  const oid = row?.[0] ?? null;
  return oid === null ? undefined : Number(oid);
}

/**
 * Columns: reading a domain's value checks nothing. A literal that is compared with a composite or an array of domains
 * is checked while it is parsed, one of a range type compared, and JSON is checked when it becomes a row.
 */
async function checkColumns(context: Context) {
  const { world, references, reachable } = context;
  const { functions, operators, unions, setOperations } = references;
  const calls = functions.filter(({ use }) => use === 'call');
  const lists = [calls, operators, unions, setOperations];
  if (!references.alignsValues && lists.every((list) => list.length === 0)) return undefined;
  await world.learn({ types: [...reachable] });
  const nested = [...reachable].filter(
    (oid) => references.convertsRows || world.types.get(oid)?.kind !== 'd',
  );
  const rowTypes = new Set([...context.reached].map((oid) => world.relations.get(oid)?.rowType));
  // A table's own row type counts only where rows are made from something else.
  const wanted = nested.filter(
    (oid) => references.convertsRows || references.wholeRows || !rowTypes.has(oid),
  );
  const found = await objectionToTypes(wanted, context);
  return found === undefined ? undefined : against('type-identity', found, undefined, 'a column: ');
}

/** Looks into the types and all that they consist of, as if values of them were made. The types become reachable. */
export async function objectionToTypes(
  oids: readonly number[],
  context: Context,
): Promise<Objection | undefined> {
  const { world, reachable } = context;
  const seen = new Set<number>();
  let level = [...new Set(oids)].filter(isUserType);
  while (level.length > 0) {
    for (const oid of level) {
      seen.add(oid);
      reachable.add(oid);
    }
    await world.learn({ types: level });
    const types = level.flatMap((oid) => world.types.get(oid) ?? []);
    const domains = types.filter(({ kind }) => kind === 'd').map(({ oid }) => oid);
    const relations = types.map(({ relation }) => relation).filter((oid) => oid !== 0);
    const plain = domains.length === 0 && relations.length === 0;
    const [checks, fields] = plain
      ? [[], []]
      : await world.ask((ask) =>
          Promise.all([domainChecksOf(ask, domains), fieldTypes(ask, relations)]),
        );
    const found = await objectionIn(checks, world);
    if (found !== undefined) {
      const domain = world.types.get(found.owner);
      return {
        ...found,
        reason: `the domain ${domain?.schema}.${domain?.name} checks: ${found.reason}`,
      };
    }
    const codes = types.flatMap(({ support }) => support);
    await world.learn({ functions: codes });
    const bad = codes.map((code) => world.objectionTo(code)).find((one) => one !== undefined);
    if (bad !== undefined) return { ...bad, reason: `a range compares its bounds: ${bad.reason}` };
    const parts = types.flatMap(({ base, element, subtype }) => [base, element, subtype]);
    const inside = [
      ...fields.map(({ type }) => type),
      ...parts,
      ...checks.flatMap((check) => check.types),
    ];
    level = [...new Set(inside)].filter((oid) => isUserType(oid) && !seen.has(oid));
  }
  return undefined;
}
