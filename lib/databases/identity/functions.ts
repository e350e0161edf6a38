/** Whether a function may be called by a read: by what it is, never by its label alone. */
import { actingFunction, isHarmlessVolatile, SLEEPING } from '../../sql/built-ins.js';
import type { Effect } from '../../errors.js';
import { FIRST_USER_OID, type FunctionFacts } from './lookups.js';

/** What the configuration allows beyond PostgreSQL's own. */
export interface Allowed {
  /** `shop.net` or `shop.net(numeric)`. */
  readonly functions: readonly string[];
  readonly extensions: readonly string[];
}

/** Why a function may not be called, as a clause about it. */
export interface Objection {
  readonly oid: number;
  readonly reason: string;
  readonly hint: string;
  readonly effect: Effect;
}

/** Extensions that only compute: no text of theirs is run as SQL, nothing outside the statement is touched. */
const COMPUTING: ReadonlySet<string> = new Set(
  `btree_gin btree_gist citext cube earthdistance fuzzystrmatch hstore intarray isn ltree pg_trgm pgcrypto seg
  unaccent uuid-ossp tablefunc pg_stat_statements pg_buffercache pg_freespacemap pgstattuple tsm_system_rows
  tsm_system_time vector postgis`.split(/\s+/),
);

/**
 * @param support finds the functions that an aggregate is made of
 */
export function objection(
  { oid, schema, name, ...facts }: FunctionFacts,
  allowed: Allowed,
  support: (oid: number) => FunctionFacts | undefined,
): Objection | undefined {
  const title = oid < FIRST_USER_OID ? name : facts.signature;
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
  if (isNamed({ oid, schema, name, ...facts }, allowed.functions)) return undefined;
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
    const known = COMPUTING.has(extension) || allowed.extensions.includes(extension);
    const pure =
      facts.volatility !== 'v' ||
      isHarmlessVolatile(name) ||
      allowed.extensions.includes(extension);
    if (known && pure) return undefined;
    return refuse(
      `belongs to the extension ${extension}, which is not known to only compute`,
      `to allow it, list the extension in guard.extensions of the configuration`,
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
    'is a function of this database, and what it does can not be told from its label',
    ALLOW(`${schema}.${name}`),
    'write',
  );
}

const ALLOW = (name: string) =>
  `to allow it, list ${JSON.stringify(name)} in guard.functions of the configuration`;

function isNamed(facts: FunctionFacts, names: readonly string[]): boolean {
  const plain = (text: string) => text.replaceAll(/\s|pg_catalog\./g, '').toLowerCase();
  const qualified = plain(`${facts.schema}.${facts.name}`);
  return names.some((entry) => {
    const name = plain(entry);
    return name === qualified || name === plain(facts.signature);
  });
}
