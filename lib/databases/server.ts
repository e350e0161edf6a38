/** The driver for a PostgreSQL server. */
import { ConnectionError } from '../errors.js';
import type { ConnectionTarget, Host } from './connection.js';
import type { Connection, Driver } from './driver.js';
import { passfilePassword } from './passfile.js';
import { openStream } from './stream.js';
import { type BackendKey, openWire } from './wire.js';

export interface ServerOptions {
  readonly target: ConnectionTarget;
  /** Sessions open at once: tool calls of one step run side by side. */
  readonly maxConnections: number;
  readonly warn: (message: string, hint?: string) => void;
  /** Told of a password from the password file. */
  readonly conceal?: ((secret: string) => void) | undefined;
}

export function serverDriver(options: ServerOptions): Driver {
  const { target, maxConnections } = options;
  return {
    maxConnections,
    copies: true,
    async connect(signal) {
      let failure: unknown;
      for (const host of target.hosts) {
        try {
          return await connectTo(host, signal, options);
        } catch (error) {
          // As libpq: the next host is tried when this one can't be reached or is not ready, not when it says no.
          const next = error instanceof ConnectionError && !/^28|^3D/.test(error.sqlstate ?? '');
          if (!next) throw error;
          failure = error;
        }
      }
      throw failure;
    },
    close: () => Promise.resolve(),
  };
}

function connectTo(
  host: Host,
  signal: AbortSignal,
  { target, warn, conceal }: ServerOptions,
): Promise<Connection> {
  const { user, database, passfile } = target;
  const password = (): string => {
    if (target.password !== undefined) return target.password;
    const found =
      passfile === undefined
        ? undefined
        : passfilePassword(passfile, { host: host.host, port: host.port, database, user }, warn);
    if (found !== undefined) conceal?.(found);
    return found ?? '';
  };
  return openWire({
    socket: () => openStream(host, target, signal),
    user,
    database,
    password,
    startup: target.startup,
    connectTimeoutMs: target.connectTimeoutMs,
    signal,
    cancel: (key) => sendCancel(host, target, key),
    onNotice: undefined,
  });
}

/** A cancel that takes longer than this is given up: the session is ended instead. */
const CANCEL_MS = 2000;

/** CancelRequest, length 16, code 80877102, over a connection of its own, encrypted as the session is. */
async function sendCancel(
  host: Host,
  target: ConnectionTarget,
  key: BackendKey | undefined,
): Promise<void> {
  if (key === undefined) return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeUInt32BE(key.pid, 8);
  request.writeUInt32BE(key.secret, 12);
  try {
    const stream = await openStream(host, target, AbortSignal.timeout(CANCEL_MS));
    // The server answers with nothing but the end of the connection.
    const timer = setTimeout(() => stream.destroy(), CANCEL_MS);
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.once('error', () => resolve());
      stream.end(request);
      stream.resume();
    });
    clearTimeout(timer);
  } catch {
    // Nobody is there to be asked: whoever wanted to cancel will end the session instead.
  }
}
