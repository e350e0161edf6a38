/** How a host is named to people, and why it could not be reached. */
import { ConnectionError } from '../errors.js';
import { type Host, isSocket } from './connection.js';

export function describeHost(place: Host): string {
  const { host, port } = place;
  if (isSocket(place)) return `${host}/.s.PGSQL.${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** @param milliseconds that were waited */
export function noAnswer(host: Host, milliseconds: number): ConnectionError {
  const seconds = milliseconds / 1000;
  return new ConnectionError(`no answer from ${describeHost(host)} within ${seconds} s`, {
    hint: 'is the address right, does a firewall let you through, and is the server well? connect_timeout says how long to wait',
  });
}

export function unknownHost(host: Host, error: unknown): ConnectionError {
  if ((error as NodeJS.ErrnoException).code === 'EAI_AGAIN') {
    return new ConnectionError(`nobody could be asked for the address of ${host.host}`, {
      cause: error,
      hint: 'DNS does not answer: check the host name and your network',
    });
  }
  return new ConnectionError(`the host ${host.host} is not known`, {
    cause: error,
    hint: 'check the host name and your DNS',
  });
}

export function unreachable(host: Host, error: NodeJS.ErrnoException): ConnectionError {
  const where = describeHost(host);
  switch (error.code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return new ConnectionError(`no server is listening at ${where}`, {
        cause: error,
        hint: 'is PostgreSQL running, and are host and port right?',
      });
    case 'EACCES':
    case 'EPERM':
      return new ConnectionError(`${where} may not be used by you`, {
        cause: error,
        hint: "check the rights of the socket and its directory, or the system's firewall",
      });
    case 'EAGAIN':
      return new ConnectionError(`${where} takes no more connections at the moment`, {
        cause: error,
        hint: 'the server is busy or stopped: try again later',
      });
    default:
      return new ConnectionError(`${where} can't be reached: ${error.code ?? error.message}`, {
        cause: error,
        hint: 'check the address and the network between',
      });
  }
}

/**
 * One error for all hosts that were tried, each named once.
 *
 * @param failures at least one
 */
export function noneOf(failures: readonly ConnectionError[]): ConnectionError {
  const different = [...new Map(failures.map((one) => [one.message, one])).values()];
  const last = different.at(-1)!;
  if (different.length === 1) return last;
  return new ConnectionError(
    `no host could be used: ${different.map(({ message }) => message).join('; ')}`,
    {
      cause: last,
      sqlstate: last.sqlstate,
      hint: last.hint,
    },
  );
}
