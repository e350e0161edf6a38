/** A TCP proxy that misbehaves as it is told, between a client and a real server: what networks do to connections. */
import { connect, createServer, type Socket } from 'node:net';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';

/** What becomes of the bytes of one direction. Counts are of a connection, from its first byte. */
export type Weather =
  | { readonly type: 'pass' }
  /** The connection breaks once so many bytes are through: politely, or by a reset. */
  | { readonly type: 'cut'; readonly afterBytes: number; readonly how?: 'end' | 'reset' }
  /** Every piece comes so much later. */
  | { readonly type: 'delay'; readonly ms: number }
  /** In pieces of so many bytes (1 by default), each a write of its own; `ms` between them. */
  | { readonly type: 'dribble'; readonly bytes?: number; readonly ms?: number }
  /** Whoever watches may hold a piece for as long as they like: it goes on, is lost, or is the last one that does. */
  | { readonly type: 'watch'; readonly seen: (piece: Buffer) => Promise<Watched> | Watched }
  /** Nothing comes any more after so many bytes, and nobody says so: the connections stay open. */
  | { readonly type: 'swallow'; readonly afterBytes: number };

/** `lost` and `last` break the connection. */
export type Watched = 'pass' | 'lost' | 'last';

export interface Forecast {
  readonly toClient?: Weather;
  readonly toServer?: Weather;
}

export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** The same URL, by way of the proxy. */
  url(direct: string): string;
  /** Other weather, for open connections from their next byte on and for those to come. */
  change(forecast: Forecast): void;
  /** Breaks every open connection now. */
  cut(how?: 'end' | 'reset'): void;
  /** Connections so far. */
  readonly connections: number;
  /** Bytes that the server sent so far, whether they arrived or not. */
  readonly fromServer: number;
  close(): Promise<void>;
}

/**
 * @param target of the server; a directory is that of a socket
 * @param forecast for each connection by its number from 0, or the same for all
 */
export async function openProxy(
  target: { readonly host: string; readonly port: number },
  forecast: Forecast | ((connection: number) => Forecast) = {},
): Promise<Proxy> {
  const open = new Set<Socket>();
  let connections = 0;
  let fromServer = 0;
  let changed: Forecast | undefined;
  const counted = (bytes: number) => (fromServer += bytes);

  const proxy = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const given = typeof forecast === 'function' ? forecast(connections) : forecast;
    connections += 1;
    const place = target.host.startsWith('/')
      ? { path: `${target.host}/.s.PGSQL.${target.port}` }
      : { host: target.host, port: target.port, noDelay: true };
    const server = connect({ ...place, allowHalfOpen: true });
    const weather = (direction: keyof Forecast) => (): Weather =>
      (changed ?? given)[direction] ?? { type: 'pass' };
    const both = [client, server];
    for (const socket of both) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    void carry(client, server, weather('toServer'));
    void carry(server, client, weather('toClient'), counted);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  const cut = (how: 'end' | 'reset' = 'end') => {
    for (const socket of open) breakOff(socket, how);
  };
  return {
    host: '127.0.0.1',
    port,
    url(direct) {
      const url = new URL(direct);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    change: (next) => void (changed = next),
    cut,
    get connections() {
      return connections;
    },
    get fromServer() {
      return fromServer;
    },
    async close() {
      const closed = new Promise((resolve) => proxy.close(resolve));
      cut();
      await closed;
    },
  };
}

/** One direction of one connection, with backpressure. */
async function carry(
  from: Socket,
  to: Socket,
  weather: () => Weather,
  counted: (bytes: number) => void = () => undefined,
): Promise<void> {
  let through = 0;
  try {
    for await (const piece of from) {
      const bytes = piece as Buffer;
      counted(bytes.length);
      const goesOn = await forward(bytes, { to, through, weather: weather() });
      through += bytes.length;
      if (!goesOn) {
        breakOff(from, 'end');
        return;
      }
    }
    if (weather().type !== 'swallow') to.end();
  } catch {
    // The other side is gone: `close` takes this one with it.
  }
}

/** False where the connection is cut. */
async function forward(
  bytes: Buffer,
  { to, through, weather }: { to: Socket; through: number; weather: Weather },
): Promise<boolean> {
  switch (weather.type) {
    case 'pass':
      await write(to, bytes);
      return true;
    case 'delay':
      await sleep(weather.ms);
      await write(to, bytes);
      return true;
    case 'dribble': {
      const { bytes: size = 1, ms } = weather;
      for (let at = 0; at < bytes.length; at += size) {
        await write(to, bytes.subarray(at, at + size));
        await (ms === undefined ? immediate() : sleep(ms));
      }
      return true;
    }
    case 'swallow': {
      const rest = Math.max(0, weather.afterBytes - through);
      if (rest > 0) await write(to, bytes.subarray(0, rest));
      return true;
    }
    case 'watch': {
      const what = await weather.seen(bytes);
      if (what !== 'lost') await write(to, bytes);
      if (what === 'pass') return true;
      breakOff(to, 'end');
      return false;
    }
    case 'cut': {
      const rest = Math.max(0, weather.afterBytes - through);
      await write(to, bytes.subarray(0, rest));
      if (bytes.length < rest) return true;
      breakOff(to, weather.how ?? 'end');
      return false;
    }
  }
}

function write(to: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    to.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function breakOff(socket: Socket, how: 'end' | 'reset'): void {
  if (how === 'reset') socket.resetAndDestroy();
  else socket.destroySoon();
}
