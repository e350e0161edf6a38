/** Whether a path that nobody has typed is one where a new file does no harm: in the working directory, and in plain sight. */
import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { codeOf } from './reasons.js';

export type Place =
  /** `path` is the real one; `shown` is relative to the directory. */
  | { readonly type: 'inside'; readonly path: string; readonly shown: string }
  /** As the end of a sentence: `leads out of the working directory`. */
  | { readonly type: 'refused'; readonly why: string };

/** A file system takes 255 for a name, and a temporary file beside it needs some. */
const MAX_BYTES = 200;

/** Where a new file of that path would be. Nothing is made; what is there by then is for the opening to notice. */
export async function placeInside(directory: string, path: string): Promise<Place> {
  const why = oddness(path);
  if (why !== undefined) return { type: 'refused', why };
  const parts = path.split('/').filter((part) => part !== '.');
  const name = parts.pop()!;
  try {
    const root = await realpath(directory);
    const folder = await realpath(join(root, ...parts));
    const below = relative(root, folder);
    // Symbolic links lead wherever they like.
    if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return OUTSIDE;
    if (below.split(sep).some(isHidden)) return HIDDEN;
    const target = join(folder, name);
    if (await exists(target)) return { type: 'refused', why: 'names a file that exists' };
    return { type: 'inside', path: target, shown: join(...parts, name) };
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return { type: 'refused', why: 'is in a directory that does not exist or can not be entered' };
  }
}

const OUTSIDE: Place = { type: 'refused', why: 'leads out of the working directory' };
const HIDDEN: Place = { type: 'refused', why: 'names a hidden file or directory' };

/** What is wrong with the text alone. */
function oddness(path: string): string | undefined {
  if (path.trim() === '') return 'is empty';
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(path)) return 'holds characters that nobody can see';
  if (Buffer.byteLength(path) > MAX_BYTES) return `is longer than ${MAX_BYTES} bytes`;
  if (path.includes('\\')) return 'holds a backslash';
  if (isAbsolute(path) || path.startsWith('~')) return 'leads out of the working directory';
  const parts = path.split('/');
  if (parts.includes('..')) return 'leads out of the working directory';
  if (parts.some((part) => part.trim() !== part || part === '')) {
    return 'has a part that is empty, or begins or ends with a space';
  }
  // To a shell's wildcard it would be an option.
  if (parts.some((part) => part.startsWith('-'))) return 'has a part that begins with a dash';
  if (parts.at(-1) === '.') return 'names a directory';
  return parts.some((part) => part !== '.' && isHidden(part))
    ? 'names a hidden file or directory'
    : undefined;
}

function isHidden(part: string): boolean {
  return part.startsWith('.');
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
