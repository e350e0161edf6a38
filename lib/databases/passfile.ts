/** `~/.pgpass` by libpq's rules: the first line that fits wins; a file that others can read is not used. */
import { readFileSync, statSync } from 'node:fs';

/**
 * The password for one host, or undefined.
 *
 * @param warn is told when the file exists and is not used
 */
export function passfilePassword(
  path: string,
  target: { host: string; port: number; database: string; user: string },
  warn: (message: string, hint: string) => void,
): string | undefined {
  const text = readPassfile(path, warn);
  // libpq writes its default socket directory as localhost, and others as they are; which it was is not known here.
  const usual = ['/var/run/postgresql', '/tmp'].includes(target.host);
  const wanted = [
    usual ? [target.host, 'localhost'] : [target.host],
    ...[String(target.port), target.database, target.user].map((value) => [value]),
  ];
  for (const line of (text ?? '').split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = splitFields(line);
    if (fields.length < 5) continue;
    const fits = wanted.every(
      (values, i) => fields[i] === '*' || values.includes(unescape(fields[i]!)),
    );
    if (fits) return unescape(fields[4]!);
  }
  return undefined;
}

function readPassfile(
  path: string,
  warn: (message: string, hint: string) => void,
): string | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) {
      warn(`password file ${path} is not a plain file: not used`, 'remove it or name another');
      return undefined;
    }
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      warn(`password file ${path} can be read by others: not used`, `run: chmod 0600 ${path}`);
      return undefined;
    }
    return readFileSync(path, 'utf8');
  } catch {
    // libpq says nothing about a file that is not there or can't be read.
    return undefined;
  }
}

/** Four fields end at a colon that no backslash precedes; the fifth is the rest of the line. */
function splitFields(line: string): string[] {
  const match =
    /^((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):((?:[^:\\]|\\.)*):(.*)$/s.exec(line);
  return match === null ? [] : match.slice(1);
}

function unescape(field: string): string {
  return field.replace(/\\(.)/gs, '$1');
}
