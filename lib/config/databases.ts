/** The configured databases, and which one a run is about. */
import { ConfigError, didYouMean, nearest, UsageError } from '../errors.js';
import { type Found, readVariable, type Variables } from './environment.js';
import type { ConfigFile } from './file.js';
import type { GuardAllowance } from './guard.js';
import { type DatabaseLimits, guardOf, limitsOf } from './in-force.js';
import { maskConnection, maskUrl } from './mask.js';
import type { Problem } from './problem.js';
import {
  type Access,
  CONNECTION_PARTS,
  type DatabaseSettings,
  type ParsedSettings,
} from './schema.js';
import { type Source, sourceText } from './source.js';

/** Always there, unless a configured database has its name. */
export const SAMPLE = 'sample';

/** The last day of the sample shop's life: "last month" is asked from there. */
export const SAMPLE_TODAY = '2026-06-30';

/** Where a database is; a connection is a URL or a `key=value` string, and may hold a password. */
export type DatabaseTarget =
  { readonly kind: 'server'; readonly connection: string } | { readonly kind: 'embedded' };

export interface DatabaseEntry {
  /** As `--db` takes it; for a database that the configuration does not name, its connection without secrets. */
  readonly name: string;
  readonly target: DatabaseTarget;
  readonly access: Access;
  /** A role that can do more than read is refused. */
  readonly requireReadOnlyRole: boolean;
  readonly comment: string | undefined;
  /** In force here: flag and environment, then the database's own, then the general ones. */
  readonly limits: DatabaseLimits;
  /** What reads may use here besides what is known to be harmless. */
  readonly guard: GuardAllowance;
  /** The date that requests count from, in ISO 8601; undefined for the real one. */
  readonly today: string | undefined;
  /** Where it is, without secrets. */
  readonly description: string;
}

/** A database of the files, with the file that says it; none for the sample that is always there. */
export interface ConfiguredDatabase {
  readonly name: string;
  readonly settings: DatabaseSettings;
  readonly file: ConfigFile | undefined;
}

export interface DatabaseContext {
  readonly configured: readonly ConfiguredDatabase[];
  readonly settings: ParsedSettings;
  readonly found: ReadonlyMap<string, Found>;
  readonly variables: Variables;
}

/** The default of the files has to be one of theirs; asked before it is known whether these are right. */
export function checkDefault(
  found: ReadonlyMap<string, Found>,
  files: readonly ConfigFile[],
): Problem[] {
  const chosen = found.get('database');
  if (chosen?.source.type !== 'file' || typeof chosen.value !== 'string') return [];
  // Of a file that can't be read at all nobody knows what it would name.
  if (files.some(({ content }) => content === undefined)) return [];
  const names = [...files.flatMap(({ content }) => namesIn(content)), SAMPLE];
  if (names.includes(chosen.value)) return [];
  const known = [...new Set(names)];
  return [
    {
      where: sourceText(chosen.source),
      key: 'database',
      message: `there is no database ${maskConnection(chosen.value)}; ${didYouMean(chosen.value, known)}`,
    },
  ];
}

function namesIn(content: unknown): string[] {
  const { databases } = (content ?? {}) as { databases?: unknown };
  return typeof databases === 'object' && databases !== null ? Object.keys(databases) : [];
}

/** The database that a run is about where `--db` says nothing else, and who says so. */
export type DefaultDatabase =
  | { readonly type: 'named'; readonly name: string; readonly source: Source }
  | { readonly type: 'environment'; readonly source: Source }
  | { readonly type: 'undecided' };

export function defaultDatabase(context: DatabaseContext): DefaultDatabase {
  const { configured, found, variables } = context;
  const named = (name: string, source: Source) => ({ type: 'named', name, source }) as const;
  const chosen = found.get('database');
  if (chosen !== undefined && chosen.source.type !== 'file') {
    return named(String(chosen.value), chosen.source);
  }
  for (const name of LIBPQ_PLACES) {
    const variable = readVariable(variables, name);
    if (variable !== undefined) return { type: 'environment', source: variable.source };
  }
  if (chosen !== undefined) return named(String(chosen.value), chosen.source);
  const own = configured.filter(({ file }) => file !== undefined);
  const [only, second] = own;
  if (second !== undefined) return { type: 'undecided' };
  return only === undefined
    ? named(SAMPLE, { type: 'default', reason: 'no database is configured' })
    : named(only.name, { type: 'default', reason: 'the only configured database' });
}

/** As it may be shown. */
export function defaultName(context: DatabaseContext): string | undefined {
  const chosen = defaultDatabase(context);
  switch (chosen.type) {
    case 'named':
      return shownName(chosen.name);
    case 'environment':
      return maskConnection(environmentConnection(context.variables));
    case 'undecided':
      return undefined;
  }
}

/** What was given for a name may be a URL that lost its beginning. */
export function shownName(name: string): string {
  const url = 'postgresql://';
  const torn = name.includes('@') && !name.includes('://') && !/^\s*\w+\s*=/.test(name);
  return torn ? maskUrl(url + name).slice(url.length) : maskConnection(name);
}

