/** The long way of a cell to the screen: for bytes that can't be shown, or measured, just as they are. */
import { decode, displayLine } from './display.js';

/** Bytes of a line that are looked at together: regular expressions and strings of any length would not do. */
const PIECE_BYTES = 32 * 1024;

/** Bytes that may be looked through for a good place to cut. */
const REACH = 4 * 1024;

const LINE_FEED = 0x0a;

/**
 * Hands over the text of a value, made visible, piece by piece.
 *
 * @param cell the value's own bytes
 * @param add is given text without a line break
 * @param next is called at each line break, and at the end, with the line's width
 */
export function showCell(
  cell: Uint8Array,
  add: (text: string) => void,
  next: (width: number, last: boolean) => void,
): void {
  let start = 0;
  for (;;) {
    const feed = cell.indexOf(LINE_FEED, start);
    const end = feed === -1 ? cell.length : feed;
    next(showLine(cell, start, end, add), feed === -1);
    if (feed === -1) return;
    start = feed + 1;
  }
}

/** @returns the line's width */
function showLine(
  cell: Uint8Array,
  start: number,
  end: number,
  add: (text: string) => void,
): number {
  let width = 0;
  for (let from = start; from < end;) {
    const to = end - from <= PIECE_BYTES ? end : cutBehind(cell, from + PIECE_BYTES, end);
    const shown = displayLine(decode(cell.subarray(from, to)), width);
    add(shown.text);
    width = shown.end;
    from = to;
  }
  return width;
}

/** Where a cut tears no sequence of characters: before printable ASCII, or else at least between two characters. */
function cutBehind(cell: Uint8Array, at: number, end: number): number {
  for (let i = at; i < Math.min(end, at + REACH); i++) {
    if (cell[i]! >= 0x20 && cell[i]! < 0x7f) return i;
  }
  let cut = at;
  while (cut < end && cut < at + 4 && (cell[cut]! & 0xc0) === 0x80) cut += 1;
  return cut;
}
