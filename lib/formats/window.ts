/** Rows that are measured together: where their cells are, and how wide. In bytes, as most cells are shown as they came. */
import type { ResultColumn, RowChunk } from '../databases/database.js';
import { LimitError } from '../errors.js';
import { simpleWidth } from './measure.js';
import { isNull, unescape } from './unescape.js';
import { showCell } from './visible.js';

const WINDOW_ROWS = 1000;
/** Bytes of rows after which a window is full however few they are. */
const WINDOW_BYTES = 2 * 1024 * 1024;
/** Bytes of one row, as it comes and as it is shown. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** Up to so many bytes a loop is faster than a call. */
const SHORT = 48;

const TAB = 1;
const LINE_FEED = 2;
/** A backslash, or a control character that COPY leaves as it is. */
const UNFIT = 4;
const BEYOND_ASCII = 8;

/** What a byte means to a cell; 0 for printable ASCII. */
const KIND = new Uint8Array(256).map((_, byte) => {
  if (byte === 0x09) return TAB;
  if (byte === 0x0a) return LINE_FEED;
  if (byte < 0x20 || byte === 0x7f || byte === 0x5c) return UNFIT;
  return byte < 0x80 ? 0 : BEYOND_ASCII;
});

export class Window {
  /** The cells' text: what may be shown, with a line feed where a value has a line break. */
  bytes: Uint8Array = new Uint8Array(256 * 1024);
  /** By cell, row after row: where it begins and ends in `bytes`, and the width of its widest line. */
  starts = new Int32Array(8 * 1024);
  ends = new Int32Array(8 * 1024);
  widths = new Int32Array(8 * 1024);
  /** Whether any cell of a row has several lines. */
  readonly tall = new Uint8Array(WINDOW_ROWS);
  rowCount = 0;
  /** Of the widest cell of each column. */
  readonly columnWidths: Int32Array;
  readonly #columns: readonly ResultColumn[];
  #length = 0;
  #rowBytes = 0;
  /** Where a row begins whose end is yet to come; all that is behind it is its. */
  #torn: number | undefined;

  constructor(columns: readonly ResultColumn[]) {
    this.#columns = columns;
    this.columnWidths = new Int32Array(columns.length);
  }

  get full(): boolean {
    return this.rowCount >= WINDOW_ROWS || this.#rowBytes >= WINDOW_BYTES;
  }

  /** Whether a row has begun that is not whole yet; the window must not be cleared then. */
  get torn(): boolean {
    return this.#torn !== undefined;
  }

  /**
   * Takes rows until the window is full.
   *
   * @param first which of the chunk's rows is the first that was not taken yet
   * @returns which is the next
   * @throws {LimitError} a row is larger than people want to look at
   */
  take({ bytes, ends }: RowChunk, first: number): number {
    const from = first === 0 ? 0 : ends[first - 1]!;
    let last = first;
    let rows = this.rowCount;
    let taken = this.#rowBytes;
    // What came before of a torn row counts with it, so that chunks make no difference to windows.
    let begin = from - (this.#torn === undefined ? 0 : this.#length - this.#torn);
    while (last < ends.length && rows < WINDOW_ROWS && taken < WINDOW_BYTES) {
      const end = ends[last]!;
      taken += end - begin;
      begin = end;
      rows += 1;
      last += 1;
    }
    const to = last === first ? from : ends[last - 1]!;
    if (to > from) {
      const start = this.#torn ?? this.#length;
      this.#append(bytes, from, to);
      this.#torn = undefined;
      this.#rowBytes = taken;
      this.#scan(start, this.#length);
    }
    if (last === ends.length && to < bytes.length && !this.full) this.#tear(bytes, to);
    return last;
  }

  /** For the next window, once these rows are written. */
  clear(): void {
    this.rowCount = 0;
    this.columnWidths.fill(0);
    this.#length = 0;
    this.#rowBytes = 0;
    // What one huge row needed is not kept for all that follow.
    if (this.bytes.length > 4 * WINDOW_BYTES) this.bytes = new Uint8Array(WINDOW_BYTES);
  }

  /** Cells from whole rows. */
  #scan(from: number, to: number): void {
    const columns = this.#columns.length;
    let cell = this.rowCount * columns;
    let rowStart = from;
    let rowEnd = cell + columns;
    let start = from;
    let kinds = 0;
    let tall = false;
    // `#long` may put other bytes in their place, with the same in them.
    let bytes = this.bytes;
    for (let i = from; i < to; i++) {
      const kind = KIND[bytes[i]!]!;
      if (kind === 0) continue;
      if (kind > LINE_FEED) {
        kinds |= kind;
        continue;
      }
      if (columns > 0) {
        if (cell === rowEnd) throw new Error(`a row has more cells than ${columns} columns`);
        if (cell >= this.starts.length) this.#growCells();
        const width = kinds === 0 ? i - start : this.#widthOf(bytes, start, i, kinds);
        if (width >= 0) {
          this.#place(cell, start, i, width);
        } else if (isNull(bytes, start, i)) {
          this.#place(cell, start, start, 0);
        } else {
          if (this.#long(cell, start, i)) tall = true;
          bytes = this.bytes;
        }
        cell += 1;
      }
      start = i + 1;
      kinds = 0;
      if (kind === LINE_FEED) {
        if (cell !== rowEnd) throw new Error(`a row has fewer cells than ${columns} columns`);
        if (start - rowStart > MAX_ROW_BYTES) throw this.#tooLarge(rowStart, start, false);
        this.tall[this.rowCount] = tall ? 1 : 0;
        this.rowCount += 1;
        rowStart = start;
        rowEnd = cell + columns;
        tall = false;
      }
    }
  }

  #widthOf(bytes: Uint8Array, start: number, end: number, kinds: number): number {
    return kinds === BEYOND_ASCII ? simpleWidth(bytes, start, end) : -1;
  }

