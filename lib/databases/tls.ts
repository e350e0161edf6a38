/** A socket becomes an encrypted one, and the server's certificate is checked as `sslmode` says. */
import { isIP, type Socket } from 'node:net';
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls';
import { ConfigError, ConnectionError, PgaskError } from '../errors.js';
import type { Host } from './connection.js';
import { describeHost } from './reachability.js';
import { readTlsFile, type TlsSettings } from './tls-settings.js';

/** Encryption itself failed: where it is only preferred, plain text is next. */
export class TlsFailure extends ConnectionError {}

/** PostgreSQL's name among the protocols that TLS can lead to (IANA, ALPN). */
const ALPN = 'postgresql';

/** @throws {TlsFailure} {ConfigError} */
export async function encrypt(
  socket: Socket,
  host: Host,
  settings: TlsSettings,
): Promise<TLSSocket> {
  const tls = await import('node:tls');
  let encrypted: TLSSocket;
  try {
    encrypted = tls.connect({ socket, ...tlsOptions(host, settings, tls.checkServerIdentity) });
  } catch (error) {
    throw badCertificate(settings, error as NodeJS.ErrnoException);
  }
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(tlsFailure(error, host, settings));
    // A server that just hangs up is no error of the socket's.
    const ended = () => failed(new Error('the server closed the connection'));
    encrypted.once('error', failed);
    encrypted.once('close', ended);
    encrypted.once('secureConnect', () => {
      encrypted.off('error', failed);
      encrypted.off('close', ended);
      resolve();
    });
  });
  if (settings.direct && encrypted.alpnProtocol !== ALPN) {
    encrypted.destroy();
    throw new TlsFailure(`${describeHost(host)} does not speak PostgreSQL over TLS directly`, {
      hint: 'sslnegotiation=direct needs PostgreSQL 17 or newer: leave it out',
    });
  }
  return encrypted;
}

type CheckIdentity = (host: string, certificate: PeerCertificate) => Error | undefined;

function tlsOptions(host: Host, settings: TlsSettings, identity: CheckIdentity): ConnectionOptions {
  const { mode, roots, crls, certificate, passphrase, minVersion, maxVersion } = settings;
  const checksChain = roots !== undefined;
  const wanted = host.host;
  return {
    minVersion,
    ...(maxVersion === undefined ? {} : { maxVersion }),
    rejectUnauthorized: checksChain,
    checkServerIdentity: (_name, peer) =>
      mode === 'verify-full' ? checkName(wanted, peer, identity) : undefined,
    // Names alone go there, never addresses (RFC 6066).
    servername: settings.sni && isIP(wanted) === 0 ? wanted : '',
    ...(settings.direct ? { ALPNProtocols: [ALPN] } : {}),
    ...(checksChain && roots !== 'node' ? { ca: readTlsFile('sslrootcert', roots.path) } : {}),
    ...(crls.length === 0 ? {} : { crl: crls.map((path) => readTlsFile('sslcrl', path)) }),
    ...(certificate === undefined
      ? {}
      : {
          cert: readTlsFile('sslcert', certificate.path),
          key: readTlsFile('sslkey', certificate.key),
          ...(passphrase === undefined ? {} : { passphrase }),
        }),
  };
}

/** As Node does it; and an address may also be the common name where there are no other names, as in libpq. */
function checkName(
  host: string,
  peer: PeerCertificate,
  identity: CheckIdentity,
): Error | undefined {
  const named = peer.subject as { CN?: string } | undefined;
  if (isIP(host) !== 0 && !peer.subjectaltname && named?.CN === host) return undefined;
  return identity(host, peer);
}

function badCertificate(settings: TlsSettings, error: NodeJS.ErrnoException): ConfigError {
  const { certificate, passphrase } = settings;
  if (/BAD_DECRYPT|MISSING_PASSPHRASE|INTERRUPTED_OR_CANCELLED/.test(error.code ?? '')) {
    return new ConfigError(`the private key ${certificate?.key} can't be decrypted`, {
      cause: error,
      hint:
        passphrase === undefined ? 'give its password as sslpassword' : 'sslpassword does not fit',
    });
  }
  if (/KEY_VALUES_MISMATCH/.test(error.code ?? '')) {
    return new ConfigError(
      `the private key ${certificate?.key} is not that of ${certificate?.path}`,
      {
        cause: error,
        hint: 'check sslcert and sslkey',
      },
    );
  }
  return new ConfigError(`the files for TLS can't be used: ${error.message}`, {
    cause: error,
    hint: 'check sslrootcert, sslcert, sslkey and sslcrl: they hold PEM',
  });
}

interface Explanation {
  readonly code: RegExp;
  readonly says: (where: string, settings: TlsSettings, error: Error) => string;
  readonly hint: string;
}

/** Codes of OpenSSL's checks and alerts, as Node hands them on. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    code: /CERT_HAS_EXPIRED/,
    says: (where) => `the certificate of ${where} has expired`,
    hint: 'the server needs a new one',
  },
  {
    code: /CERT_NOT_YET_VALID/,
    says: (where) => `the certificate of ${where} is not valid yet`,
    hint: "check this machine's clock, and the server's certificate",
  },
  {
    code: /CERT_REVOKED/,
    says: (where) => `the certificate of ${where} has been revoked`,
    hint: 'the revocation list (sslcrl) says so: do not trust this server',
  },
  {
    code: /CRL/,
    says: (where, _settings, error) =>
      `whether the certificate of ${where} is revoked can't be told: ${error.message}`,
    hint: 'the revocation lists (sslcrl, sslcrldir) must be current, and one for each authority',
  },
  {
    code: /ALTNAME_INVALID/,
    says: (where) => `the certificate of ${where} is for another name`,
    hint: "connect by a name that is in the server's certificate, or use sslmode=verify-ca",
  },
  {
    code: /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED|INVALID_CA/,
    says: (where, { roots }) =>
      `the certificate of ${where} is signed by nobody in ${rootsName(roots)}`,
    hint: "sslrootcert must hold the authority of the server's certificate",
  },
  {
    code: /ALERT_CERTIFICATE|ALERT_UNKNOWN_CA|ALERT_BAD_CERTIFICATE/,
    says: (where) => `${where} did not take the client certificate, or wants one`,
    hint: 'check sslcert and sslkey',
  },
  {
    code: /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE/,
    says: (where) => `${where} speaks no TLS version that is allowed here`,
    hint: 'check ssl_min_protocol_version and ssl_max_protocol_version',
  },
];

function rootsName(roots: TlsSettings['roots']): string {
  return roots === undefined || roots === 'node' ? 'the known authorities' : roots.path;
}

function tlsFailure(error: NodeJS.ErrnoException, host: Host, settings: TlsSettings): Error {
  // The signal's reason, or the clock's: they say themselves what they are.
  if (error instanceof PgaskError) return error;
  const where = describeHost(host);
  const known = EXPLANATIONS.find(({ code }) => code.test(error.code ?? ''));
  if (known !== undefined) {
    return new TlsFailure(known.says(where, settings, error), { cause: error, hint: known.hint });
  }
  const why = error.code === 'ECONNRESET' ? 'the server closed the connection' : error.message;
  return new TlsFailure(`the TLS connection to ${where} failed: ${why}`, {
    cause: error,
    hint: `check the server's certificate and TLS settings (sslmode is ${settings.mode})`,
  });
}
