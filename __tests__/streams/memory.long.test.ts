import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine } from '../support/program.js';
import { CEILING, take, type Taken } from './memory.js';
import { type Observed, observedDatabase } from './observer.js';
import { manyRows, WAYS } from './statements.js';

const FEW = 1000;
const MANY = 10_000_000;
/** A garbage collector has its own mind within that, and on a busy machine beyond: what grows does so each time. In MB. */
const NOISE = 45;
const TRIES = 3;
const TIMEOUT_MS = 600_000;

async function isFlat(measure: () => Promise<{ few: Taken; many: Taken }>): Promise<void> {
  const growths: number[] = [];
  while (growths.length < TRIES && Math.min(...growths) >= NOISE) {
    const { few, many } = await measure();
    expect(many.peak).toBeLessThan(CEILING);
    growths.push(many.peak - few.peak);
  }
  expect(Math.min(...growths)).toBeLessThan(NOISE);
}

describe('memory stays under its ceiling for ten million rows, and flat from a tenth of them', () => {
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
  const peak = (rows: number, slow: boolean, ...more: readonly string[]) =>
    take(['sql', '-d', observed.url, '--timeout', '10min', manyRows(rows), ...more], {
      ...{ on, slow, timeoutMs: TIMEOUT_MS },
    });

  test.each(formatNames)(
    'in %s, to a pipe with a slow reader',
    async (format) => {
      // What is held ahead of a slow reader has its own size, which a thousand rows don't fill.
      await isFlat(async () => {
        const few = await peak(MANY / 10, true, '-F', format);
        const many = await peak(MANY, true, '-F', format);
        expect(many.bytes).toBeGreaterThan(MANY * 25);
        return { few, many };
      });
    },
    TIMEOUT_MS,
  );

  test.each(formatNames)(
    'in %s, to a file',
    async (format) => {
      const target = join(on.home, 'rows');
      await isFlat(async () => {
        const few = await peak(MANY / 10, false, '-F', format, '-o', target);
        const many = await peak(MANY, false, '-F', format, '-o', target);
        expect(statSync(target).size).toBeGreaterThan(MANY * 25);
        return { few, many };
      });
    },
    TIMEOUT_MS,
  );

  test.each(WAYS)(
    'in csv by $way',
    async ({ flags }) => {
      await isFlat(async () => ({
        few: await peak(FEW, false, '-F', 'csv', ...flags),
        many: await peak(MANY, false, '-F', 'csv', ...flags),
      }));
    },
    TIMEOUT_MS,
  );
});

describe('one value of 300 MB', () => {
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

  test.each(formatNames.flatMap((format) => WAYS.map((way) => ({ format, ...way }))))(
    'passes or is a clear error in $format by $way',
    async ({ format, flags }) => {
      const sql = `select repeat('0123456789', 30 * 1024 * 1024) as huge`;
      const args = ['sql', '-d', observed.url, '-F', format, ...flags, sql];
      const outcome = await take(args, { on, timeoutMs: TIMEOUT_MS }).then(
        ({ bytes }) => bytes,
        (error: Error) => error.message,
      );
      if (typeof outcome === 'number') expect(outcome).toBeGreaterThan(300 * 1024 * 1024);
      // A sentence that names the column, and no crash of the engine.
      else expect(outcome).toMatch(/ended with [1-9]\d*: pgask: [^\n]*\bhuge\b/);
    },
    TIMEOUT_MS,
  );
});
