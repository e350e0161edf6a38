import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine } from '../support/program.js';
import { firstBytes, launch } from './launch.js';
import { type Observed, observedDatabase } from './observer.js';
import { ENDLESS } from './statements.js';

/** A row's text and 0.2 s for each: four seconds in all, and more than the server keeps before it sends. */
const SLOW = `select g, repeat('x', 9000) as filler, pg_sleep(0.2) from (select generate_series(1, 20) as g) s`;
const SLOW_MS = 4000;

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

describe('rows go out as they come', () => {
  test.each(['csv', 'tsv', 'json', 'jsonl', 'markdown'].filter((f) => formatNames.includes(f)))(
    'in %s the first rows show long before the last',
    async (format) => {
      const run = launch(['sql', '-d', observed.url, '-F', format, SLOW], { on });
      const started = performance.now();
      // More than the header: two of the rows.
      const first = await firstBytes(run.stdout, 18_000);
      const waited = performance.now() - started;
      run.stdout.resume();
      const { code, durationMs } = await run.ended;
      expect(code).toBe(0);
      expect(durationMs).toBeGreaterThan(SLOW_MS);
      expect(first.toString()).toContain('xxxxxxxx');
      // Not counted from the start, which takes longer on a busy machine.
      expect(durationMs - waited).toBeGreaterThan(SLOW_MS / 4);
    },
  );
});

const linux = existsSync('/proc/self/status');
(linux ? describe : describe.skip)('a reader that stops (needs /proc)', () => {
  test.each([...formatNames])(
    'in %s the server waits, and memory stays where it is',
    async (format) => {
      const run = launch(['sql', '-d', observed.url, '-F', format, ENDLESS], { on });
      await firstBytes(run.stdout);
      const { pid } = await observed.untilRunning('ClientWrite');
      const before = run.memory();
      await sleep(1000);
      expect(run.memory() - before).toBeLessThan(10);
      expect(run.memory()).toBeLessThan(150);
      const [backend] = await observed.running();
      expect(backend).toMatchObject({ pid, waits: 'ClientWrite' });
      run.stdout.destroy();
      expect((await run.ended).code).toBe(141);
      await observed.untilIdle(2000);
    },
    30_000,
  );

  test('by a cursor the server is not asked for more', async () => {
    const run = launch(['sql', '-d', observed.url, '-F', 'csv', '--limit', '2000000000', ENDLESS], {
      on,
    });
    await firstBytes(run.stdout);
    await sleep(1000);
    const before = run.memory();
    const [backend] = await observed.running();
    // It waits for us: to read what it sends, or to ask for more.
    expect(['ClientWrite', 'ClientRead']).toContain(backend!.waits);
    await sleep(1000);
    expect(run.memory() - before).toBeLessThan(10);
    run.stdout.destroy();
    expect((await run.ended).code).toBe(141);
    await observed.untilIdle(2000);
  });

  test('of the embedded database, memory stays where it is', async () => {
    const run = launch(['sql', '-d', 'sample', '-F', 'csv', ENDLESS], { on });
    await firstBytes(run.stdout);
    await sleep(1000);
    const before = run.memory();
    await sleep(1500);
    expect(run.memory() - before).toBeLessThan(20);
    run.stdout.destroy();
    expect((await run.ended).code).toBe(141);
  });
});
