/** Relations: views through their rules to the bottom, row security, partitions, foreign tables, secrets. */
import { isSecretCatalog } from '../../sql/built-ins.js';
import type { References, RelationReference } from '../../sql/references.js';
import { storedCalls } from './node-tree.js';
import { against, type Check, type Context, type IdentityFinding, visible } from './context.js';
import { FIRST_USER_OID } from './lookups/ask.js';
import { descendants, type RelationFacts } from './lookups/relations.js';
import { defaultsOf, policiesOf, rulesOf } from './lookups/trees.js';
import { objectionIn } from './trees.js';
import { objectionToTypes } from './types.js';

export const checkRelations: Check = async (context) => {
  const { references, world, named } = context;
  for (const reference of references.relations) {
    const [relation] = visible(named.relations, reference.names, world);
    // The server says that there is none.
    if (relation === undefined) continue;
    await world.learn({ relations: [relation] });
    const finding = await checkFrom(relation, reference, context);
    if (finding !== undefined) return finding;
  }
  return undefined;
};

/** Level by level: what a view reads, what is below a partitioned table. */
async function checkFrom(
  first: RelationFacts,
  reference: RelationReference,
  context: Context,
): Promise<IdentityFinding | undefined> {
  const { world, reached } = context;
  let level = [first.oid];
  while (level.length > 0) {
    await world.learn({ relations: level });
    const relations = level.flatMap((oid) => world.relations.get(oid) ?? []);
    for (const relation of relations) {
      const finding = judge(relation, reference, context, relation === first);
      if (finding !== undefined) return finding;
      reached.add(relation.oid);
      for (const type of relation.columnTypes) context.reachable.add(type);
      if (relation.oid >= FIRST_USER_OID) context.reachable.add(relation.rowType);
    }
    const users = relations.filter(({ oid }) => oid >= FIRST_USER_OID);
    const below = await look(users, reference, context, level[0] === first.oid);
    if (!Array.isArray(below)) return below;
    level = below.filter((oid) => !reached.has(oid));
  }
  return undefined;
}

function judge(
  relation: RelationFacts,
  { location }: RelationReference,
  { world, grant, references }: Context,
  isNamed: boolean,
): IdentityFinding | undefined {
  const name = `${relation.schema}.${relation.name}`;
  const at = isNamed ? '' : 'in the end it reads: ';
  if (relation.oid < FIRST_USER_OID || relation.kind === 't') {
    if (grant === 'admin' || !isSecretCatalog(relation.schema, relation.name)) return undefined;
    // Of subscriptions only the connection string is a secret, and the rest what psql lists.
    if (relation.name === 'pg_subscription' && isNamed && !showsConnections(references)) {
      return undefined;
    }
    const reason = `${name} holds secrets of the server or data of others`;
    const hint = 'reading it takes --allow admin on a database whose access level is admin';
    return against('secret-catalog', { reason, hint, effect: 'admin' }, location, at);
  }
  if (/^pg_(toast_)?temp_/.test(relation.schema)) {
    const reason = `${name} is temporary, and belongs to another use of the session`;
    return against(
      'relation-identity',
      { reason, hint: 'read a permanent table', effect: 'read' },
      location,
      at,
    );
  }
  if (relation.kind === 'f' && !world.allowed.extensions.has(relation.wrapper ?? '')) {
    const reason = `${name} is a foreign table: reading it acts on another server or on files`;
    const waived = { oid: relation.oid, reason, hint: '', effect: 'write' } as const;
    if (world.allowed.waives?.(waived, 'foreign-table') === true) return undefined;
    const hint =
      relation.wrapper === undefined
        ? 'read a local table'
        : `to allow it, list ${JSON.stringify(relation.wrapper)} in guard.extensions of the configuration`;
    return against('foreign-table', { reason, hint, effect: 'read' }, location, at);
  }
  return undefined;
}

function showsConnections({ fields, wholeRows }: References): boolean {
  return wholeRows || fields.has('*') || fields.has('subconninfo');
}

/** What is reached from here: OIDs of relations, or the reason against it. */
async function look(
  relations: readonly RelationFacts[],
  reference: RelationReference,
  context: Context,
  isNamed: boolean,
): Promise<number[] | IdentityFinding> {
  const { world } = context;
  const titled = new Map(relations.map((relation) => [relation.oid, title(relation)]));
  const of = (wanted: (relation: RelationFacts) => boolean) =>
    relations.filter(wanted).map(({ oid }) => oid);
  const views = of(({ kind }) => kind === 'v' || reference.target);
  // Behind a view it is the view's owner to whom policies apply.
  const secured = of((one) => one.secured || (one.hasPolicies && !isNamed));
  const parents = of(({ hasChildren, kind }) => hasChildren || kind === 'p');
  const supports = relations.filter(({ support }) => support.length > 0);
  const constant = relations.flatMap(({ oid, expressions }) =>
    expressions === undefined ? [] : [{ oid, ...constantCalls(expressions) }],
  );
  const targets = reference.target ? relations.map(({ oid }) => oid) : [];
  if ([views, secured, parents, supports, constant, targets].every((list) => list.length === 0))
    return [];

  await world.learn({ functions: supports.flatMap(({ support }) => support) });
  for (const { oid, support } of supports) {
    const found = support.map((code) => world.objectionTo(code)).find((one) => one !== undefined);
    if (found !== undefined) {
      return against(
        'operator-class',
        found,
        reference.location,
        `an index of ${titled.get(oid)}: `,
      );
    }
  }
  const [rules, policies, defaults, children] = await world.ask((ask) =>
    Promise.all([
      rulesOf(ask, views),
      policiesOf(ask, secured),
      defaultsOf(ask, targets),
      parents.length === 0 ? [] : descendants(ask, parents),
    ]),
  );
  const stored = constant.map(({ oid, functions, operators }) => ({
    ...{ owner: oid, functions, operators },
    ...{ relations: [], types: [] },
  }));
  const trees = [...rules, ...policies, ...defaults, ...stored];
  const isOnlyPlanned = reference.target && world.allowed.waives === undefined;
  const found = await objectionIn(trees, world, isOnlyPlanned ? 'planned' : 'executed');
  if (found !== undefined) {
    return against('relation-identity', found, reference.location, `${titled.get(found.owner)}: `);
  }
  const ofTargets = reference.target ? relations.flatMap(({ columnTypes }) => columnTypes) : [];
  const types = [...trees.flatMap((tree) => tree.types), ...ofTargets];
  const inTypes = await objectionToTypes(types, context);
  if (inTypes !== undefined) {
    return against(
      'type-identity',
      inTypes,
      reference.location,
      `${titled.get(first(trees, relations))}: `,
    );
  }
  return [...new Set([...children, ...trees.flatMap((tree) => tree.relations)])];
}

/**
 * What the planner computes of a table's own expressions, whatever is read: users' functions and operators that are
 * called without any column below them. A function of a column is not called by reading.
 */
function constantCalls(tree: string) {
  const calls = storedCalls(tree).filter(({ oid, varies }) => !varies && oid >= FIRST_USER_OID);
  const ofKind = (isFunction: boolean) =>
    calls.filter(({ kind }) => (kind === 'FUNCEXPR') === isFunction).map(({ oid }) => oid);
  return { functions: ofKind(true), operators: ofKind(false) };
}

function first(trees: readonly { readonly owner: number }[], relations: readonly RelationFacts[]) {
  return trees[0]?.owner ?? relations[0]!.oid;
}

function title({ kind, schema, name }: RelationFacts): string {
  const what = kind === 'v' ? 'the view' : 'the table';
  return `${what} ${schema}.${name}`;
}
