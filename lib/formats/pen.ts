/** Lines of bytes on their way to the sink: a write costs, so they are gathered. */
import type { Sink } from '../io.js';

/** Bytes after which what is written goes out. */
const CHUNK_BYTES = 64 * 1024;

const SPACE = 0x20;
/** Up to so many bytes a loop is faster than a call. */
const SHORT = 48;

export class Pen {
  /** What is written and has not gone out: the first `length` of these. */
  bytes = newBytes();
  length = 0;
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** To be asked at the end of a line, so that no line is torn between two chunks: `if (pen.full) await pen.flush()`. */
  get full(): boolean {
    return this.length >= CHUNK_BYTES;
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    const chunk = this.bytes.subarray(0, this.length);
    // The sink may keep what it was given until it is written.
    this.bytes = newBytes();
    this.length = 0;
    await this.#sink.write(chunk);
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  spaces(count: number): void {
    this.#reserve(count);
    const { bytes } = this;
    const end = this.length + count;
    if (count <= SHORT) for (let i = this.length; i < end; i++) bytes[i] = SPACE;
    else bytes.fill(SPACE, this.length, end);
    this.length = end;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.#reserve(count);
    const { bytes, length } = this;
    if (count <= SHORT) for (let i = 0; i < count; i++) bytes[length + i] = from[start + i]!;
    else bytes.set(from.subarray(start, end), length);
    this.length = length + count;
  }

  text(text: string): void {
    // A UTF-16 unit takes at most three bytes.
    this.#reserve(text.length * 3);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}

/** A chunk is written out soon after it is full: there is room for the line that fills it. */
function newBytes(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK_BYTES + CHUNK_BYTES / 8);
}

const encoder = new TextEncoder();
