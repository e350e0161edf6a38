/**
 * What the catalog says of names and OIDs. The queries run with a search_path of pg_catalog alone, so that nobody's
 * operators stand in for PostgreSQL's; what the statement itself would find is computed from its own path.
 */
import type { Row } from '../database.js';
import { quoteLiteral } from '../../sql/quote.js';

/** OIDs from here on were given after initdb: PostgreSQL's own objects are below (access/transam.h). */
export const FIRST_USER_OID = 16384;

export interface FunctionFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** `f`unction, `p`rocedure, `a`ggregate, `w`indow function. */
  readonly kind: string;
  /** `i`mmutable, `s`table, `v`olatile: a label, not a proof. */
  readonly volatility: string;
  readonly language: 'internal' | 'c' | 'sql' | 'other';
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

export interface OperatorFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** 0 for a prefix operator. */
  readonly left: number;
  readonly right: number;
  readonly code: number;
}

export interface RelationFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly rowType: number;
  readonly hasChildren: boolean;
  /** Whether policies apply to the role that asks. */
  readonly secured: boolean;
  /** Whether policies apply to anybody. */
  readonly hasPolicies: boolean;
  /** Types of columns that are not PostgreSQL's own. */
  readonly columnTypes: readonly number[];
  /** Support functions of the operator classes that are not PostgreSQL's own, of indexes and partition keys. */
  readonly support: readonly number[];
  /** Of a foreign table: the extension of its wrapper. */
  readonly wrapper: string | undefined;
  /** Expressions of indexes, checks, partition keys and statistics that call functions of a user's, as trees. */
  readonly expressions: string | undefined;
}

export interface TypeFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** `b`ase, `c`omposite, `d`omain, `e`num, `p`seudo, `r`ange, `m`ultirange. */
  readonly kind: string;
  readonly category: string;
  readonly preferred: boolean;
  /** Of a domain. */
  readonly base: number;
  /** Of an array. */
  readonly element: number;
  /** Of a composite type. */
  readonly relation: number;
  /** Of a range or multirange. */
  readonly subtype: number;
  /** Support functions of a range's operator class, its canonical function. */
  readonly support: readonly number[];
}

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

/** A rule, policy, check or default as the server keeps it, by the OIDs in its tree. */
export interface TreeFacts {
  /** OID of the relation or type that it belongs to. */
  readonly owner: number;
  readonly functions: readonly number[];
  readonly operators: readonly number[];
  readonly relations: readonly number[];
  readonly types: readonly number[];
}

/** Rows of a statement of ours, with the search_path of pg_catalog. */
export type Ask = (sql: string) => Promise<Row[]>;

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
     from pg_aggregate a where a.aggfnoid = p.oid) end
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
  const [extension, genuine, source, signature, support] = more;
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    kind: kind!,
    volatility: volatility!,
    // OIDs that bootstrap gives (pg_language.dat).
    language: ({ 12: 'internal', 13: 'c', 14: 'sql' } as const)[Number(language)] ?? 'other',
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

const OPERATORS = `select o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprcode::oid
  from pg_operator o join pg_namespace n on n.oid = o.oprnamespace`;

/** Those of a name that are not PostgreSQL's own through and through, or all. */
export async function operatorsByName(
  ask: Ask,
  names: readonly string[],
  which: 'users' | 'all',
): Promise<OperatorFacts[]> {
  const users = ` and (o.oid >= ${FIRST_USER_OID} or o.oprcode::oid >= ${FIRST_USER_OID})`;
  const where = `where o.oprname = any(${nameArray(names)})${which === 'users' ? users : ''}`;
  return (await ask(`${OPERATORS} ${where}`)).map(toOperator);
}

export async function operatorsByOid(ask: Ask, oids: readonly number[]): Promise<OperatorFacts[]> {
  if (oids.length === 0) return [];
  return (await ask(`${OPERATORS} where o.oid = any(${oidArray(oids)})`)).map(toOperator);
}

function toOperator([oid, schema, name, left, right, code]: Row): OperatorFacts {
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    left: Number(left),
    right: Number(right),
    code: Number(code),
  };
}

const RELATIONS = `select c.oid, n.nspname, c.relname, c.relkind, c.reltype, c.relhassubclass,
  c.relkind in ('r', 'p') and row_security_active(c.oid), c.relrowsecurity, c.relchecks > 0 or c.relkind = 'p',
  (select string_agg(distinct a.atttypid::text, ' ') from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid >= ${FIRST_USER_OID}),
  (select string_agg(i.indclass::text || case when i.indexprs is null and i.indpred is null then '' else ' x' end, ' ')
    from pg_index i where i.indrelid = c.oid),
  exists (select from pg_statistic_ext s where s.stxrelid = c.oid)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace`;

