/** What rows were before a change, kept on disk so that it can be undone: a file for each change, its owner's alone. */
import { join } from 'node:path';
import { z } from 'zod/v3';
import { FileError } from '../errors.js';
import type { ChangeTransaction } from '../databases/writable.js';
import { makeDirectory, readBytes, writeFileAtomic } from '../files.js';
import { unexplained } from './explained.js';
import type { ChangeRun } from './run.js';
import { factsOf, type Target } from './target.js';
import { unwatchable } from './watch.js';

const image = z.array(z.string().nullable());

const table = z.object({
  /** Qualified, as SQL. */
  name: z.string(),
  /** Without tables that inherit from it. */
  only: z.boolean().default(false),
  columns: z.array(
    z.object({
      ...{ name: z.string(), type: z.string() },
      ...{ generated: z.boolean(), always: z.boolean(), notNull: z.boolean() },
    }),
  ),
  key: z.array(z.string()),
  rows: z.array(z.object({ before: image.optional(), after: image.optional() })),
});

const images = z.object({
  version: z.literal(1),
  /** In the order of the statements. */
  tables: z.array(table),
  /** Settings that say how values are written: their texts are read back under the same. */
  settings: z.record(z.string()),
});

export type Images = z.output<typeof images>;
export type TableImages = z.output<typeof table>;

/** Settings that change how a type's output function writes. */
export const WRITING_SETTINGS = [
  'DateStyle',
  'IntervalStyle',
  'bytea_output',
  'extra_float_digits',
  'lc_monetary',
  'TimeZone',
] as const;

/** Commands whose rows are no rows of before: nothing tells what was there. */
const EMPTYING = ['TruncateStmt', 'RefreshMatViewStmt', 'ClusterStmt'];

/**
 * Why a change can't be undone, as a clause; undefined where all that it did is known, but for rows of the tables that
 * are to be watched.
 *
 * @param rows of each table that are kept at most
 */
export async function reasonAgainst(
  run: ChangeRun,
  rows: number,
  inside: ChangeTransaction,
): Promise<string | undefined> {
  const { statements, footprint } = run;
  if (rows === 0) return 'nothing is kept for undo (changes.undoRows is 0)';
  for (const { statement, captured, tag } of statements) {
    if (EMPTYING.includes(statement.parsed.tag)) return `${tag} tells of no row what it was`;
    if (statement.effect !== 'read' && /^(Create|Alter|Drop|Index|View)/.test(statement.parsed.tag))
      return `${tag} is no change of rows`;
    if (captured === undefined) continue;
    if (!captured.exact) return `somebody else changed a row right before ${tag} did`;
    if (!captured.complete) return `${tag} changes more than the ${rows} rows that are kept`;
  }
  if (footprint.touched === undefined) return 'the server does not count what is changed elsewhere';
  if (
    footprint.touched.some(
      ({ system, table }) => system && !/\.pg_(stat\w*|(sh)?depend)$/.test(table),
    )
  )
    return 'it changes the schema';
  for (const { table, inserted, updated, deleted } of unexplained(run)) {
    if (inserted + updated + deleted > rows)
      return `more than the ${rows} rows of ${table} are changed that are kept`;
    const why = unwatchable(await factsOf(table, inside), table);
    if (why !== undefined) return why;
  }
  return undefined;
}

export function imagesOf(
  { statements }: ChangeRun,
  watched: readonly TableImages[],
  settings: Readonly<Record<string, string>>,
): Images {
  const seen = new Set(watched.map(({ name }) => name));
  return {
    version: 1,
    settings: { ...settings },
    tables: [
      ...statements.flatMap(({ target, captured }) =>
        target === undefined || captured === undefined || isSeen(target, seen)
          ? []
          : [
              {
                name: target.name,
                only: target.kind === 'r',
                columns: target.columns.map((column) => ({ ...column })),
                key: [...target.key],
                rows: captured.rows.map(({ before, after }) => ({
                  before: before && [...before],
                  after: after && [...after],
                })),
              },
            ],
      ),
      ...watched,
    ],
  };
}

/** What a watch has found of a table is all of it. */
function isSeen({ name, partitions }: Target, seen: ReadonlySet<string>): boolean {
  return seen.has(name) || partitions.some((one) => seen.has(one));
}

export interface ImageStore {
  /** Resolves when they are on disk. @throws {FileError} */
  keep(id: string, kept: Images): Promise<void>;
  /** Undefined where none are kept. @throws {FileError} */
  find(id: string): Promise<Images | undefined>;
}

export function openImages(directory: string): ImageStore {
  const pathOf = (id: string) => join(directory, `${id}.json`);
  return {
    async keep(id, kept) {
      await makeDirectory(directory);
      await writeFileAtomic(pathOf(id), JSON.stringify(kept), { mode: 0o600 });
    },
    async find(id) {
      const bytes = /^[0-9a-f]+$/.test(id) ? await readBytes(pathOf(id)) : undefined;
      if (bytes === undefined) return undefined;
      try {
        return images.parse(JSON.parse(new TextDecoder().decode(bytes)));
      } catch (error) {
        throw new FileError(`what was kept of the change ${id} is damaged`, { cause: error });
      }
    },
  };
}
