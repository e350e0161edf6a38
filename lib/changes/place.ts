/** Where a change is made: names alone can come to mean another server. */
import { type Effect, RefusedError } from '../errors.js';

export interface Place {
  /** As the configuration names it. */
  readonly database: string;
  /** current_database() */
  readonly datname: string;
  /** pg_control_system()'s system_identifier; null where the role may not ask. */
  readonly system: string | null;
  readonly role: string;
  /** Of the server's history, which a failover begins anew; null or missing where the role may not ask. */
  readonly timeline?: string | null | undefined;
}

type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

export async function placeOf(ask: Ask, database: string): Promise<Place> {
  const [row] = await ask(`select pg_catalog.current_database(), current_user,
    pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute')
      and pg_catalog.has_function_privilege('pg_catalog.pg_control_checkpoint()', 'execute')`);
  const [datname = null, role = null, may = null] = row ?? [];
  const [found] = may === 't' ? await ask(CONTROL) : [];
  const [system = null, timeline = null] = found ?? [];
  return { database, datname: datname ?? '', system, role: role ?? '', timeline };
}

const CONTROL = `select s.system_identifier::pg_catalog.text, c.timeline_id::pg_catalog.text
  from pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c`;

/** Whether it is the same database of the same server, as far as anybody may know. */
export function isSameDatabase(one: Place, other: Place): boolean {
  return one.datname === other.datname && one.system === other.system;
}

/** @throws {RefusedError} it is not where the change was approved, or not as whom */
export function checkPlace(here: Place, approved: Place, effect: Effect): void {
  const refuse = (rule: string, what: string) =>
    new RefusedError(`refused: it was approved for ${what}`, {
      ...{ rule, effect },
      hint: 'look at it again, and approve what it would do now',
    });
  if (!isSameDatabase(here, approved)) {
    throw refuse(
      'approved-database',
      `${approved.datname} of ${approved.database}, and this is ${here.datname} of another server`,
    );
  }
  if (here.role !== approved.role)
    throw refuse('approved-role', `the role ${approved.role}, and this is ${here.role}`);
}
