/** Values for human eyes: nothing in them can command a terminal, hide, or turn the text around. */
import { isUtf8 } from 'node:buffer';
import type { Cell } from '../databases/database.js';
import { replaceUnseen } from '../io.js';
import { displayWidth, PLAIN } from './width.js';

/**
 * A value for human eyes: NULL is nothing, control characters are made visible as psql does it, tabs become
 * spaces, and line breaks stay.
 */
export function displayText(cell: Cell): string {
  if (cell === null || PLAIN.test(cell)) return cell ?? '';
  return cell
    .split('\n')
    .map((line) => displayLine(line).text)
    .join('\n');
}

export interface DisplayedLine {
  readonly text: string;
  /** The column of a terminal where it ends. */
  readonly end: number;
}

/**
 * A line, or a piece of one.
 *
 * @param column where on the line it begins: tabs lead to the next multiple of eight
 */
export function displayLine(line: string, column = 0): DisplayedLine {
  const text = PLAIN.test(line) ? line : replaceUnseen(line, visible);
  if (!text.includes('\t')) return { text, end: column + displayWidth(text) };
  let shown = '';
  let end = column;
  for (const [i, part] of text.split('\t').entries()) {
    if (i > 0) {
      const gap = TAB_COLUMNS - (end % TAB_COLUMNS);
      shown += ' '.repeat(gap);
      end += gap;
    }
    shown += part;
    end += displayWidth(part);
  }
  return { text: shown, end };
}

const TAB_COLUMNS = 8;

function visible(character: string): string {
  if (character === '\n' || character === '\t') return character;
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0)!;
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  if (code > 0xffff) return `\\u{${hex(0)}}`;
  return code < 0x80 ? `\\x${hex(2)}` : `\\u${hex(4)}`;
}

/** Bytes as text. What is not UTF-8, as a database in SQL_ASCII may hold, is spelled out: `\xE4`. */
export function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let text = '';
  let from = 0;
  for (let at = 0; at < buffer.length;) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += buffer.toString('utf8', from, at);
    text += `\\x${buffer[at]!.toString(16).toUpperCase().padStart(2, '0')}`;
    at += 1;
    from = at;
  }
  return text + buffer.toString('utf8', from);
}

/** Bytes of the character that begins there; 0 where none does. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
