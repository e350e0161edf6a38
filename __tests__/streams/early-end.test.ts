import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine, run } from '../support/program.js';
import { firstBytes, launch } from './launch.js';
import { type Observed, observedDatabase } from './observer.js';
import { ENDLESS, WAYS } from './statements.js';

let on: Machine;
let observed: Observed;
beforeAll(async () => {
  on = machine();
  observed = await observedDatabase();
});
afterAll(async () => {
  await observed.close();
  on.remove();
});
const CASES = formatNames.flatMap((format) => WAYS.map((way) => ({ format, ...way })));

describe('a reader that goes away', () => {
  test.each(CASES)(
    'ends the query of $format by $way within a second, in silence, with 141',
    async ({ format, flags }) => {
      const run = launch(['sql', '-d', observed.url, '-F', format, ...flags, ENDLESS], { on });
      await firstBytes(run.stdout);
      await observed.untilRunning();
      run.stdout.destroy();
      await observed.untilIdle(1000);
      expect(await run.ended).toMatchObject({ code: 141, stderr: '' });
    },
  );

  test('ends the query of the embedded database as well', async () => {
    const run = launch(['sql', '-d', 'sample', '-F', 'csv', ENDLESS], { on });
    await firstBytes(run.stdout);
    const left = performance.now();
    run.stdout.destroy();
    expect(await run.ended).toMatchObject({ code: 141, stderr: '' });
    expect(performance.now() - left).toBeLessThan(2000);
    // Its directory is in order, and free.
    const next = launch(['sql', '-d', 'sample', '-F', 'csv', 'select 1 as a'], { on });
    expect((await firstBytes(next.stdout, 4)).toString()).toBe('a\n1\n');
    expect((await next.ended).code).toBe(0);
  });
});

describe('limits on a result without end', () => {
  const take = (...args: string[]) => run(['sql', '-d', observed.url, ...args, ENDLESS], { on });

  test.each(formatNames)(
    '--limit gives its rows of %s at once, and the result is whole',
    async (format) => {
      const { code, stdout, stderr, durationMs } = await take('-F', format, '--limit', '10');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('row number 10');
      expect(stdout).not.toContain('row number 11');
      expect(durationMs).toBeLessThan(3000);
      await observed.untilIdle(1000);
    },
  );

  test.each(formatNames)('--max-rows cuts %s and cancels the query at once', async (format) => {
    const { code, stdout, stderr, durationMs } = await take('-F', format, '--max-rows', '1500');
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('--max-rows') });
    expect(stdout).toContain('row number 1500');
    expect(stdout).not.toContain('row number 1501');
    expect(durationMs).toBeLessThan(3000);
    await observed.untilIdle(1000);
    if (format === 'json') expect(JSON.parse(stdout)).toHaveLength(1500);
    if (format === 'table' || format === 'vertical') {
      expect(stdout.trimEnd()).toMatch(/\(1500 rows, truncated\)$/);
    }
  });

  test.each(formatNames)('--max-bytes cuts %s and cancels the query at once', async (format) => {
    const { code, stdout, stderr, durationMs } = await take('-F', format, '--max-bytes', '1000000');
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('--max-bytes') });
    expect(stdout.length).toBeGreaterThan(500_000);
    // Of formats for people, what counts is what the rows are before they are dressed.
    const most = ['table', 'vertical', 'markdown'].includes(format) ? 3_000_000 : 1_000_000;
    expect(stdout.length).toBeLessThanOrEqual(most);
    expect(durationMs).toBeLessThan(3000);
    await observed.untilIdle(1000);
  });

  test('the same rows are given by the embedded database', async () => {
    const { code, stdout } = await run(
      ['sql', '-d', 'sample', '-F', 'csv', '--limit', '10', ENDLESS],
      { on },
    );
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(12);
  });
});
