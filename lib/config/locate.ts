/**
 * Where in a configuration file something stands, which JSON.parse does not tell. Used where there is something to
 * tell or to edit: the way without mistakes is JSON.parse alone.
 */

export type Path = readonly (string | number)[];

export interface Value {
  /** Offset of its first character, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** An object's keys, each with its own offset; a list's have none of their own. */
  readonly members: readonly Member[];
  readonly list: boolean;
}

interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: Value;
}

/**
 * The line, from 1, of the key that the path leads to, or of the nearest object around it. Where a key stands
 * twice the last one counts, as it does for JSON.parse.
 *
 * @param text is JSON
 */
export function lineOf(text: string, path: Path): number {
  let value = readTree(text);
  let offset = value.start;
  for (const key of path) {
    const member = value.members.findLast((one) => one.key === String(key));
    if (member === undefined) break;
    offset = member.start;
    value = member.value;
  }
  return positionAt(text, offset).line;
}

/**
 * Keys that stand twice in one object, each at its later place.
 *
 * @param text is JSON
 */
export function repeatedKeys(text: string): { path: Path; line: number }[] {
  const walk = ({ members, list }: Value, path: Path): { path: Path; line: number }[] => {
    const seen = new Set<string>();
    return members.flatMap(({ key, start, value }) => {
      const inner = [...path, key];
      const repeated = !list && seen.has(key);
      seen.add(key);
      const here = repeated ? [{ path: inner, line: positionAt(text, start).line }] : [];
      return [...here, ...walk(value, inner)];
    });
  };
  return walk(readTree(text), []);
}

/** The first thing that keeps a text from being JSON, without a word of the text: it may hold a password. */
export function syntaxError(
  text: string,
): { line: number; column: number; message: string } | undefined {
  try {
    readTree(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Misplaced)) throw error;
    return { ...positionAt(text, error.offset), message: error.message };
  }
}

class Misplaced extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** JSON by RFC 8259. @throws {Misplaced} */
export function readTree(text: string): Value {
  let at = 0;
  /** The end of the last thing read: a missing comma is missing there, not a line further down. */
  let last = 0;

  const skip = () => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
    if (text[at] === '/' && /[/*]/.test(text[at + 1] ?? '')) {
      throw new Misplaced('JSON has no comments', at);
    }
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) last = at += found.length;
    return found;
  };
  const take = (character: string): boolean => {
    skip();
    if (text[at] !== character) return false;
    last = at += 1;
    return true;
  };
  const string = (what: string): string => {
    const start = at;
    const found = match(STRING);
    if (found !== undefined) return JSON.parse(found) as string;
    const message =
      text[start] === '"'
        ? 'the text is not closed, or has a line break or a wrong escape in it'
        : `expected ${what} in double quotes`;
    throw new Misplaced(message, start);
  };

  const members = (close: string, readMember: (index: number) => Member): Member[] => {
    const found: Member[] = [];
    if (take(close)) return found;
    for (;;) {
      found.push(readMember(found.length));
      if (take(close)) return found;
      if (at >= text.length) throw new Misplaced(`the file ends before its ${close}`, last);
      if (!take(',')) throw new Misplaced(`expected a comma or ${close}`, last);
      const comma = last - 1;
      skip();
      if (text[at] === close) throw new Misplaced(`a comma before ${close} is too much`, comma);
    }
  };

  const value = (): Value => {
    skip();
    const start = at;
    const list = text[at] === '[';
    if (take('{')) {
      const found = members('}', () => {
        skip();
        const keyStart = at;
        const key = string('a key');
        if (!take(':')) throw new Misplaced('expected a colon after the key', last);
        return { key, start: keyStart, value: value() };
      });
      return { start, end: at, members: found, list };
    }
    if (take('[')) {
      const found = members(']', (index) => {
        const item = value();
        return { key: String(index), start: item.start, value: item };
      });
      return { start, end: at, members: found, list };
    }
    if (text[at] === '"') string('text');
    else if (match(SCALAR) === undefined) {
      throw new Misplaced(at >= text.length ? 'the file ends too early' : 'expected a value', at);
    }
    return { start, end: at, members: [], list };
  };

  const root = value();
  skip();
  if (at < text.length) throw new Misplaced('nothing may follow here', at);
  return root;
}

/** Line and column, both from 1. */
function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
