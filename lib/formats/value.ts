/** Values for human eyes. */
import type { Cell } from '../databases/database.js';
import { replaceUnseen } from '../io.js';
import { displayWidth, PLAIN } from './width.js';

/**
 * A value for human eyes: NULL is nothing, control characters are made visible as psql does it, tabs become
 * spaces, and line breaks stay.
 */
export function displayText(cell: Cell): string {
  if (cell === null || PLAIN.test(cell)) return cell ?? '';
  const text = replaceUnseen(cell, visible);
  return text.includes('\t') ? text.split('\n').map(expandTabs).join('\n') : text;
}

function visible(character: string): string {
  if (character === '\n' || character === '\t') return character;
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0)!;
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0');
  if (code > 0xffff) return `\\u{${hex(0)}}`;
  return code < 0x80 ? `\\x${hex(2)}` : `\\u${hex(4)}`;
}

const TAB_COLUMNS = 8;

function expandTabs(line: string): string {
  const [first = '', ...rest] = line.split('\t');
  return rest.reduce(
    (text, part) => text + ' '.repeat(TAB_COLUMNS - (displayWidth(text) % TAB_COLUMNS)) + part,
    first,
  );
}
