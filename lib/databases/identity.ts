/**
 * What the names in a statement mean in this database: every function, operator, cast, type, view and policy that
 * it reaches is looked up and judged by identity, before anything of it is planned or executed.
 */
import type { Effect } from '../errors.js';
import { explained } from '../sql/classify.js';
import type { ParsedStatement } from '../sql/parse.js';
import { type References, referencesOf } from '../sql/references.js';
import { openCatalog } from './identity/catalog.js';
import { checkCalls } from './identity/calls.js';
import { checkCasts } from './identity/casts.js';
import { type Check, type Context, type IdentityFinding, visible } from './identity/context.js';
import { checkFields } from './identity/fields.js';
import type { Allowed } from './identity/functions.js';
import { type Allowance, allowedBy } from './identity/allowance.js';
import type { Ask } from './identity/lookups/ask.js';
import { functionsByName } from './identity/lookups/functions.js';
import { operatorsByName } from './identity/lookups/operators.js';
import { usersOwn } from './identity/lookups/own.js';
import { relationsByName } from './identity/lookups/relations.js';
import { typesByName } from './identity/lookups/types.js';
import { checkOperations } from './identity/operations.js';
import { checkComparisons } from './identity/comparisons.js';
import { prober } from './identity/probe.js';
import { checkRelations } from './identity/relations.js';
import { checkTypes } from './identity/types.js';
import { openSearchPath, type SearchPath } from './identity/path.js';
import { openWorld } from './identity/world.js';
import type { Connection } from './driver.js';
import type { SessionFacts } from './read-only.js';

/** Relations and types first: what parse analysis could execute is found before the server is asked to parse. */
const CHECKS: readonly Check[] = [
  checkRelations,
  checkTypes,
  checkCalls,
  checkOperations,
  checkComparisons,
  checkFields,
  checkCasts,
];

export interface Named {
  readonly sql: string;
  readonly statement: Context['statement'];
  readonly references: References;
  /** Undefined where the statement names nothing. */
  readonly found: Promise<Context['named']> | undefined;
  readonly path: SearchPath;
  readonly catalog: Ask;
}

/**
 * Sends the look-ups of all that a statement names, in a transaction that is open or about to be: nothing is waited
 * for. What SHOW and the like name is no object of the catalog.
 */
export function lookUp(
  connection: Connection,
  { sql, parsed: whole }: { readonly sql: string; readonly parsed: ParsedStatement },
  allowance: Allowance,
  begun: Promise<SessionFacts>,
  waives?: Allowed['waives'],
): Named {
  const statement = whole.tag === 'ExplainStmt' ? (explained(whole.fields) ?? whole) : whole;
  const references = referencesOf(statement);
  const { functions, operators, relations, types } = references;
  const path = openSearchPath(connection);
  const ask = openCatalog(connection, path, begun);
  const nothing = [functions, operators, relations, types].every((list) => list.length === 0);
  if (nothing) return { sql, statement, references, found: undefined, path, catalog: ask };
  const names = (lists: readonly { readonly names: readonly string[] }[]) => [
    ...new Set(lists.map((one) => one.names.at(-1)!)),
  ];
  // t(x) is a cast where t is a type.
  const castLike = functions.filter(({ operands }) => operands.length === 1);
  const find = async () => {
    const [functionFacts, relationFacts, typeFacts, operatorFacts, own, allowed] =
      await Promise.all([
        functions.length === 0 ? [] : functionsByName(ask, names(functions)),
        relations.length === 0 ? [] : relationsByName(ask, names(relations)),
        types.length + castLike.length === 0
          ? []
          : typesByName(ask, names([...types, ...castLike])),
        operators.length === 0 ? [] : operatorsByName(ask, names(operators), 'users'),
        usersOwn(ask),
        allowedBy(allowance, ask),
      ]);
    return {
      ...{ functions: functionFacts, relations: relationFacts, types: typeFacts },
      ...{ operators: operatorFacts, ...own, allowed: { ...allowed, waives } },
    };
  };
  const found = find();
  found.catch(() => undefined);
  return { sql, statement, references, found, path, catalog: ask };
}

/** @throws {StatementError} {ConnectionLostError} the catalog could not be asked */
export async function judgeNames(
  connection: Connection,
  { sql, statement, references: written, found, path, catalog }: Named,
  {
    facts,
    grant,
  }: {
    readonly facts: SessionFacts;
    readonly grant: Effect;
  },
): Promise<IdentityFinding | undefined> {
  path.learn(facts.ownPath);
  if (found === undefined) return undefined;
  const references = asRead(written, sql, facts.version);
  const temporary = namesTemporary(references);
  if (temporary !== undefined) return temporary;
  const named = await found;
  const world = openWorld(
    connection,
    { path, catalog },
    { searchPath: facts.searchPath, allowed: named.allowed },
  );
  const isShadowed = references.types.some(
    ({ names: [schema, name = ''] }) =>
      schema === 'pg_catalog' && visible(named.types, [name], world)[0]?.schema !== 'pg_catalog',
  );
  const context: Context = {
    ...{ statement, references, named, world },
    grant,
    reachable: new Set(),
    reached: new Set(),
    ...prober(connection, path, { statement, sql }, isShadowed),
  };
  for (const check of CHECKS) {
    const finding = await check(context);
    if (finding !== undefined) return finding;
  }
  path.toOwn();
  return undefined;
}

/**
 * To a server before 16 `json_object(x)` is a name like any other, where the parser here reads a keyword and means
 * pg_catalog's.
 */
function asRead(references: References, sql: string, version: number): References {
  if (version >= 160_000) return references;
  const text = Buffer.from(sql, 'utf8');
  return {
    ...references,
    functions: references.functions.map((reference) =>
      isKeyword(reference, text) ? { ...reference, names: reference.names.slice(-1) } : reference,
    ),
  };
}

function isKeyword({ names, location }: References['functions'][number], text: Buffer): boolean {
  if (!/^pg_catalog\.(json_object|system_user)$/.test(names.join('.'))) return false;
  const start = location ?? 0;
  return !/^(pg_catalog|"|u&)/i.test(text.subarray(start, start + 12).toString('latin1'));
}

/** pg_temp is another schema in every session, and behind a pooler another program's. */
function namesTemporary({
  functions,
  operators,
  relations,
  types,
}: References): IdentityFinding | undefined {
  const all = [...functions, ...operators, ...relations, ...types];
  const one = all.find(({ names }) => names.length > 1 && /^pg_temp(_|$)/.test(names[0]!));
  return one === undefined
    ? undefined
    : {
        rule: 'relation-identity',
        reason: `${one.names.join('.')} is temporary, and belongs to another use of the session`,
        hint: 'use a permanent object',
        effect: 'read',
        location: one.location,
      };
}
