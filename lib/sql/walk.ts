/** Every node of a parse tree, whatever holds it: nothing in the tree is out of the guard's sight. */
import type { ParsedStatement, Tree } from './parse.js';

export interface Node {
  /** `FuncCall`, or the field's name where libpg_query leaves the tag out (`larg`, `typeName`, `intoClause`). */
  readonly tag: string;
  readonly fields: Tree;
}

/** Every rule looks at every node, so a statement is walked once. */
const walked = new WeakMap<Tree, readonly Node[]>();

/** The statement's own node first, then all below it, depth first. */
export function nodesOf({ tag, fields }: Pick<ParsedStatement, 'tag' | 'fields'>): readonly Node[] {
  const known = walked.get(fields);
  if (known !== undefined) return known;
  const found: Node[] = [];
  // A stack of our own: a tree as deep as the parser takes must not overflow JavaScript's.
  const pending: Node[] = [{ tag, fields }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    found.push(node);
    const keys = Object.keys(node.fields);
    for (let i = keys.length - 1; i >= 0; i--) push(pending, keys[i]!, node.fields[keys[i]!]);
  }
  walked.set(fields, found);
  return found;
}

/** Lists nest (of VALUES, of names), but not deeper than the grammar lets them. */
function push(pending: Node[], key: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    pending.push({ tag: key, fields: value as Tree });
    return;
  }
  for (let i = value.length - 1; i >= 0; i--) push(pending, key, value[i]);
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

/** Where something stands in the text: all that may differ between two trees of the same statement. */
const PLACE =
  /^(location|name_location|stmt_location|stmt_len|rexpr_list_(start|end)|list_(start|end))$/;

/** Whether two parse trees say the same, wherever they were written. */
export function sameTree(one: unknown, other: unknown): boolean {
  return one !== undefined && withoutPlaces(one) === withoutPlaces(other);
}

function withoutPlaces(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (PLACE.test(key) ? undefined : value));
}
