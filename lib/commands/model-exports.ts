/** Files that a model has written in a turn: where it may, one after the other, and what became of them. */
import type { App, OpenDatabase } from '../app.js';
import { ToolInputError, UsageError } from '../errors.js';
import { compressionOf, placeInside } from '../files.js';
import { formatOfPath, knownSuffixes } from '../formats/suffix.js';
import type { ToolContext } from '../tools/tool.js';
import type { Delivery } from './delivery.js';
import type { ExportedFile } from './export-figures.js';
import { exportRows } from './export-rows.js';
import { exitOf } from './result.js';

/** Files of one turn: more of them is no answer to a request. */
const MAX_FILES = 20;

export interface ModelExports {
  /** In the order in which they were written. */
  readonly files: readonly ExportedFile[];
  /** What the last one holds. */
  readonly last: Delivery | undefined;
  readonly exportRows: NonNullable<ToolContext['exportRows']>;
}

/** @param spent is told the milliseconds that a file took */
export function openModelExports(
  app: App,
  open: OpenDatabase,
  spent: (ms: number) => void,
): ModelExports {
  const files: ExportedFile[] = [];
  let last: Delivery | undefined;
  // Of two calls in one step that name the same file, the second is to find it.
  let queue: Promise<unknown> = Promise.resolve();

  async function write({ sql, file, signal }: Request): Promise<ExportedFile> {
    signal.throwIfAborted();
    if (files.length === MAX_FILES) {
      throw new ToolInputError(`${MAX_FILES} files are written, and no more are in one turn`, {
        hint: 'call answer with text that says what is missing',
      });
    }
    const { target, format, shown } = await placeFor(app, file);
    const output = await app.outputFile(target, { fresh: true }).catch(asToolInput);
    const began = performance.now();
    try {
      const own: App = { ...app, signal };
      const to = { output, path: shown, format };
      const { delivery, file: written } = await exportRows(own, open, { sql }, to);
      // The guard's limits are the person's, and no other statement of the model's raises them.
      if (written === undefined) throw cutOff(app, delivery);
      last = delivery;
      files.push(written);
      return written;
    } finally {
      await output.abort();
      spent(performance.now() - began);
    }
  }

  return {
    files,
    get last() {
      return last;
    },
    exportRows(request) {
      const done = queue.then(() => write(request));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

type Request = Parameters<NonNullable<ToolContext['exportRows']>>[0];

/** The limit that has cut the rows, as an error. */
function cutOff(app: App, delivery: Delivery): unknown {
  try {
    return exitOf(app, delivery);
  } catch (error) {
    return error;
  }
}

/** @throws {ToolInputError} the model may name another path */
async function placeFor(app: App, file: string) {
  const place = await placeInside(app.cwd, file);
  if (place.type === 'refused') {
    throw new ToolInputError(`the path ${JSON.stringify(file)} ${place.why}`, {
      hint: 'name a new file in the working directory, such as orders.csv',
    });
  }
  const { bare } = compressionOf(place.path);
  const format = formatOfPath(bare);
  if (format !== undefined) return { target: place.path, shown: place.shown, format };
  throw new ToolInputError(`the path ${JSON.stringify(file)} does not say a format`, {
    hint: `it has to end in one of .${knownSuffixes().join(', .')}; .gz behind it compresses`,
  });
}

/** What can't be compressed here can be named otherwise. */
function asToolInput(error: unknown): never {
  if (!(error instanceof UsageError)) throw error;
  throw new ToolInputError(error.message, { cause: error, hint: error.hint });
}
