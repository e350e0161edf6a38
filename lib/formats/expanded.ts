/** psql's expanded layout with border 1: a line for each value, under a ruler for each row. */
import type { Painter } from '../io.js';
import { type Block, widest } from './block.js';
import { CellLines, type Layout } from './layout.js';
import type { Pen } from './pen.js';
import type { Window } from './window.js';

const SPACE = 0x20;
const PLUS = 0x2b;
const LINE_FEED = 0x0a;

export function expandedLayout(headers: readonly Block[], paint: Painter): Layout {
  const nameWidth = widest(headers);
  const labels = headers.map((header) => labelOf(header, nameWidth, paint));
  let record = 0;
  return {
    open: () => undefined,
    async rows(window, pen) {
      if (headers.length === 0) return;
      const valueWidth = Math.max(0, ...window.columnWidths);
      const ruler = `${'-'.repeat(nameWidth + 1)}+${'-'.repeat(valueWidth + 1)}`;
      for (let row = 0; row < window.rowCount; row++) {
        record += 1;
        const words = `-[ RECORD ${record} ]`;
        pen.text(`${paint.faint(words + ruler.slice(words.length))}\n`);
        for (const [column, label] of labels.entries()) {
          const cell = row * labels.length + column;
          const low = window.tall[row] === 0 && label.lines.length === 1;
          if (low) lowField(window, cell, label.lines[0]!, pen);
          else await tallField(window, cell, label, { valueWidth, pen });
          if (pen.full) await pen.flush();
        }
      }
    },
  };
}

/** What stands before a value's lines: those of the name, with the divider, and then the divider alone. */
interface Label {
  readonly lines: readonly Uint8Array[];
  readonly blank: Uint8Array;
}

function labelOf({ lines }: Block, nameWidth: number, paint: Painter): Label {
  const encoder = new TextEncoder();
  return {
    lines: lines.map(({ text, width }, n) => {
      const mark = n + 1 < lines.length ? '+' : ' ';
      return encoder.encode(`${paint.name(text)}${' '.repeat(nameWidth - width)}${mark}|`);
    }),
    blank: encoder.encode(`${' '.repeat(nameWidth)} |`),
  };
}

function lowField(window: Window, cell: number, label: Uint8Array, pen: Pen): void {
  pen.copy(label, 0, label.length);
  pen.byte(SPACE);
  pen.copy(window.bytes, window.starts[cell]!, window.ends[cell]!);
  pen.byte(LINE_FEED);
}

async function tallField(
  window: Window,
  cell: number,
  { lines, blank }: Label,
  { valueWidth, pen }: { valueWidth: number; pen: Pen },
): Promise<void> {
  const value = new CellLines(window, cell);
  for (let n = 0, more = true; more; n++) {
    const label = lines[n] ?? blank;
    pen.copy(label, 0, label.length);
    const goesOn = value.step() ? writeLine(window, value, { valueWidth, pen }) : false;
    pen.byte(LINE_FEED);
    more = goesOn || n + 1 < lines.length;
    if (pen.full) await pen.flush();
  }
}

/** @returns whether the value goes on in the next line */
function writeLine(
  window: Window,
  { start, end, width, more }: CellLines,
  { valueWidth, pen }: { valueWidth: number; pen: Pen },
): boolean {
  pen.byte(SPACE);
  pen.copy(window.bytes, start, end);
  if (!more) return false;
  pen.spaces(valueWidth - width);
  pen.byte(PLUS);
  return true;
}
