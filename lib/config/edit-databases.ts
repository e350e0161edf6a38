/** Databases added to and removed from a configuration file that keeps everything else as it is. */
import { ConfigError, didYouMean, UsageError } from '../errors.js';
import { type ConfiguredDatabase, shownName } from './databases.js';
import { withEntry, withoutKey } from './edit.js';
import type { ConfigFile } from './file.js';
import type { TrustGoesOn } from './local.js';
import { holdsSecret } from './mask.js';
import { type DatabaseInput, databaseName, settingsSchema } from './schema.js';
import { editConfigFile } from './write-file.js';

/** What `pgask db add` writes of a database: no secret is among it. */
export interface NewDatabase {
  readonly url: string;
  readonly access?: DatabaseInput['access'];
  readonly comment?: string | undefined;
  readonly passwordEnv?: string | undefined;
}

const NO_PASSWORD =
  'leave it out: --password-env names a variable that holds the password, and ~/.pgpass works too';

/**
 * @param path of the file that is to name it; undefined where there is no place for one
 * @returns the file's path
 * @throws {UsageError} the name is taken or is none, or the connection is not to be written
 */
export async function addDatabase(
  name: string,
  given: NewDatabase,
  configured: readonly ConfiguredDatabase[],
  path: string | undefined,
  trustGoesOn: TrustGoesOn,
): Promise<string> {
  // What is no name may be a URL, with a password in it: it is not repeated.
  const checkedName = databaseName.safeParse(name);
  if (!checkedName.success) {
    throw new UsageError("the database can't be added: the name is none", {
      hint: `${checkedName.error.issues[0]!.message}: pgask db add NAME URL`,
    });
  }
  if (configured.some((one) => one.name === name && one.file !== undefined)) throw taken(name);
  const { url } = given;
  if (holdsSecret(url)) {
    throw new UsageError(
      `the connection of ${name} holds a password, or what may be one, and no file is the place for it`,
      { hint: NO_PASSWORD },
    );
  }
  if (given.passwordEnv !== undefined && !/^[A-Za-z_]\w*$/.test(given.passwordEnv)) {
    // It may be the password itself.
    throw new UsageError('--password-env is not the name of an environment variable', {
      hint: 'give the name of the variable, such as SHOP_PASSWORD, and put the password into that',
    });
  }
  const entry = Object.fromEntries(
    Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const checked = settingsSchema.safeParse({ databases: { [name]: entry } });
  if (!checked.success) {
    const { path: at, message } = checked.error.issues[0]!;
    throw new UsageError(`the database ${name} can't be added: ${String(at.at(-1))}: ${message}`, {
      hint: 'pgask db add NAME postgresql://user@host:5432/database',
    });
  }
  const edit = (text: string) => {
    // Another invocation may have been here since the file was read.
    if (names(JSON.parse(text), name)) throw taken(name);
    return withEntry(text, 'databases', name, entry);
  };
  return await editConfigFile(path, edit, trustGoesOn);
}

function taken(name: string): UsageError {
  return new UsageError(`there is a database ${name} already`, {
    hint: `give another name, or take it away first: pgask db remove ${name}`,
  });
}

/**
 * Takes it out of the file that names it, and out of that file's default.
 *
 * @param files that are in force
 * @returns the file's path
 * @throws {UsageError} there is no such database in a file, or another file has it as its default
 */
export async function removeDatabase(
  name: string,
  configured: readonly ConfiguredDatabase[],
  files: readonly ConfigFile[],
  trustGoesOn: TrustGoesOn,
): Promise<string> {
  const named = configured.filter(({ file }) => file !== undefined);
  const file = named.find((one) => one.name === name)?.file;
  if (file === undefined) {
    const known = named.map((one) => one.name);
    throw new UsageError(`no configuration file names a database ${shownName(name)}`, {
      hint: didYouMean(name, known),
    });
  }
  const stays = files.some((other) => other !== file && names(other.content, name));
  const wanting = files.find((other) => other !== file && isDefault(other, name));
  if (wanting !== undefined && !stays) {
    throw new ConfigError(`${wanting.shown} has ${name} as its default database`, {
      hint: `change "database" there first`,
    });
  }
  const edit = (text: string) => {
    const without = withoutKey(text, ['databases', name]);
    return isDefault(file, name) && !stays ? withoutKey(without, ['database']) : without;
  };
  return await editConfigFile(file.path, edit, trustGoesOn);
}

interface Content {
  readonly database?: unknown;
  readonly databases?: Readonly<Record<string, unknown>>;
}

function names(content: unknown, name: string): boolean {
  return Object.hasOwn((content as Content).databases ?? {}, name);
}

function isDefault({ content }: ConfigFile, name: string): boolean {
  return (content as Content).database === name;
}
