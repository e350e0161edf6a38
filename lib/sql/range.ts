/** From where to where something of a statement stands in its text: in bytes of UTF-8, as the parser counts. */
import type { ParsedStatement } from './parse.js';
import { nodesOf } from './walk.js';

export interface Range {
  readonly location: number;
  /** Of the first byte behind it. */
  readonly end: number;
}

const SPACE = /^(?:\s+|--[^\n\r]*|\/\*[\s\S]*?\*\/)*/;
const NAME = String.raw`(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)`;
/** A qualified name, a string, a number, or whatever sign stands there. */
const TOKEN = new RegExp(String.raw`^(?:${NAME}(?:\.${NAME})*|'(?:[^']|'')*'|[\d.]+|.)`, 'su');

/** The command's own words: as many of `DROP TABLE` as stand at its beginning. */
export function rangeOfCommand(statement: ParsedStatement, name: string): Range {
  const text = textFrom(statement, statement.location);
  const start = SPACE.exec(text)![0].length;
  let end = start;
  for (const word of name.split(' ')) {
    const space = SPACE.exec(text.slice(end))![0].length;
    const next = end + space;
    if (text.slice(next, next + word.length).toUpperCase() !== word) break;
    end = next + word.length;
  }
  // What begins with WITH or a bracket has its words further on.
  if (end === start) end += TOKEN.exec(text.slice(start))?.[0].length ?? 0;
  const bytes = (units: number) => statement.location + Buffer.byteLength(text.slice(0, units));
  return { location: bytes(start), end: bytes(end) };
}

/** The name, literal or sign that stands at a place; undefined where the tree has none. */
export function rangeAt(statement: ParsedStatement, location: unknown): Range | undefined {
  if (typeof location !== 'number' || location < 0) return undefined;
  const [token] = TOKEN.exec(textFrom(statement, location)) ?? [''];
  return { location, end: location + Buffer.byteLength(token) };
}

/** An expression from its first to its last token that the tree has places of. */
export function rangeOfTree(statement: ParsedStatement, tree: unknown): Range | undefined {
  const places = nodesOf({ tag: '', fields: { tree } })
    .map(({ fields }) => fields['location'])
    .filter((place) => typeof place === 'number' && place >= 0) as number[];
  if (places.length === 0) return undefined;
  const last = rangeAt(statement, Math.max(...places));
  return last && { location: Math.min(...places), end: last.end };
}

function textFrom({ text }: ParsedStatement, location: number): string {
  return Buffer.from(text, 'utf8').subarray(location).toString('utf8');
}
