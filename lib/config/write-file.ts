/** Every change that pgask makes to a configuration file goes through here. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../errors.js';
import { makeDirectory, withLock, writeFileAtomic } from '../files.js';
import { readText } from './file.js';
import type { TrustGoesOn } from './local.js';

/** Milliseconds to wait for another invocation that changes the same file. */
const LOCK_MS = 10_000;

/**
 * Replaces the file's text by what `edit` makes of it; a file that is not there is an empty object.
 *
 * @param path undefined where there is no place for one
 * @throws {ConfigError} no place, or it can't be read; {@link FileError} it can't be written
 */
export async function editConfigFile(
  path: string | undefined,
  edit: (text: string) => string,
  trustGoesOn: TrustGoesOn,
): Promise<string> {
  if (path === undefined) {
    throw new ConfigError('there is no home directory to keep the configuration in', {
      hint: 'set HOME or XDG_CONFIG_HOME, or make an agent.config.json here',
    });
  }
  await makeDirectory(dirname(path));
  await withLock(`${path}.lock`, { timeoutMs: LOCK_MS }, async () => {
    const before = readText(path);
    const after = edit(before ?? '{}\n');
    await writeConfigFile(path, after);
    await trustGoesOn({ path, before, after });
  });
  return path;
}

/** The one write: what is written here, pgask wrote itself. */
async function writeConfigFile(path: string, text: string): Promise<void> {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600;
  await writeFileAtomic(path, text, { mode: mode & 0o777 });
}
