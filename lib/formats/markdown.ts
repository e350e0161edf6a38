/** GitHub's tables: every value as it is, whatever it would mean in Markdown or HTML. */
import type { ResultColumn, RowChunk } from '../databases/database.js';
import type { Format } from './format.js';
import { displayLine } from './display.js';
import { isRightAligned } from './numbers.js';
import { Pen } from './pen.js';
import { rowsOf } from './rows.js';
import { isNull, unescape } from './unescape.js';
import { showCell } from './visible.js';

/**
 * Streams, as nothing has to line up. There is no trailer: whatever followed the rows would be read as text, or as a
 * row. That a result was cut or broke off is told on stderr and by the exit code, as with CSV.
 */
export const markdown: Format = {
  name: 'markdown',
  summary: "a table for documents, in GitHub's Markdown",
  layout: 'text',
  words: 'text',
  open(sink, columns, { warn }) {
    const pen = new Pen(sink);
    const rows = rowsOf(columns);
    let opened = false;
    const open = () => {
      if (opened) return;
      opened = true;
      if (columns.length === 0) warn('a table without columns is nothing in Markdown');
      else pen.text(header(columns));
    };
    return {
      async rows(chunk: RowChunk) {
        for (const row of rows.from(chunk)) {
          open();
          if (columns.length === 0) continue;
          writeRow(row, pen);
          if (pen.full) await pen.flush();
        }
      },
      async end() {
        open();
        await pen.flush();
      },
    };
  },
};
