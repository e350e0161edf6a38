/** Which columns are numbers to people, and stand to the right. */
import type { ResultColumn } from '../databases/database.js';

/** psql's list (column_type_alignment in print.c). The server sends a domain as its base type. */
const RIGHT_ALIGNED = new Set([
  21, // int2
  23, // int4
  20, // int8
  700, // float4
  701, // float8
  1700, // numeric
  26, // oid
  28, // xid
  5069, // xid8
  29, // cid
  790, // money
]);

export function isRightAligned({ oid }: Pick<ResultColumn, 'oid'>): boolean {
  return RIGHT_ALIGNED.has(oid);
}
