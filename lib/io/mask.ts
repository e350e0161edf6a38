/** Secrets in connection strings, URLs and texts that hold them become asterisks before anybody sees them. */

export const MASK = '********';

/**
 * Parameters that hold no secret. A list of what may be shown, not of what may not: a mistyped `pasword` is
 * masked as well.
 */
const SHOWN = new Set([
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'passfile',
  'options',
  'application_name',
  'connect_timeout',
  'client_encoding',
  'ssl',
  'sslmode',
  'sslcert',
  'sslkey',
  'sslrootcert',
  'sslnegotiation',
  'channel_binding',
  'target_session_attrs',
  'load_balance_hosts',
  'keepalives',
  'keepalives_idle',
  'keepalives_interval',
  'keepalives_count',
  'tcp_user_timeout',
  'service',
  'servicefile',
  'fallback_application_name',
  'require_auth',
  'requirepeer',
  'replication',
  'gssencmode',
  'sslcertmode',
  'sslcrl',
  'sslcrldir',
  'sslsni',
  'ssl_min_protocol_version',
  'ssl_max_protocol_version',
  'min_protocol_version',
  'max_protocol_version',
  'requiressl',
  'sslcompression',
  'krbsrvname',
  'gsslib',
  'gssdelegation',
  'api-version',
]);

/** A URL or a `key=value` string as it may be shown. Never throws, whatever it is given. */
export function maskConnection(text: string): string {
  if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) return maskUrl(text);
  // libpq takes a URL as dbname.
  return maskPairs(text).replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, maskUrl);
}

/** True where {@link maskConnection} has something to hide. */
export function holdsSecret(text: string): boolean {
  return maskConnection(text) !== text;
}

/**
 * A URL without its password, and without the parameters of its query that may be secret. Outside PostgreSQL a
 * user can be a token as well, so the whole user information goes.
 */
export function maskUrl(url: string): string {
  const [, scheme = '', rest = ''] = /^(\s*[^:]*:\/\/)(.*)$/s.exec(url) ?? ['', '', url];
  const { userinfo, after } = splitUserinfo(rest);
  const at = after.search(/[?#]/);
  const place = at === -1 ? after : after.slice(0, at);
  const query = at === -1 ? '' : after.slice(at);
  const shownUser = userinfo === undefined ? '' : `${maskUser(userinfo, scheme)}@`;
  const shownPlace = userinfo === undefined ? maskNoPort(place) : place;
  return scheme + shownUser + shownPlace + maskQuery(query);
}

/** Up to the last `@`: a password in which `@`, `/` or `?` was not encoded is a password all the same. */
function splitUserinfo(rest: string): { userinfo: string | undefined; after: string } {
  const at = rest.lastIndexOf('@');
  // `/shop?user=me@corp`: with no colon before the query, its `@` ends no password.
  if (at === -1 || /^[^@?#:]*[?#]/.test(rest)) return { userinfo: undefined, after: rest };
  return { userinfo: rest.slice(0, at), after: rest.slice(at + 1) };
}

function maskUser(userinfo: string, scheme: string): string {
  if (!/^\s*postgres(ql)?:/i.test(scheme)) return MASK;
  const colon = userinfo.search(/:|%3a/i);
  return colon === -1 ? userinfo : `${userinfo.slice(0, colon)}:${MASK}`;
}

/** `user:secret/shop`, where the host was forgotten: what stands at a port's place and is none. */
function maskNoPort(place: string): string {
  const hosts = place.split('/', 1)[0]!.split(',');
  let at = 0;
  for (const host of hosts) {
    if (!/^(\[[^\]]*\]|[^:]*)(:\d*)?$/.test(host)) {
      return `${place.slice(0, at + host.indexOf(':'))}:${MASK}`;
    }
    at += host.length + 1;
  }
  return place;
}

function maskQuery(query: string): string {
  const parameter = /([?#&;])([^&;#=]*)(=?)([^&;#]*)/g;
  return query.replace(parameter, (whole, mark: string, name: string, equals: string) => {
    if (whole === mark || SHOWN.has(decoded(name).toLowerCase())) return whole;
    return equals === '' ? `${mark}${MASK}` : `${mark}${name}=${MASK}`;
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A value ends where the next `name =` begins, so that a forgotten quote does not show the rest of a password. */
function maskPairs(text: string): string {
  const pair = /(\w+)(\s*=\s*)(?:'(?:[^'\\]|\\.)*(?:'|$))?(?:(?!\s+\w+\s*=)[^])*/gs;
  return text.replace(pair, (whole, name: string) =>
    SHOWN.has(name.toLowerCase()) ? whole : `${name}=${MASK}`,
  );
}

/** A URL in the middle of other words: up to a space, a quote or a bracket. */
const URL_IN_TEXT = /[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>{}|\\]+/gi;

/** Words for people, with the URLs in them shown without what is secret there. */
export function maskUrls(text: string): string {
  return text.includes('://') ? text.replace(URL_IN_TEXT, maskFoundUrl) : text;
}

/** The same, and what stands behind `password=` and its like. */
export function maskWords(text: string): string {
  const pair =
    /\b(\w*(?:password|passwd|secret|api[_-]?key|access[_-]?token))(\s?=\s?)('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|[^\s"'&;,)\]}]+)/gi;
  return maskUrls(text).replace(
    pair,
    (_whole, name: string, equals: string) => name + equals + MASK,
  );
}

const SECRET_PARAMETER = /[?&#;]\w*(pass|secret|token|key|sig|auth|credential)\w*=/i;

/** Anything may be a URL in a text: one that holds no secret by its form stays as it is. */
function maskFoundUrl(url: string): string {
  if (/^postgres(ql)?:/i.test(url)) return maskUrl(url);
  const authority = /^[^:]*:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  return authority.includes('@') || SECRET_PARAMETER.test(url) ? maskUrl(url) : url;
}

/** What {@link maskConnection} would hide, as the server or endpoint will know it. */
export function secretsIn(connection: string): string[] {
  const url = /^\s*[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(connection)?.[1];
  const found = url === undefined ? secretPairs(connection) : secretsOfUrl(url);
  return [...new Set(found.flatMap((text) => [text, decoded(text)]))].filter((one) => one !== '');
}

function secretsOfUrl(rest: string): string[] {
  const { userinfo = '', after } = splitUserinfo(rest);
  const colon = userinfo.search(/:|%3a/i);
  const password = colon === -1 ? '' : userinfo.slice(colon + (userinfo[colon] === ':' ? 1 : 3));
  const parameters = [...after.matchAll(/[?&;]([^&;#=]*)=([^&;#]*)/g)]
    .filter(([, name]) => !SHOWN.has(decoded(name!).toLowerCase()))
    .map(([, , value]) => value!);
  return [password, ...parameters];
}

function secretPairs(text: string): string[] {
  const pair = /(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/gs;
  return [...text.matchAll(pair)]
    .filter(([, name]) => !SHOWN.has(name!.toLowerCase()))
    .map(([, , quoted, bare]) => (quoted ?? bare ?? '').replace(/\\(.)/gs, '$1'));
}
