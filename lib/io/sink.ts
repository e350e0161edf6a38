/** Where a result goes, piece by piece: each write resolves when the system has taken the piece whole. */
import { fstatSync, write } from 'node:fs';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, InterruptedError, OutputError, PgaskError } from '../errors.js';

export interface Sink {
  /** Resolves when the sink can take more: awaiting it is backpressure. */
  write(chunk: string | Uint8Array): Promise<void>;
}

/** Milliseconds until the next try where a descriptor that does not block is full. */
const AGAIN_MS = 10;

export type Destination = Writable & { readonly fd?: number; readonly isTTY?: boolean };

/**
 * @param signal ends the wait for a reader that does not read, with its reason
 * @param onGone is told once when there is no reader any more
 */
export function openSink(stream: Destination, signal: AbortSignal, onGone: () => void): Sink {
  const fd = fileDescriptor(stream);
  const send = fd === undefined ? streamWriter(stream, signal) : descriptorWriter(fd, signal);
  return {
    async write(chunk) {
      try {
        await send(chunk);
      } catch (error) {
        const told = writeError(error as NodeJS.ErrnoException);
        if (told instanceof InterruptedError && told.exit === EXIT.readerGone) onGone();
        throw told;
      }
    },
  };
}

/** Of a file or a device: Node's own stream takes a short write for a whole one. */
function fileDescriptor({ fd, isTTY }: Destination): number | undefined {
  if (fd === undefined || isTTY === true) return undefined;
  try {
    const kind = fstatSync(fd);
    return kind.isFile() || kind.isCharacterDevice() || kind.isBlockDevice() ? fd : undefined;
  } catch {
    return undefined;
  }
}

/** Writes at the descriptor's own place: what was written before by others, or is written afterwards, stays. */
export function descriptorWriter(fd: number, signal: AbortSignal | undefined): Sink['write'] {
  return async (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let offset = 0; offset < bytes.byteLength;) {
      signal?.throwIfAborted();
      // A disk that fills up takes a part, and says so only to the next call.
      const written = await writeSome(fd, bytes.subarray(offset));
      offset += written;
      if (written === 0) await delay(AGAIN_MS);
    }
  };
}

/** How many bytes were taken; 0 where a terminal, say, takes none just now. */
function writeSome(fd: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.byteLength, null, (error, written) => {
      if (error === null) resolve(written);
      else if (error.code === 'EAGAIN') resolve(0);
      else reject(error);
    });
  });
}

/** For pipes, sockets and terminals: waits for a reader without holding a thread, which would outlast a signal. */
export function streamWriter(stream: Writable, signal: AbortSignal | undefined): Sink['write'] {
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure ??= error;
  });
  return (chunk) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined || signal?.aborted === true) {
        reject(failure ?? (signal?.reason as Error));
        return;
      }
      const abort = () => reject(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      // The callback comes when the chunk is in the kernel: that is the backpressure, and the error too.
      stream.write(chunk, (error) => {
        signal?.removeEventListener('abort', abort);
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EIO: 'the disk or the connection to it failed',
  EBADF: 'stdout is not open for writing',
};

function writeError(error: NodeJS.ErrnoException): Error {
  if (error instanceof PgaskError) return error;
  if (error.code === 'EPIPE' || error.code === 'ECONNRESET' || isDestroyed(error)) {
    return new InterruptedError(EXIT.readerGone);
  }
  const why = REASONS[error.code ?? ''] ?? error.code ?? error.message;
  return new OutputError(`the result could not be written: ${why}`, { cause: error });
}

function isDestroyed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}
