/** The configuration: flag > environment > project's file > user's file > default, every value with its source. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import {
  checkDefault,
  type ConfiguredDatabase,
  type DatabaseContext,
  type DatabaseEntry,
  defaultName,
  entryOf,
  findDatabase,
  SAMPLE,
} from './databases.js';
import { type Found, readVariable, unknownVariables, type Variables } from './environment.js';
import { addDatabase, type NewDatabase, removeDatabase } from './edit-databases.js';
import { exposedSecrets, type Warning } from './exposure.js';
import { findFiles, type NamedFile, readLocalText, userFilePath } from './file.js';
import {
  type CheckedFile,
  checkFile,
  type FlagSettings,
  given,
  mergeLayers,
  parseLayers,
} from './layers.js';
import { inspectLocalFiles, type LocalFile, type TrustGoesOn } from './local.js';
import { chooseModel, type EffectiveModel, effectiveModel, type ModelChoice } from './model.js';
import { refuseProblems } from './problem.js';
import { secretsOf } from './secrets.js';
import type { ParsedSettings } from './schema.js';
import type { Source } from './source.js';
import { openTrust } from './trust.js';
import { useDatabase } from './use-database.js';

export type { DatabaseEntry } from './databases.js';
export { describeConfig } from './describe.js';
export type { LocalFile } from './local.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadOptions {
  readonly flags: FlagSettings;
  readonly environment: Environment;
  readonly cwd: string;
  readonly home: string | undefined;
  /** `--config`: this file instead of the project's. */
  readonly file?: string | undefined;
}

export interface Config {
  /** Every setting that is in force; `model` and `databases` are better taken from the members below. */
  readonly settings: ParsedSettings;
  /**
   * @throws {ConfigError} where the provider lacks something: a key, or the model's name
   * @throws {UntrustedError} a file of the working directory is not trusted
   */
  readonly model: EffectiveModel;
  /** Every database that `--db` takes by name, the sample among them. */
  readonly databases: readonly DatabaseEntry[];
  /** The name of what {@link database} gives without one; undefined where nothing decides. */
  readonly defaultName: string | undefined;
  /**
   * The database of that name or connection string, with its password; the default one without.
   *
   * @throws {UsageError} there is none of that name, or no default among several
   * @throws {ConfigError} its passwordEnv is not set
   * @throws {UntrustedError} a file of the working directory is not trusted
   */
  database(nameOrConnection?: string): DatabaseEntry;
  /** Makes a configured database the default of the project's file, or of the user's where there is none. Gives the file's path. */
  useDatabase(name: string): Promise<string>;
  /** Names a database in the project's file, or in the user's where there is none. Gives the file's path. */
  addDatabase(name: string, database: NewDatabase): Promise<string>;
  /** Takes a database out of the file that names it. Gives the file's path. */
  removeDatabase(name: string): Promise<string>;
  /** The session to continue, or `none`; undefined where nobody says. */
  readonly sessionName: string | undefined;
  /** The real environment and the `.env` file: what libpq's rules are to see. */
  readonly environment: Environment;
  /** Keys and passwords that are known by now, for whoever prints to leave out. */
  readonly secrets: readonly string[];
  /** For the caller to print. */
  readonly warnings: readonly Warning[];
  /** What the working directory says: its configuration and its `.env`. */
  readonly localFiles: readonly LocalFile[];
  /** Those of them that need trust and do not have it. */
  readonly untrusted: readonly LocalFile[];
  /** Trusts these files as they were read. */
  trust(files: readonly LocalFile[]): Promise<void>;
  /** Takes it back; false where there was none. */
  distrust(path: string): Promise<boolean>;
  /** False for what a file says that needs trust and does not have it. */
  trusts(source: Source): boolean;
  /** What {@link describeConfig} tells of. */
  readonly origins: Origins;
}

export interface Origins {
  readonly context: DatabaseContext;
  readonly model: ModelChoice;
  readonly sessionName: Found | undefined;
}

/**
 * Reads flags, variables and files, and checks all of it.
 *
 * @throws {ConfigError} with every mistake and its place
 */
