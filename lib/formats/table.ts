/**
 * psql's tables. Columns can only be aligned once they are measured, so rows are taken in windows: memory stays
 * flat, and the first rows show while the rest is on its way.
 */
import { alignedLayout, columnWidths, totalWidth } from './aligned.js';
import { blockOf, type Block } from './block.js';
import { chunksFor } from './chunks.js';
import { expandedLayout } from './expanded.js';
import { fieldReader } from './fields.js';
import type { Format, Trailer } from './format.js';

/** How measured rows become lines. */
export interface Layout {
  /** What stands before the first row. */
  readonly opening: string;
  /** The lines of each row, made when asked for: one long value pads every row of its window. */
  rows(window: readonly (readonly Block[])[]): Iterable<string>;
}

const WINDOW_ROWS = 1000;
/** Characters of values after which a window is full whatever its rows. */
const WINDOW_LENGTH = 1024 * 1024;

/** OIDs of the types that psql aligns to the right; the server sends a domain as its base type. */
const RIGHT_ALIGNED = new Set([
  21, // int2
  23, // int4
  20, // int8
  700, // float4
  701, // float8
  1700, // numeric
  26, // oid
  28, // xid
  5069, // xid8
  29, // cid
  790, // money
]);

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
  open(sink, columns, { width: screen }) {
    const headers = columns.map(({ name }) => blockOf(name));
    const rightAligned = columns.map(({ oid }) => RIGHT_ALIGNED.has(oid));
    const chunks = chunksFor(sink);
    let layout: Layout | undefined;
    let window: Block[][] = [];
    let length = 0;
    const fields = fieldReader(columns.length);

    const choose = (): Layout => {
      const widths = columnWidths(
        headers.map(({ width }) => width),
        window,
      );
      const tooWide = screen !== undefined && totalWidth(widths) > screen;
      // Of a single column, expanded would be wider still. Without a row there is nothing to expand.
      return tooWide && columns.length > 1 && window.length > 0
        ? expandedLayout(headers)
        : alignedLayout(headers, widths, rightAligned);
    };

    const flush = async () => {
      if (layout === undefined) {
        layout = choose();
        await chunks.add(layout.opening);
      }
      for (const lines of layout.rows(window)) await chunks.add(lines);
      await chunks.flush();
      window = [];
      length = 0;
    };

    return {
      async rows(chunk) {
        for (const row of fields(chunk)) {
          window.push(row.map(blockOf));
          for (const cell of row) length += cell?.length ?? 0;
          if (window.length >= WINDOW_ROWS || length >= WINDOW_LENGTH) await flush();
        }
      },
      async end(trailer) {
        await flush();
        await chunks.add(summary(trailer));
        await chunks.flush();
      },
    };
  },
};

/**
 * With psql's empty line after it. psql counts no expanded rows; here they are counted too, since a result
 * without this line broke off.
 */
function summary({ rowCount, truncated }: Trailer): string {
  const rows = rowCount === 1 ? '1 row' : `${rowCount} rows`;
  return truncated ? `(${rows}, truncated)\n\n` : `(${rows})\n\n`;
}
