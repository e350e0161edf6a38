import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { METRICS } from '../../lib/evals/figures.js';
import { run } from '../support/program.js';
import { HELD_OUT, keptFigures, openOwnCases, TODAY } from './own-cases.js';

const folder = fileURLToPath(new URL('../../evals', import.meta.url));
const kept = readFileSync(join(folder, 'RESULTS.md'), 'utf8');

test.each([
  { heading: 'Known', cases: folder },
  { heading: 'Held out', cases: join(folder, HELD_OUT) },
])(
  "answers to the project's own cases are no worse than the kept ones: $heading",
  async ({ heading, cases: from }) => {
    const thresholds = keptFigures(kept, heading);
    expect(thresholds.map((text) => text.replace(/=.*/, ''))).toEqual([...METRICS]);
    const cases = await openOwnCases(from);
    try {
      const { code, stderr } = await run(
        [
          ...['eval', '-', '--database-url', cases.url, '--model', 'offline'],
          ...thresholds.flatMap((text) => ['--threshold', text]),
        ],
        { stdin: cases.lines, env: { PGASK_TODAY: TODAY }, timeoutMs: 400_000 },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      await cases.drop();
    }
  },
  480_000,
);
