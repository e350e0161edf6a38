/** `--json-numbers string`: what a reader with doubles would round becomes a string of its exact digits. */

import type { RowChunk } from '../rows.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const NOTHING = new Uint8Array(0);

/** Digits that every double keeps (DBL_DIG of C's float.h): shorter numbers need no look. */
const SAFE_DIGITS = 15;

/**
 * Puts quotes around such numbers, at any depth, in rows of the layout `json`. To be called with every chunk in order: rows may be torn between them,
 * and the beginning of a number at the end of one comes out with the next.
 */
export function quoteNumbers(): (chunk: RowChunk) => RowChunk {
  // Where the last chunk ended: inside a string, and right behind a backslash there.
  let inString = false;
  let escaped = false;
  /** The beginning of a number that may go on. */
  let held: Uint8Array = NOTHING;

  return ({ bytes: fresh, ends }) => {
    const shift = held.length;
    const bytes = shift === 0 ? fresh : Buffer.concat([held, fresh]);
    const { length } = bytes;
    /** Beginnings and ends of numbers, in turns. */
    const rounded: number[] = [];
    held = NOTHING;
    let at = 0;
    while (at < length) {
      if (escaped) {
        escaped = false;
        at += 1;
      } else if (inString) {
        while (at < length && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1;
        if (at === length) break;
        if (bytes[at] === QUOTE) inString = false;
        else escaped = true;
        at += 1;
      } else {
        while (at < length && bytes[at] !== QUOTE && !beginsNumber(bytes[at]!)) at += 1;
        if (at === length) break;
        if (bytes[at] === QUOTE) {
          inString = true;
          at += 1;
          continue;
        }
        const end = endOfNumber(bytes, at);
        if (end === length) {
          // A copy: the chunk's memory is its sender's again.
          held = new Uint8Array(bytes.subarray(at));
          break;
        }
        if (isRounded(bytes, at, end)) rounded.push(at, end);
        at = end;
      }
    }
    const kept = bytes.subarray(0, length - held.length);
    return quotedAt(kept, shift === 0 ? ends : ends.map((end) => end + shift), rounded);
  };
}

function beginsNumber(byte: number): boolean {
  return (byte >= ZERO && byte <= NINE) || byte === MINUS;
}

/** Behind digits, point, signs and `e`: what is JSON has no others at the end of a number. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && isOfNumber(bytes[at]!)) at += 1;
  return at;
}

function isOfNumber(byte: number): boolean {
  return (byte >= ZERO && byte <= NINE) || (byte >= 0x2b && byte <= 0x2e) || isE(byte)
    ? byte !== 0x2c
    : false;
}

function isE(byte: number): boolean {
  return (byte | 0x20) === 0x65;
}

function isRounded(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start <= SAFE_DIGITS && !hasExponent(bytes, start, end)) return false;
  return isRoundedByDouble(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
}

function hasExponent(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isE(bytes[at]!)) return true;
  return false;
}

/**
 * Whether a double that is read from the number and written in its shortest digits, as JavaScript and most others write it,
 * is another number. Zero has no sign that would matter.
 *
 * @param text a number as JSON has it (RFC 8259, section 6)
 */
export function isRoundedByDouble(text: string): boolean {
  const back = String(Number(text));
  if (back === text) return false;
  // Below 1e21 JavaScript writes whole numbers without an exponent: other digits are another number.
  if (/^-?[1-9]\d{15,19}$/.test(text)) return true;
  return !Number.isFinite(Number(text)) || decimalOf(text) !== decimalOf(back);
}

/** The same text for the same value: digits without zeros at either end, and the power of ten of the last. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

/** @param rounded beginnings and ends, ascending */
function quotedAt(
  bytes: Uint8Array,
  ends: readonly number[],
  rounded: readonly number[],
): RowChunk {
  if (rounded.length === 0) return { bytes, ends };
  const out = new Uint8Array(bytes.length + rounded.length);
  let from = 0;
  let to = 0;
  for (const place of rounded) {
    out.set(bytes.subarray(from, place), to);
    to += place - from;
    out[to++] = QUOTE;
    from = place;
  }
  out.set(bytes.subarray(from), to);
  let before = 0;
  const moved = ends.map((end) => {
    while (before < rounded.length && rounded[before]! < end) before += 1;
    return end + before;
  });
  return { bytes: out, ends: moved };
}
