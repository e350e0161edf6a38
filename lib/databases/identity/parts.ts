/** What users' types consist of: fields, elements, bases, bounds. */
import type { Context } from './context.js';
import { fieldTypes } from './lookups/types.js';
import { isUserType } from './resolution.js';

/** Every type that the given ones consist of, to the bottom, with its own parts. */
export async function partsOf(
  start: readonly number[],
  { world }: Pick<Context, 'world'>,
): Promise<Map<number, readonly number[]>> {
  const parts = new Map<number, readonly number[]>();
  let level = [...new Set(start)].filter(isUserType);
  while (level.length > 0) {
    await world.learn({ types: level });
    const types = level.flatMap((oid) => world.types.get(oid) ?? []);
    const relations = types.map(({ relation }) => relation).filter((oid) => oid !== 0);
    const fields =
      relations.length === 0 ? [] : await world.ask((ask) => fieldTypes(ask, relations));
    for (const { oid, base, element, subtype, relation } of types) {
      const own = fields.filter((one) => one.relation === relation).map(({ type }) => type);
      parts.set(oid, [base, element, subtype, ...own]);
    }
    const inside = new Set([...parts.values()].flat());
    level = [...inside].filter((oid) => isUserType(oid) && !parts.has(oid));
  }
  return parts;
}

/** The types, and all that they consist of. */
export async function allPartsOf(
  types: readonly number[],
  context: Pick<Context, 'world'>,
): Promise<Set<number>> {
  const parts = await partsOf(types, context);
  return new Set([...types, ...parts.keys(), ...[...parts.values()].flat()]);
}
