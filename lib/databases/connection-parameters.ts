/** libpq's connection parameters: which there are, which variable gives each a default, and what pgask makes of it. */
import { ConfigError, nearest } from '../errors.js';

/** Those that decide something here, with their variables (PostgreSQL manual, "Environment Variables"). */
const HONOURED = {
  service: 'PGSERVICE',
  servicefile: 'PGSERVICEFILE',
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  require_auth: 'PGREQUIREAUTH',
  channel_binding: 'PGCHANNELBINDING',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  fallback_application_name: undefined,
  connect_timeout: 'PGCONNECT_TIMEOUT',
  keepalives: undefined,
  keepalives_idle: undefined,
  target_session_attrs: 'PGTARGETSESSIONATTRS',
  load_balance_hosts: 'PGLOADBALANCEHOSTS',
  sslmode: 'PGSSLMODE',
  sslnegotiation: 'PGSSLNEGOTIATION',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslpassword: undefined,
  sslcertmode: 'PGSSLCERTMODE',
  sslcrl: 'PGSSLCRL',
  sslcrldir: 'PGSSLCRLDIR',
  sslsni: 'PGSSLSNI',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
  // Some of their values can't be honoured, and are refused: lib/databases/refused-parameters.ts.
  gssencmode: 'PGGSSENCMODE',
  requirepeer: 'PGREQUIREPEER',
  replication: undefined,
  min_protocol_version: 'PGMINPROTOCOLVERSION',
  scram_client_key: undefined,
  scram_server_key: undefined,
} as const;

/** Those that can be passed over: nothing becomes less safe, and no row another. */
const IGNORED = [
  // Always UTF8.
  'client_encoding',
  // Node's sockets fix the pace of keepalives; --timeout ends what a dead network holds up.
  'keepalives_interval',
  'keepalives_count',
  'tcp_user_timeout',
  // Gone from TLS itself.
  'sslcompression',
  // Kerberos and OAuth are not spoken: a server that insists on them is told of when it does.
  'krbsrvname',
  'gsslib',
  'gssdelegation',
  'oauth_issuer',
  'oauth_client_id',
  'oauth_client_secret',
  'oauth_scope',
  'sslkeylogfile',
  'max_protocol_version',
] as const;

export type ParameterName = keyof typeof HONOURED;
export type Parameters = Partial<Record<ParameterName, string>>;

export const PARAMETERS: Readonly<Record<ParameterName, string | undefined>> = HONOURED;

/** Settings of the session that libpq takes from variables alone, and sends when it connects. */
export const SESSION_VARIABLES = {
  PGDATESTYLE: 'datestyle',
  PGTZ: 'timezone',
  PGGEQO: 'geqo',
} as const;

/**
 * Adds what a string or a file says.
 *
 * @throws {ConfigError} there is no parameter of that name; its value is not told
 */
export function setParameter(found: Parameters, name: string, value: string): void {
  if (Object.hasOwn(HONOURED, name)) found[name as ParameterName] = value;
  // libpq's own word from before there was sslmode.
  else if (name === 'requiressl') found.sslmode = value.startsWith('1') ? 'require' : 'prefer';
  else if (!(IGNORED as readonly string[]).includes(name)) {
    const near = nearest(name, [...Object.keys(HONOURED), ...IGNORED]);
    // What is no name at all may be a part of a password that was not quoted.
    const shown = /^[\w.-]+$/.test(name) ? `: ${name}` : '';
    throw new ConfigError(`unknown connection parameter${shown}`, {
      hint:
        near === undefined
          ? 'they are those of libpq: host, port, dbname, user, sslmode …'
          : `did you mean ${near}?`,
    });
  }
}
