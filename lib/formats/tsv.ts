/** Tab-separated values, byte for byte as `COPY … TO STDOUT (FORMAT text, HEADER)` writes them: NULL is `\N`. */
import { copiedRows } from './copied.js';
import type { Format } from './format.js';

export const tsv: Format = {
  name: 'tsv',
  summary: "tab-separated values with a header, as COPY's text format has them",
  layout: 'text',
  words: 'none',
  open: (sink, columns) => copiedRows('text', sink, columns),
};
