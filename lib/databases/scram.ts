/** SCRAM-SHA-256 and -PLUS from the client's side (RFC 5802, RFC 7677; PostgreSQL manual, "SASL Authentication"). */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ConnectionError } from '../errors.js';

export interface ScramOptions {
  readonly password: string;
  /** The hash of the server's certificate (tls-server-end-point); undefined without channel binding. */
  readonly binding: Buffer | undefined;
  /** Over TLS, bound where the server could: it then knows if somebody in between hid that. */
  readonly couldBind: boolean;
}

export interface Scram {
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-256-PLUS';
  readonly first: string;
  /** The answer to the server's first message. @throws {ConnectionError} */
  answer(serverFirst: string): Promise<string>;
  /** @throws {ConnectionError} the server does not know the password either: it is not who it should be */
  check(serverFinal: string): void;
}

const derive = promisify(pbkdf2);

export function startScram({ password, binding, couldBind }: ScramOptions): Scram {
  const nonce = randomBytes(18).toString('base64');
  const header = binding !== undefined ? 'p=tls-server-end-point,,' : couldBind ? 'y,,' : 'n,,';
  // The server knows the user from the startup message.
  const bare = `n=,r=${nonce}`;
  let expected: Buffer | undefined;
  return {
    mechanism: binding === undefined ? 'SCRAM-SHA-256' : 'SCRAM-SHA-256-PLUS',
    first: header + bare,
    async answer(serverFirst) {
      const { r = '', s = '', i = '' } = attributes(serverFirst);
      if (!r.startsWith(nonce) || r.length === nonce.length || s === '' || !/^[1-9]\d*$/.test(i)) {
        throw malformed();
      }
      const salt = Buffer.from(s, 'base64');
      const salted = await derive(prepared(password), salt, Number(i), 32, 'sha256');
      const clientKey = hmac(salted, 'Client Key');
      const channel = Buffer.concat([Buffer.from(header), binding ?? Buffer.alloc(0)]);
      const withoutProof = `c=${channel.toString('base64')},r=${r}`;
      const authMessage = `${bare},${serverFirst},${withoutProof}`;
      const signature = hmac(createHash('sha256').update(clientKey).digest(), authMessage);
      const proof = clientKey.map((byte, at) => byte ^ signature[at]!);
      expected = hmac(hmac(salted, 'Server Key'), authMessage);
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    check(serverFinal) {
      const { v = '' } = attributes(serverFinal);
      const given = Buffer.from(v, 'base64');
      if (expected !== undefined && given.length === 32 && timingSafeEqual(given, expected)) return;
      throw new ConnectionError('the server did not prove that it knows the password', {
        hint: 'something between here and the server may pretend to be it',
      });
    },
  };
}

function attributes(message: string): Partial<Record<string, string>> {
  return Object.fromEntries(message.split(',').map((part) => [part[0], part.slice(2)]));
}

function malformed(): ConnectionError {
  return new ConnectionError('the server did not answer as SCRAM prescribes', {
    hint: 'check the port: is this a PostgreSQL server?',
  });
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Mapped to nothing (RFC 3454, table B.1). */
const NOTHING = /[\u00AD\u034F\u1806\u180B-\u180D\u200B-\u200D\u2060\uFE00-\uFE0F\uFEFF]/gu;
/** Spaces that are not the one of ASCII (table C.1.2). */
const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu;
/** Controls, private and unassigned characters, and what changes how text is shown (tables C.2 to C.9, A.1). */
const PROHIBITED =
  /[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u2028\u2029\uFFF9-\uFFFD\u2FF0-\u2FFB\u0340\u0341\u200E\u200F\u202A-\u202E\u206A-\u206F]/u;

/** SASLprep (RFC 4013), as PostgreSQL does: a password that it does not allow is taken as it is. */
export function prepared(password: string): string {
  if (/^[\x00-\x7f]*$/.test(password)) return password;
  const mapped = password.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  return mapped === '' || PROHIBITED.test(mapped) ? password : mapped;
}
