/** What rows were before a change, kept on disk so that it can be undone: a file for each change, its owner's alone. */
import { join } from 'node:path';
import { z } from 'zod/v3';
import { FileError } from '../errors.js';
import { makeDirectory, readBytes, writeFileAtomic } from '../files.js';
import type { ChangeRun } from './run.js';

const image = z.array(z.string().nullable());

const table = z.object({
  /** Qualified, as SQL. */
  name: z.string(),
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

/** Why a change can't be undone, as a clause; undefined where all that it did is known. */
export function reasonAgainst({ statements, footprint }: ChangeRun): string | undefined {
  for (const { statement, captured, target } of statements) {
    if (captured === undefined)
      return (
        target?.obstacle ??
        `what ${statement.command} did to single rows is not known: it takes a table with a primary key that stays`
      );
    if (!captured.exact) return `somebody else changed a row right before ${statement.command} did`;
    if (!captured.complete) return `${statement.command} changed more rows than are kept for undo`;
    const isUpdate = statement.parsed.tag === 'UpdateStmt';
    if (isUpdate && captured.rows.some(({ before }) => before === undefined))
      return 'a trigger changed the key of a row';
  }
  if (footprint.touched === undefined) return 'the server does not count what is changed elsewhere';
  const targets = new Set(statements.flatMap(({ target }) => target?.name ?? []));
  const elsewhere = footprint.touched.find(
    ({ table: name, system }) => !system && !targets.has(name),
  );
  if (elsewhere !== undefined)
    return `rows of ${elsewhere.table} were changed by a cascade or a trigger`;
  return undefined;
}

export function imagesOf(
  { statements }: ChangeRun,
  settings: Readonly<Record<string, string>>,
): Images {
  return {
    version: 1,
    settings: { ...settings },
    tables: statements.flatMap(({ target, captured }) =>
      target === undefined || captured === undefined
        ? []
        : [
            {
              name: target.name,
              columns: target.columns.map((column) => ({ ...column })),
              key: [...target.key],
              rows: captured.rows.map(({ before, after }) => ({
                before: before && [...before],
                after: after && [...after],
              })),
            },
          ],
    ),
  };
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
