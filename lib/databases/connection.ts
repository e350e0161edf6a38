/** Where a server is and how to get in, by libpq's rules (PostgreSQL manual, "Database Connection Control Functions"). */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { ConfigError, didYouMean } from '../errors.js';
import {
  type ParameterName,
  PARAMETERS,
  type Parameters,
  SESSION_VARIABLES,
  setParameter,
} from './connection-parameters.js';
import { choice, wholeNumber } from './parameter-values.js';
import { checkRefused } from './refused-parameters.js';
import { readService } from './servicefile.js';
import { type TlsSettings, tlsSettings } from './tls-settings.js';

export type { Parameters } from './connection-parameters.js';
export { parseConnectionString } from './connection-string.js';
export { SSL_MODES } from './tls-settings.js';

export const SESSION_ATTRS = [
  'any',
  'read-write',
  'read-only',
  'primary',
  'standby',
  'prefer-standby',
] as const;
export type SessionAttrs = (typeof SESSION_ATTRS)[number];

export interface Host {
  /** A name, an address, or a directory with a socket in it (starts with `/`, or `@` for an abstract one). */
  readonly host: string;
  /** Where to connect instead of looking `host` up. */
  readonly address: string | undefined;
  readonly port: number;
}

export interface ConnectionTarget {
  /** Tried in this order. */
  readonly hosts: readonly Host[];
  /** Hosts, and the addresses of each, are tried in an order that chance makes. */
  readonly shuffled: boolean;
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly passfile: string | undefined;
  readonly tls: TlsSettings;
  readonly channelBinding: 'disable' | 'prefer' | 'require';
  /** Methods that the server may ask for, or with `!` those that it may not; undefined where any will do. */
  readonly requireAuth: readonly string[] | undefined;
  readonly sessionAttrs: SessionAttrs;
  /** For each address of each host; at most setTimeout's own bound. */
  readonly connectTimeoutMs: number;
  /** Milliseconds of idleness before TCP asks whether the other side is there; undefined: never. */
  readonly keepaliveMs: number | undefined;
  /** The startup message's run-time parameters. */
  readonly startup: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As good as for ever: the last whole second that setTimeout can wait. */
const NEVER_MS = 2_147_483_000;
const CONNECT_TIMEOUT_S = 10;
const KEEPALIVE_IDLE_S = 60;

/** Fills what is not given from the service, the environment and libpq's defaults. @throws {ConfigError} */
export function resolveConnection(
  given: Parameters,
  environment: Environment,
  home: string | undefined,
): ConnectionTarget {
  const service = serviceParameters(given, environment, home);
  // An empty variable is as good as none; an empty value that is written down stands for libpq's default.
  const value = (name: ParameterName): string | undefined =>
    (given[name] ?? service[name] ?? variable(environment, PARAMETERS[name])) || undefined;
  checkRefused(value);
  const hosts = resolveHosts(value('host'), value('hostaddr'), value('port'));
  checkPeer(value('requirepeer'), hosts);
  const user = value('user') ?? ownName();
  const tls = tlsSettings(value, {
    home,
    onlySockets: hosts.every(isSocket),
    requireTls: environment['PGREQUIRESSL']?.startsWith('1') === true,
    certificates: environment['SSL_CERT_FILE'],
  });
  return {
    hosts,
    shuffled:
      choice('load_balance_hosts', value('load_balance_hosts'), ['disable', 'random']) === 'random',
    user,
    database: value('dbname') ?? user,
    password: value('password'),
    passfile: value('passfile') ?? (home === undefined ? undefined : `${home}/.pgpass`),
    tls,
    channelBinding: choice('channel_binding', value('channel_binding'), [
      'prefer',
      'disable',
      'require',
    ]),
    requireAuth: authMethods(value('require_auth')),
    sessionAttrs: choice('target_session_attrs', value('target_session_attrs'), SESSION_ATTRS),
    connectTimeoutMs: connectTimeout(value('connect_timeout')),
    keepaliveMs: keepalive(value('keepalives'), value('keepalives_idle')),
    startup: startupParameters(value, environment),
  };
}

function variable(environment: Environment, name: string | undefined): string | undefined {
  return name === undefined ? undefined : environment[name] || undefined;
}

function startupParameters(
  value: (name: ParameterName) => string | undefined,
  environment: Environment,
): Record<string, string> {
  const options = value('options');
  const name = value('application_name') ?? value('fallback_application_name') ?? 'pgask';
  const session = Object.entries(SESSION_VARIABLES).flatMap(([variableName, setting]) => {
    const text = environment[variableName];
    // libpq's word for leaving a setting to the server.
    return text === undefined || /^(default)?$/i.test(text) ? [] : [[setting, text] as const];
  });
  return {
    application_name: name,
    ...(options === undefined ? {} : { options }),
    ...Object.fromEntries(session),
  };
}

/** What a service file gives: weaker than what is written down, stronger than the environment. */
function serviceParameters(
  given: Parameters,
  environment: Environment,
  home: string | undefined,
): Parameters {
  const name = given.service ?? environment['PGSERVICE'];
  if (name === undefined || name === '') return {};
  const found: Parameters = {};
  const own = given.servicefile ?? environment['PGSERVICEFILE'];
  const places = { own: own || undefined, systemFolder: environment['PGSYSCONFDIR'], home };
  for (const { key, value, where } of readService(name, places)) {
    if (key === 'service' || key === 'servicefile') {
      throw new ConfigError(`${where}: a service can't name another ${key}`, {
        hint: 'write its parameters here instead',
      });
    }
    // The first line counts, as in libpq.
    if (!Object.hasOwn(found, key)) setParameter(found, key, value);
  }
  return found;
}

function resolveHosts(
  host: string | undefined,
  hostaddr: string | undefined,
  port: string | undefined,
): Host[] {
  const names = host?.split(',');
  const addresses = hostaddr?.split(',');
  const ports = (port ?? '5432').split(',');
  if (names !== undefined && addresses !== undefined && names.length !== addresses.length) {
    throw new ConfigError(`${names.length} hosts do not fit ${addresses.length} addresses`, {
      hint: 'give one hostaddr for each host',
    });
  }
  const count = addresses?.length ?? names?.length ?? 1;
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
    const address = addresses?.[i] || undefined;
    const name = names?.[i] || address || defaultHost(portNumber);
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

export function isSocket({ host, address }: Pick<Host, 'host' | 'address'>): boolean {
  return address === undefined && /^[/@]/.test(host);
}

/** @throws {ConfigError} */
function checkPeer(user: string | undefined, hosts: readonly Host[]): void {
  if (user === undefined || !hosts.some(isSocket)) return;
  throw new ConfigError('requirepeer can not be checked: pgask is not told who serves a socket', {
    hint: 'use a socket directory that only that user can write to, and leave requirepeer out',
  });
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new ConfigError('nothing says which user to connect as', {
      hint: 'give user=…, or set PGUSER',
    });
  }
}

/** libpq: zero or less waits for ever, and less than two seconds is two. */
function connectTimeout(text: string | undefined): number {
  const seconds =
    text !== undefined && /^\s*-\d+\s*$/.test(text)
      ? 0
      : wholeNumber('connect_timeout', text ?? String(CONNECT_TIMEOUT_S));
  return seconds === 0 ? NEVER_MS : Math.min(NEVER_MS, Math.max(2, seconds) * 1000);
}

function keepalive(on: string | undefined, idle: string | undefined): number | undefined {
  if (on !== undefined && wholeNumber('keepalives', on) === 0) return undefined;
  const seconds = wholeNumber('keepalives_idle', idle ?? '0');
  return Math.min(NEVER_MS, (seconds || KEEPALIVE_IDLE_S) * 1000);
}

const AUTH_METHODS = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];

function authMethods(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const methods = text.split(',').map((method) => method.trim());
  const negated = methods.filter((method) => method.startsWith('!')).length;
  for (const method of methods) {
    const bare = method.replace(/^!/, '');
    if (!AUTH_METHODS.includes(bare)) {
      throw new ConfigError(`invalid require_auth: ${method}`, {
        hint: didYouMean(bare, AUTH_METHODS),
      });
    }
  }
  if (negated !== 0 && negated !== methods.length) {
    throw new ConfigError('require_auth mixes methods with and without !', {
      hint: 'name those that are wanted, or those that are not',
    });
  }
  return methods;
}
