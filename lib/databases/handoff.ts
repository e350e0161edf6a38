/** A driver pushes batches, a consumer pulls them: one batch in hand at a time, so that neither runs ahead. */

/** Thrown into the driver when the consumer wants no more. */
export class NoMoreWanted extends Error {
  constructor() {
    super('no more rows are wanted');
  }
}

export interface Handoff<T> {
  /** Resolves when the consumer has come back for more. Rejects with {@link NoMoreWanted} when it has left. */
  push(item: T): Promise<void>;
  /** The producer has finished, or failed: the consumer sees the failure after the last item. */
  finish(error?: { readonly reason: unknown }): void;
  /** Can be iterated once. */
  readonly items: AsyncIterable<T>;
  /** The consumer has left, with or without having iterated. */
  abandon(): void;
}

export function handoff<T>(): Handoff<T> {
  type Slot = { readonly item: T; readonly taken: () => void; readonly left: (e: Error) => void };
  let slot: Slot | undefined;
  let finished: { readonly error: { readonly reason: unknown } | undefined } | undefined;
  let abandoned = false;
  let wake: () => void = () => undefined;

  async function* take(): AsyncGenerator<T> {
    try {
      for (;;) {
        if (slot !== undefined) {
          const { item, taken } = slot;
          yield item;
          slot = undefined;
          taken();
        } else if (finished !== undefined) {
          if (finished.error !== undefined) throw finished.error.reason;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      abandon();
    }
  }

  function abandon(): void {
    abandoned = true;
    slot?.left(new NoMoreWanted());
    slot = undefined;
  }

  return {
    push: (item) =>
      new Promise((taken, left) => {
        if (abandoned) {
          left(new NoMoreWanted());
          return;
        }
        slot = { item, taken, left };
        wake();
      }),
    finish(error) {
      finished = { error };
      wake();
    },
    items: { [Symbol.asyncIterator]: take },
    abandon,
  };
}
