/** Asks a server to stop what one of its sessions runs (PostgreSQL manual, "Canceling Requests in Progress"). */
import type { Route } from './addresses.js';
import { type Encryption, openStream } from './stream.js';
import type { TlsSettings } from './tls-settings.js';

/** What a CancelRequest needs, as BackendKeyData gave it. */
export interface BackendKey {
  readonly pid: number;
  readonly secret: number;
}

/** A cancel that takes longer than this is given up: the session is ended instead. */
const CANCEL_MS = 2000;

/**
 * CancelRequest, length 16, code 80877102, over a connection of its own, to the same place and encrypted alike.
 *
 * @returns false where it was sent and nobody can say whether it has arrived: it may still hit what the session runs next
 */
export async function sendCancel(
  key: BackendKey | undefined,
  route: Route,
  how: { readonly settings: TlsSettings; readonly encryption: Encryption },
): Promise<boolean> {
  if (key === undefined) return true;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeUInt32BE(key.pid, 8);
  request.writeUInt32BE(key.secret, 12);
  try {
    const stream = await openStream(route, how, AbortSignal.timeout(CANCEL_MS));
    return await new Promise<boolean>((resolve) => {
      // The server answers with nothing but the end of the connection.
      stream.once('close', () => resolve(true));
      stream.once('error', () => resolve(false));
      stream.end(request);
      stream.resume();
    });
  } catch {
    // Nobody is there to be asked: whoever wanted to cancel will end the session instead.
    return true;
  }
}
