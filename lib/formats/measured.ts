/**
 * Writers that must measure rows before they can write them. Rows are taken in windows: memory stays flat, and the
 * first rows show while the rest is on its way.
 */
import type { ResultColumn } from '../databases/database.js';
import { openPainter, type Painter, type Sink } from '../io.js';
import type { Trailer, Writer } from './format.js';
import type { Layout } from './layout.js';
import { Pen } from './pen.js';
import { Window } from './window.js';

export interface MeasuredOptions {
  readonly sink: Sink;
  readonly columns: readonly ResultColumn[];
  readonly color: boolean;
  /** Asked once, when the first window is there: it is full, or all that there is. */
  readonly layout: (first: Window, paint: Painter) => Layout;
}

export function measuredWriter({ sink, columns, color, layout }: MeasuredOptions): Writer {
  const window = new Window(columns);
  const pen = new Pen(sink);
  let chosen: Layout | undefined;

  const write = async () => {
    if (chosen === undefined) {
      chosen = layout(window, await openPainter(color));
      chosen.open(pen);
    }
    await chosen.rows(window, pen);
    window.clear();
  };

  return {
    async rows(chunk) {
      for (let row = window.take(chunk, 0); window.full; row = window.take(chunk, row)) {
        await write();
      }
      await pen.flush();
    },
    async end(trailer) {
      await write();
      const paint = await openPainter(color);
      pen.text(`${paint.faint(summary(trailer))}\n\n`);
      await pen.flush();
    },
  };
}

/** psql counts no expanded rows; here they are counted too, since a result without this line broke off. */
function summary({ rowCount, truncated }: Trailer): string {
  const rows = rowCount === 1 ? '1 row' : `${rowCount} rows`;
  return truncated ? `(${rows}, truncated)` : `(${rows})`;
}
