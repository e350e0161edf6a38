/** What stdout has where a file is the result: nothing for people, an object for programs. */
import type { App } from '../app.js';
import { isStdout } from '../files.js';
import { jsonText } from './change-json.js';
import type { EnvelopeHead, EnvelopeTail } from './envelope.js';
import type { Delivery } from './delivery.js';
import type { ExportedFile } from './export-figures.js';

/** What the files hold, and how they came about. */
export interface ExportTurn {
  readonly head: EnvelopeHead;
  readonly tail: EnvelopeTail;
  readonly delivery: Delivery;
}

/** The stderr line of each file is written by then. */
export async function writeFiles(
  app: App,
  files: readonly ExportedFile[],
  { head, tail, delivery }: ExportTurn,
): Promise<void> {
  // The rows are there, and an object behind them would be one of them.
  if (files.some(({ path }) => path === '-' || isStdout(path))) return;
  if (app.flags.envelope) {
    const { columns, rowCount, truncated } = delivery;
    const names = columns.map(({ name, type }) => ({ name, type }));
    const result = { columns: names, rows: null, rowCount, truncated, ...oneOrAll(files) };
    await app.io.out.write(`${jsonText({ ...head, ...result, ...tail })}\n`);
  } else if (app.format().words !== 'text') {
    const [first, ...more] = files;
    const object = more.length === 0 ? first : { files };
    await app.io.out.write(`${JSON.stringify(object)}\n`);
  }
}

function oneOrAll(files: readonly ExportedFile[]): object {
  return files.length === 1 ? { file: files[0] } : { files };
}
