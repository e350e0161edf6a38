/** What pg_type says, and what types consist of. */
import type { Row } from '../../database.js';
import { type Ask, FIRST_USER_OID, nameArray, numbers, oidArray } from './ask.js';

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
