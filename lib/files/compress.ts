/** What is written to `x.csv.gz` arrives compressed: between the rows and their file, as the file's name says. */
import type * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { UsageError } from '../errors.js';
import type { AtomicFile } from './write.js';

/** By the last part of a file's name. */
const COMPRESSIONS = { gz: 'gzip', br: 'brotli', zst: 'zstd' } as const;

export type Compression = (typeof COMPRESSIONS)[keyof typeof COMPRESSIONS];

/** Bytes that may wait for the compressor, which works in a thread of its own. */
const WAITING_BYTES = 1024 * 1024;
const CHUNK_BYTES = 128 * 1024;
/** Of 11: its default is made for what is compressed once and read a million times, and takes a minute for 100 MB. */
const BROTLI_QUALITY = 5;

/** The compression that a file's name asks for, and the name without it. */
export function compressionOf(path: string): {
  readonly compression: Compression | undefined;
  readonly bare: string;
} {
  const [, bare, suffix] = /^(.*[^/])\.(gz|br|zst)$/is.exec(path) ?? [];
  if (bare === undefined || suffix === undefined) return { compression: undefined, bare: path };
  return { compression: COMPRESSIONS[suffix.toLowerCase() as keyof typeof COMPRESSIONS], bare };
}

/**
 * Makes a file take what is written to it compressed. Called before the file is opened, so that nothing is run in vain.
 *
 * @throws {UsageError} this Node can't compress so
 */
export async function openCompressor(
  compression: Compression,
  path: string,
): Promise<(file: AtomicFile) => AtomicFile> {
  const library = await import('node:zlib');
  const make = makers(library)[compression];
  if (make === undefined) {
    throw new UsageError(`${path} can't be written: this Node.js does not know ${compression}`, {
      hint: 'choose .gz or .br, or run pgask with Node.js 22.15 or newer',
    });
  }
  return (file) => compressed(make(), file);
}

/** zstd came with Node.js 22.15, and the types of older ones do not have it. */
type Library = typeof zlib & {
  readonly createZstdCompress?: (options: { readonly chunkSize: number }) => Transform;
};

function makers(library: Library): Readonly<Record<Compression, (() => Transform) | undefined>> {
  const options = { chunkSize: CHUNK_BYTES, highWaterMark: WAITING_BYTES };
  const { createZstdCompress: zstd, constants } = library;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  return {
    gzip: () => library.createGzip(options),
    brotli: () => library.createBrotliCompress({ ...options, params }),
    zstd: zstd && (() => zstd(options)),
  };
}

function compressed(compressor: Transform, file: AtomicFile): AtomicFile {
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    compressor.destroy();
  };
  const pumped = pump(compressor, file).catch(fail);
  // Without a listener it would end the process; the pump reports the same error.
  compressor.on('error', fail);
  const check = () => {
    if (failure !== undefined) throw failure.error;
  };
  return {
    async write(chunk) {
      check();
      // The writer may use its buffer again as soon as this resolves, and the compressor reads it later.
      const taken = compressor.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk));
      if (!taken) await roomIn(compressor);
      check();
    },
    async commit() {
      check();
      compressor.end();
      await pumped;
      check();
      await file.commit();
    },
    async abort() {
      compressor.destroy();
      await pumped;
      await file.abort();
    },
  };
}

async function pump(compressor: Transform, file: AtomicFile): Promise<void> {
  for await (const chunk of compressor) await file.write(chunk as Uint8Array);
}

/** Resolves when the stream takes more, or never will. */
function roomIn(stream: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    if (stream.destroyed) resolve();
    else stream.once('drain', done).once('close', done);
  });
}
