/** What users have made that the server applies by itself: casts, and operator classes. */
import { type Ask, FIRST_USER_OID, oidArray } from './ask.js';

/** A cast with a function, made by a user. */
export interface CastFacts {
  readonly source: number;
  readonly target: number;
  /** `i`mplicit, `a`ssignment, `e`xplicit. */
  readonly context: string;
  readonly code: number;
}

/** Support functions of a type's default operator class (B-tree or hash), made by a user. */
export interface OrderFacts {
  readonly type: number;
  readonly code: number;
}

/**
 * Every cast of a user's that calls a function, since any of them may be implicit; and the default operator classes of
 * users' types (B-tree and hash), which sorting, grouping and comparing rows use by themselves.
 */
export async function usersOwn(
  ask: Ask,
): Promise<{ readonly casts: readonly CastFacts[]; readonly orders: readonly OrderFacts[] }> {
  const rows = await ask(`select 'cast', castsource, casttarget, castcontext, castfunc from pg_cast
    where oid >= ${FIRST_USER_OID} and castfunc <> 0
    union all select 'class', opcfamily, 0, '', 0 from pg_opclass
    where oid >= ${FIRST_USER_OID} and opcdefault and opcmethod in (403, 405)
    union all select 'class', amprocfamily, 0, '', 0 from pg_amproc where oid >= ${FIRST_USER_OID}`);
  const casts = rows.filter(([kind]) => kind === 'cast');
  const families = rows.filter(([kind]) => kind === 'class').map(([, family]) => Number(family));
  return {
    casts: casts.map(([, source, target, context, code]) => ({
      source: Number(source),
      target: Number(target),
      context: context!,
      code: Number(code),
    })),
    orders: await ordersIn(ask, [...new Set(families)]),
  };
}

async function ordersIn(ask: Ask, families: readonly number[]): Promise<OrderFacts[]> {
  if (families.length === 0) return [];
  const rows = await ask(`select l.opcintype, s.amproc::oid from pg_opclass l
    join pg_amproc s on s.amprocfamily = l.opcfamily
    where l.opcfamily = any(${oidArray(families)}) and l.opcdefault and l.opcmethod in (403, 405)
      and s.amproc::oid >= ${FIRST_USER_OID}
    union select l.opcintype, o.oprcode::oid from pg_opclass l
    join pg_amop a on a.amopfamily = l.opcfamily join pg_operator o on o.oid = a.amopopr
    where l.opcfamily = any(${oidArray(families)}) and l.opcdefault and l.opcmethod in (403, 405)
      and o.oprcode::oid >= ${FIRST_USER_OID}`);
  return rows.map(([type, code]) => ({ type: Number(type), code: Number(code) }));
}
