import { describe, expect, test } from '@jest/globals';
import { readCatalog } from '../../lib/catalog/ddl.js';
import { gistOf, sameGist } from '../../lib/planner/meaning/gist.js';
import type { Condition, Node, Query } from '../../lib/planner/meaning/query.js';
import { buildSchema } from '../../lib/planner/schema/schema.js';

const { tables } = buildSchema(
  readCatalog(`-- database made, server_version_num 150018, search_path (public)
create table hives (
  id integer primary key,
  name text not null
);
create table swarms (
  id integer primary key,
  hive_id integer,
  foreign key (hive_id) references hives (id)
);`),
);
const [hives, swarms] = [tables[0]!, tables[1]!];
const hiveId = swarms.fields[1]!;

/** Names of the hives that a swarm is in. */
function withSwarms(held: (swarm: Node) => readonly Condition[]): Query {
  const root: Node = { table: hives, optional: false };
  const swarm: Node = { table: swarms, optional: false };
  const outer = { node: root, step: hives.steps[0]! };
  const scope = { root: swarm, nodes: [swarm], where: [...held(swarm)], outer };
  return named(root, [{ type: 'exists', scope, not: false }]);
}

function named(root: Node, where: Condition[], nodes: Node[] = [root]): Query {
  const name = { type: 'column', node: root, field: hives.fields[1]! } as const;
  return {
    scope: { root, nodes, where },
    outputs: [{ expression: name, name: 'name' }],
    ...{ distinct: false, groupBy: [], orderBy: [], ties: false, rows: hives },
  };
}

function known(node: Node, field = hiveId): Condition {
  return { type: 'null', left: { type: 'column', node, field }, not: true };
}

describe('two queries that find the same', () => {
  test('a key by which a row is found is not null', () => {
    const plain = withSwarms(() => []);
    const said = withSwarms((swarm) => [known(swarm)]);
    expect(sameGist(gistOf(plain), gistOf(said))).toBe(true);
  });

  test('a key that nothing hangs on may be', () => {
    const root: Node = { table: swarms, optional: false };
    const every = { ...named(root, []), rows: swarms };
    const some = { ...named(root, [known(root)]), rows: swarms };
    expect(sameGist(gistOf(every), gistOf(some))).toBe(false);
  });

  test('so may one where rows without a partner stay', () => {
    const pair = () => {
      const root: Node = { table: hives, optional: false };
      const swarm: Node = {
        table: swarms,
        join: { to: root, step: hives.steps[0]! },
        optional: true,
      };
      return [root, swarm] as const;
    };
    const [a, swarmOfA] = pair();
    const [b, swarmOfB] = pair();
    const every = named(a, [], [a, swarmOfA]);
    const some = named(b, [known(swarmOfB)], [b, swarmOfB]);
    expect(sameGist(gistOf(every), gistOf(some))).toBe(false);
  });
});
