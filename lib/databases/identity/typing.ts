/** Facts about types for {@link resolve}: categories, bases, and which casts PostgreSQL applies by itself. */
import type { Context } from './context.js';
import { oidArray } from './lookups/ask.js';
import type { Row } from '../database.js';
import { pairTable, type Types } from './resolution.js';

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
  const rows = [...world.types.values()].filter(({ kind }) => kind === 'c');
  const [casts, parents] = await world.ask((ask) =>
    Promise.all([
      ask(`select castsource, casttarget from pg_cast where castcontext = 'i'
        and castsource = any(${all}) and casttarget = any(${all})`),
      rows.length < 2 ? [] : ask(ancestors(rows.map(({ relation }) => relation))),
    ]),
  );
  return { of, casts: pairTable(pairs(casts)), inherits: pairTable(pairs(parents)) };
}

/** Row types of tables, each with those of the tables that it inherits from. */
function ancestors(relations: readonly number[]): string {
  return `with recursive up (child, parent) as (
    select inhrelid, inhparent from pg_inherits where inhrelid = any(${oidArray(relations)})
    union select up.child, i.inhparent from pg_inherits i join up on i.inhrelid = up.parent)
    select c.reltype, p.reltype from up join pg_class c on c.oid = up.child join pg_class p on p.oid = up.parent`;
}

function pairs(rows: readonly Row[]): [number, number][] {
  return rows.map(([one, other]) => [Number(one), Number(other)]);
}
