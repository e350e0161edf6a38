/** A format that is watched while it writes: rows and bytes so far, for progress and for what is said in the end. */
import type { Format } from '../formats/format.js';

export interface Measure {
  readonly rows: number;
  /** Before any compression. */
  readonly bytes: number;
}

/** The same format, and what it has written by now. */
export function measured(format: Format): { readonly format: Format; readonly so: Measure } {
  const so = { rows: 0, bytes: 0 };
  return {
    so,
    format: {
      ...format,
      open(sink, columns, options) {
        const writer = format.open(
          {
            async write(chunk) {
              await sink.write(chunk);
              so.bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
            },
          },
          columns,
          options,
        );
        return {
          ...writer,
          async rows(chunk) {
            await writer.rows(chunk);
            so.rows += chunk.ends.length;
          },
        };
      },
    },
  };
}
