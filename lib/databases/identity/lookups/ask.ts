/**
 * Asking the catalog. The queries run with a search_path of pg_catalog alone, so that nobody's operators stand in for
 * PostgreSQL's; what the statement itself would find is computed from its own path.
 */
import type { Row } from '../../database.js';
import { quoteLiteral } from '../../../sql/quote.js';

/** OIDs from here on were given after initdb: PostgreSQL's own objects are below (access/transam.h). */
export const FIRST_USER_OID = 16384;

/** Rows of a statement of ours, with the search_path of pg_catalog. */
export type Ask = (sql: string) => Promise<Row[]>;

export function nameArray(names: readonly string[]): string {
  return `array[${names.map(quoteLiteral).join(',')}]::name[]`;
}

export function oidArray(oids: readonly number[]): string {
  return `array[${oids.join(',')}]::oid[]`;
}

export function numbers(list: string | null | undefined): number[] {
  return (list ?? '')
    .split(' ')
    .filter((item) => item !== '')
    .map(Number);
}
