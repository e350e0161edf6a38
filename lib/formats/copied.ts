/** What csv and tsv have in common: a header, and the rows as they come. */
import type { ResultColumn } from '../databases/database.js';
import type { Sink } from '../io.js';
import { openByteWriter, type RowLayout, rowWriter } from '../rows.js';
import type { Writer } from './format.js';

/** The header goes out with the first rows, so that a statement that fails before them leaves nothing behind. */
export function copiedRows(
  layout: RowLayout,
  sink: Sink,
  columns: readonly ResultColumn[],
): Writer {
  let header: Uint8Array | undefined = headerOf(layout, columns);
  const framing = { bytes: header.length, perRow: 0 };
  const begin = async () => {
    const first = header;
    header = undefined;
    if (first !== undefined) await sink.write(first);
  };
  return {
    async rows({ bytes }) {
      await begin();
      await sink.write(bytes);
    },
    end: begin,
    framing,
  };
}

/** The names, as COPY's HEADER writes them. */
function headerOf(layout: RowLayout, columns: readonly ResultColumn[]): Uint8Array {
  const out = openByteWriter(256);
  rowWriter(layout, [])(
    out,
    columns.map(({ name, bytes }) => bytes ?? Buffer.from(name)),
  );
  return out.take();
}
