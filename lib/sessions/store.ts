/**
 * Where sessions are kept: a JSON file for each, that its owner alone can read.
 *
 * `@NAME.json` is the session of that name, a hash of directory and database the latest one without a name that
 * was held there, and `ID.json` one that another has taken the place of: started over with `--new`, or expired.
 * Those are only listed and shown, until the bounds of number and age remove them. A session without a name
 * expires by idleness; one with a name was asked for by it, and only grows too old.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FileError, nearest, UsageError } from '../errors.js';
import { makeDirectory, syncDirectory, withLock, writeFileAtomic } from '../files.js';
import { newestTurns } from './compact.js';
import { archiveFile, currentFile, listFiles, resolveKey, type SessionKey } from './names.js';
import { keepTurn, renderSession, type Session, type Turn } from './session.js';
import { cannot, readStored, setAside } from './stored.js';

export type { SessionKey };

export interface StoreOptions {
  /** The sessions' own directory; it is made with the first one. */
  readonly directory: string;
  /** Milliseconds after the last turn until a session without a name expires. */
  readonly idleMs: number;
  readonly maxTurns: number;
  /** Estimated tokens of all turns together; the last turn is kept whatever its size. */
  readonly maxTokens: number;
  readonly maxSessions: number;
  /** Milliseconds that a turn, or a session without a new one, is kept. */
  readonly maxAgeMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly warn: (message: string, hint?: string) => void;
  /** Ends a wait for another pgask with its reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface SessionSummary {
  readonly id: string;
  readonly name: string | undefined;
  readonly directory: string;
  readonly database: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly turns: number;
  /** The last turn's. */
  readonly request: string;
  /** Whether a follow-up would continue it. */
  readonly current: boolean;
}

/** All throw FileError where a file can't be read or written, or was written by a newer pgask. */
export interface SessionStore {
  /**
   * The session that a follow-up continues; undefined where there is none or it has expired.
   *
   * @throws {UsageError} no name for a session
   */
  find(key: SessionKey): Promise<Session | undefined>;
  /**
   * Adds a turn to the session as it is by now, or to a new one: with `fresh`, or where there is none that a
   * follow-up would continue. Turns of several processes at once are all kept.
   *
   * @throws {UsageError} no name for a session
   */
  append(key: SessionKey & { readonly fresh?: boolean | undefined }, turn: Turn): Promise<Session>;
  /**
   * Copies a session, by name, id or place, to a new one of that name. The copy goes its own way.
   *
   * @throws {UsageError} there is no such session, no name for one, or a session that has it
   */
  fork(from: string | SessionKey, name: string): Promise<Session>;
  /** Latest first. */
  list(): Promise<SessionSummary[]>;
  /** @throws {UsageError} there is no such session */
  show(idOrName: string): Promise<Session>;
  /** @throws {UsageError} there is no such session */
  remove(idOrName: string): Promise<void>;
}

/** Who holds a session's lock for longer than these milliseconds is stuck: an append takes a few. */
const LOCK_TIMEOUT_MS = 30_000;

