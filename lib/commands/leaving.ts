/** A person who quits the pager has seen enough of a result: it is stopped, and what they saw counts as delivered. */
import type { ResultColumn, Statement } from '../databases/database.js';
import type { Format } from '../formats/format.js';
import type { Delivery } from './delivery.js';

/**
 * @param left aborts when they quit
 * @param deliver is given the format to write in
 * @throws what `deliver` throws, but for what comes of their leaving
 */
export async function untilLeft(
  { sql }: Statement,
  format: Format,
  left: AbortSignal,
  deliver: (format: Format) => Promise<Delivery>,
): Promise<Delivery> {
  let seen: { readonly columns: readonly ResultColumn[]; rowCount: number } | undefined;
  const watched: Format = {
    ...format,
    open(sink, columns, options) {
      const count = { columns, rowCount: 0 };
      seen = count;
      const writer = format.open(sink, columns, options);
      return {
        ...writer,
        async rows(chunk) {
          count.rowCount += chunk.ends.length;
          await writer.rows(chunk);
        },
      };
    },
  };
  try {
    return await deliver(watched);
  } catch (error) {
    if (!left.aborted || seen === undefined) throw error;
    return { sql, ...seen, truncated: false, cutBy: undefined };
  }
}
