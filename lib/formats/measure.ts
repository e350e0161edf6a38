/** How wide UTF-8 bytes are on a terminal, without making a string of them where it can be helped. */
import { decode } from './display.js';
import { displayWidth, plainWidth } from './width.js';

/** Columns of text that is fit to be shown: UTF-8, on one line. */
export function visibleWidth(bytes: Uint8Array, start: number, end: number): number {
  const width = simpleWidth(bytes, start, end);
  return width >= 0 ? width : displayWidth(decode(bytes.subarray(start, end)));
}

/**
 * Columns of text that can be shown as it is, and in which no character changes the width of another; -1 for any
 * other, and for what is not UTF-8. Bytes below 0x80 are taken to be printable.
 */
export function simpleWidth(bytes: Uint8Array, start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end;) {
    const first = bytes[i]!;
    if (first < 0x80) {
      width += 1;
      i += 1;
      continue;
    }
    if (first < 0xc2 || first > 0xf4) return -1;
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const code = i + length <= end ? codePoint(bytes, i, length) : -1;
    if (code < LEAST[length]! || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return -1;
    const own = plainWidth(code);
    if (own === 0) return -1;
    width += own;
    i += length;
  }
  return width;
}

/** The first code point that a sequence of that many bytes may stand for (RFC 3629, 3). */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

/** -1 where what follows the first byte does not go on with it. */
function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let code = bytes[at]! & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i]!;
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 0x3f);
  }
  return code;
}