export function loadConfig(options: LoadOptions): Config {
  const { flags, environment, cwd, home } = options;
  const variables = readEnvironment(environment, cwd);
  // Where the user's own files are is not for the working directory's `.env` to say.
  const place = { cwd, home, environment };
  const files = findFiles(place, namedFile(options.file, variables));
  const checked = files.map(checkFile);
  const found = mergeLayers(flags, variables, files);
  const { settings, problems } = parseLayers(found, checked);
  refuseProblems([...problems, ...checkDefault(found, files)]);
  const context = { configured: databasesOf(checked), settings, found, variables };
  const local = inspectLocalFiles({
    files,
    variables,
    databases: context.configured.map((one) => one.settings),
    keyVariable: String(found.get('model.apiKeyEnv')?.value ?? 'OPENAI_API_KEY'),
    own: ownSettings(checked),
    store: openTrust(place),
  });

  const choice = () => chooseModel(found, variables, local.trusts);
  const userPath = userFilePath(place);
  const ownPath = files[0]?.path ?? userPath;
  const sessionName = given(flags.session, '--session') ?? readVariable(variables, 'PGASK_SESSION');
  const trustGoesOn: TrustGoesOn = async (written) => {
    // The user's own file needs none.
    if (written.path !== userPath) await local.trustGoesOn(written);
  };
  return {
    settings,
    get model() {
      local.refuseUntrusted();
      return effectiveModel(choice(), settings.model);
    },
    databases: context.configured.map((one) => listed(entryOf(context, one), one, local.trusts)),
    defaultName: defaultName(context),
    database(name) {
      local.refuseUntrusted();
      return findDatabase(context, name);
    },
    useDatabase: (name) => useDatabase(name, context.configured, ownPath, trustGoesOn),
    addDatabase: (name, database) =>
      addDatabase(name, database, context.configured, ownPath, trustGoesOn),
    removeDatabase: (name) => removeDatabase(name, context.configured, files, trustGoesOn),
    sessionName: textOf(sessionName),
    environment: variables.values,
    secrets: secretsOf(context),
    warnings: [
      ...variableWarnings(variables),
      ...files.flatMap((file) =>
        exposedSecrets(file, environment, local.trusts({ type: 'file', file, path: [] })),
      ),
      ...modelWarnings(choice(), settings),
    ],
    localFiles: local.files,
    get untrusted() {
      return local.untrusted();
    },
    trust: local.trust,
    distrust: local.distrust,
    trusts: local.trusts,
    origins: {
      context,
      sessionName,
      get model() {
        return choice();
      },
    },
  };
}

/** What the user's own file says, and over it the one that the user has named. */
function ownSettings(checked: readonly CheckedFile[]): ParsedSettings {
  const own = checked.filter(({ file }) => file.scope !== 'project');
  const none: Variables = { values: {}, fromDotenv: new Set() };
  const found = mergeLayers(
    {},
    none,
    own.map(({ file }) => file),
  );
  const databases = databasesOf(own).flatMap(({ name, settings, file }) =>
    file === undefined ? [] : [[name, settings] as const],
  );
  return { ...parseLayers(found, own).settings, databases: Object.fromEntries(databases) };
}

/** As a list shows it. */
function listed(
  entry: DatabaseEntry,
  { file }: ConfiguredDatabase,
  trusts: (source: Source) => boolean,
): DatabaseEntry {
  const doubtful = file !== undefined && !trusts({ type: 'file', file, path: [] });
  return doubtful ? { ...entry, description: `${entry.description} (not trusted)` } : entry;
}

/** @throws {ConfigError} `.env` can't be read */
function readEnvironment(environment: Environment, cwd: string): Variables {
  // A folder of that name is a Python environment, not ours.
  const path = join(cwd, '.env');
  const text = isFolder(path) ? undefined : readLocalText(path);
  if (text === undefined) return { values: environment, fromDotenv: new Set() };
  const dotenv = parseDotenv(text);
  const names = Object.keys(dotenv).filter((name) => environment[name] === undefined);
  return {
    values: { ...environment, ...Object.fromEntries(names.map((name) => [name, dotenv[name]])) },
    fromDotenv: new Set(names),
    dotenv: { path, text },
  };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // Reading it will say why.
    return false;
  }
}

function namedFile(flag: string | undefined, variables: Variables): NamedFile | undefined {
  if (flag !== undefined) return { path: flag, scope: 'named' };
  const variable = readVariable(variables, 'PGASK_CONFIG');
  if (variable === undefined) return undefined;
  const scope = variable.source.type === 'dotenv' ? 'project' : 'named';
  return { path: String(variable.value), scope };
}

/**
 * By name: an entry of the project's file takes the place of the user's, whole. Were they mixed key by key, a file
 * from somewhere could send the user's password to another host.
 */
function databasesOf(checked: readonly CheckedFile[]): ConfiguredDatabase[] {
  const byName = new Map<string, ConfiguredDatabase>();
  for (const { file, settings: parsed } of checked) {
    for (const [name, settings] of Object.entries(parsed?.databases ?? {})) {
      if (!byName.has(name)) byName.set(name, { name, settings, file });
    }
  }
  if (!byName.has(SAMPLE)) {
    const settings = { embedded: true, access: 'admin' } as const;
    byName.set(SAMPLE, { name: SAMPLE, settings, file: undefined });
  }
  return [...byName.values()];
}

function textOf(found: Found | undefined): string | undefined {
  return found === undefined ? undefined : String(found.value);
}

function variableWarnings(variables: Variables): Warning[] {
  return unknownVariables(variables).map(({ name, near }) => ({
    message: `${variables.fromDotenv.has(name) ? '.env' : 'environment'} ${name} is no setting`,
    hint: near === undefined ? 'pgask config shows which there are' : `did you mean ${near}?`,
  }));
}

function modelWarnings(
  { provider, withheld }: ModelChoice,
  { limits, model }: ParsedSettings,
): Warning[] {
  const warnings: Warning[] = [];
  if (withheld !== undefined) {
    warnings.push({
      message: `${withheld} is not sent to a model.baseURL that the working directory names`,
      hint: 'put baseURL beside the key, or give it with PGASK_BASE_URL',
    });
  }
  if (limits.maxCost !== undefined && model.pricing === undefined && provider.value !== 'offline') {
    warnings.push({
      message: 'limits.maxCost has no effect without prices',
      hint: 'set model.pricing.inputPerMillion and outputPerMillion',
    });
  }
  return warnings;
}
