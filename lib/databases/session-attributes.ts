/** `target_session_attrs`: whether a session is of the kind that was asked for (PostgreSQL manual, libpq's parameters). */
import { ConnectionError } from '../errors.js';
import type { Host, SessionAttrs } from './connection.js';
import type { Session } from './handshake.js';
import { describeHost } from './reachability.js';

/** What is asked of all hosts in turn; what is only preferred is asked first. */
export function roundsOf(wanted: SessionAttrs): readonly Exclude<SessionAttrs, 'prefer-standby'>[] {
  return wanted === 'prefer-standby' ? ['standby', 'any'] : [wanted];
}

/** @throws {ConnectionError} it is another kind: the next host may do */
export async function checkSession(
  session: Session,
  host: Host,
  wanted: Exclude<SessionAttrs, 'prefer-standby'>,
): Promise<void> {
  if (wanted === 'any') return;
  const found = await kindOf(session, wanted);
  if (found === wanted) return;
  throw new ConnectionError(
    `${describeHost(host)} is ${NAMES[found]}, and target_session_attrs is ${wanted}`,
    { hint: 'name a host that is, or leave target_session_attrs out: reading needs no other' },
  );
}

const NAMES = {
  'read-write': 'open for writing',
  'read-only': 'read-only',
  primary: 'a primary',
  standby: 'a standby',
} as const;

type Kind = keyof typeof NAMES;

/** Servers before 14, and poolers, do not report it by themselves. */
async function kindOf({ parameters, ask }: Session, wanted: Kind): Promise<Kind> {
  const standby = parameters.get('in_hot_standby');
  if (wanted === 'primary' || wanted === 'standby') {
    const recovers =
      standby === undefined
        ? (await ask('select pg_catalog.pg_is_in_recovery()')) === 't'
        : standby === 'on';
    return recovers ? 'standby' : 'primary';
  }
  const readOnly = parameters.get('default_transaction_read_only');
  const refuses =
    standby === undefined || readOnly === undefined
      ? (await ask('show transaction_read_only')) === 'on'
      : standby === 'on' || readOnly === 'on';
  return refuses ? 'read-only' : 'read-write';
}
