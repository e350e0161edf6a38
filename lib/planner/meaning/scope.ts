/** Scopes as they grow: tables are joined when something is said of them, each way at most once. */
import type { Way } from '../schema/paths.js';
import type { Field, Step, Table } from '../schema/schema.js';
import type { Condition, Expression, Node, Scope } from './query.js';

export function newScope(table: Table, outer?: { node: Node; step: Step }): Scope {
  const root: Node = { table, optional: false };
  return { root, nodes: [root], where: [], ...(outer === undefined ? {} : { outer }) };
}

/** The node at the end of a way to one row, joined where it is not yet. */
export function follow(scope: Scope, from: Node, steps: readonly Step[], optional = false): Node {
  let node = from;
  for (const step of steps) {
    const known = scope.nodes.find(({ join }) => join?.to === node && join.step === step);
    const next: Node = known ?? { table: step.to, join: { to: node, step }, optional };
    if (known === undefined) scope.nodes.push(next);
    else if (!optional) known.optional = false;
    node = next;
  }
  return node;
}

/** A subquery along a way that may repeat rows: its root is the way's first table, the rest is joined. */
export function descend(node: Node, way: Pick<Way, 'steps'>): { scope: Scope; end: Node } {
  const [first, ...rest] = way.steps;
  const scope = newScope(first!.to, { node, step: first! });
  return { scope, end: follow(scope, scope.root, rest) };
}

export function column(node: Node, field: Field): Expression {
  return { type: 'column', node, field };
}

/** Conditions that all have to hold, as one. */
export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 1 ? conditions[0]! : { type: 'all', of: conditions };
}
