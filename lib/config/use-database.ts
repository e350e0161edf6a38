/** The default database, written into a configuration file that keeps everything else as it is. */
import { didYouMean, UsageError } from '../errors.js';
import { type ConfiguredDatabase, shownName } from './databases.js';
import { withKey } from './edit.js';
import type { TrustGoesOn } from './local.js';
import { editConfigFile } from './write-file.js';

/** @throws {UsageError} there is no such database; {@link ConfigError} no place to write it to */
export async function useDatabase(
  name: string,
  configured: readonly ConfiguredDatabase[],
  path: string | undefined,
  trustGoesOn: TrustGoesOn,
): Promise<string> {
  const names = configured.map((one) => one.name);
  if (!names.includes(name)) {
    throw new UsageError(`there is no database ${shownName(name)}`, {
      hint: didYouMean(name, names),
    });
  }
  return await editConfigFile(path, (text) => withKey(text, 'database', name), trustGoesOn);
}
