/** What a file of the working directory would decide that is the person's to decide: the reasons why it needs trust. */
import { environmentName, GENERIC, type Variables } from './environment.js';
import type { ConfigFile } from './file.js';
import { lineOf, type Path } from './locate.js';
import { MASK, maskConnection, shownValue } from './mask.js';
import { LEAVES, type ParsedSettings } from './schema.js';

export interface Demand {
  /** `agent.config.json:12`, `.env` */
  readonly where: string;
  /** `databases.shop.url`, `PGHOST` */
  readonly key: string;
  /** Without secrets. */
  readonly value: string;
}

/** The user's own configuration, which no file of the working directory may go beyond; defaults filled in. */
export type OwnSettings = ParsedSettings;

export function demandsOfFile(file: ConfigFile, own: OwnSettings): Demand[] {
  return valuesIn(file.content, [])
    .filter(([path, value]) => isDemand(path, value, own))
    .map(([path, value]) => ({
      where: `${file.shown}:${lineOf(file.text, path)}`,
      key: path.join('.'),
      value: shortened(shownValue(path.join('.'), textOf(value))),
    }));
}

function valuesIn(content: unknown, path: Path): [Path, unknown][] {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return [[path, content]];
  }
  return Object.entries(content).flatMap(([key, value]) => valuesIn(value, [...path, key]));
}

/** Whatever is not known to be harmless is a demand, so that a setting that is yet to come is one. */
function isDemand(path: Path, value: unknown, own: OwnSettings): boolean {
  const key = path.join('.');
  switch (path[0]) {
    case '$schema':
    case 'format':
    case 'today':
      return false;
    case 'database':
      return isServerOfOwn(value, own);
    case 'databases':
      return (
        Object.hasOwn(own.databases, String(path[1])) ||
        isDatabaseDemand(path.slice(2).map(String), value, own)
      );
    case 'limits':
      return exceeds(value, ownValue(own, path));
    case 'changes':
      // Fewer rows kept are changes that can't be undone.
      return key === 'changes.undoRows'
        ? value !== own.changes.undoRows
        : exceeds(value, ownValue(own, path));
    case 'session':
      return isSessionDemand(key, value, own);
    case 'model':
      return isModelDemand(key, value, ownValue(own, path));
    default:
      return true;
  }
}

/** Which of the user's servers is asked is as good as naming it, unless the user's own file says the same. */
function isServerOfOwn(name: unknown, { database, databases }: OwnSettings): boolean {
  const names = Object.keys(databases);
  const usual = database ?? (names.length === 1 ? names[0] : undefined);
  const entry =
    typeof name === 'string' && Object.hasOwn(databases, name) ? databases[name] : undefined;
  return entry !== undefined && entry.embedded !== true && name !== usual;
}

function isDatabaseDemand([key, limit]: readonly string[], value: unknown, own: OwnSettings) {
  switch (key) {
    // An entry without a key says nothing, and the schema refuses it.
    case undefined:
    case 'embedded':
    case 'comment':
      return false;
    case 'access':
      return value !== 'read';
    case 'requireReadOnlyRole':
      return value !== true;
    case 'limits':
      return exceeds(value, limit === undefined ? undefined : ownValue(own, ['limits', limit]));
    default:
      return true;
  }
}

/** To remember more than the user wants, or to throw away what the user keeps, which is of all directories. */
function isSessionDemand(key: string, value: unknown, { session }: OwnSettings): boolean {
  switch (key) {
    case 'session.enabled':
      return value === true && !session.enabled;
    case 'session.maxSessions':
      return !(Number(value) >= session.maxSessions);
    case 'session.maxAgeDays':
      return !(Number(value) >= session.maxAgeDays);
    default:
      return false;
  }
}

function isModelDemand(key: string, value: unknown, own: unknown): boolean {
  switch (key) {
    // What the name means is the endpoint's business, and the endpoint is the user's.
    case 'model.model':
      return false;
    case 'model.provider':
      return value !== 'offline';
    case 'model.timeoutMs':
    case 'model.maxRetries':
    case 'model.contextTokens':
      return exceeds(value, own);
    // Lower prices make more calls fit into the same limit on cost.
    case 'model.pricing.inputPerMillion':
    case 'model.pricing.outputPerMillion':
      return own !== undefined && !(Number(value) >= Number(own));
    default:
      return true;
  }
}

/** Without an own limit there is none to go beyond. */
function exceeds(value: unknown, own: unknown): boolean {
  return own !== undefined && !(Number(value) <= Number(own));
}

function ownValue(own: OwnSettings, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key],
    own,
  );
}

/** Where libpq's rules look for a server and for what proves who one is. */
const LIBPQ =
  /^PG(SERVICE|SERVICEFILE|SYSCONFDIR|HOST|HOSTADDR|PORT|DATABASE|USER|PASSWORD|PASSFILE|OPTIONS|CONNECT_TIMEOUT|CHANNELBINDING|TARGETSESSIONATTRS|LOADBALANCEHOSTS|KRBSRVNAME|(SSL|GSS|REQUIRE)\w*)$|^SSL_CERT_FILE$/;

/**
 * Of the variables that count, which are those that the real environment does not have.
 *
 * @param secrets names of variables that hold a key or a password, as the configuration says
 */
export function demandsOfDotenv(
  { values, fromDotenv }: Variables,
  secrets: ReadonlySet<string>,
  own: OwnSettings,
): Demand[] {
  return [...fromDotenv].flatMap((name) => {
    const value = values[name] ?? '';
    if (value === '' || !isVariableDemand(name, value, secrets, own)) return [];
    return [{ where: '.env', key: name, value: shortened(shownVariable(name, value, secrets)) }];
  });
}

function isVariableDemand(
  name: string,
  value: string,
  secrets: ReadonlySet<string>,
  own: OwnSettings,
): boolean {
  if (secrets.has(name) || LIBPQ.test(name) || name === 'PGASK_CONFIG') return true;
  if (name === 'PGASK_DB') return /:\/\/|=/.test(value) || isServerOfOwn(value, own);
  const leaf = LEAVES.find((one) => environmentName(one) === name || GENERIC[one.key] === name);
  if (leaf === undefined) return false;
  const given = /^(true|yes|on|1)$/i.test(value) && leaf.key === 'session.enabled' ? true : value;
  return isDemand(leaf.path, given, own);
}

function shownVariable(name: string, value: string, secrets: ReadonlySet<string>): string {
  if (secrets.has(name) || /PASSWORD|API_KEY$/.test(name)) return MASK;
  const leaf = LEAVES.find((one) => environmentName(one) === name || GENERIC[one.key] === name);
  return leaf === undefined || leaf.key === 'database'
    ? maskConnection(value)
    : shownValue(leaf.key, value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const MAX_SHOWN = 200;

/** On one line: a value must not look like the next demand. */
function shortened(text: string): string {
  const line = text.replace(/\r?\n|\r/g, '\\n');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN).toWellFormed()}…` : line;
}
