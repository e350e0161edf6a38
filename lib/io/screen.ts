/** How much of a screen text takes. */

const LINE_FEED = 0x0a;
const ESCAPE = 0x1b;
const BRACKET = 0x5b;

export interface LineCounter {
  add(chunk: string | Uint8Array): void;
  count(): number;
}

/**
 * Counts lines as a terminal of that width shows them: longer ones are folded. A character is taken to be a column,
 * which is near enough to ask whether a result fits a screen; colours take none.
 */
export function lineCounter(width: number | undefined): LineCounter {
  let lines = 0;
  let column = 0;
  let within = false;
  return {
    add(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (const byte of bytes) {
        if (byte === LINE_FEED) {
          lines += 1;
          column = 0;
          within = false;
        } else if (within) {
          // ECMA-48, 5.4: a control sequence ends with a byte of this range.
          within = byte < 0x40 || byte === BRACKET;
        } else if (byte === ESCAPE) {
          within = true;
        } else if ((byte & 0xc0) !== 0x80) {
          if (column === width) {
            lines += 1;
            column = 0;
          }
          column += 1;
        }
      }
    },
    count: () => lines,
  };
}
