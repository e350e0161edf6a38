/** Locks between processes: a file that names its holder, and that a dead holder does not keep. */
import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, link, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FileError } from '../errors.js';
import { type Identity, judge, ourselves, type State } from './processes.js';
import { codeOf, fileError } from './reasons.js';
import { openTemporary, writeAll } from './temporary.js';

export interface LockOptions {
  /** Milliseconds to wait for another holder; 0 tries once. */
  readonly timeoutMs: number;
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called at most once, when the wait for another holder has lasted a second. */
  readonly onWait?: ((pid: number) => void) | undefined;
}

export interface Lock {
  /** Removes our lock and no other; a second call does nothing. */
  release(): Promise<void>;
}

interface Holder extends Identity {
  /** This one lock, told apart from every other of the same process. */
  readonly token?: string | undefined;
}

/** A lock file as it was found. */
interface Found {
  /** Differs from that of every other file that was ever there. */
  readonly id: string;
  /** Undefined where the file doesn't say: a crash of the machine left it so. */
  readonly holder: Holder | undefined;
}

/** Shorter waits are nobody's business. */
const TELL_AFTER_MS = 1000;

/** Milliseconds that a file must be unreadable: without hard links a lock is empty for a moment. */
const UNREADABLE_MS = 500;

/**
 * Takes the lock: a file at `path`, whose directory must exist. It is held until it's released or the process
 * has ended, however that happens; no age makes it void.
 *
 * @throws {FileError} still held after `timeoutMs`, or the file can't be made
 */
export async function acquireLock(path: string, options: LockOptions): Promise<Lock> {
  const me = { ...(await ourselves()), token: randomBytes(8).toString('hex') };
  try {
    await take(path, me, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw fileError(`${path} can't be locked`, path, error);
  }
  return { release: () => release(path, me) };
}

/** Holds the lock while `work` runs, and releases it whatever comes of that. */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await acquireLock(path, options);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function take(path: string, me: Holder, options: LockOptions): Promise<void> {
  const { timeoutMs, signal, onWait } = options;
  // Not the wall clock, which may be set back.
  const began = performance.now();
  const deadline = began + timeoutMs;
  const left = () => Math.max(0, deadline - performance.now());
  const judgeUnreadable = watchUnreadable();
  let told = false;
  let tookOver = false;
  for (let tries = 0; ; tries++) {
    signal?.throwIfAborted();
    const found = await look(path);
    if (found === undefined) {
      if (await claim(path, me)) break;
      continue;
    }
    const { holder } = found;
    // A network file system may report failure for a link that it made.
    if (holder?.token === me.token) break;
    const state = holder === undefined ? judgeUnreadable(found) : await judge(holder);
    if (state === 'dead') {
      await bury(path, found, { timeoutMs: left(), signal });
      tookOver = true;
      continue;
    }
    if (left() === 0) throw stillLocked(path, holder, state);
    if (holder !== undefined && !told && performance.now() - began >= TELL_AFTER_MS) {
      told = true;
      onWait?.(holder.pid);
    }
    await delay(Math.min(left(), pauseMs(tries)), undefined, signal && { signal });
  }
  if (tookOver) await removeGraves(path);
}

/** Short at first; later so long that many who wait don't take the processor from the one who works. */
function pauseMs(tries: number): number {
  return Math.min(100, 5 * 1.5 ** tries) * (0.5 + Math.random());
}

async function release(path: string, me: Holder): Promise<void> {
  try {
    if ((await look(path))?.holder?.token === me.token) await rm(path, { force: true });
  } catch (error) {
    throw fileError(`${path} can't be unlocked`, path, error);
  }
}

async function look(path: string): Promise<Found | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { ino, mtimeNs } = await handle.stat({ bigint: true });
    const text = await handle.readFile('utf8');
    const id = createHash('sha256').update(`${ino} ${mtimeNs} ${text}`).digest('hex').slice(0, 16);
    return { id, holder: readHolder(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    await handle?.close();
  }
}

function readHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    const pid = holder?.pid;
    return Number.isInteger(pid) && pid! > 0 && pid! < 2 ** 31 ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Puts a whole lock file in place where there is none; false where somebody else was first. */
async function claim(path: string, me: Holder): Promise<boolean> {
  const text = `${JSON.stringify(me)}\n`;
  const temporary = await openTemporary(path, 0o600);
  try {
    await writeAll(temporary.handle, text).finally(() => temporary.handle.close());
    await link(temporary.path, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) === 'ENOSPC') throw error;
  } finally {
    await rm(temporary.path, { force: true }).catch(() => undefined);
  }
  return await claimWithoutLink(path, text, me);
}

/** For file systems that have no hard links. Whoever took the file for an abandoned one meanwhile has the lock. */
async function claimWithoutLink(path: string, text: string, me: Holder): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await writeAll(handle, text);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  return (await look(path))?.holder?.token === me.token;
}

/**
 * Removes a dead holder's lock and no later one. Of those who found it, only the holder of a second lock, named
 * for exactly this file, may do so, and looks again first: nobody else replaces the file, so that what is seen
 * is what is removed. A killed undertaker's lock is one like any other.
 */
async function bury(path: string, { id }: Found, options: LockOptions): Promise<void> {
  await withLock(`${path}.${id}`, options, async () => {
    if ((await look(path))?.id === id) await rm(path, { force: true });
  });
}

/** Locks of killed undertakers guard nothing once the lock itself is ours. Never rejects: we hold it. */
async function removeGraves(path: string): Promise<void> {
  const directory = dirname(path);
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.startsWith(basename(path))) continue;
    if (!/^(\.[0-9a-f]{16})+$/.test(name.slice(basename(path).length))) continue;
    await rm(join(directory, name), { force: true }).catch(() => undefined);
  }
}

function watchUnreadable(): (found: Found) => State {
  let seen: { readonly id: string; readonly since: number } | undefined;
  return ({ id }) => {
    if (seen?.id !== id) seen = { id, since: performance.now() };
    return performance.now() - seen.since < UNREADABLE_MS ? 'alive' : 'dead';
  };
}

function stillLocked(path: string, holder: Holder | undefined, state: State): FileError {
  if (holder === undefined) {
    return new FileError(`${path} is locked, and does not say by which process`, {
      hint: 'try again in a moment',
    });
  }
  const { pid, host = 'another system' } = holder;
  if (state === 'elsewhere') {
    return new FileError(`${path} is locked by process ${pid} of ${host}`, {
      hint: `whether that still runs can't be seen from here, as it is another host or container: if it does not, remove ${path}`,
    });
  }
  return new FileError(`${path} is locked by process ${pid}`, {
    hint: `wait until process ${pid} has ended, or end it`,
  });
}
