/** psql's expanded tables, in windows: a line for each value. */
import { blockOf } from './block.js';
import { expandedLayout } from './expanded.js';
import type { Format } from './format.js';
import { measuredWriter } from './measured.js';

export const vertical: Format = {
  name: 'vertical',
  summary: 'a line for each value, as psql prints them expanded',
  layout: 'text',
  words: 'text',
  open(sink, columns, { color }) {
    const headers = columns.map(({ name }) => blockOf(name));
    const layout = (_first: unknown, paint: Parameters<typeof expandedLayout>[1]) =>
      expandedLayout(headers, paint);
    return measuredWriter({ sink, columns, color, layout });
  },
};
