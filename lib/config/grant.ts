/** What `--allow` comes to on a database: never more than its access level permits. */
import { type Effect, EFFECTS, RefusedError } from '../errors.js';

/** The rule by which a grant is refused. */
export const ACCESS_RULE = 'access';

/**
 * @param allow as the flag says: a grant comes from nowhere else
 * @throws {RefusedError} it is more than the access level permits
 */
export function grantOn(
  { name, access }: { readonly name: string; readonly access: Effect },
  allow: Effect | undefined,
): Effect {
  if (allow === undefined) return 'read';
  if (EFFECTS.indexOf(allow) <= EFFECTS.indexOf(access)) return allow;
  throw new RefusedError(`--allow ${allow} is more than ${name} permits: its access is ${access}`, {
    rule: ACCESS_RULE,
    effect: allow,
    hint: `leave --allow out, or set "access": "${allow}" for the database in your own configuration`,
  });
}
