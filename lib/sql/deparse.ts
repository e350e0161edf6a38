/**
 * A statement with one part replaced, as text: to ask the server for the types at that place. Never to be executed:
 * the text that runs is always the one that was given.
 */
import { type ParsedStatement, parseSql, type Tree } from './parse.js';

/**
 * Undefined where the text does not come out the same when it is parsed again: what can't be written back can't be
 * asked about.
 *
 * @param part the fields of the node to replace
 * @param replacement a node with its tag
 */
export async function withReplaced(
  { tag, fields }: Pick<ParsedStatement, 'tag' | 'fields'>,
  part: Tree,
  replacement: Tree,
): Promise<string | undefined> {
  const module = await import('pgsql-deparser');
  // Bundled, a CommonJS package is what it exports by default.
  const { deparseSync } =
    'deparseSync' in module ? module : (module as { default: typeof module }).default;
  const replaced = { [tag]: replace(fields, part, replacement) };
  try {
    const text = deparseSync({ version: 180000, stmts: [{ stmt: replaced }] } as never);
    const [again, ...more] = await parseSql(text);
    if (again === undefined || more.length > 0) return undefined;
    return plain({ [again.tag]: again.fields }) === plain(replaced) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The statement itself, under the same condition. */
export async function asText(
  statement: Pick<ParsedStatement, 'tag' | 'fields'>,
): Promise<string | undefined> {
  const nothing = {};
  return await withReplaced(statement, nothing, nothing);
}

/** A node stands in its parent as `{ Tag: fields }`: that wrapper is what is replaced. */
function replace(value: unknown, part: Tree, replacement: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => replace(item, part, replacement));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]![1] === part) return replacement;
  return Object.fromEntries(entries.map(([key, item]) => [key, replace(item, part, replacement)]));
}

const PLACE = /^(location|name_location|stmt_len|rexpr_list_(start|end)|list_(start|end))$/;

/** Without places and what is written in several ways. */
function plain(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (PLACE.test(key) ? undefined : value));
}
