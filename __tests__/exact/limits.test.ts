import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testServer } from '../support/server.js';
import { FORMATS, type FormatName } from './expected.js';
import { type Ground, openGround } from './ground.js';

/** Rows of different sizes: an empty one, one with line breaks of its own, letters of several bytes. */
const SQL = `select n, case n % 5 when 0 then null when 1 then '' when 2 then e'two\\nlines, "q"'
  when 3 then 'éé\u{1f469}' else repeat('x', n) end as "téxt" from generate_series(1, 12) n order by n`;

const LINES: readonly FormatName[] = ['csv', 'tsv', 'jsonl'];

describe('limits of a result', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround({ server: await testServer() });
  });
  afterAll(() => ground.close());

  /** Just too little for so many rows, just enough, and one more. */
  const around = (texts: readonly Buffer[]): number[] =>
    texts.flatMap(({ length }) => [length - 1, length, length + 1]).filter((bytes) => bytes > 0);

  /** How the output grows with each row: the sizes of what 0, 1, 2 … rows print. */
  async function sizes(format: FormatName, sql: string, rows: number): Promise<Buffer[]> {
    const texts: Buffer[] = [];
    for (let limit = 0; limit <= rows; limit++) {
      texts.push(await ground.printer.print(sql, format, { limits: { limit } }));
    }
    return texts;
  }

  test.each(FORMATS)('--limit gives the first rows, whole and unmarked: %s', async (format) => {
    const whole = await ground.printer.print(SQL, format);
    for (const limit of [0, 1, 5, 11, 12, 13, 1000]) {
      const { bytes, delivery } = await ground.printer.deliver(SQL, format, { limits: { limit } });
      const rows = Math.min(limit, 12);
      expect(delivery).toMatchObject({ rowCount: rows, truncated: false, cutBy: undefined });
      await ground.compare(`select * from (${SQL}) q limit ${limit}`, [format]);
      const wanted = await ground.printer.print(`select * from (${SQL}) q limit ${limit}`, format);
      expect(bytes.toString()).toBe(wanted.toString());
      if (limit >= 12) expect(bytes.equals(whole)).toBe(true);
    }
  });

  test.each(FORMATS)('--max-rows cuts what is longer, and says so: %s', async (format) => {
    const texts = await sizes(format, SQL, 12);
    for (const maxRows of [1, 5, 11, 12, 13]) {
      const { bytes, delivery } = await ground.printer.deliver(SQL, format, {
        limits: { maxRows },
      });
      const rows = Math.min(maxRows, 12);
      const cutBy = maxRows < 12 ? 'max-rows' : undefined;
      expect(delivery).toMatchObject({ rowCount: rows, truncated: maxRows < 12, cutBy });
      expect(bytes.toString()).toBe(texts[rows]!.toString());
    }
  });

  test.each([
    [5, 5, undefined],
    [4, 5, undefined],
    [6, 5, 'max-rows'],
    [12, 12, undefined],
    [100, 12, undefined],
    [100, 11, 'max-rows'],
  ])('--limit %i beside --max-rows %i', async (limit, maxRows, cutBy) => {
    for (const format of FORMATS) {
      const { delivery } = await ground.printer.deliver(SQL, format, {
        limits: { limit, maxRows },
      });
      const rowCount = Math.min(limit, maxRows, 12);
      expect(delivery).toMatchObject({ rowCount, truncated: cutBy !== undefined, cutBy });
    }
  });

  test.each(LINES)(
    '--max-bytes lets through the rows that fit, whole, and never a byte more: %s',
    async (format) => {
      const texts = await sizes(format, SQL, 12);
      // A header is written whatever its size.
      for (const maxBytes of around(texts).filter((bytes) => bytes >= texts[0]!.length)) {
        const { bytes, delivery } = await ground.printer.deliver(SQL, format, {
          limits: { maxBytes },
        });
        const fitting = texts.findLastIndex((text) => text.length <= maxBytes);
        expect({ maxBytes, text: bytes.toString() }).toEqual({
          maxBytes,
          text: texts[fitting]!.toString(),
        });
        const cutBy = fitting === 12 ? undefined : 'max-bytes';
        expect(delivery).toMatchObject({ rowCount: fitting, truncated: fitting < 12, cutBy });
      }
    },
  );

  test('--max-bytes leaves an array that is closed: json', async () => {
    const texts = await sizes('json', SQL, 12);
    const rows = JSON.parse(texts[12]!.toString()) as unknown[];
    for (const maxBytes of [1, 2, ...around(texts)]) {
      const { bytes, delivery } = await ground.printer.deliver(SQL, 'json', {
        limits: { maxBytes },
      });
      const given = JSON.parse(bytes.toString()) as unknown[];
      expect(given).toEqual(rows.slice(0, given.length));
      expect(delivery).toMatchObject({ rowCount: given.length, truncated: given.length < 12 });
      // The brackets of an empty array are as little as it can be.
      expect(bytes.length).toBeLessThanOrEqual(Math.max(maxBytes, '[]\n'.length));
    }
  });

  test.each(FORMATS)(
    'a row larger than what arrives at once is never cut in two: %s',
    async (format) => {
      const size = 1_000_000;
      const sql = `select n, repeat(chr(96 + n), ${size}) as x from generate_series(1, 4) n order by n`;
      for (const [maxBytes, rowCount] of [
        [1000, 0],
        [size - 1, 0],
        [1.5 * size, 1],
        [3.9 * size, 3],
        [4.1 * size, 4],
      ] as const) {
        const { bytes, delivery } = await ground.printer.deliver(sql, format, {
          limits: { maxBytes },
        });
        expect(delivery).toMatchObject({ rowCount, truncated: rowCount < 4 });
        expect(bytes.length).toBeLessThanOrEqual(maxBytes);
        const wanted = await ground.printer.print(sql, format, { limits: { limit: rowCount } });
        expect(bytes.equals(wanted)).toBe(true);
      }
      for (const maxRows of [1, 3]) {
        const { bytes, delivery } = await ground.printer.deliver(sql, format, {
          limits: { maxRows },
        });
        expect(delivery).toMatchObject({ rowCount: maxRows, truncated: true });
        const wanted = await ground.printer.print(sql, format, { limits: { limit: maxRows } });
        expect(bytes.equals(wanted)).toBe(true);
      }
    },
  );

  test.each(FORMATS)('limits hold across many rows that arrive together: %s', async (format) => {
    const sql = 'select n, n * 2 as m from generate_series(1, 20000) n order by n';
    for (const maxRows of [999, 1000, 8193, 19_999, 20_000]) {
      const { bytes, delivery } = await ground.printer.deliver(sql, format, {
        limits: { maxRows },
      });
      expect(delivery).toMatchObject({ rowCount: maxRows, truncated: maxRows < 20_000 });
      const wanted = await ground.printer.print(sql, format, { limits: { limit: maxRows } });
      expect(bytes.equals(wanted)).toBe(true);
    }
  });

  test('after a result that was cut the session gives the next one whole', async () => {
    for (const format of FORMATS) {
      await ground.printer.print('select * from generate_series(1, 1000000)', format, {
        limits: { maxRows: 10 },
      });
      await ground.compare('select 1 as a, null as b', [format]);
    }
  });

  test('rows that have no columns are counted too', async () => {
    const sql = 'select from generate_series(1, 10)';
    for (const format of FORMATS) {
      const { delivery } = await ground.printer.deliver(sql, format, { limits: { maxRows: 4 } });
      expect(delivery).toMatchObject({ rowCount: 4, truncated: true });
      const limited = await ground.printer.deliver(sql, format, { limits: { limit: 4 } });
      expect(limited.delivery).toMatchObject({ rowCount: 4, truncated: false });
    }
  });
});
