/** Limits on rows that are on their way: where a chunk has to end, so that no row is torn and no byte too many. */
import type { RowChunk } from '../rows.js';

export interface Room {
  readonly rows: number;
  readonly bytes: number;
  /** Bytes that each row takes besides its own. */
  readonly perRow: number;
}

/**
 * As many rows of a chunk as there is room for. `cut`: there was not enough of it. Where bytes have no limit, the
 * beginning of a row that there is room for goes with them: nobody has to hold a row that is larger than a chunk.
 */
export function fit(
  { bytes, ends }: RowChunk,
  room: Room,
): { readonly chunk: RowChunk; readonly cut: 'rows' | 'bytes' | undefined } {
  let count = 0;
  const fits = () => ends[count]! + (count + 1) * room.perRow <= room.bytes;
  while (count < ends.length && count < room.rows && fits()) count++;
  const to = count === 0 ? 0 : ends[count - 1]!;
  const begins = count === ends.length && count < room.rows && room.bytes === Infinity;
  if (to === bytes.length || begins) return { chunk: { bytes, ends }, cut: undefined };
  const cut = count >= room.rows ? 'rows' : 'bytes';
  return { chunk: { bytes: bytes.subarray(0, to), ends: ends.slice(0, count) }, cut };
}

/**
 * Chunks of whole rows only. A row of which more than `maxBytes` have come is handed on as it is, without its end:
 * whoever limits bytes has no room for it.
 */
export async function* ofWholeRows(
  chunks: AsyncIterable<RowChunk>,
  maxBytes: number,
): AsyncGenerator<RowChunk> {
  let torn: Uint8Array[] = [];
  let tornBytes = 0;
  for await (const { bytes, ends } of chunks) {
    const last = ends.at(-1) ?? 0;
    if (last > 0) {
      const whole = bytes.subarray(0, last);
      if (torn.length === 0) yield { bytes: whole, ends };
      else {
        const before = tornBytes;
        yield { bytes: Buffer.concat([...torn, whole]), ends: ends.map((end) => end + before) };
      }
      torn = [];
      tornBytes = 0;
    }
    if (last === bytes.length) continue;
    torn.push(bytes.subarray(last));
    tornBytes += bytes.length - last;
    if (tornBytes > maxBytes) yield { bytes: Buffer.concat(torn), ends: [] };
  }
}
