/**
 * Which files of working directories the user trusts: by their place and a digest of their text, so that a file that
 * changes is trusted no longer.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { ConfigError } from '../errors.js';
import { makeDirectory, withLock, writeFileAtomic } from '../files.js';
import { type Place, placeOf } from './file.js';

export interface TrustStore {
  /** Whether exactly this text is trusted at this place. Never throws: what can't be read is trusted by nobody. */
  trusts(path: string, text: string): boolean;
  /** @throws {ConfigError} no place to keep it in; {@link FileError} it can't be written */
  remember(path: string, text: string): Promise<void>;
  /** False where there was no trust to take back. */
  forget(path: string): Promise<boolean>;
}

/** Digests in hexadecimal by the files' places. */
type Digests = Readonly<Record<string, string>>;

const LOCK_MS = 10_000;

export function openTrust(place: Pick<Place, 'home' | 'environment'>): TrustStore {
  const file = trustFile(place);
  let known: Digests | undefined;

  const change = async (edit: (digests: Digests) => Digests): Promise<void> => {
    if (file === undefined) {
      throw new ConfigError('there is no home directory to keep trust in', {
        hint: 'set HOME or XDG_STATE_HOME, or name the file with --config',
      });
    }
    await makeDirectory(dirname(file));
    known = await withLock(`${file}.lock`, { timeoutMs: LOCK_MS }, async () => {
      const files = edit(readDigests(file));
      await writeFileAtomic(file, `${JSON.stringify({ files }, null, 2)}\n`, { mode: 0o600 });
      return files;
    });
  };

  return {
    trusts(path, text) {
      known ??= file === undefined ? {} : readDigests(file);
      const at = placeOf(path);
      return Object.hasOwn(known, at) && known[at] === digestOf(text);
    },
    remember: (path, text) =>
      change((digests) => ({ ...digests, [placeOf(path)]: digestOf(text) })),
    async forget(path) {
      const at = placeOf(path);
      let found = false;
      await change((digests) => {
        found = Object.hasOwn(digests, at);
        return Object.fromEntries(Object.entries(digests).filter(([one]) => one !== at));
      });
      return found;
    },
  };
}

/** XDG base directory specification; the environment is the real one, since a `.env` must not move it. */
function trustFile({ environment, home }: Pick<Place, 'home' | 'environment'>): string | undefined {
  const base = environment['XDG_STATE_HOME'];
  if (base !== undefined && isAbsolute(base)) return join(base, 'pgask', 'trusted.json');
  return home === undefined ? undefined : join(home, '.local/state/pgask/trusted.json');
}

/** Of what was read, not of what lies there now. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What others could have written says nothing of what the user trusts; neither does what is damaged. */
function readDigests(file: string): Digests {
  try {
    const handle = openSync(file, 'r');
    try {
      const stat = fstatSync(handle);
      const foreign =
        process.platform !== 'win32' &&
        (stat.uid !== process.getuid?.() || (stat.mode & 0o022) !== 0);
      if (!stat.isFile() || foreign) return {};
      return parseDigests(readFileSync(handle, 'utf8'));
    } finally {
      closeSync(handle);
    }
  } catch {
    return {};
  }
}

function parseDigests(text: string): Digests {
  const { files } = JSON.parse(text) as { files?: unknown };
  if (typeof files !== 'object' || files === null) return {};
  return Object.fromEntries(
    Object.entries(files).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
