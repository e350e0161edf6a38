import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine, run } from '../support/program.js';
import { firstBytes, launch, readSlowly } from './launch.js';
import { type Observed, observedDatabase } from './observer.js';
import { BREAKS, ENDLESS, WAYS } from './statements.js';

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

/** As a program that reads it would find out. */
function looksWhole(format: string, end: string): boolean {
  if (format === 'json') return end.trimEnd().endsWith(']');
  return /\(\d+ rows?(, truncated)?\)\s*$/.test(end);
}

describe('a statement that fails in the middle of its rows', () => {
  test.each(CASES)('breaks $format by $way off, visibly, with 1', async ({ format, flags }) => {
    const args = ['sql', '-d', observed.url, '-F', format, ...flags, BREAKS];
    const { code, stdout, stderr } = await run(args, { on });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pgask: the result broke off: division by zero\n/);
    expect(stdout.length).toBeGreaterThan(100_000);
    expect(looksWhole(format, stdout.slice(-100))).toBe(false);
    expect(stdout).not.toContain('50000');
  });

  test.each(CASES)('leaves no half of a small $format by $way', async ({ format, flags }) => {
    const sql = 'select 1/(5000-g) as q from generate_series(1,10000) g';
    const args = ['sql', '-d', observed.url, '-F', format, ...flags, sql];
    const { code, stdout, stderr } = await run(args, { on });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('division by zero'),
    });
    if (stdout !== '') expect(looksWhole(format, stdout.slice(-100))).toBe(false);
  });

  test.each(CASES)(
    'leaves the target of -o as it was: $format by $way',
    async ({ format, flags }) => {
      const target = join(on.home, `target.${format}`);
      writeFileSync(target, 'as it was');
      const args = ['sql', '-d', observed.url, '-F', format, ...flags, '-o', target, BREAKS];
      const { code, stdout } = await run(args, { on });
      expect({ code, stdout, left: readFileSync(target, 'utf8') }).toEqual({
        ...{ code: 1, stdout: '', left: 'as it was' },
      });
      expect(readdirSync(on.home).filter((name) => name.includes(`target.${format}`))).toEqual([
        `target.${format}`,
      ]);
    },
  );

  test('breaks off in the embedded database as well', async () => {
    const { code, stdout, stderr } = await run(['sql', '-d', 'sample', '-F', 'json', BREAKS], {
      on,
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('division by zero'),
    });
    expect(looksWhole('json', stdout)).toBe(false);
  });
});

describe('time that runs out in the middle of the rows', () => {
  test.each(CASES)('breaks $format by $way off, with 6', async ({ format, flags }) => {
    const args = ['sql', '-d', observed.url, '-F', format, '--timeout', '1s', ...flags, ENDLESS];
    const one = launch(args, { on });
    const { last, bytes } = await readSlowly(one.stdout, { pauseMs: 0, pauses: 0 });
    const { code, stderr, durationMs } = await one.ended;
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringMatching(/1 s|1s|timeout/) });
    expect(durationMs).toBeLessThan(4000);
    expect(bytes).toBeGreaterThan(100_000);
    expect(looksWhole(format, last)).toBe(false);
    await observed.untilIdle(1000);
  });

  test('also where the reader has stopped', async () => {
    const args = ['sql', '-d', observed.url, '-F', 'csv', '--timeout', '1s', ENDLESS];
    const one = launch(args, { on });
    await firstBytes(one.stdout);
    await observed.untilRunning('ClientWrite');
    await observed.untilIdle(4000);
    one.stdout.resume();
    expect((await one.ended).code).toBe(6);
  });
});

describe('a session that is ended in the middle of the rows', () => {
  test.each(CASES)('breaks $format by $way off, with 1', async ({ format, flags }) => {
    const args = ['sql', '-d', observed.url, '-F', format, ...flags, ENDLESS];
    const one = launch(args, { on });
    await firstBytes(one.stdout);
    const { pid } = await observed.untilRunning();
    await observed.kill(pid);
    const { last } = await readSlowly(one.stdout, { pauseMs: 0, pauses: 0 });
    const { code, stderr } = await one.ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/connection/) });
    expect(looksWhole(format, last)).toBe(false);
  });
});
