/** What a data directory of the sample says about itself, so that a newer sample can take its place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod/v3';

/** Beside PG_VERSION; PostgreSQL leaves files that it does not know alone. */
const STAMP_FILE = 'pgask-sample.json';

const stampSchema = z.object({
  /** Changes when the sample's content does. */
  version: z.string().regex(/^[a-z0-9.-]+$/),
  /** PostgreSQL's major version, as in PG_VERSION. */
  postgres: z.string(),
  /** All directories, parents first: packages are unpacked without the empty ones. */
  directories: z.array(z.string()),
  /** How many files there are beside this one. */
  files: z.number().int(),
});

export type Stamp = z.output<typeof stampSchema>;

/** Undefined where there is none that can be read: then it is not the sample's directory. */
export async function readStamp(directory: string): Promise<Stamp | undefined> {
  try {
    return stampSchema.parse(JSON.parse(await readFile(stampFile(directory), 'utf8')));
  } catch {
    return undefined;
  }
}

export function stampFile(directory: string): string {
  return join(directory, STAMP_FILE);
}
