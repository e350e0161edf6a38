/** The built program with its output in the test's own hands: read at its pace, or not at all. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Machine, programFile } from '../support/program.js';

export interface Launched {
  readonly child: ChildProcess;
  /** Nothing is read from it before the test does. */
  readonly stdout: Readable;
  /** Resolves at the end, with all that was said. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stderr: string;
    readonly durationMs: number;
  }>;
  /** Memory that it has now, in MB: on Linux alone. */
  memory(): number;
}

/** @param options.timeoutMs after which the process is killed */
export function launch(
  args: readonly string[],
  options: { readonly on: Machine; readonly env?: Record<string, string>; timeoutMs?: number },
): Launched {
  const started = performance.now();
  const child = spawn(process.execPath, [programFile, ...args], {
    cwd: options.on.home,
    env: { ...options.on.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 25_000);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    child,
    stdout: child.stdout,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        const durationMs = performance.now() - started;
        // What it said last may still be in the pipe.
        const told = () => resolve({ code, signal, stderr, durationMs });
        if (child.stderr.readableEnded) told();
        else child.stderr.once('close', told);
      });
    }),
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) / 1024;
    },
  };
}

/** What arrives until it is that much; then nothing is read. Less where the stream ends before. */
export function firstBytes(stdout: Readable, atLeast = 1): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const done = () => {
      stdout.off('data', take).off('close', done).pause();
      resolve(Buffer.concat(chunks));
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= atLeast) done();
    };
    stdout.on('data', take).on('close', done);
  });
}

/** Counts what arrives, reading no faster than told. */
export async function readSlowly(
  stdout: Readable,
  { pauseMs, pauses }: { readonly pauseMs: number; readonly pauses: number },
): Promise<{ readonly bytes: number; readonly last: string }> {
  let bytes = 0;
  let last = '';
  let chunks = 0;
  for await (const chunk of stdout) {
    bytes += (chunk as Buffer).length;
    last = (last + (chunk as Buffer).toString('latin1')).slice(-100);
    if ((chunks += 1) <= pauses) await sleep(pauseMs);
  }
  return { bytes, last };
}
