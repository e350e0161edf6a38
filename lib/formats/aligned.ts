/** psql's aligned layout with border 1: a header, a rule, and a line for each row. */
import type { Painter } from '../io.js';
import type { Block } from './block.js';
import { CellLines, type Layout } from './layout.js';
import type { Pen } from './pen.js';
import type { Window } from './window.js';

const SPACE = 0x20;
const BAR = 0x7c;
const PLUS = 0x2b;
const LINE_FEED = 0x0a;

export interface AlignedOptions {
  /** The columns' widths, which the header keeps to; a window with wider values has columns of its own. */
  readonly widths: Int32Array;
  /** By column. */
  readonly rightAligned: readonly boolean[];
  readonly paint: Painter;
}

export function alignedLayout(headers: readonly Block[], options: AlignedOptions): Layout {
  const { widths, rightAligned, paint } = options;
  return {
    open(pen) {
      pen.text(headerLines(headers, widths, paint) + rule(widths, paint));
    },
    async rows(window, pen) {
      if (headers.length === 0) return;
      const own = columnWidths(widths, window);
      for (let row = 0; row < window.rowCount; row++) {
        if (window.tall[row] === 1) await tallRow(window, row, { own, rightAligned, pen });
        else lowRow(window, row, { own, rightAligned, pen });
        if (pen.full) await pen.flush();
      }
    },
  };
}

/** The widest cell of each column, and no less than the widths given. */
export function columnWidths(least: ArrayLike<number>, window: Window): Int32Array {
  return window.columnWidths.map((width, column) => Math.max(width, least[column]!));
}

/** What a row takes on a terminal: a space on each side of a column, but none after the last, and the dividers. */
export function totalWidth(widths: Int32Array): number {
  return widths.reduce((total, width) => total + width + 3, 0) - 1;
}

function headerLines(headers: readonly Block[], widths: Int32Array, paint: Painter): string {
  let text = '';
  const count = headers.length === 0 ? 0 : Math.max(...headers.map(({ lines }) => lines.length));
  for (let n = 0; n < count; n++) {
    const parts = headers.map(({ lines }, column) => {
      const width = widths[column]!;
      const line = lines[n];
      if (line === undefined) return ` ${' '.repeat(width)} `;
      const gap = width - line.width;
      const left = gap >> 1;
      const mark = n + 1 < lines.length ? '+' : ' ';
      return ` ${' '.repeat(left)}${paint.name(line.text)}${' '.repeat(gap - left)}${mark}`;
    });
    text += `${parts.join('|')}\n`;
  }
  return text;
}

function rule(widths: Int32Array, paint: Painter): string {
  const dashes = Array.from(widths, (width) => '-'.repeat(width));
  return `${paint.faint(`-${dashes.join('-+-')}-`)}\n`;
}

interface RowOptions {
  readonly own: Int32Array;
  readonly rightAligned: readonly boolean[];
  readonly pen: Pen;
}

/** A row of one line. Space after the last column is left out. */
function lowRow(window: Window, row: number, { own, rightAligned, pen }: RowOptions): void {
  const { bytes, starts, ends, widths } = window;
  const columns = own.length;
  const first = row * columns;
  for (let column = 0; column < columns; column++) {
    const cell = first + column;
    const gap = own[column]! - widths[cell]!;
    pen.byte(SPACE);
    if (rightAligned[column]!) pen.spaces(gap);
    pen.copy(bytes, starts[cell]!, ends[cell]!);
    if (column === columns - 1) continue;
    if (!rightAligned[column]!) pen.spaces(gap);
    pen.byte(SPACE);
    pen.byte(BAR);
  }
  pen.byte(LINE_FEED);
}

/** As many lines as the highest cell has, and a `+` behind each line of a cell that goes on in the next. */
async function tallRow(window: Window, row: number, options: RowOptions): Promise<void> {
  const { own, rightAligned, pen } = options;
  const columns = own.length;
  const cells = Array.from(own, (_, column) => new CellLines(window, row * columns + column));
  for (let more = true; more;) {
    more = false;
    for (const [column, line] of cells.entries()) {
      const last = column === columns - 1;
      const is = line.step();
      const gap = own[column]! - (is ? line.width : 0);
      const right = rightAligned[column]! && is;
      pen.byte(SPACE);
      if (right) pen.spaces(gap);
      if (is) pen.copy(window.bytes, line.start, line.end);
      if (is && line.more) more = true;
      if (!right && (!last || (is && line.more))) pen.spaces(gap);
      if (is && line.more) pen.byte(PLUS);
      else if (!last) pen.byte(SPACE);
      if (!last) pen.byte(BAR);
    }
    pen.byte(LINE_FEED);
    if (pen.full) await pen.flush();
  }
}
