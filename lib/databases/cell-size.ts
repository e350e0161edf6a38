/** A value that is larger than the configuration allows ends the statement, before it fills somebody's memory. */
import { LimitError } from '../errors.js';
import type { RawCell } from '../rows.js';
import type { ResultColumn } from './database.js';

export function cellChecker(
  columns: readonly ResultColumn[],
  limit: number | undefined,
): ((cells: readonly RawCell[]) => void) | undefined {
  if (limit === undefined) return undefined;
  return (cells) => {
    for (const [i, cell] of cells.entries()) {
      if (cell !== null && cell.length > limit) throw tooLarge(columns[i], cell.length, limit);
    }
  };
}

/** The same for an object of row_to_json: what counts is how long a member's value is there. */
export function jsonRowChecker(
  columns: readonly ResultColumn[],
  limit: number | undefined,
): ((object: Uint8Array) => void) | undefined {
  if (limit === undefined) return undefined;
  return (object) => {
    if (object.length <= limit) return;
    for (const [i, length] of memberLengths(object).entries()) {
      if (length > limit) throw tooLarge(columns[i], length, limit);
    }
  };
}

function tooLarge(column: ResultColumn | undefined, bytes: number, limit: number): LimitError {
  return new LimitError(`a value of ${column?.name ?? 'a column'} has ${bytes} bytes`, {
    limit: 'max-cell-bytes',
    hint: `leave the column out or shorten it; limits.maxCellBytes is ${limit}`,
  });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x7b, 0x5b];
const CLOSING: readonly number[] = [0x7d, 0x5d];
const COLON = 0x3a;
const COMMA = 0x2c;

/** Bytes that the value of each member takes, in their order. */
function memberLengths(object: Uint8Array): number[] {
  const lengths: number[] = [];
  let depth = 0;
  let from = -1;
  for (let at = 0; at < object.length; at++) {
    const code = object[at]!;
    if (code === QUOTE) at = closingQuote(object, at);
    else if (OPENING.includes(code)) depth++;
    else if (depth === 1 && code === COLON) from = at + 1;
    if (CLOSING.includes(code)) depth--;
    const ends = (depth === 1 && code === COMMA) || (depth === 0 && CLOSING.includes(code));
    if (ends && from >= 0) {
      lengths.push(at - from);
      from = -1;
    }
  }
  return lengths;
}

function closingQuote(json: Uint8Array, opening: number): number {
  let at = opening + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
