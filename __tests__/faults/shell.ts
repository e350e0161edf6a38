/** The built program as a line of a shell runs it, with redirections and pipes that only a shell can make. */
import { spawn, spawnSync } from 'node:child_process';
import { type Machine, programFile } from '../support/program.js';

export interface Line {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly durationMs: number;
}

/**
 * @param line `pgask` stands for the program; the exit code of a pipe is that of its first part, as bash tells it
 */
export function shell(
  line: string,
  { on, env = {}, cwd }: { on: Machine; env?: Record<string, string | undefined>; cwd?: string },
): Promise<Line> {
  const start = performance.now();
  const child = spawn(
    'bash',
    ['-c', `pgask() { "$NODE" "$PROGRAM" "$@"; }\n${line}\nexit \${PIPESTATUS[0]}`],
    {
      cwd: cwd ?? on.home,
      env: { ...on.env, NODE: process.execPath, PROGRAM: programFile, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // So that nothing outlives a test that fails.
      timeout: 30_000,
      killSignal: 'SIGKILL',
    },
  );
  const told = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ ...told, code, durationMs: performance.now() - start }),
    );
  });
}

/** Why what needs a tool is not tested here, for a test's title; undefined where it can be. */
export function missing(...tools: readonly string[]): string | undefined {
  const absent = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);
  return absent.length === 0 ? undefined : `skipped: not installed: ${absent.join(', ')}`;
}

export function missingRoot(): string | undefined {
  return process.getuid?.() === 0 ? undefined : 'skipped: only root may do that';
}
