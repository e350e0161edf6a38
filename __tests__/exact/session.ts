/**
 * A session that says what the server says, byte for byte: a protocol client of this suite's own, so that nothing of
 * what is tested helps to say what it should give. It knows the simple protocol and COPY, without a password.
 */
import { connect, type Socket } from 'node:net';

export interface Session {
  /**
   * Rows of the last statement in `sql`: each value as the bytes that the server sent; null is NULL. Bytes are sent as
   * they are, whatever they are.
   */
  run(sql: string | Uint8Array): Promise<Rows>;
  /** What `COPY … TO STDOUT` writes. */
  copyOut(sql: string): Promise<Buffer>;
  /** Gives `COPY … FROM STDIN` these bytes. */
  copyIn(sql: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface Rows {
  readonly names: readonly Buffer[];
  readonly rows: readonly (readonly (Buffer | null)[])[];
}

/** ErrorResponse: its fields by their letter (protocol chapter "Error and Notice Message Fields"). */
export class ServerSays extends Error {
  readonly fields: Readonly<Record<string, string>>;
  constructor(fields: Readonly<Record<string, string>>) {
    super(fields['M'] ?? '');
    this.fields = fields;
  }
  get sqlstate(): string {
    return this.fields['C'] ?? '';
  }
  /** In characters of the statement from 1. */
  get position(): number | undefined {
    return this.fields['P'] === undefined ? undefined : Number(this.fields['P']);
  }
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

/** @param settings as in a startup message: `options`, `DateStyle` */
export async function openSession(
  url: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Session> {
  const { hostname, port, username, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('error', reject);
  });
  const next = reader(socket);
  const parameters = {
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
    client_encoding: 'UTF8',
    ...settings,
  };
  const startup = Object.entries(parameters).flatMap(([name, value]) => [name, value]);
  socket.write(framed('', Buffer.concat([int32(196_608), ...startup.map(cString), Buffer.of(0)])));

  /** Takes messages until the server is ready again. @throws {ServerSays} */
  async function untilReady(take: (message: Message) => void = () => undefined): Promise<void> {
    let failure: ServerSays | undefined;
    for (;;) {
      const message = await next();
      if (message.type === 'E') failure ??= new ServerSays(errorFields(message.body));
      else if (message.type === 'Z') break;
      // The end of start-up that failed is the end of the connection.
      if (message.type === 'E' && message.body.includes('FATAL')) break;
      take(message);
    }
    if (failure !== undefined) throw failure;
  }
  const query = (sql: string | Uint8Array) =>
    socket.write(framed('Q', Buffer.concat([Buffer.from(sql), Buffer.of(0)])));
  await untilReady();

  return {
    async run(sql) {
      let names: Buffer[] = [];
      let rows: (Buffer | null)[][] = [];
      query(sql);
      await untilReady(({ type, body }) => {
        if (type === 'T') {
          names = columnNames(body);
          rows = [];
        } else if (type === 'D') rows.push(cells(body));
      });
      return { names, rows };
    },
    async copyOut(sql) {
      const chunks: Buffer[] = [];
      query(sql);
      await untilReady(({ type, body }) => {
        if (type === 'd') chunks.push(body);
      });
      return Buffer.concat(chunks);
    },
    async copyIn(sql, bytes) {
      query(sql);
      await untilReady(({ type }) => {
        if (type !== 'G') return;
        socket.write(framed('d', Buffer.from(bytes)));
        socket.write(framed('c', Buffer.alloc(0)));
      });
    },
    close() {
      return new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.end(framed('X', Buffer.alloc(0)));
        socket.resume();
      });
    },
  };
}

/** The messages of a socket, one at a time. */
function reader(socket: Socket): () => Promise<Message> {
  let received: Buffer[] = [];
  let size = 0;
  let ended = false;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    received.push(chunk);
    size += chunk.length;
    wake();
  });
  for (const event of ['end', 'error', 'close'] as const) {
    socket.on(event, () => {
      ended = true;
      wake();
    });
  }
  const atLeast = async (bytes: number): Promise<Buffer> => {
    while (size < bytes) {
      if (ended) throw new Error('the server ended the connection');
      await new Promise<void>((resolve) => (wake = resolve));
    }
    if (received.length > 1) received = [Buffer.concat(received)];
    return received[0]!;
  };
  return async () => {
    const length = (await atLeast(5)).readInt32BE(1) + 1;
    const all = await atLeast(length);
    received = all.length === length ? [] : [all.subarray(length)];
    size = all.length - length;
    return { type: String.fromCharCode(all[0]!), body: all.subarray(5, length) };
  };
}

function framed(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body]);
}

function cString(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function columnNames(body: Buffer): Buffer[] {
  const names: Buffer[] = [];
  let at = 2;
  for (let n = body.readInt16BE(0); n > 0; n--) {
    const end = body.indexOf(0, at);
    names.push(Buffer.from(body.subarray(at, end)));
    at = end + 1 + 18;
  }
  return names;
}

function cells(body: Buffer): (Buffer | null)[] {
  const row: (Buffer | null)[] = [];
  let at = 2;
  for (let n = body.readInt16BE(0); n > 0; n--) {
    const length = body.readInt32BE(at);
    at += 4;
    row.push(length === -1 ? null : Buffer.from(body.subarray(at, at + length)));
    at += Math.max(0, length);
  }
  return row;
}

function errorFields(body: Buffer): Record<string, string> {
  const fields = body.toString('utf8').split('\0').filter(Boolean);
  return Object.fromEntries(fields.map((field) => [field[0]!, field.slice(1)]));
}
