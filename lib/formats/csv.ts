/** CSV, byte for byte as `COPY … TO STDOUT (FORMAT csv, HEADER)` writes it: LF line ends, the data as it is. */
import { copiedRows } from './copied.js';
import type { Format } from './format.js';

export const csv: Format = {
  name: 'csv',
  summary: 'comma-separated values with a header, as COPY writes them',
  layout: 'csv',
  words: 'none',
  open: (sink, columns) => copiedRows('csv', sink, columns),
};
