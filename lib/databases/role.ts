/** What the connected role can do besides reading: no guard is as good as a right that is not there. */
import { StatementError } from '../errors.js';
import type { Database, Row } from './database.js';
import { readRows, type ShortRead } from './read-rows.js';
import { type Held, KINDS, type RoleFinding } from './role-findings.js';
import { ROLE_SQL } from './role-query.js';

export interface RoleReport {
  /** As which statements run. */
  readonly role: string;
  /** As which the session came in, and which it can become again. */
  readonly loginRole: string;
  readonly superuser: boolean;
  readonly findings: readonly RoleFinding[];
}

/** One statement. @throws as {@link Database.read} */
export async function lookAtRole(
  database: Pick<Database, 'read'>,
  options: ShortRead,
): Promise<RoleReport> {
  const rows = await readRows(database, { sql: ROLE_SQL }, options);
  const me = rows.find(([kind]) => kind === 'me')?.[3] ?? undefined;
  if (me === undefined) {
    // Nothing would be found of such a role, which must not pass for a role that has nothing.
    throw new StatementError('the role of the session is not there any more', {
      hint: 'connect as a role that exists',
    });
  }
  const [role = '', loginRole = ''] = JSON.parse(me) as string[];
  const held = new Map(rows.map((row) => [row[0]!, toHeld(row)]));
  const superuser = held.has('superuser');
  // A superuser may do everything, so the rest would only hide it.
  const kinds = superuser ? KINDS.filter(({ kind }) => kind === 'superuser') : KINDS;
  return {
    role,
    loginRole,
    superuser,
    findings: kinds.flatMap(({ kind, tell }) => {
      const found = held.get(kind);
      return found === undefined ? [] : tell(found, loginRole);
    }),
  };
}

/** What is too much of it, as the end of a sentence that begins with the role; undefined where nothing is. */
export function excessOf({ findings }: RoleReport): string | undefined {
  const parts = findings.flatMap(({ excess }) => excess ?? []);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function toHeld([, count, privileges, names, throughPublic]: Row): Held {
  return {
    count: Number(count ?? 0),
    privileges: privileges ?? '',
    names: JSON.parse(names ?? '[]') as string[][],
    throughPublic: throughPublic === 'true',
  };
}
