/** Messages of PostgreSQL's protocol 3.0 over a stream that nobody else reads yet (manual, "Message Formats"). */
import type { Duplex } from 'node:stream';
import { setImmediate as immediate } from 'node:timers/promises';
import { ConnectionError } from '../errors.js';
import type { ServerError } from './wire-failures.js';

export interface Message {
  /** One ASCII letter. */
  readonly type: string;
  readonly body: Buffer;
  /** Type, length and body, as they came. */
  readonly whole: Buffer;
}

export interface MessageReader {
  /** @throws {ConnectionError} the stream ended; else what broke it */
  bytes(count: number): Promise<Buffer>;
  /** @throws {ConnectionError} also where that can be no message */
  message(): Promise<Message>;
  /** Gives the stream back, with whatever has not been read still in it. */
  release(): Promise<void>;
}

/** Longer ones are none that a server sends before a query, but the beginning of something else. */
const MAX_MESSAGE = 30_000;

export function readMessages(stream: Duplex): MessageReader {
  let wake: () => void = () => undefined;
  let failure: Error | undefined;
  const stir = () => wake();
  const fail = (error: Error) => {
    failure ??= error;
    wake();
  };
  const ends = ['readable', 'end', 'close'] as const;
  for (const event of ends) stream.on(event, stir);
  stream.on('error', fail);

  async function bytes(count: number): Promise<Buffer> {
    if (count === 0) return Buffer.alloc(0);
    for (;;) {
      const found = stream.read(count) as Buffer | null;
      // At its end a stream gives what there is, however little.
      if (found?.length === count) return found;
      if (failure !== undefined) throw failure;
      if (found !== null || stream.destroyed || stream.readableEnded) throw closed();
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    bytes,
    async message() {
      const head = await bytes(5);
      const type = String.fromCharCode(head[0]!);
      const length = head.readUInt32BE(1);
      if (!/[A-Za-z0-9]/.test(type) || length < 4 || length > MAX_MESSAGE) throw notPostgres();
      const body = await bytes(length - 4);
      return { type, body, whole: Buffer.concat([head, body]) };
    },
    async release() {
      for (const event of ends) stream.off(event, stir);
      // `fail` stays: until somebody else listens, an error would end the process.
      await immediate();
    },
  };
}

export function closed(): ConnectionError {
  return new ConnectionError('the server closed the connection before the session began', {
    hint: 'is this a PostgreSQL server, and does it accept connections from here? Its log may tell',
  });
}

export function notPostgres(): ConnectionError {
  return new ConnectionError('the server did not answer as PostgreSQL does', {
    hint: 'check the port: something else seems to listen there',
  });
}

/** @param type one ASCII letter; none for the first message of a connection */
export function toMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(type.length + 4);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 4, type.length);
  return Buffer.concat([head, body]);
}

/** Text with its closing NUL. */
export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf8');
}

/** StartupMessage of protocol 3.0. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [text(name), text(value)]);
  return toMessage('', Buffer.concat([Buffer.from([0, 3, 0, 0]), ...pairs, Buffer.from([0])]));
}

/** Texts up to the end of a message, each closed by a NUL. */
export function texts(body: Buffer): string[] {
  return body.toString('utf8').split('\0').slice(0, -1);
}

/** ErrorResponse and NoticeResponse. */
export function errorFields(body: Buffer): ServerError {
  const fields = new Map(texts(body).map((field) => [field[0], field.slice(1)]));
  return {
    severity: fields.get('V') ?? fields.get('S'),
    code: fields.get('C') ?? '',
    message: fields.get('M') ?? 'no reason was given',
    detail: fields.get('D'),
    hint: fields.get('H'),
  };
}
