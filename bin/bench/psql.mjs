/** The yardstick, where the system has it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's `psql` is a script that looks for the real one, which takes longer than the real one. */
const DEBIAN = '/usr/lib/postgresql';

/** The newest; undefined where there is none. */
export function findPsql() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  for (const version of versions.sort((a, b) => b - a)) {
    const file = join(DEBIAN, String(version), 'bin/psql');
    if (existsSync(file)) return file;
  }
  return spawnSync('psql', ['--version']).status === 0 ? 'psql' : undefined;
}

/** psql with one command, as {@link run} takes it. */
export function psql(file, url, ...args) {
  return [file, '--no-psqlrc', '--quiet', '--pset=pager=off', '--dbname', url, ...args];
}
