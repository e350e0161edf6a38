/** What the system says went wrong with a file, in plain words and with what to do. */
import { EXIT, FileError, InterruptedError, OutputError, PgaskError } from '../errors.js';

const REASONS: Readonly<Record<string, readonly [why: string, hint?: string]>> = {
  ENOSPC: ['the disk is full'],
  EDQUOT: ['the disk quota is used up'],
  EACCES: ['permission denied', 'check the owner and the mode of the file and of its directory'],
  EPERM: ['the system does not permit it', 'check the owner and the attributes of the file'],
  EROFS: ['the file system is read-only', 'choose another place'],
  ENOENT: ['there is no such directory', 'make the directory first'],
  EEXIST: ['something else has that name', 'remove it, or choose another place'],
  EISDIR: ['it is a directory', 'name a file'],
  ENOTDIR: ['a part of the path is not a directory', 'check the path'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
  ELOOP: ['its symbolic links lead in a circle', 'check where the links lead'],
  EBUSY: ['it is in use, or mounted there by itself', 'choose another place'],
  EMFILE: ['too many files are open', 'raise the limit: ulimit -n'],
  ENFILE: ['too many files are open on this system', 'try again in a moment'],
  EFBIG: ['it would be larger than the system allows'],
  EIO: ['the disk or the connection to it failed'],
  EBADF: [
    'there is no such open descriptor, or it is not open for writing',
    'check the redirection',
  ],
  ENXIO: ['nobody is at its other end', 'choose another place'],
};

/** The system's error as a FileError; any other error as it is. `what` names the path. */
export function fileError(what: string, path: string, error: unknown): unknown {
  const reason = reasonOf(error, path);
  if (reason === undefined) return error;
  return new FileError(`${what}: ${reason.why}`, { cause: error, hint: reason.hint });
}

/** The same for a result that goes to `path`. A reader that went away is no error of ours. */
export function outputError(path: string, error: unknown): unknown {
  if (codeOf(error) === 'EPIPE') return new InterruptedError(EXIT.readerGone);
  const reason = reasonOf(error, path);
  if (reason === undefined) return error;
  const { why, hint } = reason;
  return new OutputError(`${path} can't be written: ${why}`, { cause: error, hint });
}

export function codeOf(error: unknown): string | undefined {
  return (error as Partial<NodeJS.ErrnoException> | null)?.code;
}

/** Undefined where it's no error of the system's. */
function reasonOf(
  error: unknown,
  path: string,
): { why: string; hint: string | undefined } | undefined {
  const code = codeOf(error);
  if (code === undefined || error instanceof PgaskError) return undefined;
  const [why, hint] = REASONS[code] ?? [(error as Error).message, `check ${path}`];
  return { why, hint };
}
