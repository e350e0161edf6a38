/** The driver for a PostgreSQL server: the first of its hosts that lets us in and is of the kind that is wanted. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../errors.js';
import { type Route, routesTo } from './addresses.js';
import { PasswordNeededError } from './authentication.js';
import { sendCancel } from './cancel.js';
import { isEncrypted } from './channel-binding.js';
import type { ConnectionTarget, Host } from './connection.js';
import type { Driver } from './driver.js';
import { type Session, startSession } from './handshake.js';
import { passfilePassword } from './passfile.js';
import { noAnswer, noneOf } from './reachability.js';
import { checkSession, roundsOf } from './session-attributes.js';
import { type Encryption, encryptions, openStream } from './stream.js';
import { TlsFailure } from './tls.js';
import { openWire } from './wire.js';
import { connectError } from './wire-failures.js';

export interface ServerOptions {
  readonly target: ConnectionTarget;
  /** Sessions open at once: tool calls of one step run side by side. */
  readonly maxConnections: number;
  readonly warn: (message: string, hint?: string) => void;
  /** Told of a password from the password file or a person. */
  readonly conceal?: ((secret: string) => void) | undefined;
  /** Asks a person for the password; undefined where nobody could answer. An empty answer is none. */
  readonly askPassword?: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
}

interface Opened {
  readonly session: Session;
  readonly route: Route;
  readonly encryption: Encryption;
}

type Ask = (signal: AbortSignal) => Promise<string> | undefined;

export function serverDriver(given: ServerOptions): Driver {
  const options = { ...given, warn: eachOnce(given.warn) };
  const { target, maxConnections } = options;
  // Sessions that are opened at once ask one question, and the answer serves those that come later.
  let answer: Promise<string> | undefined;

  const ask: Ask = (signal) => {
    const { askPassword, conceal } = options;
    if (askPassword === undefined) return undefined;
    answer ??= askPassword(`Password for user ${target.user}: `, signal).then((password) => {
      if (password !== '') conceal?.(password);
      return password;
    });
    return answer;
  };

  return {
    maxConnections,
    copies: true,
    async connect(signal) {
      const { session, route, encryption } = await openAny(options, ask, signal);
      const { stream, key } = session;
      try {
        const connection = await openWire({
          socket: () => session.handOver(),
          user: target.user,
          database: target.database,
          connectTimeoutMs: target.connectTimeoutMs,
          signal,
          cancel: () => sendCancel(key, route, { settings: target.tls, encryption }),
        });
        keepAlive(stream, target.keepaliveMs);
        return connection;
      } catch (error) {
        // postgres.js may not have got as far as taking it.
        stream.destroy();
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}

/** As libpq: the next address is tried when one can't be reached or is not ready, not when it says no. */
async function openAny(options: ServerOptions, ask: Ask, signal: AbortSignal): Promise<Opened> {
  const { target } = options;
  const known =
    ({ host }: Route) =>
    () =>
      knownPassword(host, options);
  const failures: ConnectionError[] = [];
  for (const wanted of roundsOf(target.sessionAttrs)) {
    for await (const route of routesTo(target, signal, (error) => failures.push(error))) {
      try {
        return await openAsking({ route, target, wanted, password: known(route) }, ask, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ConnectionError) || isFinal(error)) throw error;
        failures.push(error);
      }
    }
  }
  throw noneOf(failures);
}

/** Another host would say the same: who is asking, or what for, is wrong. */
function isFinal(error: ConnectionError): boolean {
  return error instanceof PasswordNeededError || /^(28|3D|42|22)/.test(error.sqlstate ?? '');
}

interface Wish {
  readonly route: Route;
  readonly target: ConnectionTarget;
  readonly wanted: Parameters<typeof checkSession>[2];
  readonly password: () => string | undefined;
}

/** As psql: the question is asked between two connections, for no server waits for a person. */
async function openAsking(wish: Wish, ask: Ask, signal: AbortSignal): Promise<Opened> {
  try {
    return await openRoute(wish, signal);
  } catch (error) {
    const asked = error instanceof PasswordNeededError ? ask(signal) : undefined;
    if (asked === undefined) throw error;
    const password = await asked;
    return await openRoute({ ...wish, password: () => password }, signal);
  }
}

function knownPassword(
  { host, port }: Host,
  { target, warn, conceal }: ServerOptions,
): string | undefined {
  const { user, database, passfile, password } = target;
  if (password !== undefined || passfile === undefined) return password;
  const found = passfilePassword(passfile, { host, port, database, user }, warn);
  if (found !== undefined) conceal?.(found);
  return found;
}

/** `prefer` goes on in plain text where TLS fails or pg_hba.conf does not let it in, `allow` the other way round. */
async function openRoute(wish: Wish, signal: AbortSignal): Promise<Opened> {
  let first: unknown;
  for (const encryption of encryptions(wish.route, wish.target.tls.mode)) {
    let plain = false;
    try {
      return await attempt(wish, encryption, signal, (stream) => (plain = !isEncrypted(stream)));
    } catch (error) {
      signal.throwIfAborted();
      // What was only offered and not there has been tried in plain text already.
      if (encryption === 'offered' && plain) throw error;
      // What the first way met is the better reason, for it is what was wanted.
      if (!isAboutEncryption(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

function isAboutEncryption(error: unknown): boolean {
  return (
    error instanceof TlsFailure || (error instanceof ConnectionError && error.sqlstate === '28000')
  );
}

/** One address in one way, within the time that is for each. */
async function attempt(
  { route, target, wanted, password }: Wish,
  encryption: Encryption,
  signal: AbortSignal,
  connected: (stream: Duplex) => void,
): Promise<Opened> {
  const { user, database, startup, requireAuth, channelBinding } = target;
  const controller = new AbortController();
  const stop = (reason: unknown) => controller.abort(reason);
  const late = setTimeout(
    () => stop(noAnswer(route.host, target.connectTimeoutMs)),
    target.connectTimeoutMs,
  );
  const abort = () => stop(signal.reason);
  signal.addEventListener('abort', abort);
  let stream: Duplex | undefined;
  try {
    signal.throwIfAborted();
    stream = await openStream(route, { settings: target.tls, encryption }, controller.signal);
    connected(stream);
    const credentials = { user, password, requireAuth, channelBinding };
    const session = await startSession(stream, { database, startup, credentials });
    await checkSession(session, route.host, wanted);
    return { session, route, encryption };
  } catch (error) {
    stream?.destroy();
    throw controller.signal.aborted ? controller.signal.reason : connectError(error);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', abort);
  }
}

/** postgres.js has set its own, which a TLS socket passes on as well. */
function keepAlive(stream: Duplex, idleMs: number | undefined): void {
  (stream as Socket).setKeepAlive(idleMs !== undefined, idleMs);
}

/** Every session reads the password file anew, and what is wrong with it is said once. */
function eachOnce(warn: ServerOptions['warn']): ServerOptions['warn'] {
  const said = new Set<string>();
  return (message, hint) => {
    if (said.has(message)) return;
    said.add(message);
    warn(message, hint);
  };
}
