import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine } from '../support/program.js';
import { CEILING, take } from './memory.js';
import { type Observed, observedDatabase } from './observer.js';
import { manyRows, WAYS } from './statements.js';

const FEW = 1000;
const MANY = 1_000_000;
/** A garbage collector has its own mind within that. In MB. */
const NOISE = 45;

describe('memory stays flat from a thousand rows to a million', () => {
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
  const args = (rows: number, ...more: readonly string[]) => [
    ...['sql', '-d', observed.url, manyRows(rows)],
    ...more,
  ];

  test.each(formatNames)(
    'in %s, to a pipe',
    async (format) => {
      const few = await take(args(FEW, '-F', format), { on });
      const many = await take(args(MANY, '-F', format), { on });
      expect(many.bytes).toBeGreaterThan(MANY * 25);
      expect(many.peak).toBeLessThan(CEILING);
      expect(many.peak - few.peak).toBeLessThan(NOISE);
    },
    60_000,
  );

  test.each(['csv', 'json', 'table'])(
    'in %s, to a file',
    async (format) => {
      const target = join(on.home, `rows.${format}`);
      const few = await take(args(FEW, '-F', format, '-o', target), { on });
      const many = await take(args(MANY, '-F', format, '-o', target), { on });
      expect(statSync(target).size).toBeGreaterThan(MANY * 25);
      expect(many.peak).toBeLessThan(CEILING);
      expect(many.peak - few.peak).toBeLessThan(NOISE);
    },
    60_000,
  );

  test.each(WAYS)(
    'by $way, with a slow reader',
    async ({ flags }) => {
      const few = await take(args(FEW, '-F', 'csv', ...flags), { on });
      const many = await take(args(MANY, '-F', 'csv', ...flags), { on, slow: true });
      expect(many.last).toMatch(/\n1000000,row number 1000000,1500000\.0\n$/);
      expect(many.peak).toBeLessThan(CEILING);
      expect(many.peak - few.peak).toBeLessThan(NOISE);
    },
    60_000,
  );

  test.each(['csv', 'jsonl', 'table'])(
    'of the embedded database, in %s',
    async (format) => {
      const embedded = (rows: number) => ['sql', '-d', 'sample', manyRows(rows), '-F', format];
      const few = await take(embedded(FEW), { on });
      const many = await take(embedded(200_000), { on });
      // PostgreSQL itself is in this process, with its memory and its 9 MB of code.
      expect(many.peak - few.peak).toBeLessThan(2 * NOISE);
    },
    60_000,
  );
});
