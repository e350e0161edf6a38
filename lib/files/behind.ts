/** Small pieces gathered into large writes, one of which is under way while the next is filled. */

/** Beyond this size a write costs no less for each byte. */
const SIZE = 256 * 1024;

export interface Behind {
  /** Takes the bytes over. Rejects with what an earlier write failed with. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Resolves when everything is written. */
  flush(): Promise<void>;
}

export function writeBehind(send: (bytes: Uint8Array) => Promise<void>): Behind {
  let filling: Buffer = Buffer.allocUnsafeSlow(SIZE);
  let other: Buffer | undefined;
  let used = 0;
  let underWay: Promise<void> = Promise.resolve();

  async function sendFilled(): Promise<void> {
    await underWay;
    const filled = filling;
    underWay = send(filled.subarray(0, used));
    // The next call tells.
    underWay.catch(() => undefined);
    filling = other ?? Buffer.allocUnsafeSlow(SIZE);
    other = filled;
    used = 0;
  }

  return {
    async write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      for (let offset = 0; offset < bytes.byteLength;) {
        const piece = bytes.subarray(offset, offset + SIZE - used);
        filling.set(piece, used);
        used += piece.byteLength;
        offset += piece.byteLength;
        if (used === SIZE) await sendFilled();
      }
    },
    async flush() {
      if (used > 0) await sendFilled();
      await underWay;
    },
  };
}
