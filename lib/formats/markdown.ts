/** GitHub's tables: every value shows as it is, whatever it would mean in Markdown or HTML. */
import type { ResultColumn } from '../databases/database.js';
import { displayText } from './display.js';
import type { Format } from './format.js';
import { isRightAligned } from './numbers.js';
import { Pen } from './pen.js';
import { Window } from './window.js';

/**
 * Streams, as nothing has to line up. There is no trailer: whatever followed the rows would be read as text, or as a
 * row. That a result was cut or broke off is told on stderr and by the exit code, as with CSV.
 */
export const markdown: Format = {
  name: 'markdown',
  summary: "a table in GitHub's Markdown",
  layout: 'text',
  words: 'text',
  open(sink, columns, { warn }) {
    const pen = new Pen(sink);
    const window = new Window(columns);
    let opened = false;

    const write = async () => {
      if (!opened && columns.length === 0) warn('a table without columns is nothing in Markdown');
      if (!opened && columns.length > 0) writeHeader(columns, pen);
      opened = true;
      for (let row = 0; row < window.rowCount && columns.length > 0; row++) {
        writeRow(window, row, columns.length, pen);
        if (pen.full) await pen.flush();
      }
      await pen.flush();
      window.clear();
    };

    return {
      async rows(chunk) {
        let row = window.take(chunk, 0);
        for (; window.full; row = window.take(chunk, row)) await write();
        // A row that is not whole yet waits with those before it.
        if (window.rowCount > 0 && !window.torn) await write();
      },
      end: write,
    };
  },
};

function writeHeader(columns: readonly ResultColumn[], pen: Pen): void {
  const encoder = new TextEncoder();
  for (const { name } of columns) {
    const shown = encoder.encode(displayText(name));
    pen.text('| ');
    writeHarmless(shown, 0, shown.length, pen);
    pen.text(' ');
  }
  pen.text('|\n');
  for (const column of columns) pen.text(isRightAligned(column) ? '| ---: ' : '| --- ');
  pen.text('|\n');
}

const BAR = 0x7c;
const SPACE = 0x20;

function writeRow(window: Window, row: number, columns: number, pen: Pen): void {
  for (let cell = row * columns; cell < (row + 1) * columns; cell++) {
    pen.byte(BAR);
    pen.byte(SPACE);
    writeHarmless(window.bytes, window.starts[cell]!, window.ends[cell]!, pen);
    pen.byte(SPACE);
  }
  pen.byte(BAR);
  pen.byte(0x0a);
}

/** What would mean something, and how it means only itself (GFM, 2.4, 4.10 and 6). */
const HARMLESS = new Map([
  ...Array.from('\\|`*_[]~', (mark) => [mark.charCodeAt(0), `\\${mark}`] as const),
  [0x26, '&amp;'],
  [0x3c, '&lt;'],
  [0x3e, '&gt;'],
  [0x0a, '<br>'],
]);
const MEANS_SOMETHING = new Uint8Array(256);
for (const byte of HARMLESS.keys()) MEANS_SOMETHING[byte] = 1;

function writeHarmless(bytes: Uint8Array, start: number, end: number, pen: Pen): void {
  let from = start;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (MEANS_SOMETHING[byte] === 0) continue;
    if (byte === UNDERSCORE && withinWord(bytes, i, start, end)) continue;
    pen.copy(bytes, from, i);
    pen.text(HARMLESS.get(byte)!);
    from = i + 1;
  }
  pen.copy(bytes, from, end);
}

const UNDERSCORE = 0x5f;

/** There, it emphasizes nothing, and names stay readable. */
function withinWord(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  return (
    at > start && at + 1 < end && isAlphanumeric(bytes[at - 1]!) && isAlphanumeric(bytes[at + 1]!)
  );
}

function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}
