/** The hostile statements of hostile.jsonl: which of them a database and a role are sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../lib/databases/driver.js';
import type { Place, Role } from './shop.js';

export interface Hostile {
  readonly id: string;
  readonly sql: string;
  /** Why it must be refused. */
  readonly why: string;
  readonly effect?: string;
  /** Major versions on which it means something; all by default. */
  readonly servers?: readonly number[];
  /** Extensions that it uses; `server` for what the embedded database has not, `embedded` for the reverse. */
  readonly needs?: readonly string[];
  /** Whom it harms; everybody by default. */
  readonly roles?: readonly Role[];
  /** The server would not take it either: its word is as good as the guard's. */
  readonly invalid?: boolean;
}

export const HOSTILE: readonly Hostile[] = readFileSync(
  join(import.meta.dirname, 'hostile.jsonl'),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Hostile);

/** @param connection of any role: it asks which extensions there are */
export async function hostileFor(
  place: Pick<Place, 'version' | 'embedded'>,
  role: Role,
  connection: Connection,
): Promise<Hostile[]> {
  const rows = await connection.query('select extname from pg_catalog.pg_extension');
  const there = new Set(rows.map(([name]) => name));
  there.add(place.embedded ? 'embedded' : 'server');
  return HOSTILE.filter(
    ({ servers, needs = [], roles }) =>
      (servers === undefined || servers.includes(place.version)) &&
      needs.every((need) => there.has(need)) &&
      (roles === undefined || roles.includes(role)),
  );
}
