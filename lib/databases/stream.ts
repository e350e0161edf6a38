/** A stream to a server: TCP or a socket file, encrypted or not, before the protocol begins. */
import { type Socket, connect as connectPlain } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../errors.js';
import type { Route } from './addresses.js';
import { isSocket } from './connection.js';
import { closed, notPostgres, readMessages } from './protocol.js';
import { describeHost, unreachable } from './reachability.js';
import { encrypt, TlsFailure } from './tls.js';
import type { SslMode, TlsSettings } from './tls-settings.js';

/** `offered`: where the server has TLS, which it is asked first. */
export type Encryption = 'plain' | 'offered' | 'tls';

/** In which ways to try, in this order; the next only where TLS was what was wrong. */
export function encryptions(route: Route, mode: SslMode): readonly Encryption[] {
  // Over a socket file libpq never encrypts.
  if (isSocket(route.host) || mode === 'disable') return ['plain'];
  if (mode === 'allow') return ['plain', 'tls'];
  return mode === 'prefer' ? ['offered', 'plain'] : ['tls'];
}

/** SSLRequest (PostgreSQL manual, "Message Formats"): length 8, code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * @param signal destroys the stream with its reason
 * @throws {ConnectionError} naming the host, with a hint
 */
export async function openStream(
  route: Route,
  { settings, encryption }: { readonly settings: TlsSettings; readonly encryption: Encryption },
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = await openSocket(route, signal);
  if (encryption === 'plain') return socket;
  const { host } = route;
  try {
    if (settings.direct || (await hasTls(socket))) return await encrypt(socket, host, settings);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  if (encryption === 'offered') return socket;
  socket.destroy();
  throw new ConnectionError(
    `${describeHost(host)} does not offer TLS, and sslmode is ${settings.mode}`,
    { hint: 'turn TLS on at the server, or use sslmode=prefer where plain text is acceptable' },
  );
}

function openSocket({ host, address }: Route, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const file = `${host.host}/.s.PGSQL.${host.port}`;
  const socket = isSocket(host)
    ? // A leading NUL is an abstract socket of Linux, which people write as @.
      connectPlain({ path: file.replace(/^@/, '\0') })
    : connectPlain({ host: address ?? host.host, port: host.port, noDelay: true });
  const abort = () => void socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort);
  socket.once('close', () => signal.removeEventListener('abort', abort));
  return new Promise((resolve, reject) => {
    const refused = (error: Error) => {
      reject(error === signal.reason ? error : unreachable(host, error));
    };
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      // Whoever reads listens for itself; in between, an error would end the process.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** One byte answers an SSLRequest: S or N. More before the handshake could be an injection (CVE-2021-23222). */
async function hasTls(socket: Socket): Promise<boolean> {
  const reader = readMessages(socket);
  socket.write(SSL_REQUEST);
  const answer = String.fromCharCode((await reader.bytes(1))[0]!);
  await reader.release();
  // What an error says here comes from anybody: it is not shown (CVE-2024-10977).
  if (answer === 'E') {
    throw new TlsFailure('the server answered the request for TLS with an error', {
      hint: 'its log tells which; it may have no room for another connection',
    });
  }
  if ((answer !== 'S' && answer !== 'N') || socket.readableLength > 0) throw notPostgres();
  if (socket.destroyed) throw closed();
  return answer === 'S';
}
