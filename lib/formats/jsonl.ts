/** JSON Lines: one row's object a line, whatever white space a json value holds. */
import { chunksFor } from './chunks.js';
import type { Format } from './format.js';
import { rowEncoder } from './record.js';

export const jsonl: Format = {
  name: 'jsonl',
  summary: 'one JSON object a line',
  encoding: 'json',
  words: 'json',
  open(sink, columns, { warn }) {
    const chunks = chunksFor(sink);
    const encode = rowEncoder(columns, warn);
    return {
      async rows(batch) {
        for (const row of batch) await chunks.add(`${onOneLine(encode(row))}\n`);
      },
      end: () => chunks.flush(),
    };
  },
};

/** Within strings JSON has no bare line break, so that any is white space of a json value. */
function onOneLine(row: string): string {
  return row.replace(/[\r\n]/g, ' ');
}
