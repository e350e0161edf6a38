/** Whether the program was started without a stdout (`>&-`): Node puts /dev/null in its place before any script runs. */
import { constants, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

const ACCESS_MODE = 3;
/** They open /dev/null for reading and writing where a child's output is not wanted; shells, for writing. */
const RUNTIMES = /^(node|nodejs|python[\d.]*|pypy[\d.]*|electron|bun|deno|nvim|julia)$/;

/**
 * Only Linux tells. A /dev/null that is open for reading too is Node's own, unless whoever started us gave us such
 * a one: as daemons, Node and Python do for output that is not wanted.
 */
export function stdoutIsClosed(): boolean {
  if (process.platform !== 'linux') return false;
  return isNodesNull('self') && !wasHandedDown(process.ppid);
}

function isNodesNull(pid: 'self' | number): boolean {
  try {
    if (readlinkSync(`/proc/${pid}/fd/1`) !== '/dev/null') return false;
    // proc_pid_fdinfo(5): the flags are octal.
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/1`, 'latin1'))?.[1];
    return (parseInt(flags ?? '', 8) & ACCESS_MODE) === constants.O_RDWR;
  } catch {
    return false;
  }
}

function wasHandedDown(parent: number): boolean {
  // Its parent has ended or is outside of the container: nobody can be asked.
  if (parent <= 1 || isNodesNull(parent)) return true;
  try {
    return RUNTIMES.test(basename(readlinkSync(`/proc/${parent}/exe`)));
  } catch {
    return false;
  }
}
