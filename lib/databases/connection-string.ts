/** Connection URLs and `key=value` strings, read as libpq reads them (PostgreSQL manual, "Connection Strings"). */
import { ConfigError } from '../errors.js';
import { type Parameters, setParameter } from './connection-parameters.js';

/**
 * What a string says. An empty value is one: it keeps a variable from giving its own.
 *
 * @throws {ConfigError} which tells no value, for it may be a password at the wrong place
 */
export function parseConnectionString(text: string): Parameters {
  const found = /^postgres(ql)?:\/\//.test(text) ? parseUrl(text) : parsePairs(text);
  for (const [name, value] of Object.entries(found)) {
    if (!value.includes('\0')) continue;
    throw new ConfigError(`the connection parameter ${name} holds a NUL byte`, {
      hint: 'the protocol can carry none: leave out %00',
    });
  }
  return found;
}

function parseUrl(text: string): Parameters {
  // As libpq: what stands before an @ that no / precedes says who; everything up to the first colon is the name.
  const parts =
    /^postgres(?:ql)?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]*)(?:\/(?<dbname>[^?]*))?(?:\?(?<query>.*))?$/s.exec(
      text,
    )?.groups;
  if (parts === undefined) throw invalidUrl();
  const found: Parameters = {};
  const set = (name: 'user' | 'password' | 'dbname' | 'host' | 'port', value = '') => {
    if (value !== '') found[name] = decode(value);
  };
  set('user', parts['user']);
  set('password', parts['password']);
  set('dbname', parts['dbname']);
  const unclaimed = parts['user'] === undefined && text.includes('@');
  // A password with a / in it, say: what stands here may be a part of it.
  if (
    unclaimed &&
    parts['dbname']?.includes('@') === true &&
    parts['hosts']?.includes(':') === true
  ) {
    throw invalidUrl();
  }
  const hosts = readHosts(parts['hosts'] ?? '', unclaimed);
  // As libpq: where there are several hosts, none is left to the environment.
  set('host', hosts.map(({ host }) => host).join(','));
  set('port', hosts.map(({ port }) => port).join(','));
  const query = parts['query'] ?? '';
  try {
    readQuery(query, found);
  } catch (error) {
    // Where an @ follows, its names may be parts of a password as well.
    throw query.includes('@') ? invalidUrl() : error;
  }
  return found;
}

function readQuery(query: string, found: Parameters): void {
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    if (at === -1) {
      throw new ConfigError(`the connection URL has a parameter without a value${shown(name)}`, {
        hint: 'write name=value; percent-encode ? and & in a password',
      });
    }
    if (pair.includes('=', at + 1)) {
      throw new ConfigError(`the connection URL has a second = in a parameter${shown(name)}`, {
        hint: 'an = in a value is written %3D',
      });
    }
    const value = decode(pair.slice(at + 1));
    // JDBC's word, which libpq knows in this one form.
    if (name === 'ssl' && value === 'true') found.sslmode = 'require';
    else setParameter(found, name, value);
  }
}

/** @param torn whether an @ further on may mean that a password is read as a host */
function readHosts(text: string, torn: boolean): { host: string; port: string }[] {
  return text.split(',').map((spec) => {
    const match = /^(?:\[(?<v6>[^\]]*)\]|(?<name>(?!\[)[^:]*))(?::(?<port>[^:]*))?$/.exec(
      spec,
    )?.groups;
    if ((torn && /:\D/.test(spec)) || spec.includes('@')) throw invalidUrl();
    if (match === undefined || match['v6'] === '' || /\D/.test(decode(match['port'] ?? ''))) {
      throw new ConfigError('the connection URL has an invalid host', {
        hint: 'it looks like name:5432; an IPv6 address stands in brackets: [::1]:5432',
      });
    }
    return { host: match['v6'] ?? match['name'] ?? '', port: match['port'] ?? '' };
  });
}

/** What is no name may be a part of a password. */
function shown(name: string): string {
  return /^\w+$/.test(name) ? `: ${name}` : '';
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

/** A value ends at white space, or at its closing quote; a backslash takes the next character as it is. */
const PAIR = /\s*([^\s=]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?!')(?:[^\s\\]|\\.)*))/sy;

function parsePairs(text: string): Parameters {
  const found: Parameters = {};
  PAIR.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    if (match === null) {
      throw new ConfigError('the connection string is not valid', {
        hint: "it looks like host=localhost port=5432 dbname=shop user='me'",
      });
    }
    setParameter(found, match[1]!, (match[2] ?? match[3] ?? '').replace(/\\(.)/gs, '$1'));
    at = PAIR.lastIndex;
  }
  return found;
}
