/** What connection parameters say of TLS, by libpq's rules (PostgreSQL manual, "SSL Support"), checked before anything is connected. */
import { existsSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import type { SecureVersion } from 'node:tls';
import { ConfigError, didYouMean } from '../errors.js';
import type { ParameterName } from './connection-parameters.js';
import { choice } from './parameter-values.js';

export const SSL_MODES = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
] as const;
export type SslMode = (typeof SSL_MODES)[number];

export interface TlsSettings {
  readonly mode: SslMode;
  /** TLS from the first byte on, without asking for it in the protocol (17 and later). */
  readonly direct: boolean;
  /** Certificates that are trusted; `node`: those that Node brings along. */
  readonly roots: { readonly path: string } | 'node' | undefined;
  readonly crls: readonly string[];
  readonly certificate: { readonly path: string; readonly key: string } | undefined;
  readonly passphrase: string | undefined;
  /** Whether the host's name is sent in the clear, for proxies that choose by it. */
  readonly sni: boolean;
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion | undefined;
}

interface Surroundings {
  /** Over a socket file nothing is encrypted, whatever the mode. */
  readonly onlySockets: boolean;
  readonly home: string | undefined;
  /** PGREQUIRESSL, from before there was PGSSLMODE. */
  readonly requireTls: boolean;
  /** OpenSSL's variable for the file of trusted certificates. */
  readonly certificates: string | undefined;
}

type Value = (name: ParameterName) => string | undefined;

/** @throws {ConfigError} */
export function tlsSettings(value: Value, surroundings: Surroundings): TlsSettings {
  const rootcert = value('sslrootcert');
  const usual =
    rootcert === 'system' ? 'verify-full' : surroundings.requireTls ? 'require' : 'prefer';
  const mode = sslMode(value('sslmode') ?? usual);
  if (rootcert === 'system' && mode !== 'verify-full') {
    throw weak(mode, 'sslrootcert=system', 'verify-full');
  }
  const direct =
    choice('sslnegotiation', value('sslnegotiation'), ['postgres', 'direct']) === 'direct';
  if (direct && !['require', 'verify-ca', 'verify-full'].includes(mode)) {
    throw weak(mode, 'sslnegotiation=direct', 'require');
  }
  const minVersion = version('ssl_min_protocol_version', value) ?? 'TLSv1.2';
  const maxVersion = version('ssl_max_protocol_version', value);
  if (maxVersion !== undefined && maxVersion < minVersion) {
    throw new ConfigError(`no TLS version is between ${minVersion} and ${maxVersion}`, {
      hint: 'check ssl_min_protocol_version and ssl_max_protocol_version',
    });
  }
  const shared = { mode, direct, minVersion, maxVersion, sni: value('sslsni') !== '0' };
  // Files that nobody will need may be wrong.
  if (mode === 'disable' || surroundings.onlySockets) {
    return { ...shared, roots: undefined, crls: [], certificate: undefined, passphrase: undefined };
  }
  const roots = rootsOf(rootcert, mode, surroundings);
  return {
    ...shared,
    roots,
    crls: roots === undefined ? [] : crlsOf(value, surroundings.home),
    certificate: certificateOf(value, surroundings.home),
    passphrase: value('sslpassword'),
  };
}

function weak(mode: SslMode, beside: string, wanted: SslMode): ConfigError {
  return new ConfigError(`sslmode=${mode} is too weak for ${beside}`, {
    hint: `use sslmode=${wanted}`,
  });
}

function sslMode(text: string): SslMode {
  const mode = SSL_MODES.find((known) => known === text);
  if (mode !== undefined) return mode;
  throw new ConfigError(`invalid sslmode: ${text}`, { hint: didYouMean(text, SSL_MODES) });
}

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

function version(name: ParameterName, value: Value): SecureVersion | undefined {
  const text = value(name);
  if (text === undefined) return undefined;
  return choice(
    name,
    VERSIONS.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text,
    VERSIONS,
  );
}

