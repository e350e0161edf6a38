/** From a type's OID to its name: the usual ones are known, the others are asked for. */
import type { Row } from './database.js';

/** `pg_type.typname` of what results mostly hold (OIDs from pg_type.dat). */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [16, 'bool'],
  [17, 'bytea'],
  [18, 'char'],
  [19, 'name'],
  [20, 'int8'],
  [21, 'int2'],
  [23, 'int4'],
  [25, 'text'],
  [26, 'oid'],
  [114, 'json'],
  [700, 'float4'],
  [701, 'float8'],
  [790, 'money'],
  [869, 'inet'],
  [1003, '_name'],
  [1005, '_int2'],
  [1007, '_int4'],
  [1009, '_text'],
  [1015, '_varchar'],
  [1016, '_int8'],
  [1042, 'bpchar'],
  [1043, 'varchar'],
  [1082, 'date'],
  [1083, 'time'],
  [1114, 'timestamp'],
  [1184, 'timestamptz'],
  [1186, 'interval'],
  [1231, '_numeric'],
  [1266, 'timetz'],
  [1700, 'numeric'],
  [2205, 'regclass'],
  [2206, 'regtype'],
  [2950, 'uuid'],
  [3802, 'jsonb'],
]);

/** Names of types by OID. */
export async function typeNames(
  oids: readonly number[],
  query: (sql: string) => Promise<readonly Row[]>,
): Promise<(oid: number) => string> {
  const unknown = [...new Set(oids)].filter((oid) => !BUILT_IN.has(oid));
  const rows =
    unknown.length === 0
      ? []
      : await query(
          `select oid, typname from pg_catalog.pg_type where oid operator(pg_catalog.=) any (array[${unknown.join()}]::pg_catalog.oid[])`,
        );
  const found = new Map(rows.map(([oid, name]) => [Number(oid), name!]));
  return (oid) => BUILT_IN.get(oid) ?? found.get(oid) ?? `oid ${oid}`;
}
