/** CSV, byte for byte as `COPY … TO STDOUT (FORMAT csv, HEADER)` writes it: LF line ends, the data as it is. */
import type { Cell } from '../databases/database.js';
import { chunksFor } from './chunks.js';
import type { Format } from './format.js';
import { csvField } from './value.js';

export const csv: Format = {
  name: 'csv',
  summary: 'comma-separated values with a header, as COPY writes them',
  encoding: 'text',
  words: 'none',
  open(sink, columns) {
    const alone = columns.length === 1;
    const line = (cells: readonly Cell[]) =>
      `${cells.map((cell) => csvField(cell, alone)).join(',')}\n`;
    const chunks = chunksFor(sink, line(columns.map(({ name }) => name)));
    return {
      async rows(batch) {
        for (const row of batch) await chunks.add(line(row));
      },
      end: () => chunks.flush(),
    };
  },
};
