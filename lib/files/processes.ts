/** Who this process is, and whether another one still runs. */
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { codeOf } from './reasons.js';

/** A process as another one finds it in a file. What the system didn't tell is undefined and decides nothing. */
export interface Identity {
  readonly pid: number;
  /** As the system tells it, so that a later process of the same pid is told apart. */
  readonly started?: string | undefined;
  /** Changes with every start of the machine. */
  readonly boot?: string | undefined;
  readonly host?: string | undefined;
  /** The pid namespace: a pid means nothing outside of its own. */
  readonly space?: string | undefined;
}

/** `elsewhere`: on another host or in another container, where a pid can't be looked up. */
export type State = 'alive' | 'dead' | 'elsewhere';

/** A process that is dead stays so, whatever gets its pid afterwards. */
export async function judge(other: Identity): Promise<State> {
  const here = await ourselves();
  if (differ(other.host, here.host)) return 'elsewhere';
  if (differ(other.boot, here.boot)) return 'dead';
  if (differ(other.space, here.space)) return 'elsewhere';
  if (!isRunning(other.pid)) return 'dead';
  const running = await readProcess(other.pid);
  if (running === undefined) return 'alive';
  return running.ended || differ(other.started, running.started) ? 'dead' : 'alive';
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/** Signal 0 is sent to nobody; EPERM means that there is somebody. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

let known: Promise<Identity> | undefined;

export function ourselves(): Promise<Identity> {
  return (known ??= (async () => {
    const [own, boot, space] = await Promise.all([
      readProcess(process.pid),
      onLinux(() => readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
      onLinux(() => readlink('/proc/self/ns/pid')),
    ]);
    return {
      pid: process.pid,
      started: own?.started,
      boot: boot?.trim(),
      host: hostname(),
      space,
    };
  })());
}

/** Host and pid namespace in six digits: pids of one tag can be compared. */
export async function processTag(): Promise<string> {
  const { host, space } = await ourselves();
  return createHash('sha256').update(`${host} ${space}`).digest('hex').slice(0, 6);
}

/** The life of this process in four digits, so that a later one of the same pid is told apart. */
export async function lifeTag(): Promise<string> {
  const { boot, started } = await ourselves();
  return tagOf(boot, started);
}

function tagOf(boot: string | undefined, started: string | undefined): string {
  return createHash('sha256').update(`${boot} ${started}`).digest('hex').slice(0, 4);
}

/** Whether the process of that pid and life, on this host and in this pid namespace, still runs. */
export async function isProcess(pid: number, life: string): Promise<boolean> {
  if (!isRunning(pid)) return false;
  const running = await readProcess(pid);
  if (running === undefined) return true;
  return !running.ended && tagOf((await ourselves()).boot, running.started) === life;
}

async function onLinux(read: () => Promise<string>): Promise<string | undefined> {
  return process.platform === 'linux' ? await read().catch(() => undefined) : undefined;
}

/** What the system tells of a process beside its pid; undefined where it tells nothing. */
async function readProcess(
  pid: number,
): Promise<{ readonly started: string; readonly ended: boolean } | undefined> {
  try {
    if (process.platform === 'linux') return readStat(await readFile(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform !== 'darwin') return undefined;
    const env = { LC_ALL: 'C', TZ: 'UTC' };
    // Loaded where it is needed: elsewhere it would only slow the start.
    const { execFile } = await import('node:child_process');
    const run = promisify(execFile);
    const { stdout } = await run('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { env });
    return stdout.trim() === '' ? undefined : { started: stdout.trim(), ended: false };
  } catch {
    // Gone between two looks, or not for us to see: the next look, or the pid alone, will tell.
    return undefined;
  }
}

/** proc_pid_stat(5): the name, field 2, may hold spaces and parentheses; 3 is the state, 22 the start time. */
export function readStat(text: string): { started: string; ended: boolean } | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  // Z: killed, but its parent hasn't asked yet. In a container it perhaps never will.
  return started === undefined ? undefined : { started, ended: state === 'Z' || state === 'X' };
}