export function openStore(options: StoreOptions): SessionStore {
  const { directory, now, warn, signal } = options;

  const lock = <T>(path: string, work: () => Promise<T>, timeoutMs = LOCK_TIMEOUT_MS) =>
    withLock(`${path}.lock`, { timeoutMs, signal }, work);

  /** Holding the lock: what is not a session gives its place to one. */
  async function readLocked(path: string): Promise<Session | undefined> {
    const read = await readStored(path);
    if (read?.type !== 'corrupt') return read?.session;
    const aside = await setAside(path, new Date(now()));
    warn(
      `the session file ${path} is damaged: ${read.reason}; it was set aside as ${aside}`,
      'the conversation starts over',
    );
    return undefined;
  }

  /** Without the lock a damaged file may have been replaced by now. */
  async function read(path: string): Promise<Session | undefined> {
    const found = await readStored(path);
    if (found?.type !== 'corrupt') return found?.session;
    return await lock(path, () => readLocked(path));
  }

  /** A clock that was set back leaves times that are yet to come: far ones are as old as far ones behind us. */
  const sinceOrUntil = (at: string) => Math.abs(now() - Date.parse(at));

  function expired({ name, updatedAt }: Session): boolean {
    const idle = sinceOrUntil(updatedAt);
    return idle > options.maxAgeMs || (name === undefined && idle > options.idleMs);
  }

  function begin({ directory, database }: SessionKey): Session {
    const at = new Date(now()).toISOString();
    const id = randomBytes(6).toString('hex');
    const times = { createdAt: at, updatedAt: at };
    return { version: 1, id, directory, database, ...times, sequence: 0, turns: [] };
  }

  /** A named session follows its user to another directory or database. */
  function extend(
    session: Session,
    turn: Turn,
    { name, directory, database }: SessionKey,
  ): Session {
    const young = session.turns.filter(({ at }) => now() - Date.parse(at) <= options.maxAgeMs);
    const last = keepTurn(turn);
    const kept = newestTurns([...young, last], options);
    return {
      ...session,
      ...(name === undefined ? {} : { name }),
      directory,
      database,
      updatedAt: new Date(now()).toISOString(),
      sequence: session.sequence + 1,
      turns: kept.length === 0 ? [last] : [...kept],
    };
  }

  async function write(path: string, session: Session): Promise<void> {
    await writeFileAtomic(path, renderSession(session), { mode: 0o600 });
  }

  /** Every session that can be read, latest first. */
  async function readAll(unreadable: (error: FileError, path: string) => void): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const name of await listFiles(directory)) {
      const path = join(directory, name);
      try {
        const session = await read(path);
        if (session === undefined) continue;
        entries.push({ path, session, archived: name === archiveFile(session.id) });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        unreadable(error, path);
      }
    }
    // A process that was killed while it archived has left two of one id.
    const current = new Set(entries.filter((e) => !e.archived).map(({ session }) => session.id));
    const latest = ({ session }: Entry) => Date.parse(session.updatedAt);
    return entries
      .filter(({ archived, session }) => !archived || !current.has(session.id))
      .sort((a, b) => latest(b) - latest(a));
  }

  const sayUnreadable = ({ message, hint }: FileError) => warn(message, hint);

  async function findEntry(idOrName: string): Promise<Entry> {
    const entries = await readAll((error, path) => {
      if ([`@${idOrName}.json`, archiveFile(idOrName)].includes(basename(path))) throw error;
      sayUnreadable(error);
    });
    const found =
      entries.find(({ session, archived }) => !archived && session.name === idOrName) ??
      entries.find(({ session }) => session.id === idOrName);
    if (found !== undefined) return found;
    const near = nearest(
      idOrName,
      entries.flatMap(({ session: { id, name } }) => (name === undefined ? [id] : [name, id])),
    );
    const see = entries.length === 0 ? 'there are none' : 'see pgask sessions list';
    throw new UsageError(`there is no session ${idOrName}`, {
      hint: near === undefined ? see : `did you mean ${near}?`,
    });
  }

  async function findSource(from: string | SessionKey): Promise<{ readonly session: Session }> {
    if (typeof from === 'string') return await findEntry(from);
    const session = await read(join(directory, currentFile(await resolveKey(from))));
    if (session !== undefined) return { session };
    throw new UsageError('there is no session here to fork', {
      hint: 'name one: pgask sessions list shows them',
    });
  }

  /** Holding the lock: removes the file where it is still what was meant. */
  async function removeLocked(path: string, meant: (now: Session) => boolean): Promise<void> {
    const session = await readLocked(path);
    if (session === undefined || !meant(session)) return;
    await rm(path, { force: true }).catch(cannot('removed', path));
    await syncDirectory(directory);
  }

  /** Keeps the sessions' number and age within bounds; the one just written to is not old. */
  async function prune(written: string): Promise<void> {
    const entries = (await readAll(() => undefined)).filter(({ path }) => path !== written);
    const tooMany = entries.slice(Math.max(0, options.maxSessions - 1));
    const tooOld = entries.filter(
      ({ session }) => sinceOrUntil(session.updatedAt) > options.maxAgeMs,
    );
    for (const { path, session } of new Set([...tooMany, ...tooOld])) {
      const unchanged = ({ id, sequence }: Session) =>
        id === session.id && sequence === session.sequence;
      // One that is in use is not old; one that can't be removed is no reason to fail.
      await lock(path, () => removeLocked(path, unchanged), 0).catch(() => undefined);
    }
  }

  return {
    async find(key) {
      const session = await read(join(directory, currentFile(await resolveKey(key))));
      return session === undefined || expired(session) ? undefined : session;
    },

    async append({ fresh = false, ...given }, turn) {
      const key = await resolveKey(given);
      const path = join(directory, currentFile(key));
      await makeDirectory(directory);
      const session = await lock(path, async () => {
        const before = await readLocked(path);
        const over = before !== undefined && (fresh || expired(before));
        if (over) await write(join(directory, archiveFile(before.id)), before);
        const after = extend(before === undefined || over ? begin(key) : before, turn, key);
        await write(path, after);
        return after;
      });
      if (session.sequence === 1) await prune(path);
      return session;
    },

    async fork(from, name) {
      const path = join(directory, currentFile({ name, directory, database: '' }));
      const { session } = await findSource(from);
      const copy = await lock(path, async () => {
        if ((await readLocked(path)) !== undefined) throw taken(name);
        const at = new Date(now()).toISOString();
        const id = randomBytes(6).toString('hex');
        const forked = { ...session, id, name, createdAt: at, updatedAt: at };
        await write(path, forked);
        return forked;
      });
      await prune(path);
      return copy;
    },

    async list() {
      return (await readAll(sayUnreadable)).map(({ session, archived }) => ({
        id: session.id,
        name: session.name,
        directory: session.directory,
        database: session.database,
        createdAt: session.createdAt,
        updatedAt: session.updatedAt,
        turns: session.turns.length,
        request: session.turns.at(-1)?.request ?? '',
        current: !archived && !expired(session),
      }));
    },

    async show(idOrName) {
      return (await findEntry(idOrName)).session;
    },

    async remove(idOrName) {
      const { path, session } = await findEntry(idOrName);
      await lock(path, () => removeLocked(path, ({ id }) => id === session.id));
    },
  };
}

function taken(name: string): UsageError {
  return new UsageError(`there is a session ${name} already`, {
    hint: `choose another name, or remove it: pgask sessions rm ${name}`,
  });
}

interface Entry {
  readonly path: string;
  readonly session: Session;
  /** Another session has taken its place. */
  readonly archived: boolean;
}
