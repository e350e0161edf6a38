/** Edits of a configuration's text that leave everything else in it as it is: order, indentation, line ends. */
import { readTree, type Value } from './locate.js';

/**
 * The text with that key of the outermost object set.
 *
 * @param text is JSON, an object
 */
export function withKey(text: string, key: string, value: string): string {
  const { start, members } = readTree(text);
  const json = JSON.stringify(value);
  const old = members.findLast((member) => member.key === key)?.value;
  if (old !== undefined) return text.slice(0, old.start) + json + text.slice(old.end);
  const [first] = members;
  const rest = text.slice(start + 1);
  if (first === undefined) {
    return `${text.slice(0, start)}{\n  ${JSON.stringify(key)}: ${json}\n${rest.trimStart()}`;
  }
  // As far in as its neighbour: whatever stands between the brace and the first key.
  const indent = text.slice(start + 1, first.start);
  return `${text.slice(0, start + 1)}${indent}${JSON.stringify(key)}: ${json},${rest}`;
}

/**
 * The text with a new entry behind the others of the object that is the value of `section`, which is made where there is none.
 *
 * @param text is JSON, an object
 * @param entry a flat object, written on one line
 */
export function withEntry(
  text: string,
  section: string,
  key: string,
  entry: Readonly<Record<string, string>>,
): string {
  const find = (source: string) => readTree(source).members.find((one) => one.key === section);
  const made = find(text) === undefined ? appended(text, readTree(text), section, '{}') : text;
  const pairs = Object.entries(entry).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return appended(made, find(made)!.value, key, `{ ${pairs.join(', ')} }`);
}

/**
 * The text without the key that the path leads to; as it was where there is none.
 *
 * @param text is JSON
 */
export function withoutKey(text: string, path: readonly string[]): string {
  let object: Value | undefined = readTree(text);
  for (const key of path.slice(0, -1)) {
    object = object?.members.find((member) => member.key === key)?.value;
  }
  const { members = [], start = 0, end = 0 } = object ?? {};
  const at = members.findIndex((member) => member.key === path.at(-1));
  const member = members[at];
  if (member === undefined) return text;
  const [before, after] = [members[at - 1], members[at + 1]];
  if (after !== undefined) return text.slice(0, member.start) + text.slice(after.start);
  if (before !== undefined) return text.slice(0, before.value.end) + text.slice(member.value.end);
  return `${text.slice(0, start)}{}${text.slice(end)}`;
}

/** As far in as the others of the object; where it has none, further in than the line that it begins on. */
function appended(text: string, object: Value, key: string, json: string): string {
  const [first] = object.members;
  const last = object.members.at(-1);
  const member = `${JSON.stringify(key)}: ${json}`;
  if (first !== undefined && last !== undefined) {
    const gap = text.slice(object.start + 1, first.start);
    const { end } = last.value;
    return `${text.slice(0, end)},${gap === '' ? ' ' : gap}${member}${text.slice(end)}`;
  }
  const line = text.slice(text.lastIndexOf('\n', object.start - 1) + 1, object.start);
  const outer = /^\s*/.exec(line)![0];
  const inner = outer + (/^\t/m.test(text) ? '\t' : '  ');
  return `${text.slice(0, object.start)}{\n${inner}${member}\n${outer}}${text.slice(object.end)}`;
}
