import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatNames } from '../../lib/formats/formats.js';
import { type Machine, machine } from '../support/program.js';
import { CEILING, take } from './memory.js';
import { type Observed, observedDatabase } from './observer.js';
import { WAYS } from './statements.js';

const MB = 1024 * 1024;

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

describe('a result of unusual size', () => {
  test.each(CASES)(
    '1,600 columns in $format by $way',
    async ({ format, flags }) => {
      const columns = Array.from({ length: 1600 }, (_, i) => `g + ${i} as c${i}`).join(', ');
      const sql = `select ${columns} from (select generate_series(1, 1000) as g) s`;
      const { bytes, last, peak } = await take(
        ['sql', '-d', observed.url, '-F', format, ...flags, sql],
        { on },
      );
      expect(bytes).toBeGreaterThan(1600 * 1000 * 4);
      expect(last).toContain('2599');
      expect(peak).toBeLessThan(CEILING);
    },
    60_000,
  );

  test.each(CASES)(
    'rows of 10 MB in $format by $way',
    async ({ format, flags }) => {
      const sql = `select g, repeat('0123456789', ${MB}) as filler from (select generate_series(1, 20) as g) s`;
      const { bytes } = await take(['sql', '-d', observed.url, '-F', format, ...flags, sql], {
        on,
      });
      expect(bytes).toBeGreaterThan(20 * 10 * MB);
    },
    60_000,
  );

  test('rows of 10 MB take no more memory for many than for few', async () => {
    const sql = (rows: number) =>
      `select g, repeat('0123456789', ${MB}) as filler from (select generate_series(1, ${rows}) as g) s`;
    const csv = (rows: number) => take(['sql', '-d', observed.url, '-F', 'csv', sql(rows)], { on });
    const few = await csv(2);
    const many = await csv(60);
    expect(many.bytes).toBeGreaterThan(600 * MB);
    expect(many.peak).toBeLessThan(150);
    expect(many.peak - few.peak).toBeLessThan(45);
  }, 60_000);
});
