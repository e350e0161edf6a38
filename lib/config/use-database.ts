/** The default database, written into a configuration file that keeps everything else as it is. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError, didYouMean, UsageError } from '../errors.js';
import { writeFileAtomic } from '../files.js';
import type { ConfiguredDatabase } from './databases.js';
import { readText } from './file.js';
import { withKey } from './locate.js';
import type { TrustGoesOn } from './local.js';

/** @throws {UsageError} there is no such database; {@link ConfigError} no place to write it to */
export async function useDatabase(
  name: string,
  configured: readonly ConfiguredDatabase[],
  path: string | undefined,
  trustGoesOn: TrustGoesOn,
): Promise<string> {
  const names = configured.map((one) => one.name);
  if (!names.includes(name)) {
    throw new UsageError(`there is no database ${name}`, { hint: didYouMean(name, names) });
  }
  if (path === undefined) {
    throw new ConfigError('there is no home directory to keep the configuration in', {
      hint: 'set HOME or XDG_CONFIG_HOME, or make an agent.config.json here',
    });
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const before = readText(path);
  const text = withKey(before ?? '{}\n', 'database', name);
  await writeFileAtomic(path, text, { mode: (stat?.mode ?? 0o600) & 0o777 });
  await trustGoesOn({ path, before, after: text });
  return path;
}
