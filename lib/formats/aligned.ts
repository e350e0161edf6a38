/** psql's aligned layout with border 1: a header, a rule, and a line for each row. */
import { height, widest, type Block, type Line } from './block.js';
import type { Layout } from './table.js';

/**
 * @param widths the columns' widths, which the header keeps to; a window with wider values has columns of its own
 * @param rightAligned by column
 */
export function alignedLayout(
  headers: readonly Block[],
  widths: readonly number[],
  rightAligned: readonly boolean[],
): Layout {
  return {
    opening: headerLines(headers, widths) + rule(widths),
    *rows(window) {
      const own = columnWidths(widths, window);
      for (const row of window) yield rowLines(row, own, rightAligned);
    },
  };
}

/** The widest block of each column, and no less than the widths given. */
export function columnWidths(least: readonly number[], rows: readonly (readonly Block[])[]) {
  return least.map((width, column) => Math.max(width, widest(rows.map((row) => row[column]!))));
}

/** What a row takes on a terminal: a space on each side of a column, but none after the last, and the dividers. */
export function totalWidth(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width + 3, 0) - 1;
}

function headerLines(headers: readonly Block[], widths: readonly number[]): string {
  if (headers.length === 0) return '';
  return linesOf(headers, (line, column, mark) => {
    const width = widths[column]!;
    if (line === undefined) return ` ${' '.repeat(width)} `;
    const gap = width - line.width;
    const left = gap >> 1;
    return ` ${' '.repeat(left)}${line.text}${' '.repeat(gap - left)}${mark ?? ' '}`;
  });
}

function rule(widths: readonly number[]): string {
  return `-${widths.map((width) => '-'.repeat(width)).join('-+-')}-\n`;
}

/** Space after the last column is left out, unless a mark stands behind it. */
function rowLines(
  row: readonly Block[],
  widths: readonly number[],
  rightAligned: readonly boolean[],
): string {
  if (row.length === 0) return '';
  return linesOf(row, (line, column, mark) => {
    const last = column === row.length - 1;
    const gap = ' '.repeat(widths[column]! - (line?.width ?? 0));
    const text = line?.text ?? '';
    if (rightAligned[column]! && line !== undefined) {
      return ` ${gap}${text}${mark ?? (last ? '' : ' ')}`;
    }
    return ` ${text}${last && mark === undefined ? '' : gap}${mark ?? (last ? '' : ' ')}`;
  });
}

/**
 * As many lines as the highest block has. `mark` is the `+` of a block that goes on in the next line; `line` is
 * undefined once it has ended.
 */
function linesOf(
  blocks: readonly Block[],
  part: (line: Line | undefined, column: number, mark: '+' | undefined) => string,
): string {
  let text = '';
  const count = height(blocks);
  for (let n = 0; n < count; n++) {
    text += blocks
      .map(({ lines }, column) => part(lines[n], column, n + 1 < lines.length ? '+' : undefined))
      .join('|');
    text += '\n';
  }
  return text;
}
