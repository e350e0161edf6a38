/** The port of formats: how rows are written, and whether words may be. */
import type { ResultColumn } from '../databases/database.js';
import type { Sink } from '../io.js';
import type { RowChunk, RowLayout } from '../rows.js';

export interface FormatOptions {
  /** Columns of the terminal, or undefined where stdout is none. */
  readonly width: number | undefined;
  /** Its lines. */
  readonly height: number | undefined;
  readonly color: boolean;
  /** A notice for stderr: renamed columns, say. */
  readonly warn: (message: string) => void;
}

export interface Trailer {
  readonly rowCount: number;
  /** A guard (`--max-rows`, `--max-bytes`) cut the result short. */
  readonly truncated: boolean;
}

/** One result being written. Calls are awaited in order: `rows` any number of times, then `end` once. */
export interface Writer {
  /** What the chunk has is written before the promise resolves, as far as the format can write it yet. */
  rows(chunk: RowChunk): Promise<void>;
  /** Never called where the result broke off: what was written must then show that it is not whole. */
  end(trailer: Trailer): Promise<void>;
  /** Bytes that are added to the rows' own, around them all and for each: `--max-bytes` counts them. */
  readonly framing?: { readonly bytes: number; readonly perRow: number };
}

export interface Format {
  /** As `--format` names it. */
  readonly name: string;
  /** For `--help`, a few words. */
  readonly summary: string;
  /** How the rows have to come. */
  readonly layout: RowLayout;
  /**
   * What an answer in words, or any object, looks like: `text` the words, `json` an object on a line, `none`
   * where rows are all that the format can carry.
   */
  readonly words: 'text' | 'json' | 'none';
  open(sink: Sink, columns: readonly ResultColumn[], options: FormatOptions): Writer;
}
