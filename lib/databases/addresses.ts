/** Which addresses to try, and in which order: hosts as they are given, and all that DNS knows of each. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { ConnectionError } from '../errors.js';
import { type ConnectionTarget, type Host, isSocket } from './connection.js';
import { noAnswer, unknownHost } from './reachability.js';

export interface Route {
  readonly host: Host;
  /** Undefined for a socket file. */
  readonly address: string | undefined;
}

/**
 * One after the other, for DNS is asked of a host only when its turn has come.
 *
 * @param failed is told of hosts that have no address
 */
export async function* routesTo(
  { hosts, shuffled, connectTimeoutMs }: ConnectionTarget,
  signal: AbortSignal,
  failed: (error: ConnectionError) => void,
): AsyncGenerator<Route> {
  for (const host of shuffled ? shuffle(hosts) : hosts) {
    const literal = host.address ?? (isIP(host.host) === 0 ? undefined : host.host);
    if (isSocket(host) || literal !== undefined) {
      yield { host, address: literal };
      continue;
    }
    try {
      const found = await addressesOf(host, connectTimeoutMs, signal);
      for (const address of shuffled ? shuffle(found) : found) yield { host, address };
    } catch (error) {
      signal.throwIfAborted();
      failed(error as ConnectionError);
    }
  }
}

/** The resolver of the system can't be stopped: nobody waits for it any longer than for a server. */
async function addressesOf(
  host: Host,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  signal.throwIfAborted();
  let settle: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    const late = setTimeout(() => reject(noAnswer(host, timeoutMs)), timeoutMs);
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    settle = () => {
      clearTimeout(late);
      signal.removeEventListener('abort', abort);
    };
  });
  const found = lookup(host.host, { all: true, verbatim: true }).catch((error: unknown) => {
    throw unknownHost(host, error);
  });
  try {
    const addresses = (await Promise.race([found, stopped])).map(({ address }) => address);
    return [...new Set(addresses)];
  } finally {
    settle();
  }
}

/** Fisher and Yates. */
function shuffle<Item>(items: readonly Item[]): Item[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
