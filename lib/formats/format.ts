/** The port of formats: how rows are written, and whether words may be. */
import type { ResultColumn, RowChunk, RowLayout } from '../databases/database.js';
import type { Sink } from '../io.js';

export interface FormatOptions {
  /** Columns and lines of the terminal, or undefined where the result goes to none. */
  readonly width: number | undefined;
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
  rows(chunk: RowChunk): Promise<void>;
  /** Never called where the result broke off: what was written must then show that it is not whole. */
  end(trailer: Trailer): Promise<void>;
}

export interface Format {
  /** As `--format` names it. */
  readonly name: string;
  /** For `--help`, a few words. */
  readonly summary: string;
  /** How rows come. */
  readonly layout: RowLayout;
  /**
   * What an answer in words, or any object, looks like: `text` the words, `json` an object on a line, `none`
   * where rows are all that the format can carry.
   */
  readonly words: 'text' | 'json' | 'none';
  open(sink: Sink, columns: readonly ResultColumn[], options: FormatOptions): Writer;
}
