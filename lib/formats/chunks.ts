/** Rows are short and a write costs: they are gathered into chunks on their way to the sink. */
import type { Sink } from '../io.js';

/** UTF-16 units after which a chunk is written. */
const CHUNK_LENGTH = 64 * 1024;

export interface Chunks {
  /** Adds whole lines. Resolves when there is room for more. */
  add(text: string): Promise<void> | undefined;
  /** Writes what is left. */
  flush(): Promise<void>;
}

/**
 * Chunks end where an added text ends: a row is never torn between two of them.
 *
 * @param opening goes out with the first rows, so that a statement that fails before them leaves nothing behind
 */
export function chunksFor(sink: Sink, opening = ''): Chunks {
  let pending = opening;
  const flush = async () => {
    const chunk = pending;
    pending = '';
    if (chunk !== '') await sink.write(chunk);
  };
  return {
    add(text) {
      pending += text;
      return pending.length >= CHUNK_LENGTH ? flush() : undefined;
    },
    flush,
  };
}
