/** The long way of a cell to the screen: for bytes that can't be shown, or measured, just as they are. */
import { decode, displayLine } from './display.js';

/** Bytes of a line that are looked at together: regular expressions and strings of any length would not do. */
const PIECE_BYTES = 32 * 1024;

/** Bytes that may be looked through for a good place to cut. */
const REACH = 4 * 1024;

const LINE_FEED = 0x0a;

/** Where visible text goes. */
export interface Shown {
  text(text: string): void;
  bytes(from: Uint8Array, start: number, end: number): void;
}

/**
 * Shows a value, line by line, with a line feed between two lines.
 *
 * @param cell the value's own bytes
 * @returns the width of the widest line, and whether there are several
 */
export function showCell(cell: Uint8Array, shown: Shown): { width: number; tall: boolean } {
  let widest = 0;
  let start = 0;
  for (let i = 0; ;) {
    while (i < cell.length && isPlain(cell[i]!)) i++;
    let width = i - start;
    if (i === cell.length || cell[i] === LINE_FEED) {
      shown.bytes(cell, start, i);
    } else {
      const feed = cell.indexOf(LINE_FEED, i);
      i = feed === -1 ? cell.length : feed;
      width = showLine(cell, start, i, shown);
    }
    if (width > widest) widest = width;
    if (i === cell.length) return { width: widest, tall: start > 0 };
    shown.bytes(cell, i, i + 1);
    i += 1;
    start = i;
  }
}

function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** @returns the line's width */
function showLine(cell: Uint8Array, start: number, end: number, shown: Shown): number {
  let width = 0;
  for (let from = start; from < end;) {
    const to = end - from <= PIECE_BYTES ? end : cutBehind(cell, from + PIECE_BYTES, end);
    const line = displayLine(decode(cell.subarray(from, to)), width);
    shown.text(line.text);
    width = line.end;
    from = to;
  }
  return width;
}

/** Where a cut tears no sequence of characters: before printable ASCII, or else at least between two characters. */
function cutBehind(cell: Uint8Array, at: number, end: number): number {
  for (let i = at; i < Math.min(end, at + REACH); i++) {
    if (isPlain(cell[i]!)) return i;
  }
  let cut = at;
  while (cut < end && cut < at + 4 && (cell[cut]! & 0xc0) === 0x80) cut += 1;
  return cut;
}
