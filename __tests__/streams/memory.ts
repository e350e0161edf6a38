/** The most memory that the program ever has for a result. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../support/program.js';
import { launch, readSlowly } from './launch.js';

const preload = fileURLToPath(new URL('../support/peak-memory.cjs', import.meta.url));

/** The promise: flat memory is below that, whatever the result. In MB. */
export const CEILING = 150;

export interface Taken {
  /** In MB. */
  readonly peak: number;
  readonly bytes: number;
  /** The end of what arrived. */
  readonly last: string;
}

/** @param slow a reader that waits a little after each of its first reads */
export async function take(
  args: readonly string[],
  { on, slow = false, timeoutMs }: { on: Machine; slow?: boolean; timeoutMs?: number },
): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'pgask-peak-'));
  const file = join(folder, 'peak');
  try {
    const env = { NODE_OPTIONS: `--require ${preload}`, PEAK_MEMORY_FILE: file };
    const run = launch(args, { on, env, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    const read = await readSlowly(run.stdout, { pauseMs: 5, pauses: slow ? 200 : 0 });
    const { code, signal, stderr } = await run.ended;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${stderr}`);
    return { peak: Number(readFileSync(file, 'utf8')) / 1024, ...read };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
