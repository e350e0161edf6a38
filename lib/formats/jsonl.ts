/** JSON Lines: one row's object a line, whatever white space a json value holds. */
import type { RowChunk } from '../rows.js';
import type { Format } from './format.js';
import { tellRenamed } from './renamed.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

export const jsonl: Format = {
  name: 'jsonl',
  summary: 'one JSON object a line',
  layout: 'json',
  words: 'json',
  open(sink, columns, { warn }) {
    tellRenamed(columns, warn);
    return {
      rows: (chunk) => sink.write(onOneLine(chunk)),
      end: () => Promise.resolve(),
    };
  },
};

/** Within strings JSON has no bare line break, so that any other is white space of a json value. */
function onOneLine({ bytes, ends }: RowChunk): Uint8Array {
  blankOut(bytes, CARRIAGE_RETURN, []);
  blankOut(bytes, LINE_FEED, ends);
  return bytes;
}

/** Replaces a byte by a space, but for those that end a row. */
function blankOut(bytes: Uint8Array, code: number, ends: readonly number[]): void {
  let row = 0;
  for (let at = bytes.indexOf(code); at !== -1; at = bytes.indexOf(code, at + 1)) {
    while (row < ends.length && ends[row]! <= at) row++;
    if (ends[row] !== at + 1) bytes[at] = SPACE;
  }
}
