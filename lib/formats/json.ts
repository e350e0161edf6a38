/** One JSON array with a row's object on each line; it stays unclosed where the result breaks off. */
import { chunksFor } from './chunks.js';
import type { Format } from './format.js';
import { rowEncoder } from './record.js';

export const json: Format = {
  name: 'json',
  summary: 'an array of objects, as row_to_json gives them',
  encoding: 'json',
  words: 'json',
  open(sink, columns, { warn }) {
    const chunks = chunksFor(sink);
    const encode = rowEncoder(columns, warn);
    let before = '[';
    return {
      async rows(batch) {
        for (const row of batch) {
          await chunks.add(before + encode(row));
          before = ',\n';
        }
      },
      async end() {
        await chunks.add(before === '[' ? '[]\n' : ']\n');
        await chunks.flush();
      },
    };
  },
};
