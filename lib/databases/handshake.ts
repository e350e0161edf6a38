/** The start of a session, spoken by us up to the first ReadyForQuery: postgres.js can neither bind channels nor refuse a method. */
import type { Duplex } from 'node:stream';
import { type Credentials, startAuthentication } from './authentication.js';
import type { BackendKey } from './cancel.js';
import {
  errorFields,
  type MessageReader,
  notPostgres,
  readMessages,
  startupMessage,
  text,
  texts,
  toMessage,
} from './protocol.js';
import { refusedByServer } from './wire-failures.js';

export interface Session {
  readonly stream: Duplex;
  readonly key: BackendKey | undefined;
  /** As ParameterStatus reported them: `server_version`, `in_hot_standby` (14 and later). */
  readonly parameters: ReadonlyMap<string, string>;
  /** The first column of the first row of a query of ours; only before {@link handOver}. */
  ask(sql: string): Promise<string | undefined>;
  /** The stream for postgres.js, as if nothing had been said on it. */
  handOver(): Promise<Duplex>;
}

export interface Start {
  readonly database: string;
  /** Run-time parameters: `application_name`, `options`. */
  readonly startup: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
}

/** @throws {ConnectionError} {PasswordNeededError} */
export async function startSession(stream: Duplex, start: Start): Promise<Session> {
  const { user } = start.credentials;
  stream.write(
    startupMessage({ user, database: start.database, client_encoding: 'UTF8', ...start.startup }),
  );
  const reader = readMessages(stream);
  const authentication = startAuthentication(stream, start.credentials);
  for (;;) {
    const { type, body } = await reader.message();
    if (type === 'E') throw refusedByServer(errorFields(body));
    if (type === 'R') {
      if (await authentication.take(body)) break;
    } else if (type !== 'N' && type !== 'v') {
      throw notPostgres();
    }
  }
  const parameters = new Map<string, string>();
  const greeting = [toMessage('R', Buffer.alloc(4))];
  let key: BackendKey | undefined;
  for (;;) {
    const { type, body, whole } = await reader.message();
    if (type === 'E') throw refusedByServer(errorFields(body));
    if (type === 'S') {
      const [name = '', value = ''] = texts(body);
      parameters.set(name, value);
    } else if (type === 'K' && body.length >= 8) {
      key = { pid: body.readUInt32BE(0), secret: body.readUInt32BE(4) };
    } else if (type !== 'Z' && type !== 'N') {
      throw notPostgres();
    }
    if (type !== 'N') greeting.push(whole);
    if (type === 'Z') break;
  }
  return {
    stream,
    key,
    parameters,
    ask: (sql) => ask(stream, reader, sql),
    async handOver() {
      await reader.release();
      rewind(stream, Buffer.concat(greeting));
      return stream;
    },
  };
}

/** By the simple protocol: the statement is ours, and has no parameters. */
async function ask(
  stream: Duplex,
  reader: MessageReader,
  sql: string,
): Promise<string | undefined> {
  stream.write(toMessage('Q', text(sql)));
  let answer: string | undefined;
  for (;;) {
    const { type, body } = await reader.message();
    if (type === 'E') throw refusedByServer(errorFields(body));
    // DataRow: the number of columns, then the length and the bytes of each.
    if (type === 'D' && body.length > 6) answer = body.toString('utf8', 6, 6 + body.readInt32BE(2));
    if (type === 'Z') return answer;
  }
}

/**
 * postgres.js begins every session itself: it is shown the server's answers again, and its own startup message, which
 * leads the first that it writes, goes nowhere.
 */
function rewind(stream: Duplex, greeting: Buffer): void {
  stream.write = (chunk: Buffer, ...rest: unknown[]) => {
    Reflect.deleteProperty(stream, 'write');
    const own = chunk.subarray(chunk.readUInt32BE(0));
    const write = stream.write.bind(stream) as (...all: unknown[]) => boolean;
    return own.length === 0 ? true : write(own, ...rest);
  };
  stream.unshift(greeting);
}
