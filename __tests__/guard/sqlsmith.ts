/** Random statements by sqlsmith (Debian's package), which reads the catalog of a database and runs nothing in it. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

export function sqlsmithInstalled(): boolean {
  return spawnSync('sqlsmith', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param url of the superuser, who sees every object
 * @param seed the same seed and catalog give the same statements
 */
export async function* randomStatements(
  url: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): AsyncGenerator<string> {
  const child = spawn(
    'sqlsmith',
    // A dry run prints what it would send; the connection only reads the catalog.
    ['--dry-run', `--max-queries=${count}`, `--seed=${seed}`, `--target=${url}`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => undefined);
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let lines: string[] = [];
  let made = 0;
  try {
    // It breaks lines anywhere but in a literal, and ends a statement with `;` at the end of a line.
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (!/;\s*$/.test(line)) continue;
      yield lines.join('\n');
      made += 1;
      lines = [];
    }
    await Promise.race([ended, failed]);
  } finally {
    child.kill();
  }
  if (made < count) throw new Error(`sqlsmith made ${made} of ${count} statements: ${complaints}`);
}
