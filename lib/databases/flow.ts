/** Rows between a session that pushes and a reader that pulls: a bounded buffer, so that neither runs far ahead. */
import type { RowChunk } from './database.js';

/** Bytes that wait for the reader before the session is held up. */
const HIGH_BYTES = 1024 * 1024;

export interface Flow {
  push(chunk: RowChunk): void;
  /** The session has no more, or has failed: the reader gets to know after the last chunk. */
  end(failure?: { readonly reason: unknown }): void;
  /** Resolves when the reader has come back for more than there is, or wants no more. */
  drained(): Promise<void>;
  /** The next chunk; undefined at the end. Rejects with the failure. */
  next(): Promise<RowChunk | undefined>;
  /** The reader wants no more: what comes is dropped. */
  discard(): void;
  readonly discarded: boolean;
  /** What came since it was last asked. */
  taken(): { readonly rows: number; readonly bytes: number };
}

/** @param source is held up while the buffer is full */
export function openFlow(source: { pause(): void; resume(): void }): Flow {
  let waiting: RowChunk[] = [];
  let bytes = 0;
  let ended: { readonly failure: { readonly reason: unknown } | undefined } | undefined;
  let discarded = false;
  /** The reader has come back for more than there is. */
  let asking = false;
  let held = false;
  let wake: () => void = () => undefined;
  let since = { rows: 0, bytes: 0 };
  let whenDrained: (() => void)[] = [];

  const release = () => {
    if (held) source.resume();
    held = false;
  };
  const tellDrained = () => {
    for (const resolve of whenDrained) resolve();
    whenDrained = [];
  };

  return {
    push(chunk) {
      since = { rows: since.rows + chunk.ends.length, bytes: since.bytes + chunk.bytes.length };
      if (discarded) return;
      asking = false;
      waiting.push(chunk);
      bytes += chunk.bytes.length;
      if (bytes >= HIGH_BYTES && !held) {
        held = true;
        source.pause();
      }
      wake();
    },
    end(failure) {
      ended ??= { failure };
      wake();
    },
    drained() {
      if (discarded || asking) return Promise.resolve();
      return new Promise((resolve) => whenDrained.push(resolve));
    },
    async next() {
      asking = waiting.length === 0;
      if (asking) tellDrained();
      while (waiting.length === 0 && ended === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      asking = false;
      const chunk = waiting.shift();
      if (chunk === undefined) {
        if (ended?.failure !== undefined) throw ended.failure.reason;
        return undefined;
      }
      bytes -= chunk.bytes.length;
      if (waiting.length === 0) release();
      return chunk;
    },
    discard() {
      discarded = true;
      waiting = [];
      bytes = 0;
      release();
      tellDrained();
    },
    taken() {
      const taken = since;
      since = { rows: 0, bytes: 0 };
      return taken;
    },
    get discarded() {
      return discarded;
    },
  };
}
