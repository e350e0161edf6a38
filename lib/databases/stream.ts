/** A stream to a server: TCP or a socket file, encrypted as `sslmode` says, before the protocol begins. */
import { readFileSync } from 'node:fs';
import { type Socket, connect as connectPlain, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { ConfigError, ConnectionError } from '../errors.js';
import type { ConnectionTarget, Host } from './connection.js';

/** SSLRequest (PostgreSQL manual, "Message Formats"): length 8, code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * @throws {ConnectionError} naming the host, with a hint
 */
export async function openStream(
  host: Host,
  target: ConnectionTarget,
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = await openSocket(host, target, signal);
  // Over a socket file libpq never encrypts; `allow` begins in plain text.
  if (host.host.startsWith('/') || target.sslmode === 'disable' || target.sslmode === 'allow') {
    return socket;
  }
  const late = setTimeout(() => socket.destroy(noAnswer(host, target)), target.connectTimeoutMs);
  const abort = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    if (await serverHasTls(socket)) return await encrypt(socket, host, target);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', abort);
  }
  if (target.sslmode === 'prefer') return socket;
  socket.destroy();
  throw new ConnectionError(
    `${describeHost(host)} does not offer TLS, and sslmode is ${target.sslmode}`,
    {
      hint: 'turn TLS on at the server, or use sslmode=prefer where plain text is acceptable',
    },
  );
}

function noAnswer(host: Host, { connectTimeoutMs }: ConnectionTarget): ConnectionError {
  const seconds = connectTimeoutMs / 1000;
  return new ConnectionError(`no answer from ${describeHost(host)} within ${seconds} s`, {
    hint: 'is the address right, and does a firewall let you through?',
  });
}

function openSocket(host: Host, target: ConnectionTarget, signal: AbortSignal): Promise<Socket> {
  const socket = host.host.startsWith('/')
    ? connectPlain({ path: `${host.host}/.s.PGSQL.${host.port}` })
    : connectPlain({ host: host.address ?? host.host, port: host.port, noDelay: true });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(noAnswer(host, target)), target.connectTimeoutMs);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', refused);
    };
    const fail = (error: unknown) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const abort = () => fail(signal.reason);
    const refused = (error: NodeJS.ErrnoException) => fail(unreachable(host, error));
    signal.addEventListener('abort', abort);
    socket.once('error', refused);
    socket.once('connect', () => {
      settle();
      resolve(socket);
    });
  });
}

function unreachable(host: Host, error: NodeJS.ErrnoException): ConnectionError {
  const where = describeHost(host);
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConnectionError(`the host ${host.host} is not known`, {
        cause: error,
        hint: 'check the host name and your DNS',
      });
    case 'ECONNREFUSED':
    case 'ENOENT':
      return new ConnectionError(`no server is listening at ${where}`, {
        cause: error,
        hint: 'is PostgreSQL running, and are host and port right?',
      });
    default:
      return new ConnectionError(`${where} can't be reached: ${error.code ?? error.message}`, {
        cause: error,
        hint: 'check the address and the network between',
      });
  }
}

function describeHost({ host, port }: Host): string {
  return host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`;
}

/** One byte answers an SSLRequest: S or N. More before the handshake could be an injection (CVE-2021-23222). */
function serverHasTls(socket: Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new ConnectionError('the server closed the connection'));
    socket.once('error', reject);
    socket.once('close', ended);
    socket.once('data', (answer: Buffer) => {
      socket.removeListener('error', reject);
      socket.removeListener('close', ended);
      const yes = answer[0] === 0x53;
      if (answer.length !== 1 || (!yes && answer[0] !== 0x4e)) {
        reject(
          new ConnectionError('the server did not answer as PostgreSQL does', {
            hint: 'check the port: something else seems to listen there',
          }),
        );
      } else {
        resolve(yes);
      }
    });
    socket.write(SSL_REQUEST);
  });
}

async function encrypt(socket: Socket, host: Host, target: ConnectionTarget): Promise<Duplex> {
  const tls = await import('node:tls');
  const encrypted = tls.connect({ socket, ...tlsOptions(host, target) });
  await new Promise<void>((resolve, reject) => {
    encrypted.once('error', (error) => {
      reject(
        new ConnectionError(
          `the TLS connection to ${describeHost(host)} failed: ${error.message}`,
          {
            cause: error,
            hint: `check sslrootcert and the server's certificate (sslmode is ${target.sslmode})`,
          },
        ),
      );
    });
    encrypted.once('secureConnect', () => {
      encrypted.removeAllListeners('error');
      resolve();
    });
  });
  return encrypted;
}

/** libpq: `require` checks the certificate only where a root certificate is given, as verify-ca does. */
function tlsOptions(host: Host, target: ConnectionTarget): ConnectionOptions {
  const read = (name: string, path: string): Buffer => {
    try {
      return readFileSync(path);
    } catch (error) {
      throw new ConfigError(`${name} ${path} can't be read`, { cause: error });
    }
  };
  const { sslrootcert, sslcert, sslkey, sslmode } = target;
  const checksName = sslmode === 'verify-full';
  const checksChain =
    checksName || sslmode === 'verify-ca' || (sslmode === 'require' && sslrootcert !== undefined);
  return {
    rejectUnauthorized: checksChain,
    ...(checksName ? {} : { checkServerIdentity: () => undefined }),
    ...(isIP(host.host) === 0 ? { servername: host.host } : {}),
    ...(checksChain && sslrootcert !== undefined && sslrootcert !== 'system'
      ? { ca: read('sslrootcert', sslrootcert) }
      : {}),
    ...(sslcert === undefined ? {} : { cert: read('sslcert', sslcert) }),
    ...(sslkey === undefined ? {} : { key: read('sslkey', sslkey) }),
  };
}
