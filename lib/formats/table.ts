/** psql's tables, in windows; on a terminal that is too narrow for them, expanded. */
import { alignedLayout, columnWidths, totalWidth } from './aligned.js';
import { blockOf } from './block.js';
import { expandedLayout } from './expanded.js';
import type { Format } from './format.js';
import { measuredWriter } from './measured.js';
import { isRightAligned } from './numbers.js';

/**
 * The first window decides the header's widths. Each later one is at least as wide, and wider for itself alone
 * where it has to be: lines that are read together line up, and one long value does not widen all that follows.
 * Where the header and the first window are wider than the terminal, rows are shown expanded.
 */
export const table: Format = {
  name: 'table',
  summary: 'aligned columns, as psql prints them',
  layout: 'text',
  words: 'text',
  open(sink, columns, { width: screen, color }) {
    const headers = columns.map(({ name }) => blockOf(name));
    return measuredWriter({
      sink,
      columns,
      color,
      layout(first, paint) {
        const widths = columnWidths(
          headers.map(({ width }) => width),
          first,
        );
        const tooWide = screen !== undefined && totalWidth(widths) > screen;
        // Of a single column, expanded would be wider still. Without a row there is nothing to expand.
        return tooWide && columns.length > 1 && first.rowCount > 0
          ? expandedLayout(headers, paint)
          : alignedLayout(headers, { widths, rightAligned: columns.map(isRightAligned), paint });
      },
    });
  },
};