/** Variables that name a place; PGUSER or PGSSLMODE alone do not. */
const LIBPQ_PLACES = ['PGHOST', 'PGHOSTADDR', 'PGDATABASE', 'PGSERVICE', 'PGPORT'];

/**
 * The database by its name or connection string; the default one without.
 *
 * @throws {UsageError} there is none of that name, or no default among several
 * @throws {ConfigError} its passwordEnv is not set
 */
export function findDatabase(context: DatabaseContext, wanted: string | undefined): DatabaseEntry {
  if (wanted !== undefined) return byName(context, wanted, undefined);
  const chosen = defaultDatabase(context);
  switch (chosen.type) {
    case 'named':
      return byName(context, chosen.name, chosen.source);
    case 'environment':
      return unnamed(context, environmentConnection(context.variables));
    case 'undecided': {
      const names = context.configured.map(({ name }) => name);
      throw new UsageError('several databases are configured, and none is the default', {
        hint: 'name one with --db, or make it the default with "database" in agent.config.json',
        choices: names,
      });
    }
  }
}

function byName(context: DatabaseContext, name: string, source: Source | undefined): DatabaseEntry {
  const { configured } = context;
  const known = configured.find((one) => one.name === name);
  if (known !== undefined) return withPassword(entryOf(context, known), known, context.variables);
  if (name.includes('://') || name.includes('=')) return unnamed(context, name);
  const names = configured.map((one) => one.name);
  const says =
    source === undefined || source.type === 'flag' ? '' : ` (${sourceText(source)} names it)`;
  const near = nearest(name, names);
  throw new UsageError(`there is no database ${shownName(name)}${says}`, {
    hint: `${didYouMean(name, names)}${near === undefined ? '; or give a URL' : ''}`,
    choices: near === undefined ? undefined : [near],
  });
}

/** A database that no file names: whoever typed where it is can grant anything there. */
function unnamed(context: DatabaseContext, connection: string): DatabaseEntry {
  const shown = maskConnection(connection);
  return {
    name: shown,
    target: { kind: 'server', connection },
    access: 'admin',
    requireReadOnlyRole: false,
    comment: undefined,
    limits: limitsOf(context, undefined),
    guard: guardOf(context, undefined),
    today: context.settings.today,
    description: shown,
  };
}

/** What the PG* variables say of the place; the rest of them is for libpq's rules to find. */
function environmentConnection(variables: Variables): string {
  const names = { service: 'PGSERVICE', host: 'PGHOST', hostaddr: 'PGHOSTADDR', port: 'PGPORT' };
  return pairs(
    Object.entries({ ...names, dbname: 'PGDATABASE', user: 'PGUSER' }).map(([key, name]) => [
      key,
      readVariable(variables, name)?.value,
    ]),
  );
}

/** Every configured database by name, without the passwords that variables hold. */
export function entryOf(
  context: DatabaseContext,
  { name, settings }: ConfiguredDatabase,
): DatabaseEntry {
  const embedded = settings.embedded === true;
  const connection = settings.url ?? pairs(partsOf(settings));
  return {
    name,
    target: embedded ? { kind: 'embedded' } : { kind: 'server', connection },
    access: settings.access,
    requireReadOnlyRole: settings.requireReadOnlyRole === true,
    comment: settings.comment,
    limits: limitsOf(context, settings.limits),
    guard: guardOf(context, settings.guard),
    today: context.settings.today ?? (embedded ? SAMPLE_TODAY : undefined),
    description: embedded ? 'the embedded sample shop' : maskConnection(connection),
  };
}

function partsOf(settings: DatabaseSettings): [string, unknown][] {
  const keys = Object.keys(CONNECTION_PARTS) as (keyof typeof CONNECTION_PARTS)[];
  return keys.map((key) => [CONNECTION_PARTS[key], settings[key]]);
}

/** libpq's `key=value` string of what is given. */
function pairs(parameters: readonly (readonly [string, unknown])[]): string {
  return parameters
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${quoted(String(value))}`)
    .join(' ');
}

function quoted(value: string): string {
  return /^[\w.,:/-]+$/.test(value) ? value : `'${value.replace(/['\\]/g, '\\$&')}'`;
}

/** @throws {ConfigError} */
function withPassword(
  entry: DatabaseEntry,
  { settings }: ConfiguredDatabase,
  variables: Variables,
): DatabaseEntry {
  if (settings.passwordEnv === undefined || entry.target.kind === 'embedded') return entry;
  const password = readVariable(variables, settings.passwordEnv)?.value;
  if (password === undefined) {
    throw new ConfigError(
      `the password of ${entry.name} is missing: ${settings.passwordEnv} is not set`,
      {
        hint: `set ${settings.passwordEnv}, which databases.${entry.name}.passwordEnv names`,
      },
    );
  }
  const { connection } = entry.target;
  const given = /^postgres(ql)?:/.test(connection)
    ? `${connection}${connection.includes('?') ? '&' : '?'}password=${encodeURIComponent(String(password))}`
    : `${connection} ${pairs([['password', password]])}`;
  return { ...entry, target: { kind: 'server', connection: given } };
}
