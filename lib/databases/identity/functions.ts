/** Whether a function may be called by a read: by what it is, never by its label alone. */
import { actingFunction, isHarmlessVolatile, SLEEPING } from '../../sql/built-ins.js';
import { quoteIdentifier } from '../../sql/quote.js';
import type { Effect } from '../../errors.js';
import { FIRST_USER_OID } from './lookups/ask.js';
import type { FunctionFacts } from './lookups/functions.js';

/** What the configuration allows beyond PostgreSQL's own, looked up in this database. */
export interface Allowed {
  /** `shop.net`, as {@link functionName} writes it. */
  readonly names: ReadonlySet<string>;
  /** Those that were named with their argument types. */
  readonly oids: ReadonlySet<number>;
  readonly extensions: ReadonlySet<string>;
  /** What a change may do beyond reading: takes note of an objection, and says whether it is waived. Reads have none. */
  readonly waives?:
    ((objection: Objection, of: FunctionFacts | 'foreign-table') => boolean) | undefined;
}

/** Why a function may not be called, as a clause about it. */
export interface Objection {
  readonly oid: number;
  readonly reason: string;
  readonly hint: string;
  readonly effect: Effect;
}

/**
 * @param support finds the functions that an aggregate is made of
 */
export function objection(
  { oid, schema, name, ...facts }: FunctionFacts,
  allowed: Allowed,
  support: (oid: number) => FunctionFacts | undefined,
): Objection | undefined {
  const title = oid < FIRST_USER_OID ? name : facts.signature;
  const isNamed = allowed.names.has(functionName(schema, name)) || allowed.oids.has(oid);
  const refuse = (what: string, hint: string, effect: Effect) => ({
    oid,
    reason: `${title} ${what}`,
    hint,
    effect,
  });
  const builtIn = oid < FIRST_USER_OID && /^(pg_catalog|information_schema)$/.test(schema);
  const extension = facts.genuine ? facts.extension : undefined;

  if (builtIn || extension !== undefined || facts.source !== undefined) {
    const acting = actingFunction(builtIn || extension !== undefined ? name : facts.source!);
    if (acting !== undefined) {
      return refuse(
        acting.what,
        'leave the call out; a person can run it with psql',
        acting.effect,
      );
    }
  }
  if (isNamed) return undefined;
  if (builtIn) {
    // A superuser can replace the body of a built-in: it is no longer what its name promises.
    if (facts.language === 'other')
      return refuse('was replaced in this database', ALLOW(title), 'write');
    if (facts.volatility === 'v' && !isHarmlessVolatile(name) && !SLEEPING.has(name)) {
      return refuse('is volatile, and not known to be harmless', 'leave the call out', 'write');
    }
    return undefined;
  }
  // What CREATE TYPE AS RANGE makes belongs to the user and is PostgreSQL's own code.
  if (/^(multi)?range_constructor[0-3]$/.test(facts.source ?? '')) return undefined;
  if (extension !== undefined) {
    const pure = facts.volatility !== 'v' || isHarmlessVolatile(name);
    if (allowed.extensions.has(extension) && pure) return undefined;
    return allowed.extensions.has(extension)
      ? refuse('is volatile, and not known to be harmless', ALLOW(`${schema}.${name}`), 'write')
      : refuse(
          `belongs to the extension ${extension}, which the configuration does not name`,
          'to allow it, list the extension in guard.extensions of the configuration',
          'write',
        );
  }
  if (facts.kind === 'a') {
    const parts = facts.support.map(support);
    if (
      parts.every((part) => part !== undefined && objection(part, allowed, support) === undefined)
    ) {
      return undefined;
    }
  }
  return refuse(
    "is a function of this database, and what it does can't be told from its label",
    ALLOW(`${schema}.${name}`),
    'write',
  );
}

const ALLOW = (name: string) =>
  `to allow it, list ${JSON.stringify(name)} in guard.functions of the configuration`;

/** One spelling for a schema's function, however it is quoted. */
export function functionName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