  #place(cell: number, start: number, end: number, width: number): void {
    this.starts[cell] = start;
    this.ends[cell] = end;
    this.widths[cell] = width;
    const column = cell % this.columnWidths.length;
    if (width > this.columnWidths[column]!) this.columnWidths[column] = width;
  }

  /** The cell's visible text goes behind everything else. @returns whether it has several lines */
  #long(cell: number, from: number, to: number): boolean {
    const start = this.#length;
    const check = () => {
      if (this.#length - start > MAX_ROW_BYTES) throw this.#tooLarge(from, to, false, cell);
    };
    const { width, tall } = showCell(unescape(this.bytes, from, to), {
      text: (text) => {
        // A UTF-16 unit takes at most three bytes.
        this.#reserve(text.length * 3);
        this.#length += encoder.encodeInto(text, this.bytes.subarray(this.#length)).written;
        check();
      },
      bytes: (bytes, first, last) => {
        this.#append(bytes, first, last);
        check();
      },
    });
    this.#place(cell, start, this.#length, width);
    return tall;
  }

  #tear(bytes: Uint8Array, from: number): void {
    this.#torn ??= this.#length;
    this.#append(bytes, from, bytes.length);
    const length = this.#length - this.#torn;
    if (length > MAX_ROW_BYTES) throw this.#tooLarge(this.#torn, this.#length, true);
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    const count = to - from;
    this.#reserve(count);
    const length = this.#length;
    if (count <= SHORT) for (let i = 0; i < count; i++) this.bytes[length + i] = bytes[from + i]!;
    else this.bytes.set(bytes.subarray(from, to), length);
    this.#length = length + count;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.#length));
    this.bytes = grown;
  }

  #growCells(): void {
    const grown = (old: Int32Array) => {
      const more = new Int32Array(old.length * 2);
      more.set(old);
      return more;
    };
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
    this.widths = grown(this.widths);
  }

  /** @param torn there is more of the row than these bytes */
  #tooLarge(start: number, end: number, torn: boolean, cell?: number): LimitError {
    const { column, bytes } =
      cell === undefined
        ? largestCell(this.bytes, start, end)
        : { column: cell % this.#columns.length, bytes: end - start };
    const name = this.#columns[column]?.name ?? '';
    const size = torn
      ? `more than ${Math.floor(bytes / 2 ** 20)} MB`
      : `${Math.ceil(bytes / 2 ** 20)} MB`;
    return new LimitError(`a row is too large to be shown: column "${name}" holds ${size} of it`, {
      limit: 'row-bytes',
      hint: 'take --format csv or jsonl, or leave the column out or shorten it',
    });
  }
}

const encoder = new TextEncoder();

/** Which of a row's cells is the largest. */
function largestCell(bytes: Uint8Array, start: number, end: number) {
  let largest = { column: 0, bytes: 0 };
  let from = start;
  for (let column = 0; from < end; column++) {
    const tab = bytes.indexOf(0x09, from);
    const to = tab === -1 || tab > end ? end : tab;
    if (to - from > largest.bytes) largest = { column, bytes: to - from };
    from = to + 1;
  }
  return largest;
}
