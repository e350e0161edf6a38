/** What pg_proc says of functions, aggregates and window functions. */
import type { Row } from '../../database.js';
import { type Ask, FIRST_USER_OID, nameArray, numbers, oidArray } from './ask.js';

export interface FunctionFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** `f`unction, `p`rocedure, `a`ggregate, `w`indow function. */
  readonly kind: string;
  /** `i`mmutable, `s`table, `v`olatile: a label, not a proof. */
  readonly volatility: string;
  readonly language: 'internal' | 'c' | 'sql' | 'other';
  /** Its language keeps it inside the database; none of PostgreSQL's own functions is told apart. */
  readonly trusted: boolean;
  readonly argumentTypes: readonly number[];
  readonly defaults: number;
  /** Element type of the last, VARIADIC parameter; 0 where there is none. */
  readonly variadic: number;
  /** The extension that it belongs to. */
  readonly extension: string | undefined;
  /** Written in C, or owned by a superuser: an extension's owner can make any function of his own a member. */
  readonly genuine: boolean;
  /** The C function behind an internal one of a user's; what a range type's constructors are made of. */
  readonly source: string | undefined;
  /** `shop.net(numeric)`. */
  readonly signature: string;
  /** An aggregate's transition, final and other functions. */
  readonly support: readonly number[];
  /** OID of the type that it gives. */
  readonly returns: number;
}

const FUNCTIONS = `select p.oid, n.nspname, p.proname, p.prokind, p.provolatile, p.prolang, p.proargtypes,
  p.pronargdefaults, p.provariadic, p.prorettype
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace`;

/** What is asked of users' functions besides: planning it costs more than all the rest. */
const MORE_OF_FUNCTIONS = `select p.oid,
  (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
      and d.refclassid = 'pg_extension'::regclass limit 1),
  p.prolang in (12, 13) or (select r.rolsuper from pg_roles r where r.oid = p.proowner),
  case when p.prolang = 12 then p.prosrc end,
  oidvectortypes(p.proargtypes),
  case when p.prokind = 'a' then
    (select concat_ws(' ', a.aggtransfn::oid, a.aggfinalfn::oid, a.aggcombinefn::oid, a.aggserialfn::oid,
      a.aggdeserialfn::oid, a.aggmtransfn::oid, a.aggminvtransfn::oid, a.aggmfinalfn::oid,
      (select o.oprcode::oid from pg_operator o where o.oid = a.aggsortop))
     from pg_aggregate a where a.aggfnoid = p.oid) end,
  (select l.lanpltrusted from pg_language l where l.oid = p.prolang)
  from pg_proc p`;

export async function functionsByName(
  ask: Ask,
  names: readonly string[],
): Promise<FunctionFacts[]> {
  return await completed(ask, await ask(`${FUNCTIONS} where p.proname = any(${nameArray(names)})`));
}

export async function functionsByOid(ask: Ask, oids: readonly number[]): Promise<FunctionFacts[]> {
  if (oids.length === 0) return [];
  return await completed(ask, await ask(`${FUNCTIONS} where p.oid = any(${oidArray(oids)})`));
}

async function completed(ask: Ask, rows: readonly Row[]): Promise<FunctionFacts[]> {
  const users = rows.map(([oid]) => Number(oid)).filter((oid) => oid >= FIRST_USER_OID);
  const found =
    users.length === 0
      ? []
      : await ask(`${MORE_OF_FUNCTIONS} where p.oid = any(${oidArray(users)})`);
  const more = new Map(found.map(([oid, ...facts]) => [oid, facts]));
  return rows.map((row) => toFunction(row, more.get(row[0]!) ?? []));
}

function toFunction(row: Row, more: readonly Row[number][]): FunctionFacts {
  const [oid, schema, name, kind, volatility, language, types, defaults, variadic, returns] = row;
  const [extension, genuine, source, signature, support, trusted] = more;
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    kind: kind!,
    volatility: volatility!,
    // OIDs that bootstrap gives (pg_language.dat).
    language: ({ 12: 'internal', 13: 'c', 14: 'sql' } as const)[Number(language)] ?? 'other',
    trusted: trusted !== 'f',
    argumentTypes: numbers(types),
    defaults: Number(defaults),
    variadic: Number(variadic),
    extension: extension ?? undefined,
    genuine: genuine === 't',
    source: source ?? undefined,
    signature: `${schema}.${name}(${signature ?? ''})`,
    support: numbers(support).filter((code) => code !== 0),
    returns: Number(returns),
  };
}
