/** Results straight from a server for the formats' tests: its own text, and what it says itself of the same values. */
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import type { ResultColumn, Row } from '../../lib/databases/database.js';
import { distinctKeys } from '../../lib/databases/columns.js';
import { typeNames } from '../../lib/databases/types.js';
import type { Format, FormatOptions, Trailer } from '../../lib/formats/format.js';
import { layOut, type RowChunk, type RowLayout } from '../../lib/rows.js';

export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
}

export interface Session {
  run(sql: string): Promise<Row[]>;
  result(sql: string): Promise<Result>;
  /** What COPY writes of a query. */
  copy(sql: string, options: string): Promise<string>;
  close(): Promise<void>;
}

export function openSession(url: string, settings: Record<string, string> = {}): Session {
  const connect = () =>
    postgres(url, {
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { datestyle: 'ISO, YMD', extra_float_digits: '1', ...settings } as never,
    });
  const sql = connect();
  const read = async (query: string) => {
    const found = await sql.unsafe(query).raw();
    const cells = found as unknown as (Buffer | null)[][];
    const rows = cells.map((row) => row.map((cell) => cell?.toString('utf8') ?? null));
    return { found, rows };
  };
  const run = async (query: string) => (await read(query)).rows;
  return {
    run,
    async result(query) {
      const { found, rows } = await read(query);
      const described = found.columns as readonly { name: string; type: number }[];
      const typeOf = await typeNames(
        described.map(({ type }) => type),
        run,
      );
      const keys = distinctKeys(described.map(({ name }) => name));
      const columns = described.map(({ name, type: oid }, i) => ({
        ...{ name, oid, key: keys[i]!, type: typeOf(oid) },
      }));
      return { columns, rows };
    },
    async copy(query, options) {
      // A session of its own: postgres.js 3.4 may leave the socket paused after a COPY.
      const once = connect();
      try {
        return await text(await once.unsafe(`copy (${query}) to stdout (${options})`).readable());
      } finally {
        await once.end({ timeout: 0 });
      }
    },
    close: () => sql.end(),
  };
}

export interface Written {
  readonly text: string;
  readonly chunks: readonly string[];
  readonly warnings: readonly string[];
}

/** Rows of text in a layout, all at once. */
export const laidOut = (
  layout: RowLayout,
  columns: readonly ResultColumn[],
  rows: readonly Row[],
): RowChunk =>
  layOut(
    layout,
    columns.map(({ key }) => key),
    rows,
  );

/** The same, torn into pieces of a size, as a connection may bring them. Formats may change what they are given. */
export function* chunksOf({ bytes, ends }: RowChunk, size: number): Generator<RowChunk> {
  let row = 0;
  for (let at = 0; at < bytes.length; at += size) {
    const to = Math.min(at + size, bytes.length);
    const inside: number[] = [];
    while (row < ends.length && ends[row]! <= to) inside.push(ends[row++]! - at);
    yield { bytes: Buffer.from(bytes.subarray(at, to)), ends: inside };
  }
}

/** Writes a result as it comes from a database. */
export async function write(
  format: Format,
  { columns, rows }: Result,
  options: Partial<FormatOptions & Trailer> & { readonly chunkBytes?: number } = {},
): Promise<Written> {
  const chunks: string[] = [];
  const warnings: string[] = [];
  const sink = {
    write: (chunk: string | Uint8Array) => {
      chunks.push(chunk.toString());
      return Promise.resolve();
    },
  };
  const { chunkBytes = 64 * 1024, width, height, color = false, truncated = false } = options;
  const warn = (message: string) => void warnings.push(message);
  const writer = format.open(sink, columns, { width, height, color, warn });
  for (const chunk of chunksOf(laidOut(format.layout, columns, rows), chunkBytes)) {
    await writer.rows(chunk);
  }
  await writer.end({ rowCount: rows.length, truncated });
  return { text: chunks.join(''), chunks, warnings };
}
