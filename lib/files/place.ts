/** Where a file that is named will lie in the end, and whether it could be written there at all. */
import { constants, type Stats } from 'node:fs';
import { access, lstat, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from './reasons.js';

export interface Place {
  readonly target: string;
  readonly existing: Stats | undefined;
  /** It can't be replaced, only written to: a pipe, a device, an open descriptor. */
  readonly direct: boolean;
}

/** As many as Linux follows (path_resolution(7)). */
const MAX_LINKS = 40;

/** Paths that stand for an open descriptor: a rename would replace the file that the shell has opened. */
const DESCRIPTOR = /^\/dev\/(?:stdout|stderr|fd\/\d+)$|^\/proc\/(?:[^/]+|\d+\/task\/\d+)\/fd\/\d+$/;

/** Whether the path is another name of this process's stdout. */
export function isStdout(path: string): boolean {
  return descriptorOf(path) === 1;
}

/** The number of this process's open descriptor that the path stands for. */
export function descriptorOf(path: string): number | undefined {
  if (path === '/dev/stdout') return 1;
  if (path === '/dev/stderr') return 2;
  const number = /^\/dev\/fd\/(\d+)$|^\/proc\/(?:self|thread-self)\/fd\/(\d+)$/.exec(path);
  const own = new RegExp(`^/proc/${process.pid}(?:/task/\\d+)?/fd/(\\d+)$`).exec(path);
  const digits = number?.[1] ?? number?.[2] ?? own?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** @throws the system's error where nothing could be written in the end */
export async function findPlace(path: string): Promise<Place> {
  const target = await resolveLinks(path);
  if (DESCRIPTOR.test(target)) return { target, existing: undefined, direct: true };
  const existing = await orNone(stat(target));
  if (existing?.isDirectory() === true || (existing === undefined && path.endsWith('/'))) {
    throw failure('EISDIR', 'a directory');
  }
  return { target, existing, direct: existing?.isFile() === false };
}

/** The path behind symbolic links, also where the last one leads to nothing yet. */
async function resolveLinks(path: string): Promise<string> {
  // Nothing would be taken for the working directory.
  if (path === '') throw failure('ENOENT', 'no name');
  let at = path;
  for (let links = 0; links <= MAX_LINKS; links++) {
    // Behind these lies what can't be opened by name.
    if (DESCRIPTOR.test(at)) return at;
    const directory = await realpath(dirname(at));
    const here = join(directory, basename(at));
    if (DESCRIPTOR.test(here)) return here;
    const leadsTo = (await orNone(lstat(here)))?.isSymbolicLink() === true;
    if (!leadsTo) return here;
    at = resolve(directory, await readlink(here));
  }
  throw failure('ELOOP', 'too many links');
}

/** What a rename over the file would fail with, found out before the work begins. */
export async function checkReplaceable(target: string, existing: Stats | undefined): Promise<void> {
  if (existing === undefined) return;
  // The rename would ask the directory alone: a file that is write-protected is meant to stay.
  await access(target, constants.W_OK);
  const directory = await stat(dirname(target));
  const uid = process.getuid?.() ?? 0;
  // rename(2): in a directory like /tmp only the owner of the file or of the directory may replace it.
  const sticky = (directory.mode & 0o1000) !== 0;
  if (sticky && uid !== 0 && uid !== existing.uid && uid !== directory.uid) {
    throw failure('EPERM', 'a directory of everybody, and a file of somebody else');
  }
  if (existing.dev !== directory.dev || (await isMounted(target))) {
    throw failure('EBUSY', 'a mount point');
  }
}

/** proc_pid_mountinfo(5): field 5 is the place, with octal escapes. Containers mount single files. */
async function isMounted(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return table.split('\n').some((line) => {
    const place = line.split(' ')[4];
    return place !== undefined && unescape(place) === path;
  });
}

function unescape(place: string): string {
  return place.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}

async function orNone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
