/** A stream that speaks PostgreSQL's protocol with the embedded database, as a socket does with a server. */
import { Duplex } from 'node:stream';
import type { Engine } from './engine.js';

/** Terminate (PostgreSQL manual, "Message Formats"). */
const TERMINATE = 0x58;

/**
 * Ending it shuts the database down; destroying it ends the thread, whatever that is doing.
 *
 * Answers are pushed as they come, without regard to what the stream's buffer holds: PGlite can't be made to wait
 * in the middle of a statement. What comes is bounded by what is asked for (Execute with a number of rows).
 */
export function engineStream(engine: Engine): Duplex {
  const frontend = messageSlicer();
  let closing = false;
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, callback) {
      for (const messages of frontend(chunk)) engine.send(messages);
      callback();
    },
    final(callback) {
      closing = true;
      void engine.close().then(() => {
        stream.push(null);
        callback();
      });
    },
    destroy(error, callback) {
      void engine.terminate().then(() => callback(error));
    },
  });
  // As of net.Socket: postgres.js says goodbye only where this is `open`.
  Object.defineProperty(stream, 'readyState', {
    get: () => (stream.destroyed ? 'closed' : 'open'),
  });
  engine.onBytes = (bytes) => {
    if (!stream.destroyed && bytes.length > 0) {
      stream.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    }
  };
  void engine.ended.then(() => {
    if (closing || stream.destroyed) return;
    const reset = new Error('the embedded database stopped');
    stream.destroy(Object.assign(reset, { code: 'ECONNRESET' }));
  });
  return stream;
}

/**
 * Cuts what is written into whole messages: PGlite must get no part of one, and the first, which has no type byte
 * (StartupMessage), alone. A Terminate is left out: PGlite is closed in its own way.
 */
export function messageSlicer(): (chunk: Uint8Array) => Uint8Array[] {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  /** Bytes that have to be there before it is worth looking. */
  let wantedBytes = 0;
  let started = false;

  return (chunk) => {
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes < wantedBytes) return [];

    const bytes = Buffer.concat(pending);
    const runs: Uint8Array[][] = [[]];
    let offset = 0;
    for (;;) {
      const typeBytes = started ? 1 : 0;
      wantedBytes = typeBytes + 4;
      if (offset + wantedBytes > bytes.length) break;
      wantedBytes = typeBytes + bytes.readInt32BE(offset + typeBytes);
      if (offset + wantedBytes > bytes.length) break;
      const message = bytes.subarray(offset, offset + wantedBytes);
      if (!started) runs.push([message], []);
      else if (message[0] !== TERMINATE) runs.at(-1)!.push(message);
      started = true;
      offset += wantedBytes;
    }
    pending = [bytes.subarray(offset)];
    pendingBytes = bytes.length - offset;
    return runs.filter((run) => run.length > 0).map(copy);
  };
}

/** Into memory of its own: it is handed over to another thread, and node's small buffers share theirs. */
function copy(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
