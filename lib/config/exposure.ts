/** Secrets in configuration files that others can see: told, not refused. */
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { ConfigFile } from './file.js';
import { lineOf, type Path } from './locate.js';
import { holdsSecret } from './mask.js';

export interface Warning {
  readonly message: string;
  readonly hint: string;
}

/**
 * Where the file is read by others or kept in git. Nothing is looked at as long as it holds no secret.
 *
 * @param trusted git is not run beside a file that is not: a repository can name programs for git to run
 */
export function exposedSecrets(
  file: ConfigFile,
  environment: Readonly<Record<string, string | undefined>>,
  trusted: boolean,
): Warning[] {
  const paths = secretsIn(file.content);
  if (paths.length === 0) return [];
  const what = paths.map((path) => path.join('.')).join(', ');
  const where = `${file.shown}:${lineOf(file.text, paths[0]!)}`;
  const warnings: Warning[] = [];
  if (isReadByOthers(file.path)) {
    warnings.push({
      message: `${where}: ${what} can be read by others`,
      hint: `chmod 600 ${file.shown}, or keep it in an environment variable (apiKeyEnv, passwordEnv)`,
    });
  }
  if (trusted && isTracked(file.path, environment)) {
    warnings.push({
      message: `${where}: ${what} is in a file that git tracks`,
      hint: 'keep it in an environment variable (apiKeyEnv, passwordEnv), and replace it where it was committed',
    });
  }
  return warnings;
}

/** Looks only at keys that may hold one, in a content that may be anything. */
function secretsIn(content: unknown): Path[] {
  const { model, databases } = asObject(content);
  const { apiKey, baseURL } = asObject(model);
  const paths: Path[] = [];
  if (apiKey !== undefined) paths.push(['model', 'apiKey']);
  if (typeof baseURL === 'string' && holdsSecret(baseURL)) paths.push(['model', 'baseURL']);
  for (const [name, entry] of Object.entries(asObject(databases))) {
    const { password, url } = asObject(entry);
    if (password !== undefined) paths.push(['databases', name, 'password']);
    if (typeof url === 'string' && holdsSecret(url)) paths.push(['databases', name, 'url']);
  }
  return paths;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isReadByOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o077) !== 0;
}

/** False where git is missing or slow. The file monitor is a program of the repository's choice, and so is a remote's. */
function isTracked(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  // Inside a git hook these say which repository is meant, and it need not be the file's.
  const repository = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
  const needed = Object.entries(environment).filter(([name]) => !/^(PG|OPENAI_)/.test(name));
  const env = { ...Object.fromEntries(needed), ...repository, GIT_NO_LAZY_FETCH: '1' };
  // Loading it takes longer than reading the whole configuration, which mostly holds no secret.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status } = spawnSync(
    'git',
    [
      ...['-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'],
      ...['ls-files', '--error-unmatch', '--', basename(path)],
    ],
    { cwd: dirname(path), env, stdio: 'ignore', timeout: 2000 },
  );
  return status === 0;
}
