/** The OIDs in what the server keeps of views, policies, defaults and checks. */
import { quoteLiteral } from '../../../sql/quote.js';
import { type Ask, FIRST_USER_OID, numbers, oidArray } from './ask.js';

/** A rule, policy, check or default as the server keeps it, by the OIDs in its tree. */
export interface TreeFacts {
  /** OID of the relation or type that it belongs to. */
  readonly owner: number;
  readonly functions: readonly number[];
  readonly operators: readonly number[];
  readonly relations: readonly number[];
  readonly types: readonly number[];
}

/**
 * The OIDs that stored trees hold. `pg_node_tree` is the server's own print of what it resolved (outfuncs.c), so that
 * a name means there what it meant when the object was made.
 */
const OIDS = String.raw`:(funcid|opfuncid|aggfnoid|winfnoid|tsmhandler|opno|eqop|sortop|lt_opr|eq_opr|cycle_mark_neop|relid|resulttype|funcresulttype|typid) (\d+)`;

const OPERATOR_LISTS = String.raw`:opnos \(o ([\d ]+)\)`;

const TYPE_LISTS = String.raw`:(?:funccoltypes|coltypes) \(o ([\d ]+)\)`;

function treeQuery(source: string): string {
  return `select x.owner,
    (select string_agg(distinct m[1] || ' ' || m[2], ',') from regexp_matches(x.tree, ${quoteLiteral(OIDS)}, 'g') m
      where m[2] <> '0'),
    (select string_agg(m[1], ' ') from regexp_matches(x.tree, ${quoteLiteral(OPERATOR_LISTS)}, 'g') m),
    (select string_agg(m[1], ' ') from regexp_matches(x.tree, ${quoteLiteral(TYPE_LISTS)}, 'g') m)
    from (${source}) x (owner, tree)`;
}

/** Rules of views; of tables too, where an EXPLAIN rewrites what is written to them. */
export const rulesOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select ev_class, ev_qual::text || ev_action::text from pg_rewrite where ev_class = any(${ids})`,
  );

export const policiesOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select polrelid, concat(polqual::text, polwithcheck::text) from pg_policy where polrelid = any(${ids})`,
  );

export const defaultsOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) => `select adrelid, adbin::text from pg_attrdef where adrelid = any(${ids})`,
  );

export const domainChecksOf = (ask: Ask, oids: readonly number[]) =>
  trees(
    ask,
    oids,
    (ids) =>
      `select contypid, conbin::text from pg_constraint where contypid = any(${ids}) and conbin is not null`,
  );

/** The rules of views and the policies of tables, whole. */
export async function wholeTrees(ask: Ask, oids: readonly number[]): Promise<string[]> {
  if (oids.length === 0) return [];
  const rows = await ask(`select ev_action::text from pg_rewrite
    where ev_class = any(${oidArray(oids)}) and ev_type = '1'
    union all select concat(polqual::text, polwithcheck::text) from pg_policy
    where polrelid = any(${oidArray(oids)})`);
  return rows.map(([tree]) => tree ?? '');
}

async function trees(
  ask: Ask,
  oids: readonly number[],
  source: (ids: string) => string,
): Promise<TreeFacts[]> {
  if (oids.length === 0) return [];
  return (await ask(treeQuery(source(oidArray(oids))))).map(
    ([owner, pairs, operatorLists, typeLists]) => {
      const found = (pairs ?? '').split(',').map((pair) => pair.split(' '));
      const of = (kinds: RegExp) =>
        found.filter(([kind = '']) => kinds.test(kind)).map(([, oid]) => Number(oid));
      return {
        owner: Number(owner),
        functions: of(/^(funcid|opfuncid|aggfnoid|winfnoid|tsmhandler)$/),
        operators: [
          ...of(/^(opno|eqop|sortop|lt_opr|eq_opr|cycle_mark_neop)$/),
          ...numbers(operatorLists),
        ],
        relations: of(/^relid$/),
        types: [...of(/^(resulttype|funcresulttype|typid)$/), ...numbers(typeLists)].filter(
          (oid) => oid >= FIRST_USER_OID,
        ),
      };
    },
  );
}
