/** Array and record literals, as `array_out` and `record_out` write them, become JSON. */

/** JSON of a value's text. */
export type Encode = (text: string) => string;

export interface RecordField {
  /** The field's name as JSON text, with its colon. */
  readonly key: string;
  readonly encode: Encode;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * `{1,NULL,"a b"}` and its nested, decorated (`[2:3]={…}`) and otherwise delimited kin. Bounds have no place in
 * JSON: `to_json` leaves them out too.
 */
export function arrayJson(text: string, delimiter: string, encode: Encode): string {
  if (!text.startsWith('{') && !text.startsWith('[')) return vectorJson(text, encode);
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  let json = '';
  while (at < text.length) {
    const character = text[at]!;
    if (character === '{') {
      json += '[';
      at++;
    } else if (character === '}') {
      json += ']';
      at++;
    } else if (character === delimiter) {
      json += ',';
      at++;
    } else if (character === '"') {
      const end = closingQuote(text, at);
      json += encode(unquote(text.slice(at + 1, end)));
      at = end + 1;
    } else {
      const end = endOf(text, at, delimiter, '}');
      const element = text.slice(at, end);
      json += element === 'NULL' ? 'null' : encode(element);
      at = end;
    }
  }
  return json;
}

/** int2vector and oidvector are arrays whose text has no braces, and whose elements are never NULL. */
function vectorJson(text: string, encode: Encode): string {
  return text === '' ? '[]' : `[${text.split(' ').map(encode).join(',')}]`;
}

/** `(1,"a b",)`: nothing between two commas is NULL, `""` is the empty string. */
export function recordJson(text: string, fields: readonly RecordField[]): string {
  let at = 1;
  let json = '';
  for (const { key, encode } of fields) {
    let value = 'null';
    if (text.charCodeAt(at) === QUOTE) {
      const end = closingQuote(text, at);
      value = encode(unquote(text.slice(at + 1, end)));
      at = end + 1;
    } else {
      const end = endOf(text, at, ',', ')');
      if (end > at) value = encode(text.slice(at, end));
      at = end;
    }
    json += json === '' ? key + value : `,${key}${value}`;
    // Past the comma or the closing parenthesis.
    at++;
  }
  return `{${json}}`;
}

/** Where an unquoted value ends: none of the characters that could end it can be in it. */
function endOf(text: string, from: number, delimiter: string, closing: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== closing) at++;
  return at;
}

/** Arrays escape a quote with a backslash, records double it; neither is ever followed by one otherwise. */
function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) {
      if (text.charCodeAt(at + 1) !== QUOTE) return at;
      at++;
    }
  }
  throw new Error('the literal of an array or record ends within quotes');
}

function unquote(text: string): string {
  return text.includes('\\') || text.includes('"') ? text.replace(/["\\](.)/gs, '$1') : text;
}
