/** Output that is written as it comes, since nothing can be put in its place: pipes, devices, open descriptors. */
import { close, constants, fstat, open, type Stats } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { descriptorWriter, streamWriter } from '../io.js';
import { descriptorOf } from './place.js';
import { codeOf } from './reasons.js';
import type { AtomicFile } from './write.js';

/** Milliseconds between looks whether a named pipe has got its reader. */
const LOOK_EVERY_MS = 20;

/**
 * @param signal ends the wait for a reader, of which a named pipe may have none and any pipe one that does not read
 */
export async function openDirectly(
  path: string,
  signal: AbortSignal | undefined,
): Promise<AtomicFile> {
  const { fd, ours } = await openDescriptor(path, signal);
  const kind = await promisify(fstat)(fd);
  // What Node has made a stream of already can't be one twice.
  const stream = kind.isFIFO() || (kind.isSocket() && fd > 2);
  return stream ? throughStream(fd, signal) : throughDescriptor(fd, ours, signal);
}

interface Opened {
  readonly fd: number;
  /** To be closed by us. */
  readonly ours: boolean;
}

async function openDescriptor(path: string, signal: AbortSignal | undefined): Promise<Opened> {
  const given = descriptorOf(path);
  if (given === undefined) return { fd: await openByName(path, signal), ours: true };
  const kind = await checkGiven(given);
  // What others write to as well must go on blocking for them: a pipe is opened once more.
  if (kind.isFIFO() && process.platform === 'linux') {
    return { fd: await openByName(`/proc/self/fd/${given}`, signal), ours: true };
  }
  return { fd: given, ours: false };
}

/** Without O_NONBLOCK opening a pipe would hold a thread until a reader comes, and the process with it. */
async function openByName(path: string, signal: AbortSignal | undefined): Promise<number> {
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK | constants.O_NOCTTY;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await promisify(open)(path, flags);
    } catch (error) {
      // fifo(7): nobody reads yet.
      if (codeOf(error) !== 'ENXIO' || !(await isPipe(path))) throw error;
    }
    await delay(LOOK_EVERY_MS, undefined, signal && { signal }).catch(() => undefined);
  }
}

async function isPipe(path: string): Promise<boolean> {
  return (await stat(path)).isFIFO();
}

/** A number that nobody gave us may be one of Node's own descriptors, which are not to be written to. */
async function checkGiven(fd: number): Promise<Stats> {
  const kind = await promisify(fstat)(fd);
  const known = kind.isFile() || kind.isFIFO() || kind.isSocket() || kind.isCharacterDevice();
  if (known && !(kind.isFIFO() && (await bothEndsAreOurs(fd)))) return kind;
  throw Object.assign(new Error('not given to us'), { code: 'EBADF' });
}

async function bothEndsAreOurs(fd: number): Promise<boolean> {
  const own = '/proc/self/fd';
  const pipe = await readlink(`${own}/${fd}`).catch(() => undefined);
  for (const name of await readdir(own).catch(() => [])) {
    if ((await readlink(`${own}/${name}`).catch(() => undefined)) !== pipe) continue;
    const told = await readFile(`/proc/self/fdinfo/${name}`, 'latin1').catch(() => '');
    const flags = parseInt(/^flags:\s*([0-7]+)$/m.exec(told)?.[1] ?? '1', 8);
    if (pipe !== undefined && (flags & 3) === constants.O_RDONLY) return true;
  }
  return false;
}

function throughStream(fd: number, signal: AbortSignal | undefined): AtomicFile {
  const stream = new Socket({ fd, readable: false, writable: true });
  const end = () =>
    new Promise<void>((resolve, reject) => {
      if (stream.destroyed) resolve();
      stream.once('error', reject);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      stream.end(() => {
        stream.destroy();
        resolve();
      });
    });
  return {
    write: streamWriter(stream, signal),
    commit: end,
    abort: () => Promise.resolve(void stream.destroy()),
  };
}

function throughDescriptor(fd: number, ours: boolean, signal: AbortSignal | undefined): AtomicFile {
  let closed: Promise<void> | undefined;
  const end = () => (closed ??= ours ? promisify(close)(fd) : Promise.resolve());
  return {
    write: descriptorWriter(fd, signal),
    commit: end,
    abort: () => end().catch(() => undefined),
  };
}
