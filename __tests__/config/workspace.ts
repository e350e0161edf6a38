/** A folder of a test's own: a home, a repository with a folder in it, and the configuration that is found there. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Config, type LoadOptions, loadConfig } from '../../lib/config/load.js';
import { ConfigError } from '../../lib/errors.js';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export type Content = string | object;

export interface Workspace {
  readonly root: string;
  readonly home: string;
  /** The repository's root, with `.git` in it. */
  readonly repository: string;
  /** A folder of the repository: the working directory unless a test says otherwise. */
  readonly cwd: string;
  /** Writes a file, an object as JSON of several lines; gives its path. */
  write(path: string, content: Content): string;
  load(options?: WorkspaceOptions): Config;
  /** The error that loading ends with. */
  refuse(options?: WorkspaceOptions): ConfigError;
}

export interface WorkspaceOptions extends Partial<LoadOptions> {
  /** Whether the user trusts every file as it is now; so it is unless a test is about trust. */
  readonly trusted?: boolean;
}

/** @param files by their path below the workspace: `repository/agent.config.json` */
export function workspace(files: Readonly<Record<string, Content>> = {}): Workspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pgask-config-')));
  made.push(root);
  const home = join(root, 'home');
  const repository = join(root, 'repository');
  const cwd = join(repository, 'folder');
  for (const folder of [home, cwd, join(repository, '.git')])
    mkdirSync(folder, { recursive: true });
  const write = (path: string, content: Content) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const load = ({ trusted = true, ...options }: WorkspaceOptions = {}) => {
    if (trusted) trustAll(root, home);
    return loadConfig({ flags: {}, environment: {}, cwd, home, ...options });
  };
  return {
    root,
    home,
    repository,
    cwd,
    write,
    load,
    refuse(options) {
      try {
        load(options);
      } catch (error) {
        if (error instanceof ConfigError) return error;
        throw error;
      }
      throw new Error('the configuration was accepted');
    },
  };
}

export const PROJECT = 'repository/agent.config.json';
export const USER = 'home/.config/pgask/agent.config.json';

function trustAll(root: string, home: string): void {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json$|^\.env$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    // One that nobody can read, nobody can trust.
    .filter(isReadable);
  const digest = (path: string) =>
    createHash('sha256')
      .update(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
      .digest('hex');
  const folder = join(home, '.local/state/pgask');
  mkdirSync(folder, { recursive: true });
  const entries = files.map((path) => [path, digest(path)]);
  writeFileSync(
    join(folder, 'trusted.json'),
    JSON.stringify({ files: Object.fromEntries(entries) as object }),
    { mode: 0o600 },
  );
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
