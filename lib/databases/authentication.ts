/** Who we are, in the way that the server asks for and that the person allows (PostgreSQL manual, "Start-up"). */
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../errors.js';
import { bindingOf, isEncrypted } from './channel-binding.js';
import type { ConnectionTarget } from './connection.js';
import { notPostgres, text, texts, toMessage } from './protocol.js';
import { type Scram, startScram } from './scram.js';

export interface Credentials extends Pick<ConnectionTarget, 'requireAuth' | 'channelBinding'> {
  readonly user: string;
  /** Asked for only where the server wants one. */
  readonly password: () => string | undefined;
}

/** The server wants a password, and there is none: a person may know it. */
export class PasswordNeededError extends ConnectionError {}

type Method = 'password' | 'md5' | 'scram-sha-256' | 'gss' | 'sspi' | 'oauth' | 'none';

/** What Authentication* messages ask for by their number, where it is not spoken here. */
const UNSPOKEN: Readonly<Record<number, { readonly method: Method; readonly name: string }>> = {
  2: { method: 'none', name: 'Kerberos 5' },
  7: { method: 'gss', name: 'Kerberos (GSSAPI)' },
  9: { method: 'sspi', name: 'Windows SSPI' },
};

export interface Authentication {
  /** Answers one Authentication message. True once the server is satisfied. @throws {ConnectionError} */
  take(body: Buffer): Promise<boolean>;
}

export function startAuthentication(stream: Duplex, credentials: Credentials): Authentication {
  const { requireAuth, channelBinding, user } = credentials;
  let used: Method = 'none';
  let scram: Scram | undefined;
  let proven = false;

  const send = (body: Buffer) => stream.write(toMessage('p', body));
  const begin = (method: Method, name: string = method) => {
    used = method;
    if (!isAllowed(method, requireAuth)) {
      throw new ConnectionError(
        `the server asks for ${name}, and require_auth is ${requireAuth!.join(',')}`,
        { hint: 'nothing was sent: change require_auth, or pg_hba.conf on the server' },
      );
    }
    if (channelBinding === 'require' && method !== 'scram-sha-256') throw unbound(name);
  };
  const password = (): string => {
    const found = credentials.password();
    if (found !== undefined && found !== '') return found;
    throw new PasswordNeededError(
      `the server asks for the password of ${user}, and there is none`,
      {
        hint: 'set PGPASSWORD, or write it into ~/.pgpass (chmod 0600)',
      },
    );
  };

  async function take(body: Buffer): Promise<boolean> {
    if (body.length < 4) throw notPostgres();
    const request = body.readUInt32BE(0);
    const rest = body.subarray(4);
    switch (request) {
      case 0:
        finish();
        return true;
      case 3:
        begin('password', 'the password in plain text');
        send(text(password()));
        return false;
      case 5:
        begin('md5');
        send(text(`md5${md5(md5(password() + user), rest)}`));
        return false;
      case 10:
        beginSasl(texts(rest).filter((name) => name !== ''));
        return false;
      case 11:
        if (scram === undefined) throw notPostgres();
        send(Buffer.from(await scram.answer(rest.toString('utf8'))));
        return false;
      case 12:
        if (scram === undefined) throw notPostgres();
        scram.check(rest.toString('utf8'));
        proven = true;
        return false;
      default:
        throw unspoken(request, begin);
    }
  }

  function beginSasl(offered: readonly string[]): void {
    const plus = offered.includes('SCRAM-SHA-256-PLUS');
    if (!plus && !offered.includes('SCRAM-SHA-256')) {
      const name = offered.join(', ');
      begin(offered.includes('OAUTHBEARER') ? 'oauth' : 'none', name);
      throw notSpoken(name);
    }
    begin('scram-sha-256');
    const binding = plus && channelBinding !== 'disable' ? bindingOf(stream) : undefined;
    if (channelBinding === 'require' && binding === undefined) throw unbound('scram-sha-256');
    scram = startScram({
      password: password(),
      binding,
      couldBind: channelBinding !== 'disable' && !plus && isEncrypted(stream),
    });
    const first = Buffer.from(scram.first);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(first.length);
    send(Buffer.concat([text(scram.mechanism), length, first]));
  }

  /** A server that lets somebody in without proving itself is not the one that asked. */
  function finish(): void {
    if (scram !== undefined && !proven) {
      throw new ConnectionError('the server did not prove that it knows the password', {
        hint: 'something between here and the server may pretend to be it',
      });
    }
    if (used === 'none' && channelBinding === 'require') throw unbound('no password');
    if (used === 'none' && !isAllowed('none', requireAuth)) {
      throw new ConnectionError(
        `the server asks for no password, and require_auth is ${requireAuth!.join(',')}`,
        { hint: 'allow none in require_auth, or change pg_hba.conf on the server' },
      );
    }
  }

  return { take };
}

function isAllowed(method: Method, required: readonly string[] | undefined): boolean {
  if (required === undefined) return true;
  return required[0]!.startsWith('!')
    ? !required.includes(`!${method}`)
    : required.includes(method);
}

function unspoken(request: number, begin: (method: Method, name: string) => void): ConnectionError {
  const known = UNSPOKEN[request];
  if (known === undefined) return notPostgres();
  begin(known.method, known.name);
  return notSpoken(known.name);
}

function notSpoken(name: string): ConnectionError {
  return new ConnectionError(`the server asks for ${name}, which pgask does not speak`, {
    hint: 'pg_hba.conf there can let this user in by scram-sha-256 or a client certificate',
  });
}

function unbound(name: string): ConnectionError {
  return new ConnectionError(
    `channel_binding is require, and the server authenticates by ${name} without it`,
    { hint: 'it takes TLS (sslmode=require or more) and scram-sha-256 at the server' },
  );
}

function md5(text: string, salt: Buffer = Buffer.alloc(0)): string {
  return createHash('md5').update(text).update(salt).digest('hex');
}
