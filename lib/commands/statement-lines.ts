/** Lines of `{"id", "sql"}`, read one at a time: what is waiting to be judged takes no more memory than one line. */
import { UsageError } from '../errors.js';
import { decodeUtf8 } from './statement-text.js';

export interface StatementLine {
  /** The id as JSON, digit for digit as it was written; `null` where there is none. */
  readonly id: string;
  /** Undefined where the line is not UTF-8: what a server would read is not what stands there. */
  readonly sql: string | undefined;
}

/** A statement may have 512 K characters, and JSON may write each as `\u0000`; beyond this it is no list of them. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * @param name what the input is called in messages
 * @throws {UsageError} naming the line that is no such object
 */
export async function* statementLines(
  input: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<StatementLine> {
  let number = 0;
  for await (const line of linesOf(input, MAX_LINE_BYTES)) {
    number += 1;
    const where = `line ${number} of ${name}`;
    if (line === 'too long') throw badLine(where, `is longer than ${MAX_LINE_BYTES} bytes`);
    const text = decodeUtf8(line);
    const shown = text ?? Buffer.from(line).toString('utf8');
    if (shown.trim() !== '') yield readLine(shown, text !== undefined, where);
  }
}

function readLine(text: string, wellFormed: boolean, where: string): StatementLine {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw badLine(where, 'is not JSON');
  }
  const member = (key: string): unknown =>
    typeof content === 'object' && content !== null && Object.hasOwn(content, key)
      ? (content as Record<string, unknown>)[key]
      : undefined;
  const sql = member('sql');
  if (typeof sql !== 'string') throw badLine(where, 'has no sql, or none that is a string');
  return { id: idOf(member('id'), text, where), sql: wellFormed ? sql : undefined };
}

function idOf(id: unknown, line: string, where: string): string {
  if (id === undefined || id === null) return 'null';
  if (typeof id === 'string') return JSON.stringify(id);
  // JSON.parse made a double of it, which holds 15 digits.
  if (typeof id === 'number') return numberAt(line, 'id');
  throw badLine(where, 'has an id that is neither a string nor a number');
}

function badLine(where: string, what: string): UsageError {
  return new UsageError(`${where} ${what}`, {
    hint: 'each line is one object: {"id": 1, "sql": "select 1"}',
  });
}

/** The text of the last number of that name among an object's own members. `json` is known to be JSON. */
function numberAt(json: string, name: string): string {
  let found = '';
  let depth = 0;
  let key = '';
  let isValue = false;
  for (let at = 0; at < json.length;) {
    const character = json[at]!;
    let end = at + 1;
    if (character === '"') {
      end = endOfString(json, at);
      if (depth === 1 && !isValue) key = JSON.parse(json.slice(at, end)) as string;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ':' && depth === 1) isValue = true;
    else if (character === ',' && depth === 1) isValue = false;
    else if (/[-\d]/.test(character)) {
      while (/[-+.\deE]/.test(json[end] ?? '')) end += 1;
      if (depth === 1 && key === name) found = json.slice(at, end);
    }
    at = end;
  }
  return found;
}

/** The place behind the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Lines without their `\n`; the last one may have none. */
async function* linesOf(
  input: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array | 'too long'> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > maxBytes) yield 'too long';
  }
  if (length > 0) yield Buffer.concat(parts);
}
