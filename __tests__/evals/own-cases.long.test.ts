import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { METRICS } from '../../lib/evals/figures.js';
import { run } from '../support/program.js';
import { openOwnCases, TODAY } from './own-cases.js';

const folder = fileURLToPath(new URL('../../evals', import.meta.url));

test("answers to the project's own cases are no worse than the kept ones", async () => {
  const kept = readFileSync(join(folder, 'RESULTS.md'), 'utf8');
  const thresholds = [...kept.matchAll(/^\| ([a-z-]+) +\|[^|]*\| (\d+) of (\d+) +\|$/gm)].map(
    // Cut off and not rounded: what is kept is reached by itself.
    ([, metric, count, n]) => `${metric}=${Math.floor((1e4 * Number(count)) / Number(n)) / 1e4}`,
  );
  expect(thresholds.map((text) => text.replace(/=.*/, ''))).toEqual([...METRICS]);
  const cases = await openOwnCases(folder);
  try {
    const { code, stderr } = await run(
      [
        ...['eval', '-', '--database-url', cases.url, '--model', 'offline'],
        ...thresholds.flatMap((text) => ['--threshold', text]),
      ],
      { stdin: cases.lines, env: { PGASK_TODAY: TODAY }, timeoutMs: 240_000 },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  } finally {
    await cases.drop();
  }
}, 300_000);
