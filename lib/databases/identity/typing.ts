/** Facts about types for {@link resolve}: categories, bases, and which casts PostgreSQL applies by itself. */
import type { Context } from './context.js';
import { oidArray } from './lookups.js';
import { baseOf, castTable, type Types } from './resolution.js';

export async function typesFor({ world }: Context, oids: readonly number[]): Promise<Types> {
  let wanted = [...new Set(oids)];
  // Domains lie on others, arrays consist of others.
  while (wanted.length > 0) {
    await world.learn({ types: wanted });
    const known = wanted.flatMap((oid) => world.types.get(oid) ?? []);
    wanted = known
      .flatMap(({ base, element }) => [base, element])
      .filter((oid) => oid !== 0 && !world.types.has(oid));
  }
  const of = (oid: number) => world.types.get(oid);
  const all = oidArray([...world.types.keys()]);
  const pairs = await world.ask((ask) =>
    ask(`select castsource, casttarget from pg_cast where castcontext = 'i'
      and castsource = any(${all}) and casttarget = any(${all})`),
  );
  return { of, casts: castTable(pairs.map(([s, t]) => [Number(s), Number(t)] as const)) };
}

export { baseOf };
