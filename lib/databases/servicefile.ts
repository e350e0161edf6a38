/** Connection service files by libpq's rules (PostgreSQL manual, "The Connection Service File"). */
import { readFileSync } from 'node:fs';
import { ConfigError } from '../errors.js';

export interface ServiceFilePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string | undefined;
}

/**
 * The parameters of a service, from the user's file or else the system's.
 *
 * @throws {ConfigError} no file defines it, or the section can't be read
 */
export function readService(
  name: string,
  { environment, home }: ServiceFilePlaces,
): [string, string][] {
  const own =
    environment['PGSERVICEFILE'] || (home === undefined ? undefined : `${home}/.pg_service.conf`);
  const system = `${environment['PGSYSCONFDIR'] || '/etc/postgresql-common'}/pg_service.conf`;
  const places = [own, system].filter((path) => path !== undefined);
  for (const path of places) {
    const found = sectionOf(path, name);
    if (found !== undefined) return found;
  }
  throw new ConfigError(`service ${name} is not defined`, {
    hint: `looked in ${places.join(' and ')}`,
  });
}

function sectionOf(path: string, name: string): [string, string][] | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  let current: string | undefined;
  let found: [string, string][] | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[(.*)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      // The first section of that name counts.
      if (found !== undefined) return found;
      current = section;
      if (current === name) found = [];
    } else if (current === name) {
      const pair = /^([^=]+?)\s*=\s*(.*)$/.exec(line);
      if (pair === null) {
        throw new ConfigError(`${path}:${index + 1}: not a key=value line`, {
          hint: `the section [${name}] holds lines such as host=localhost`,
        });
      }
      found?.push([pair[1]!, pair[2]!]);
    }
  }
  return found;
}
