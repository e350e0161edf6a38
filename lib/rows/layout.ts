/** Values as COPY lays them out, byte for byte: for what COPY itself can't be asked for, and for rows of pgask's own. */
import type { RawCell, RowChunk, RowLayout } from '../rows.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

const SHORT = 32;

/** Bytes that are gathered; a row is never larger than memory. */
export interface ByteWriter {
  byte(value: number): void;
  bytes(values: Uint8Array): void;
  readonly length: number;
  /** What was gathered; the writer begins anew. */
  take(): Uint8Array;
}

export function openByteWriter(size = 64 * 1024): ByteWriter {
  let buffer = Buffer.allocUnsafe(size);
  let length = 0;
  const reserve = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + more));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    byte(value) {
      reserve(1);
      buffer[length++] = value;
    },
    bytes(values) {
      const count = values.length;
      reserve(count);
      // Most values are short, and a call costs more than they do.
      if (count > SHORT) buffer.set(values, length);
      else for (let i = 0; i < count; i++) buffer[length + i] = values[i]!;
      length += count;
    },
    get length() {
      return length;
    },
    take() {
      const taken = buffer.subarray(0, length);
      buffer = Buffer.allocUnsafe(size);
      length = 0;
      return taken;
    },
  };
}

/** Adds a row with its line feed. */
export type RowWriter = (out: ByteWriter, cells: readonly RawCell[]) => void;

export interface LaidOutColumn {
  readonly key: string;
  /** Values are JSON already. */
  readonly json: boolean;
}

export function rowWriter(layout: RowLayout, columns: readonly LaidOutColumn[]): RowWriter {
  switch (layout) {
    case 'text':
      return textRow;
    case 'csv':
      return csvRow;
    case 'json':
      return jsonRow(columns);
  }
}

const NULL_TEXT = Buffer.from('\\N');

/** CopyAttributeOutText in PostgreSQL's copyto.c. */
function textRow(out: ByteWriter, cells: readonly RawCell[]): void {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (i > 0) out.byte(TAB);
    if (cell === null) out.bytes(NULL_TEXT);
    else escapeText(out, cell);
  }
  out.byte(LINE_FEED);
}

/** What COPY writes with a backslash, and the letter behind it: \b \t \n \v \f \r, and the backslash itself. */
const ESCAPES: ReadonlyMap<number, number> = new Map(
  Object.entries({ 8: 'b', 9: 't', 10: 'n', 11: 'v', 12: 'f', 13: 'r', 92: '\\' }).map(
    ([code, letter]) => [Number(code), letter.charCodeAt(0)],
  ),
);

function escapeText(out: ByteWriter, cell: Uint8Array): void {
  let from = 0;
  for (let at = 0; at < cell.length; at++) {
    const code = cell[at]!;
    if (code !== BACKSLASH && (code < 8 || code > CARRIAGE_RETURN)) continue;
    out.bytes(cell.subarray(from, at));
    out.byte(BACKSLASH);
    out.byte(ESCAPES.get(code)!);
    from = at + 1;
  }
  out.bytes(from === 0 ? cell : cell.subarray(from));
}

/** CopyAttributeOutCSV there: NULL is nothing, and the empty string is quoted to be told from it. */
function csvRow(out: ByteWriter, cells: readonly RawCell[]): void {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (i > 0) out.byte(COMMA);
    if (cell === null) continue;
    if (isQuoted(cell, cells.length === 1)) quote(out, cell);
    else out.bytes(cell);
  }
  out.byte(LINE_FEED);
}

/** `\.` by itself on a line would end the data. */
function isQuoted(cell: Uint8Array, alone: boolean): boolean {
  if (cell.length === 0) return true;
  if (alone && cell.length === 2 && cell[0] === BACKSLASH && cell[1] === DOT) return true;
  for (let at = 0; at < cell.length; at++) {
    const code = cell[at];
    if (code === COMMA || code === QUOTE || code === LINE_FEED || code === CARRIAGE_RETURN) {
      return true;
    }
  }
  return false;
}

function quote(out: ByteWriter, cell: Uint8Array): void {
  out.byte(QUOTE);
  let from = 0;
  for (let at = cell.indexOf(QUOTE); at !== -1; at = cell.indexOf(QUOTE, at + 1)) {
    out.bytes(cell.subarray(from, at + 1));
    out.byte(QUOTE);
    from = at + 1;
  }
  out.bytes(cell.subarray(from));
  out.byte(QUOTE);
}

const JSON_NULL = Buffer.from('null');

/** What row_to_json would say of values that are text, or JSON already. */
function jsonRow(columns: readonly LaidOutColumn[]): RowWriter {
  const keys = columns.map(({ key }, i) =>
    Buffer.from(`${i === 0 ? '' : ','}${JSON.stringify(key)}:`),
  );
  return (out, cells) => {
    out.byte(0x7b);
    for (const [i, cell] of cells.entries()) {
      out.bytes(keys[i]!);
      if (cell === null) out.bytes(JSON_NULL);
      else if (columns[i]!.json) out.bytes(cell);
      else out.bytes(Buffer.from(JSON.stringify(Buffer.from(cell).toString('utf8'))));
    }
    out.byte(0x7d);
    out.byte(LINE_FEED);
  };
}

/** Rows of text, all at once: what pgask itself knows. A column that is a key alone is text in JSON too. */
export function layOut(
  layout: RowLayout,
  columns: readonly (string | LaidOutColumn)[],
  rows: readonly (readonly (string | null)[])[],
): RowChunk {
  const out = openByteWriter();
  const write = rowWriter(
    layout,
    columns.map((column) => (typeof column === 'string' ? { key: column, json: false } : column)),
  );
  const ends = rows.map((row) => {
    write(
      out,
      row.map((cell) => (cell === null ? null : Buffer.from(cell))),
    );
    return out.length;
  });
  return { bytes: out.take(), ends };
}