function own(name: string, home: string | undefined): string | undefined {
  const path = `${home}/.postgresql/${name}`;
  return home !== undefined && existsSync(path) ? path : undefined;
}

/** Where PostgreSQL's own `system` looks: OpenSSL's file, which every system puts elsewhere. */
const SYSTEM_ROOTS = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** libpq checks the chain wherever there is a root certificate, whatever the mode. */
function rootsOf(
  given: string | undefined,
  mode: SslMode,
  { home, certificates }: Surroundings,
): TlsSettings['roots'] {
  if (given === 'system') {
    const path = certificates || SYSTEM_ROOTS.find((one) => existsSync(one));
    return path === undefined ? 'node' : { path };
  }
  const path = given ?? own('root.crt', home);
  if (path !== undefined) return { path: readable('sslrootcert', path) };
  if (mode !== 'verify-ca' && mode !== 'verify-full') return undefined;
  throw new ConfigError(
    `sslmode=${mode} needs the certificate of an authority, and there is none`,
    {
      hint: 'give sslrootcert=FILE, put it into ~/.postgresql/root.crt, or trust the system with sslrootcert=system',
    },
  );
}

function crlsOf(value: Value, home: string | undefined): string[] {
  const file = value('sslcrl');
  const folder = value('sslcrldir');
  // As libpq: the usual file counts only where neither is named.
  const usual = file === undefined && folder === undefined ? own('root.crl', home) : undefined;
  const files = [file ?? usual].filter((one) => one !== undefined);
  if (folder === undefined) return files.map((one) => readable('sslcrl', one));
  let hashed: string[];
  try {
    // As `openssl rehash` names them.
    hashed = readdirSync(folder).filter((name) => /^[0-9a-f]{8}\.r\d+$/.test(name));
  } catch (error) {
    throw unreadable('sslcrldir', folder, error);
  }
  if (hashed.length === 0) {
    throw new ConfigError(`sslcrldir ${folder} holds no revocation list`, {
      hint: `run: openssl rehash ${folder}`,
    });
  }
  return [...files, ...hashed.map((name) => `${folder}/${name}`)];
}

function certificateOf(value: Value, home: string | undefined): TlsSettings['certificate'] {
  if (value('sslcertmode') === 'disable') return undefined;
  const given = value('sslcert');
  const path = given ?? own('postgresql.crt', home);
  if (path === undefined) return undefined;
  readable('sslcert', path);
  const key =
    value('sslkey') ?? (home === undefined ? undefined : `${home}/.postgresql/postgresql.key`);
  if (key === undefined || (value('sslkey') === undefined && !existsSync(key))) {
    throw new ConfigError(`there is a client certificate, ${path}, but no private key`, {
      hint: 'give sslkey=FILE, or put it into ~/.postgresql/postgresql.key',
    });
  }
  checkKeyFile(readable('sslkey', key));
  return { path, key };
}

/** Root's file may be read by its group, as Debian's ssl-cert group does. */
function checkKeyFile(path: string): void {
  const stat: Stats = statSync(path);
  if (!stat.isFile()) {
    throw new ConfigError(`sslkey ${path} is not a plain file`, { hint: 'name the key itself' });
  }
  const forbidden = stat.uid === 0 ? 0o037 : 0o077;
  if (process.platform === 'win32' || (stat.mode & forbidden) === 0) return;
  throw new ConfigError(`the private key ${path} can be read by others`, {
    hint: `run: chmod 0600 ${path}`,
  });
}

/** The path itself, once it is known that it can be read. @throws {ConfigError} */
function readable(name: ParameterName, path: string): string {
  readTlsFile(name, path);
  return path;
}

/** @throws {ConfigError} */
export function readTlsFile(name: ParameterName, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(name, path, error);
  }
}

function unreadable(name: ParameterName, path: string, error: unknown): ConfigError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'there is no such file' : String(code);
  return new ConfigError(`${name} ${path} can't be read: ${why}`, {
    cause: error,
    hint: `check the path, and who may read it; the parameter is ${name}`,
  });
}
