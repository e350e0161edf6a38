/** What pg_operator says. */
import type { Row } from '../../database.js';
import { type Ask, FIRST_USER_OID, nameArray, oidArray } from './ask.js';

export interface OperatorFacts {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** 0 for a prefix operator. */
  readonly left: number;
  readonly right: number;
  readonly code: number;
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