/** What is asked of the few that have something of a user's in their indexes, checks or keys. */
const MORE_OF_RELATIONS = `select c.oid,
  (select string_agg(distinct s.amproc::oid::text, ' ')
    from (select i.indclass from pg_index i where i.indrelid = c.oid
      union all select p.partclass from pg_partitioned_table p where p.partrelid = c.oid) k
    cross join lateral unnest(k.indclass::oid[]) as class
    join pg_opclass l on l.oid = class
    join pg_amproc s on s.amprocfamily = l.opcfamily
    where s.amproc::oid >= ${FIRST_USER_OID}),
  (select e.extname from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
    join pg_depend d on d.classid = 'pg_foreign_data_wrapper'::regclass and d.objid = s.srvfdw and d.deptype = 'e'
    join pg_extension e on e.oid = d.refobjid where t.ftrelid = c.oid limit 1),
  (select string_agg(x.tree, ' ') from (
    select concat(i.indexprs::text, i.indpred::text) from pg_index i where i.indrelid = c.oid
    union all select k.conbin::text from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
    union all select p.partexprs::text from pg_partitioned_table p where p.partrelid = c.oid
    union all select to_jsonb(s) ->> 'stxexprs' from pg_statistic_ext s where s.stxrelid = c.oid) x (tree)
    where x.tree ~ ':(funcid|opfuncid|opno) [1-9][0-9]{4}')
  from pg_class c`;

export async function relationsByName(
  ask: Ask,
  names: readonly string[],
): Promise<RelationFacts[]> {
  return await withMore(ask, await ask(`${RELATIONS} where c.relname = any(${nameArray(names)})`));
}

export async function relationsByOid(ask: Ask, oids: readonly number[]): Promise<RelationFacts[]> {
  if (oids.length === 0) return [];
  return await withMore(ask, await ask(`${RELATIONS} where c.oid = any(${oidArray(oids)})`));
}

/** Partitions and children that a read of these goes down to, at all depths. */
export async function descendants(ask: Ask, oids: readonly number[]): Promise<number[]> {
  const rows = await ask(`with recursive below (oid) as (
    select inhrelid from pg_inherits where inhparent = any(${oidArray(oids)})
    union select i.inhrelid from pg_inherits i join below on i.inhparent = below.oid) select oid from below`);
  return rows.map(([oid]) => Number(oid));
}

async function withMore(ask: Ask, rows: readonly Row[]): Promise<RelationFacts[]> {
  const odd = rows.filter(
    ([oid, , , kind, , , , , checks, , classes, statistics]) =>
      Number(oid) >= FIRST_USER_OID &&
      (kind === 'f' || checks === 't' || statistics === 't' || hasUsersClass(classes ?? null)),
  );
  const oids = odd.map(([oid]) => Number(oid));
  const found =
    oids.length === 0 ? [] : await ask(`${MORE_OF_RELATIONS} where c.oid = any(${oidArray(oids)})`);
  const more = new Map(found.map(([oid, ...facts]) => [oid, facts]));
  return rows.map((row) => toRelation(row, more.get(row[0]!) ?? []));
}

/** An index over expressions is marked with an x. */
function hasUsersClass(classes: string | null): boolean {
  return (classes ?? '').split(' ').some((one) => one === 'x' || Number(one) >= FIRST_USER_OID);
}

function toRelation(row: Row, more: readonly Row[number][]): RelationFacts {
  const [oid, schema, name, kind, type, children, secured, policies, , columns] = row;
  const [support, wrapper, expressions] = more;
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    kind: kind!,
    rowType: Number(type),
    hasChildren: children === 't',
    secured: secured === 't',
    hasPolicies: policies === 't',
    columnTypes: numbers(columns),
    support: numbers(support),
    wrapper: wrapper ?? undefined,
    expressions: expressions ?? undefined,
  };
}

const TYPES = `select t.oid, n.nspname, t.typname, t.typtype, t.typcategory, t.typispreferred, t.typbasetype,
  case when t.typcategory = 'A' then t.typelem else 0 end, t.typrelid,
  case when t.typtype in ('r', 'm') then r.rngsubtype end,
  case when t.typtype in ('r', 'm') then (select string_agg(f::text, ' ') from (
    select s.amproc::oid as f from pg_opclass l join pg_amproc s on s.amprocfamily = l.opcfamily
      where l.oid = r.rngsubopc
    union select r.rngcanonical::oid union select r.rngsubdiff::oid) s where f >= ${FIRST_USER_OID}) end
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  left join pg_range r on r.rngtypid = t.oid or r.rngmultitypid = t.oid`;

export interface NamedType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
}

export async function typesByName(ask: Ask, names: readonly string[]): Promise<NamedType[]> {
  const rows = await ask(`select t.oid, n.nspname, t.typname
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typname = any(${nameArray(names)})`);
  return rows.map(([oid, schema, name]) => ({ oid: Number(oid), schema: schema!, name: name! }));
}

export async function typesByOid(ask: Ask, oids: readonly number[]): Promise<TypeFacts[]> {
  if (oids.length === 0) return [];
  return (await ask(`${TYPES} where t.oid = any(${oidArray(oids)})`)).map(toType);
}

