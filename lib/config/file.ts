/** Configuration files: which ones there are, and what they say, as yet unchecked. */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import { repeatedKeys, syntaxError } from './locate.js';
import type { Problem } from './problem.js';

export const CONFIG_NAME = 'agent.config.json';

export interface ConfigFile {
  /** `named` is the one of `--config`; it takes the project's place. */
  readonly scope: 'named' | 'project' | 'user';
  readonly path: string;
  /** The path as people are shown it: relative to the working directory where that is short. */
  readonly shown: string;
  readonly text: string;
  /** Parsed as JSON; undefined where it could not be. */
  readonly content: unknown;
  readonly problems: readonly Problem[];
}

export interface Place {
  readonly cwd: string;
  readonly home: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The one file that takes the place of the search. */
export interface NamedFile {
  readonly path: string;
  /** `project` where it is the working directory that names it, by its `.env`. */
  readonly scope: 'named' | 'project';
}

/**
 * The files in force, the nearest first.
 *
 * @throws {ConfigError} where one can't be read, or `named` does not exist
 */
export function findFiles(place: Place, named: NamedFile | undefined): ConfigFile[] {
  const project =
    named === undefined
      ? findProjectFile(place)
      : readFile(resolve(place.cwd, named.path), named.scope, place);
  if (named !== undefined && project === undefined) {
    throw new ConfigError(`${named.path}: there is no such configuration file`, {
      hint: 'check the path of --config or PGASK_CONFIG',
    });
  }
  const userPath = userFilePath(place);
  if (userPath === undefined) return project === undefined ? [] : [project];
  // In the user's own folder it is the user's own, however one came there.
  if (project !== undefined && placeOf(project.path) === placeOf(userPath)) {
    return [{ ...project, scope: named === undefined ? 'user' : project.scope }];
  }
  return [project, readFile(userPath, 'user', place)].filter((file) => file !== undefined);
}

/**
 * The path with its folder's symbolic links resolved. The last name is left as it is: a link that leads to another
 * folder's file does not become that file.
 */
export function placeOf(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

/**
 * The working directory's file, or that of the nearest parent up to the repository's root, the folder with
 * `.git` in it. Outside a repository parents are not looked at: in a shared place such as /tmp they are anybody's.
 */
function findProjectFile(place: Place): ConfigFile | undefined {
  const own = readFile(join(place.cwd, CONFIG_NAME), 'project', place);
  if (own !== undefined) return own;
  const candidates: string[] = [];
  for (let folder = place.cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) break;
    if (dirname(folder) === folder) return undefined;
    candidates.push(join(dirname(folder), CONFIG_NAME));
  }
  for (const path of candidates) {
    const file = readFile(path, 'project', place);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** XDG base directory specification: a relative XDG_CONFIG_HOME is to be ignored. */
export function userFilePath({ environment, home }: Place): string | undefined {
  const base = environment['XDG_CONFIG_HOME'];
  if (base !== undefined && isAbsolute(base)) return join(base, 'pgask', CONFIG_NAME);
  return home === undefined ? undefined : join(home, '.config', 'pgask', CONFIG_NAME);
}

function readFile(path: string, scope: ConfigFile['scope'], place: Place): ConfigFile | undefined {
  const text = scope === 'project' ? readLocalText(path) : readText(path);
  if (text === undefined) return undefined;
  const shown = shownPath(path, place);
  return { scope, path, shown, text, ...parse(text, shown) };
}

/** Undefined where there is no such file. @throws {ConfigError} */
export function readText(path: string): string | undefined {
  return read(path, () => readFileSync(path, 'utf8'));
}

/** More than any configuration has. */
const MAX_BYTES = 1024 * 1024;

/**
 * The same for a file that the working directory brings along: a pipe would make every command there wait, and a
 * device would never end.
 *
 * @throws {ConfigError}
 */
export function readLocalText(path: string): string | undefined {
  return read(path, () => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
      if (!stat.isFile()) throw new Unreadable('it is no plain file');
      if (stat.size > MAX_BYTES) throw new Unreadable('it is larger than 1 MiB');
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  });
}

class Unreadable extends Error {}

function read(path: string, text: () => string): string | undefined {
  try {
    // Editors on Windows put a byte order mark first; JSON has none.
    return text().replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError(`${path}: cannot be read: ${reasonOf(error)}`, {
      cause: error,
      hint: 'check its permissions, or move it away',
    });
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof Unreadable) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return code === 'EISDIR' ? 'it is a directory' : code;
}

function parse(text: string, shown: string): Pick<ConfigFile, 'content' | 'problems'> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // JSON.parse quotes the text in its message, and with it whatever secret stands there.
    const { line = 1, column = 1, message = 'is no JSON' } = syntaxError(text) ?? {};
    const problems = [{ where: `${shown}:${line}:${column}`, message }];
    return { content: undefined, problems };
  }
  const repeated = countKeys(content) === countKeyTokens(text) ? [] : repeatedKeys(text);
  const problems = repeated.map(({ path, line }) => ({
    where: `${shown}:${line}`,
    key: path.join('.'),
    message: 'stands twice: keep one of the two',
  }));
  return { content, problems };
}

/** JSON.parse keeps the last of two equal keys and says nothing, so their numbers tell. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + countKeys(one), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}

/** In a text that is known to be JSON. */
function countKeyTokens(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)) if (colon === ':') count++;
  return count;
}

export function shownPath(path: string, { cwd, home }: Place): string {
  const near = relative(cwd, path);
  if (!near.startsWith('..') && !isAbsolute(near)) return near;
  if (home !== undefined && path.startsWith(`${home}/`)) return `~${path.slice(home.length)}`;
  return /^(\.\.\/)+agent\.config\.json$/.test(near) ? near : path;
}
