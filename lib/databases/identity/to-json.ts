/** What row_to_json calls by itself: a user's own cast to json, for every value of its type, however deep inside. */
import type { Connection } from '../driver.js';
import type { Named } from '../identity.js';
import type { SessionFacts } from '../read-only.js';
import { against, type IdentityFinding } from './context.js';
import { allPartsOf } from './parts.js';
import { isUserType } from './resolution.js';
import { openWorld } from './world.js';

const JSON_TYPE = 114;
/** record, its array, anyarray: what is in them is known only when they are there. */
const OPEN_TYPES: readonly number[] = [2249, 2287, 2277];

/**
 * Whether rows of these types may be made JSON by the server. (`json_categorize_type` in PostgreSQL's jsonfuncs.c.)
 *
 * @param types OIDs of the result's columns
 */
export async function judgeJson(
  connection: Connection,
  { found, path, catalog }: Pick<Named, 'found' | 'path' | 'catalog'>,
  { searchPath }: SessionFacts,
  types: readonly number[],
): Promise<IdentityFinding | undefined> {
  // What names nothing has no type of a user's.
  if (found === undefined) return undefined;
  const { casts, allowed } = await found;
  const toJson = casts.filter(({ source, target }) => target === JSON_TYPE && isUserType(source));
  const isOpen = types.some((oid) => OPEN_TYPES.includes(oid));
  if (toJson.length === 0 || (!isOpen && !types.some(isUserType))) return undefined;
  const world = openWorld(connection, { path, catalog }, { searchPath, allowed });
  await world.learn({ functions: toJson.map(({ code }) => code) });
  const bad = toJson.filter(({ code }) => world.objectionTo(code) !== undefined);
  const parts = bad.length === 0 ? new Set<number>() : await allPartsOf(types, { world });
  path.toOwn();
  const cast = bad.find(({ source }) => isOpen || parts.has(source));
  if (cast === undefined) return undefined;
  const objection = world.objectionTo(cast.code)!;
  return against(
    'cast-identity',
    { ...objection, hint: `choose another format, or ${objection.hint}` },
    undefined,
    'JSON of a value is what a cast says: ',
  );
}
