/** Connection service files by libpq's rules (PostgreSQL manual, "The Connection Service File"). */
import { readFileSync } from 'node:fs';
import { ConfigError } from '../errors.js';

export interface ServiceFilePlaces {
  /** The user's file where it is named; else it is ~/.pg_service.conf. */
  readonly own: string | undefined;
  readonly systemFolder: string | undefined;
  readonly home: string | undefined;
}

export interface ServiceLine {
  readonly key: string;
  readonly value: string;
  /** `/home/me/.pg_service.conf:3` */
  readonly where: string;
}

/** PGSYSCONFDIR's default is where libpq was built to look; Debian's is the usual one. */
const SYSTEM_FOLDER = '/etc/postgresql-common';

/**
 * The lines of a service, from the user's file or else the system's.
 *
 * @throws {ConfigError} no file defines it, the file that is named is not there, or the section can't be read
 */
export function readService(name: string, places: ServiceFilePlaces): ServiceLine[] {
  const { own, systemFolder, home } = places;
  const users = own ?? (home === undefined ? undefined : `${home}/.pg_service.conf`);
  const paths = [users, `${systemFolder || SYSTEM_FOLDER}/pg_service.conf`];
  const looked = paths.filter((path) => path !== undefined);
  for (const path of looked) {
    const text = readIfThere(path, path === own);
    const found = text === undefined ? undefined : sectionOf(text, path, name);
    if (found !== undefined) return found;
  }
  throw new ConfigError(`service ${name} is not defined`, {
    hint: `looked in ${looked.join(' and ')}`,
  });
}

function readIfThere(path: string, named: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!named && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new ConfigError(`the service file ${path} can't be read: ${code}`, {
      cause: error,
      hint: named ? 'PGSERVICEFILE or servicefile names it' : 'check who may read it',
    });
  }
}

function sectionOf(text: string, path: string, name: string): ServiceLine[] | undefined {
  let found: ServiceLine[] | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('[')) {
      // The first section of that name counts.
      if (found !== undefined) return found;
      if (line.startsWith(`[${name}]`)) found = [];
    } else {
      found?.push(pairOf(line, `${path}:${index + 1}`, name));
    }
  }
  return found;
}

function pairOf(line: string, where: string, name: string): ServiceLine {
  if (/^ldaps?:\/\//i.test(line)) {
    throw new ConfigError(
      `${where}: the service ${name} is looked up by LDAP, which pgask can't do`,
      {
        hint: 'write host, port and dbname here instead',
      },
    );
  }
  const pair = /^([^=\s]+)\s*=\s*(.*)$/.exec(line);
  if (pair !== null) return { key: pair[1]!, value: pair[2]!, where };
  throw new ConfigError(`${where}: not a key=value line`, {
    hint: `the section [${name}] holds lines such as host=localhost`,
  });
}
