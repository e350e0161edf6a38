/** Where a server is and how to get in, by libpq's rules (PostgreSQL manual, "Database Connection Control Functions"). */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { ConfigError, didYouMean } from '../errors.js';
import { readService } from './servicefile.js';

export const SSL_MODES = [
  'disable',
  'allow',
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** libpq's connection parameters that pgask knows, with the environment variable that gives a default. */
const PARAMETERS = {
  service: 'PGSERVICE',
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
} as const;

export type ParameterName = keyof typeof PARAMETERS;
export type Parameters = Partial<Record<ParameterName, string>>;

export interface Host {
  /** A name, an address, or a directory with a socket in it (starts with `/`). */
  readonly host: string;
  /** Where to connect instead of looking `host` up. */
  readonly address: string | undefined;
  readonly port: number;
}

export interface ConnectionTarget {
  /** Tried in this order. */
  readonly hosts: readonly Host[];
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly passfile: string | undefined;
  readonly sslmode: SslMode;
  readonly sslrootcert: string | undefined;
  readonly sslcert: string | undefined;
  readonly sslkey: string | undefined;
  readonly connectTimeoutMs: number;
  /** The startup message's run-time parameters. */
  readonly startup: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Parameters of a URL or of a `key=value` string. @throws {ConfigError} */
export function parseConnectionString(text: string): Parameters {
  return /^postgres(ql)?:\/\//.test(text) ? parseUrl(text) : parseKeyValues(text);
}

function parseUrl(text: string): Parameters {
  const parts =
    /^postgres(?:ql)?:\/\/(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^/?]*)(?:\/(?<dbname>[^?]*))?(?:\?(?<query>.*))?$/s.exec(
      text,
    )?.groups;
  if (parts === undefined) throw invalidUrl();
  const found: Parameters = {};
  const set = (name: ParameterName, value: string | undefined) => {
    if (value !== undefined && value !== '') found[name] = decode(value);
  };
  set('user', parts['user']);
  set('password', parts['password']);
  set('dbname', parts['dbname']);
  const hosts = (parts['hosts'] ?? '').split(',').map((spec) => {
    const match = /^(?:\[(?<v6>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>[^:]*))?$/.exec(spec)?.groups;
    // A password with a / in it, say: what stands here may be a part of it.
    const torn = text.includes('@') && parts['user'] === undefined && /:\D/.test(spec);
    if (torn) throw invalidUrl();
    if (match === undefined) {
      throw new ConfigError(`the connection URL has an invalid host: ${spec}`, {
        hint: 'an IPv6 address stands in brackets: [::1]:5432',
      });
    }
    return { host: match['v6'] ?? match['name'] ?? '', port: match['port'] ?? '' };
  });
  set('host', hosts.some(({ host }) => host !== '') ? hosts.map(({ host }) => host).join(',') : '');
  set('port', hosts.some(({ port }) => port !== '') ? hosts.map(({ port }) => port).join(',') : '');
  for (const pair of (parts['query'] ?? '').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const key = decode(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : pair.slice(at + 1);
    if (key === 'ssl' && value === 'true') set('sslmode', 'require');
    else set(knownParameter(key), value);
  }
  return found;
}

function invalidUrl(): ConfigError {
  return new ConfigError('the connection URL is not valid', {
    hint: 'it looks like postgresql://user@host:5432/database; percent-encode @ : / ? # in a password',
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigError('the connection URL has an invalid percent-encoding', {
      hint: 'a literal % is written %25',
    });
  }
}

/** `key = value` pairs; values with spaces in single quotes, `\` escapes (PQconninfoParse). */
function parseKeyValues(text: string): Parameters {
  const found: Parameters = {};
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/sy;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (match === null) {
      throw new ConfigError('the connection string is not valid', {
        hint: "it looks like host=localhost port=5432 dbname=shop user='me'",
      });
    }
    const value = (match[2] ?? match[3] ?? '').replace(/\\(.)/gs, '$1');
    if (value !== '') found[knownParameter(match[1]!)] = value;
    at = pair.lastIndex;
  }
  return found;
}

function knownParameter(name: string): ParameterName {
  if (name in PARAMETERS) return name as ParameterName;
  throw new ConfigError(`unknown connection parameter: ${name}`, {
    hint: didYouMean(name, Object.keys(PARAMETERS)),
  });
}

/** Fills what is not given from the environment and libpq's defaults. @throws {ConfigError} */
export function resolveConnection(
  given: Parameters,
  environment: Environment,
  home: string | undefined,
): ConnectionTarget {
  const service = serviceParameters(given.service ?? environment['PGSERVICE'], environment, home);
  const value = (name: ParameterName): string | undefined => {
    const text = given[name] ?? service[name] ?? environment[PARAMETERS[name]];
    return text === '' ? undefined : text;
  };
  const user = value('user') ?? userInfo().username;
  const dot = (name: string) =>
    home !== undefined && existsSync(`${home}/.postgresql/${name}`)
      ? `${home}/.postgresql/${name}`
      : undefined;
  const sslrootcert = value('sslrootcert') ?? dot('root.crt');
  const seconds = wholeNumber('connect_timeout', value('connect_timeout') ?? '10');
  const options = value('options');
  return {
    hosts: resolveHosts(value('host'), value('hostaddr'), value('port')),
    user,
    database: value('dbname') ?? user,
    password: value('password'),
    passfile: value('passfile') ?? (home === undefined ? undefined : `${home}/.pgpass`),
    sslmode: sslMode(value('sslmode') ?? 'prefer'),
    sslrootcert,
    sslcert: value('sslcert') ?? dot('postgresql.crt'),
    sslkey: value('sslkey') ?? dot('postgresql.key'),
    // libpq: zero waits forever, and less than two seconds is two.
    connectTimeoutMs: seconds === 0 ? 2 ** 31 - 1 : Math.max(2, seconds) * 1000,
    startup: {
      application_name: value('application_name') ?? 'pgask',
      ...(options === undefined ? {} : { options }),
    },
  };
}

/** What a service file gives: weaker than what is written down, stronger than the environment. */
function serviceParameters(
  name: string | undefined,
  environment: Environment,
  home: string | undefined,
): Parameters {
  if (name === undefined || name === '') return {};
  const pairs = readService(name, { environment, home });
  return Object.fromEntries(pairs.map(([key, text]) => [knownParameter(key), text]));
}

function resolveHosts(
  host: string | undefined,
  hostaddr: string | undefined,
  port: string | undefined,
): Host[] {
  const ports = (port ?? '5432').split(',');
  const names = (host ?? '').split(',');
  const addresses = (hostaddr ?? '').split(',');
  const count = Math.max(names.length, addresses.length);
  if (ports.length !== 1 && ports.length !== count) {
    throw new ConfigError(`${ports.length} ports do not fit ${count} hosts`, {
      hint: 'give one port for all hosts or one for each',
    });
  }
  return Array.from({ length: count }, (_, i) => {
    const portNumber = wholeNumber('port', ports[ports.length === 1 ? 0 : i] || '5432');
    if (portNumber < 1 || portNumber > 65535) {
      throw new ConfigError(`invalid port: ${portNumber}`, { hint: 'ports are 1 to 65535' });
    }
    const address = addresses[i] === '' ? undefined : addresses[i];
    const name = names[i] || address || defaultHost(portNumber);
    return { host: name, address, port: portNumber };
  });
}

/** libpq's own default is the socket directory that it was built with; both usual ones are looked at. */
function defaultHost(port: number): string {
  for (const directory of ['/var/run/postgresql', '/tmp']) {
    if (existsSync(`${directory}/.s.PGSQL.${port}`)) return directory;
  }
  return 'localhost';
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  throw new ConfigError(`invalid ${name}: ${text}`, { hint: 'it is a whole number' });
}

function sslMode(text: string): SslMode {
  const mode = SSL_MODES.find((known) => known === text);
  if (mode !== undefined) return mode;
  throw new ConfigError(`invalid sslmode: ${text}`, { hint: didYouMean(text, SSL_MODES) });
}
