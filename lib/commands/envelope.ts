/** `--envelope`: one JSON object around the rows, which still stream. */
import type { Format } from '../formats/format.js';
import type { Sink } from '../io.js';
import { jsonText } from './change-json.js';

export interface EnvelopeHead {
  readonly answer: string;
  readonly sql: string | null;
  readonly database: string;
  /** How each word was read, where that is asked for. */
  readonly reading?: readonly object[] | undefined;
  /** What was changed before the answer, or written down: `change` or `changes`, `plan` or `plans`. */
  readonly change?: unknown;
  readonly changes?: unknown;
  readonly plan?: unknown;
  readonly plans?: unknown;
}

export interface EnvelopeTail {
  readonly steps: number;
  readonly usage: object;
  readonly durationMs: number;
  readonly session: string | null;
}

/** The JSON format with the envelope's members before and after its rows. */
export function envelopeFormat(json: Format, head: EnvelopeHead, tail: () => EnvelopeTail): Format {
  return {
    ...json,
    open(sink, columns, options) {
      const names = columns.map(({ name, type }) => ({ name, type }));
      const opening = `${jsonText({ ...head, columns: names }).slice(0, -1)},"rows":`;
      const begun = prefixed(sink, opening);
      const writer = json.open(begun, columns, options);
      return {
        ...writer,
        async end(trailer) {
          await writer.end(trailer);
          await begun.write(`,${JSON.stringify({ ...trailer, ...tail() }).slice(1)}\n`);
        },
      };
    },
  };
}

/** The envelope of a turn that has no rows. */
export function wordsEnvelope(head: EnvelopeHead, tail: EnvelopeTail): string {
  const none = { columns: null, rows: null, rowCount: null, truncated: false };
  return `${jsonText({ ...head, ...none, ...tail })}\n`;
}

/** A sink that writes a text before the first chunk. */
function prefixed(sink: Sink, text: string): Sink {
  let pending = text;
  return {
    async write(chunk) {
      if (pending !== '') {
        const first = pending;
        pending = '';
        await sink.write(first);
      }
      await sink.write(chunk);
    },
  };
}
