/**
 * What was changed, when and by whom: JSON lines that are only ever added to, one for each state of a change. A change's
 * first line is on disk before COMMIT is sent, so that whatever happens to this process, the next one knows what to ask
 * the server about.
 */
import { open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod/v3';
import { didYouMean, FileError, UsageError } from '../errors.js';
import { makeDirectory, syncDirectory, withLock } from '../files.js';
import { withoutSecrets } from '../sql/mask.js';

export const STATES = ['committing', 'applied', 'not applied', 'unknown'] as const;

const line = z.object({
  id: z.string(),
  at: z.string(),
  state: z.enum(STATES),
  who: z.string(),
  place: z.object({
    database: z.string(),
    datname: z.string(),
    system: z.string().nullable(),
    role: z.string(),
    timeline: z.string().nullable().optional(),
  }),
  hash: z.string(),
  statements: z.array(z.string()),
  /** Rows of each statement; null where it has none. */
  counts: z.array(z.number().nullable()),
  /** pg_current_xact_id(); null for what ran outside of a transaction. */
  xid: z.string().nullable(),
  /** Whether before-images are kept. */
  undo: z.boolean(),
  /** In words, where there is more to say. */
  outcome: z.string().optional(),
  /** The change that this one puts back. */
  undoes: z.string().optional(),
});

/** A line of the journal: all that is known of the change in that state. */
export type Entry = z.output<typeof line>;

export interface Journal {
  /** Resolves when the line is on disk; passwords in its statements never are. @throws {FileError} */
  add(entry: Entry): Promise<void>;
  /** The latest state of every change, in the order in which they began. @throws {FileError} */
  changes(): Promise<Entry[]>;
  /** Changes of which it is not known whether they were applied. */
  unresolved(): Promise<Entry[]>;
}

const LOCK_MS = 30_000;

export function openJournal(path: string, signal: AbortSignal): Journal {
  async function changes(): Promise<Entry[]> {
    const latest = new Map<string, Entry>();
    for (const entry of await readLines(path)) {
      // A change's place is where it began.
      latest.set(entry.id, entry);
    }
    return [...latest.values()];
  }
  return {
    changes,
    async add(given) {
      const entry = { ...given, statements: given.statements.map(withoutSecrets) };
      await makeDirectory(dirname(path));
      // What is about to be done may still be left; what has happened is written whatever else was asked for.
      const stop = entry.state === 'committing' ? signal : undefined;
      await withLock(`${path}.lock`, { timeoutMs: LOCK_MS, signal: stop }, () =>
        append(path, entry),
      );
    },
    async unresolved() {
      const open = ({ state }: Entry) => state === 'committing' || state === 'unknown';
      return (await changes()).filter(open);
    },
  };
}

async function append(path: string, entry: Entry): Promise<void> {
  try {
    const isNew = (await stat(path).catch(() => undefined)) === undefined;
    const file = await open(path, 'a+', 0o600);
    try {
      // A process that was killed while it wrote has left half a line, which must not spoil the next.
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      const broken = size > 0 && last[0] !== 0x0a;
      await file.appendFile(`${broken ? '\n' : ''}${JSON.stringify(entry)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    if (isNew) await syncDirectory(dirname(path));
  } catch (error) {
    throw new FileError(`the journal ${path} can't be written: ${(error as Error).message}`, {
      cause: error,
      hint: 'nothing is changed that can not be written down: make room, or mend its permissions',
    });
  }
}

/** Half a line is one that a killed process has left: what it was about to do was not done. */
async function readLines(path: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new FileError(`the journal ${path} can't be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return text.split('\n').flatMap((row) => {
    try {
      const parsed = line.safeParse(JSON.parse(row));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** @throws {UsageError} none begins so, or several do */
export function findEntry(id: string, entries: readonly Entry[]): Entry {
  const found = entries.filter((one) => one.id.startsWith(id));
  const exact = found.find((one) => one.id === id) ?? (found.length === 1 ? found[0] : undefined);
  if (exact !== undefined) return exact;
  if (found.length > 1) {
    throw new UsageError(`several changes begin with ${id}`, {
      hint: `name one: ${found.map((one) => one.id).join(', ')}`,
    });
  }
  throw new UsageError(`there is no change ${id} in the journal`, {
    hint: didYouMean(id, entries.map((one) => one.id).slice(-10)),
  });
}
