/** What the formats for people make of a query, from the bytes that COPY writes of it, beside what psql does. */
import { spawnSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import postgres from 'postgres';
import type { ResultColumn, RowChunk } from '../../lib/databases/database.js';
import type { Format } from '../../lib/formats/format.js';

export interface ShowOptions {
  readonly width?: number;
  readonly color?: boolean;
  readonly truncated?: boolean;
  /** Bytes that a chunk has at most. */
  readonly chunkBytes?: number;
}

export interface Shown {
  readonly text: string;
  readonly chunks: readonly Uint8Array[];
  readonly warnings: readonly string[];
}

/** A query's columns, and its rows as COPY writes them. */
export interface Copied {
  readonly columns: readonly ResultColumn[];
  readonly bytes: Buffer;
}

export function columnOf(name: string, oid = 25): ResultColumn {
  return { name, key: name, oid, type: 'text' };
}

export async function copied(url: string, query: string): Promise<Copied> {
  // A session of its own: postgres.js 3.4 may leave the socket paused after a COPY.
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined });
  try {
    const described = await sql.unsafe(query, [], { prepare: true }).describe();
    const columns = described.columns as readonly { name: string; type: number }[];
    const copy = sql.unsafe(`copy (${query}) to stdout`);
    return {
      columns: columns.map(({ name, type }) => columnOf(name, type)),
      bytes: await buffer(await copy.readable()),
    };
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** Writes rows as they come from a database: in chunks that end anywhere in a row that is larger than one. */
export async function show(
  format: Format,
  { columns, bytes }: Copied,
  { width, color = false, truncated = false, chunkBytes = 64 * 1024 }: ShowOptions = {},
): Promise<Shown> {
  const chunks: Uint8Array[] = [];
  const warnings: string[] = [];
  const sink = {
    write: (chunk: string | Uint8Array) => {
      chunks.push(Buffer.from(chunk));
      return Promise.resolve();
    },
  };
  const warn = (message: string) => void warnings.push(message);
  const writer = format.open(sink, columns, { width, height: undefined, color, warn });
  let rowCount = 0;
  for (const chunk of chunksOf(bytes, chunkBytes)) {
    rowCount += chunk.ends.length;
    await writer.rows(chunk);
  }
  await writer.end({ rowCount, truncated });
  return { text: Buffer.concat(chunks).toString(), chunks, warnings };
}

export function* chunksOf(bytes: Buffer, chunkBytes: number): Generator<RowChunk> {
  for (let from = 0; from < bytes.length;) {
    let to = Math.min(bytes.length, from + chunkBytes);
    const last = bytes.subarray(from, to).lastIndexOf(0x0a);
    if (last !== -1) to = from + last + 1;
    const chunk = bytes.subarray(from, to);
    const ends: number[] = [];
    for (let i = chunk.indexOf(0x0a); i !== -1; i = chunk.indexOf(0x0a, i + 1)) ends.push(i + 1);
    yield { bytes: chunk, ends };
    from = to;
  }
}

export const hasPsql = spawnSync('psql', ['--version']).status === 0;

/** psql's own output, for SQL that comes on stdin: it may be longer than an argument can be. */
export function psql(url: string, sql: string, ...flags: string[]): string {
  const { stdout, stderr } = spawnSync('psql', ['-X', '-q', ...flags, url], {
    encoding: 'utf8',
    input: `${sql};\n`,
    env: { ...process.env, PGCLIENTENCODING: 'UTF8', LC_ALL: 'C.UTF-8', PSQL_PAGER: '' },
    maxBuffer: 2 ** 30,
  });
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** A value as COPY's text layout has it. */
export function escaped(value: string | null): string {
  if (value === null) return '\\N';
  const letters = new Map([...'\b\f\n\r\t\v'].map((control, i) => [control, 'bfnrtv'[i]!]));
  return value.replace(/[\\\b\f\n\r\t\v]/g, (found) => `\\${letters.get(found) ?? found}`);
}
