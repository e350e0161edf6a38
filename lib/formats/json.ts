/** One JSON array with a row's object on each line; it stays unclosed where the result breaks off. */
import type { Format } from './format.js';
import { tellRenamed } from './renamed.js';

const COMMA = 0x2c;
const LINE_FEED = 0x0a;

export const json: Format = {
  name: 'json',
  summary: 'an array of objects, as row_to_json gives them',
  layout: 'json',
  words: 'json',
  open(sink, columns, { warn }) {
    tellRenamed(columns, warn);
    let opened = false;
    /** Whether a row has ended, of which nobody knows yet whether it is the last. */
    let between = false;
    return {
      async rows({ bytes, ends }) {
        // A row's line feed becomes a comma and a line feed in front of the next.
        const out = Buffer.allocUnsafe(bytes.length + ends.length + 3);
        let to = 0;
        if (!opened) out[to++] = 0x5b;
        opened = true;
        let from = 0;
        const add = (end: number) => {
          if (end === from) return;
          if (between) {
            out[to++] = COMMA;
            out[to++] = LINE_FEED;
            between = false;
          }
          out.set(bytes.subarray(from, end), to);
          to += end - from;
        };
        for (const end of ends) {
          add(end - 1);
          between = true;
          from = end;
        }
        add(bytes.length);
        await sink.write(out.subarray(0, to));
      },
      end: () => sink.write(opened ? ']\n' : '[]\n'),
      framing: { bytes: 2, perRow: 1 },
    };
  },
};
