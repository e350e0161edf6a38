/**
 * Values of a database's columns in a file that its owner alone can read, so that the next request need not read them
 * again. A file is of one database, one role and one catalog; it is bounded, and expires.
 */
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../errors.js';
import { makeDirectory, readBytes, writeFileAtomic } from '../files.js';

export interface KeptValues {
  /** What the server said of the table when they were read; they hold as long as it says the same. */
  readonly stamp: string;
  readonly values: readonly string[];
}

/** Nothing of it throws: what can't be kept is read again. */
export interface ValueStore {
  /** By column; nothing where there is no file, or none that can be used. */
  load(): Promise<ReadonlyMap<string, KeptValues>>;
  keep(values: ReadonlyMap<string, KeptValues>): Promise<void>;
}

export interface ValueStoreOptions {
  /** The files' own directory; it is made with the first one. */
  readonly directory: string;
  /** What the values depend on: where the database is, who reads, and what the catalog says. */
  readonly of: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Bytes of a file: reading more would take longer than asking the server. */
const MAX_BYTES = 4_000_000;
const MAX_FILES = 20;
const MAX_AGE_MS = 24 * 3_600_000;
const VERSION = 1;

interface Stored {
  readonly version: number;
  readonly writtenAt: number;
  readonly columns: readonly (readonly [key: string, stamp: string, values: readonly string[]])[];
}

export function openValueStore({ directory, of, now }: ValueStoreOptions): ValueStore {
  const name = createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 32);
  const path = join(directory, `${name}.json`);
  return {
    load: () => withoutFiles(async () => read(await readBytes(path), now()), new Map()),
    keep: (values) =>
      withoutFiles(async () => {
        await makeDirectory(directory);
        await writeFileAtomic(path, render(values, now()), { mode: 0o600 });
        await tidy(directory, now());
      }, undefined),
  };
}

async function withoutFiles<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileError) return otherwise;
    throw error;
  }
}

function read(bytes: Uint8Array | undefined, now: number): ReadonlyMap<string, KeptValues> {
  const stored = bytes === undefined ? undefined : parse(new TextDecoder().decode(bytes));
  if (stored === undefined || Math.abs(now - stored.writtenAt) > MAX_AGE_MS) return new Map();
  return new Map(stored.columns.map(([key, stamp, values]) => [key, { stamp, values }]));
}

/** A file that something else wrote, or half wrote, is none. */
function parse(text: string): Stored | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const { version, writtenAt, columns } = (found ?? {}) as Partial<Stored>;
  const isColumn = (one: unknown): boolean =>
    Array.isArray(one) &&
    typeof one[0] === 'string' &&
    typeof one[1] === 'string' &&
    Array.isArray(one[2]) &&
    one[2].every((value) => typeof value === 'string');
  return version === VERSION &&
    typeof writtenAt === 'number' &&
    Array.isArray(columns) &&
    columns.every(isColumn)
    ? { version, writtenAt, columns }
    : undefined;
}

/** Short lists first: they are the likeliest to be asked for, and many of them fit. */
function render(values: ReadonlyMap<string, KeptValues>, writtenAt: number): string {
  const sized = [...values]
    .map(([key, { stamp, values: list }]) => JSON.stringify([key, stamp, list]))
    .sort((a, b) => a.length - b.length);
  let bytes = 0;
  const kept = sized.filter((text) => (bytes += Buffer.byteLength(text) + 1) <= MAX_BYTES);
  return `{"version":${VERSION},"writtenAt":${writtenAt},"columns":[${kept.join(',')}]}`;
}

/** The newest files stay, and none that has expired: what they hold is somebody's data. */
async function tidy(directory: string, now: number): Promise<void> {
  const names = (await readdir(directory).catch(() => [])).filter((name) =>
    /^[0-9a-f]{32}\.json$/.test(name),
  );
  const aged = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(directory, name)).catch(() => undefined);
      return { name, at: found?.mtimeMs ?? 0 };
    }),
  );
  const old = aged
    .sort((a, b) => b.at - a.at)
    .filter(({ at }, i) => i >= MAX_FILES || now - at > MAX_AGE_MS);
  await Promise.all(
    old.map(({ name }) => rm(join(directory, name), { force: true }).catch(() => undefined)),
  );
}
