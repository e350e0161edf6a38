/** Exact values: from the server's own text to JSON and CSV, with no number or Date between. */
import type { Cell, TypeShape } from '../databases/database.js';
import { arrayJson, recordJson, type Encode } from './literal.js';

/**
 * What `to_json` and `row_to_json` give for a value, byte for byte. `cell` is the server's text under DateStyle ISO
 * and extra_float_digits of 1 or more (`ReadOptions.encoding` is `json`).
 */
export function jsonValue(cell: Cell, shape: TypeShape): string {
  return cell === null ? 'null' : jsonEncoder(shape)(cell);
}

/** The same for many values of one type. */
export function jsonEncoder(shape: TypeShape): Encode {
  switch (shape.kind) {
    case 'boolean':
      return (text) => (text === 't' ? 'true' : 'false');
    case 'number':
      return (text) => (JSON_NUMBER.test(text) ? text : jsonString(text));
    case 'date':
      // The same in both, infinities and BC included.
      return jsonString;
    case 'timestamp':
      return timestamp;
    case 'timestamptz':
      return timestamptz;
    case 'json':
      return (text) => text;
    case 'text':
      return jsonString;
    case 'array': {
      const encode = jsonEncoder(shape.element);
      return (text) => arrayJson(text, shape.delimiter, encode);
    }
    case 'composite': {
      const fields = shape.fields.map((field) => ({
        key: `${jsonString(field.name)}:`,
        encode: jsonEncoder(field.shape),
      }));
      return (text) => recordJson(text, fields);
    }
  }
}

/**
 * A JSON string as PostgreSQL's escape_json writes it: escapes for `"`, `\` and what is below U+0020, and for
 * nothing else. JSON.stringify does the same but for lone surrogates, which no server text holds.
 */
export function jsonString(text: string): string {
  return JSON.stringify(text);
}

/** RFC 8259. NaN and the infinities of float8 and numeric are none, and become strings. */
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** `2024-02-29 12:00:00` with a T; `infinity` has no space, and before BC comes the second one. */
function timestamp(text: string): string {
  return jsonString(text.replace(' ', 'T'));
}

/** XML Schema wants minutes in the offset; seconds, as before standard time, stay. */
function timestamptz(text: string): string {
  return timestamp(text.replace(/([+-][0-9]{2})( BC)?$/, '$1:00$2'));
}

/**
 * One field as `COPY … (FORMAT csv)` writes it: NULL is nothing, and the empty string is quoted to be told from
 * it. `alone`: the only one of its line, where a bare `\.` would end the data.
 */
export function csvField(cell: Cell, alone = false): string {
  if (cell === null) return '';
  const quoted = cell === '' || /[",\r\n]/.test(cell) || (alone && cell === '\\.');
  return quoted ? `"${cell.replaceAll('"', '""')}"` : cell;
}
