/** From a type's OID to how its text becomes JSON, as PostgreSQL's json_categorize_type decides it. */
import type { Row, TypeShape } from './database.js';

export interface ResolvedType {
  /** `pg_type.typname`. */
  readonly name: string;
  readonly shape: TypeShape;
}

const TEXT: TypeShape = { kind: 'text' };

/** Built-in scalars that JSON does not quote, or spells differently (OIDs from pg_type.dat). */
const SCALARS: ReadonlyMap<number, ResolvedType> = new Map(
  (
    [
      [16, 'bool', 'boolean'],
      [20, 'int8', 'number'],
      [21, 'int2', 'number'],
      [23, 'int4', 'number'],
      [700, 'float4', 'number'],
      [701, 'float8', 'number'],
      [1700, 'numeric', 'number'],
      [1082, 'date', 'date'],
      [1114, 'timestamp', 'timestamp'],
      [1184, 'timestamptz', 'timestamptz'],
      [114, 'json', 'json'],
      [3802, 'jsonb', 'json'],
      [25, 'text', 'text'],
      [1043, 'varchar', 'text'],
      [1042, 'bpchar', 'text'],
      [18, 'char', 'text'],
      [19, 'name', 'text'],
      [17, 'bytea', 'text'],
      [26, 'oid', 'text'],
      [2950, 'uuid', 'text'],
      [1083, 'time', 'text'],
      [1266, 'timetz', 'text'],
      [1186, 'interval', 'text'],
      [790, 'money', 'text'],
      [869, 'inet', 'text'],
      [650, 'cidr', 'text'],
      [2206, 'regtype', 'text'],
      [2205, 'regclass', 'text'],
      [705, 'unknown', 'text'],
      [2278, 'void', 'text'],
    ] as const
  ).map(([oid, name, kind]) => [oid, { name, shape: { kind } }]),
);

/** The arrays of those that results often hold. */
const ARRAYS: ReadonlyMap<number, ResolvedType> = new Map(
  (
    [
      [1000, 16],
      [1005, 21],
      [1007, 23],
      [1016, 20],
      [1021, 700],
      [1022, 701],
      [1231, 1700],
      [1009, 25],
      [1015, 1043],
      [1003, 19],
      [1182, 1082],
      [1115, 1114],
      [1185, 1184],
      [2951, 2950],
    ] as const
  ).map(([oid, element]) => {
    const { name, shape } = SCALARS.get(element)!;
    return [oid, { name: `_${name}`, shape: { kind: 'array', element: shape, delimiter: ',' } }];
  }),
);

/** int2vector and oidvector are arrays to JSON although their text has no braces. */
const VECTORS: ReadonlyMap<number, ResolvedType> = new Map([
  [
    22,
    {
      name: 'int2vector',
      shape: { kind: 'array', element: { kind: 'number' }, delimiter: ' ' },
    },
  ],
  [30, { name: 'oidvector', shape: { kind: 'array', element: TEXT, delimiter: ' ' } }],
]);

export type TypeQuery = (sql: string) => Promise<readonly Row[]>;

interface TypeRow {
  readonly name: string;
  readonly kind: string;
  readonly element: number;
  readonly delimiter: string;
  readonly base: number;
  readonly fields: { name: string; oid: number }[];
}

/** Types by OID; asks the catalog only for those that are not built in, level by level. */
export async function resolveTypes(
  oids: readonly number[],
  query: TypeQuery,
): Promise<(oid: number) => ResolvedType> {
  const rows = new Map<number, TypeRow>();
  let wanted = oids.filter((oid) => builtIn(oid) === undefined);
  while (wanted.length > 0) {
    const found = await readTypes([...new Set(wanted)], query);
    for (const [oid, row] of found) rows.set(oid, row);
    wanted = [...found.values()]
      .flatMap(({ element, base, fields }) => [element, base, ...fields.map(({ oid }) => oid)])
      .filter((oid) => oid !== 0 && !rows.has(oid) && builtIn(oid) === undefined);
  }
  return (oid) => builtIn(oid) ?? assemble(oid, rows);
}

function builtIn(oid: number): ResolvedType | undefined {
  return SCALARS.get(oid) ?? ARRAYS.get(oid) ?? VECTORS.get(oid);
}

function assemble(oid: number, rows: ReadonlyMap<number, TypeRow>): ResolvedType {
  const row = rows.get(oid);
  if (row === undefined) return { name: `oid ${oid}`, shape: TEXT };
  const shapeOf = (inner: number) => (builtIn(inner) ?? assemble(inner, rows)).shape;
  if (row.base !== 0) return { name: row.name, shape: shapeOf(row.base) };
  if (row.element !== 0) {
    const { delimiter } = row;
    return { name: row.name, shape: { kind: 'array', element: shapeOf(row.element), delimiter } };
  }
  if (row.kind === 'c') {
    const fields = row.fields.map((field) => ({ name: field.name, shape: shapeOf(field.oid) }));
    return { name: row.name, shape: { kind: 'composite', fields } };
  }
  return { name: row.name, shape: TEXT };
}

async function readTypes(oids: readonly number[], query: TypeQuery): Promise<Map<number, TypeRow>> {
  const list = oids.join(', ');
  // A true array is variable-length with elements of category A: `name` and `point` have elements and are none.
  const types = await query(`select t.oid, t.typname, t.typtype, t.typbasetype,
      case when t.typlen = -1 and t.typcategory = 'A' then t.typelem else 0 end,
      coalesce(e.typdelim, ',')
    from pg_catalog.pg_type t left join pg_catalog.pg_type e on e.oid = t.typelem
    where t.oid in (${list})`);
  const fields = types.some((row) => row[2] === 'c')
    ? await query(`select t.oid, a.attname, a.atttypid
        from pg_catalog.pg_type t join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
        where t.oid in (${list}) and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
        order by t.oid, a.attnum`)
    : [];
  return new Map(
    types.map(([oid, name, kind, base, element, delimiter]) => [
      Number(oid),
      {
        name: name!,
        kind: kind!,
        base: kind === 'd' ? Number(base) : 0,
        element: Number(element),
        delimiter: delimiter!,
        fields: fields
          .filter(([owner]) => owner === oid)
          .map(([, field, type]) => ({ name: field!, oid: Number(type) })),
      },
    ]),
  );
}