export interface FieldFacts {
  readonly relation: number;
  readonly type: number;
}

/** Types of the columns of composite types' relations that are not PostgreSQL's own. */
export async function fieldTypes(ask: Ask, relations: readonly number[]): Promise<FieldFacts[]> {
  if (relations.length === 0) return [];
  const rows =
    await ask(`select distinct a.attrelid, a.atttypid from pg_attribute a where a.attrelid = any(${oidArray(relations)})
    and a.attnum > 0 and not a.attisdropped and a.atttypid >= ${FIRST_USER_OID}`);
  return rows.map(([relation, type]) => ({ relation: Number(relation), type: Number(type) }));
}

function toType(row: Row): TypeFacts {
  const [oid, schema, name, kind, category, preferred, base, element, relation, subtype, support] =
    row;
  return {
    oid: Number(oid),
    schema: schema!,
    name: name!,
    kind: kind!,
    category: category!,
    preferred: preferred === 't',
    base: Number(base),
    element: Number(element),
    relation: Number(relation),
    subtype: Number(subtype ?? 0),
    support: numbers(support),
  };
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

/**
 * The OIDs that stored trees hold. `pg_node_tree` is the server's own print of what it resolved (outfuncs.c), so that
 * a name means there what it meant when the object was made.
 */
const OIDS = String.raw`:(funcid|opfuncid|aggfnoid|winfnoid|tsmhandler|opno|eqop|sortop|lt_opr|eq_opr|cycle_mark_neop|relid|resulttype|funcresulttype|typid) (\d+)`;
const OPERATOR_LISTS = String.raw`:opnos \(o ([\d ]+)\)`;
const TYPE_LISTS = String.raw`:(?:funccoltypes|coltypes) \(o ([\d ]+)\)`;

function treeQuery(source: string): string {
  return `select x.owner,
    (select string_agg(distinct m[1] || ' ' || m[2], ',') from regexp_matches(x.tree, ${quoteLiteral(OIDS)}, 'g') m
      where m[2] <> '0'),
    (select string_agg(m[1], ' ') from regexp_matches(x.tree, ${quoteLiteral(OPERATOR_LISTS)}, 'g') m),
    (select string_agg(m[1], ' ') from regexp_matches(x.tree, ${quoteLiteral(TYPE_LISTS)}, 'g') m)
    from (${source}) x (owner, tree)`;
}

/** Rules of views; of tables too, where an EXPLAIN rewrites what is written to them. */
export const rulesOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select ev_class, ev_qual::text || ev_action::text from pg_rewrite where ev_class = any(${ids})`,
  );

export const policiesOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select polrelid, concat(polqual::text, polwithcheck::text) from pg_policy where polrelid = any(${ids})`,
  );

export const defaultsOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) => `select adrelid, adbin::text from pg_attrdef where adrelid = any(${ids})`,
  );

export const domainChecksOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select contypid, conbin::text from pg_constraint where contypid = any(${ids}) and conbin is not null`,
  );

/** The rules of views and the policies of tables, whole. */
export async function wholeTrees(ask: Ask, oids: readonly number[]): Promise<string[]> {
  if (oids.length === 0) return [];
  const rows = await ask(`select ev_action::text from pg_rewrite
    where ev_class = any(${oidArray(oids)}) and ev_type = '1'
    union all select concat(polqual::text, polwithcheck::text) from pg_policy
    where polrelid = any(${oidArray(oids)})`);
  return rows.map(([tree]) => tree ?? '');
}

async function trees(
  ask: Ask,
  oids: readonly number[],
  source: (ids: string) => string,
): Promise<TreeFacts[]> {
  if (oids.length === 0) return [];
  return (await ask(treeQuery(source(oidArray(oids))))).map(
    ([owner, pairs, operatorLists, typeLists]) => {
      const found = (pairs ?? '').split(',').map((pair) => pair.split(' '));
      const of = (kinds: RegExp) =>
        found.filter(([kind = '']) => kinds.test(kind)).map(([, oid]) => Number(oid));
      return {
        owner: Number(owner),
        functions: of(/^(funcid|opfuncid|aggfnoid|winfnoid|tsmhandler)$/),
        operators: [
          ...of(/^(opno|eqop|sortop|lt_opr|eq_opr|cycle_mark_neop)$/),
          ...numbers(operatorLists),
        ],
        relations: of(/^relid$/),
        types: [...of(/^(resulttype|funcresulttype|typid)$/), ...numbers(typeLists)].filter(
          (oid) => oid >= FIRST_USER_OID,
        ),
      };
    },
  );
}

export function nameArray(names: readonly string[]): string {
  return `array[${names.map(quoteLiteral).join(',')}]::name[]`;
}

export function oidArray(oids: readonly number[]): string {
  return `array[${oids.join(',')}]::oid[]`;
}

function numbers(list: string | null | undefined): number[] {
  return (list ?? '')
    .split(' ')
    .filter((item) => item !== '')
    .map(Number);
}
