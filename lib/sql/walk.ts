/** Every node of a parse tree, whatever holds it: nothing in the tree is out of the guard's sight. */
import type { ParsedStatement, Tree } from './parse.js';

export interface Node {
  /** `FuncCall`, or the field's name where libpg_query leaves the tag out (`larg`, `typeName`, `intoClause`). */
  readonly tag: string;
  readonly fields: Tree;
}

/** The statement's own node first, then all below it, depth first. */
export function* nodesOf(statement: ParsedStatement): Generator<Node> {
  // A stack of our own: a tree as deep as the parser takes must not overflow JavaScript's.
  const pending: Node[] = [{ tag: statement.tag, fields: statement.fields }];
  for (;;) {
    const node = pending.pop();
    if (node === undefined) return;
    yield node;
    pending.push(...childrenOf(node.fields).reverse());
  }
}

function childrenOf(fields: Tree): Node[] {
  return Object.entries(fields).flatMap(([key, value]) => held(key, value));
}

function held(key: string, value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap((item) => held(key, item));
  if (typeof value !== 'object' || value === null) return [];
  return [{ tag: key, fields: value as Tree }];
}

/** True where a tag is a node's type and not a field's name: libpg_query's types begin with a capital. */
export function isNodeType(tag: string): boolean {
  return /^[A-Z]/.test(tag);
}

/** The names of a qualified name's list: `[{String: {sval: 'pg_catalog'}}, …]`. */
export function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => (item as { String?: { sval?: string } }).String?.sval ?? '*');
}
