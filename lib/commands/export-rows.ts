/** A statement's rows as a file: what `pgask export` and the tool `export_data` both do. */
import type { App, OpenDatabase, Output } from '../app.js';
import type { Statement } from '../databases/database.js';
import { compressionOf } from '../files.js';
import type { Format } from '../formats/format.js';
import type { Delivery } from './delivery.js';
import { type ExportedFile, fileLine } from './export-figures.js';
import { followProgress } from './export-progress.js';
import { measured } from './measured.js';
import { deliverRows } from './result.js';

export interface ExportTarget {
  /** Opened before anything was asked or run. */
  readonly output: Output;
  /** As it was given, for what is said. */
  readonly path: string;
  readonly format: Format;
}

export interface Exported {
  readonly delivery: Delivery;
  /** Undefined where a guard has cut the rows: the file is as it was then. */
  readonly file: ExportedFile | undefined;
}

/** The rows go from the database to the file, which is in place and told on stderr when this resolves. */
export async function exportRows(
  app: App,
  open: OpenDatabase,
  statement: Statement,
  { output, path, format }: ExportTarget,
): Promise<Exported> {
  const began = performance.now();
  const durationMs = () => Math.round(performance.now() - began);
  const { format: watched, so } = measured(format);
  const progress = followProgress(app, path, so);
  let delivery: Delivery;
  try {
    const toFile: App = { ...app, output: () => Promise.resolve(output) };
    delivery = await deliverRows(toFile, open, statement, watched, progress.line);
    if (delivery.cutBy !== undefined) {
      app.say(`${path}: the rows are not whole, so nothing was put in place`);
      return { delivery, file: undefined };
    }
    await output.commit();
  } finally {
    progress.end();
  }
  const file: ExportedFile = {
    path,
    format: format.name,
    compression: compressionOf(path).compression ?? null,
    rowCount: delivery.rowCount,
    bytes: output.path === undefined ? so.bytes : output.bytes(),
    uncompressedBytes: so.bytes,
    durationMs: durationMs(),
  };
  app.say(fileLine(file));
  return { delivery, file };
}
