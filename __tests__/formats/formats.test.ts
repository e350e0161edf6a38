import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../../lib/errors.js';
import { csv } from '../../lib/formats/csv.js';
import { json } from '../../lib/formats/json.js';
import { jsonl } from '../../lib/formats/jsonl.js';
import { findFormat, formats } from '../../lib/formats/formats.js';
import { availableServers, testDatabase, type TestDatabase } from '../support/server.js';
import { openSession, write, type Session } from './results.js';

const MIXED = `
  select n as id,
    case n % 4 when 0 then null when 1 then '' when 2 then 'a, "b"' else e'two\\nlines\\r' end as "Odd, ""name""",
    n / 7.0 as ratio, n % 2 = 0 as even,
    timestamptz '2024-01-01 00:00Z' + n * interval '1 hour' as at,
    array[n, null] as list, ('{"n":\n ' || n || '}')::json as doc, row(n, 'x y')::pair as pair
  from generate_series(1, 2500) n`;

describe.each(availableServers())('a result from a server ($name)', (available) => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    const server = await available.start();
    database = await testDatabase({ sql: ['create type pair as (x int, "a b" text)'], server });
    session = openSession(database.url, { timezone: 'Asia/Kolkata' });
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const copied = (sql: string) => session.copy(sql, 'format csv, header');

  /** What row_to_json says of each row, a line each. */
  async function rowsToJson(sql: string): Promise<string[]> {
    const rows = await session.run(`select row_to_json(r)::text from (${sql}) r`);
    return rows.map(([row]) => row!);
  }

  describe('csv', () => {
    test.each([
      ['values of all kinds', MIXED],
      ['no rows', 'select 1 as a, 2 as b where false'],
      ['no columns', 'select from generate_series(1, 3)'],
      ['one column', `select * from unnest(array['\\.', '\\..', '', null, 'x', ',', '"']) "\\."`],
      ['two columns', `select '\\.' as "\\.", '\\.' as "\\.."`],
      ['columns of one name', 'select 1 as a, 2 as a, null as "a,a"'],
    ])('%s: the bytes that COPY writes', async (_, sql) => {
      const { text } = await write(csv, await session.result(sql));
      expect(text).toBe(await copied(sql));
    });

    test('keeps to the date style of the session, as COPY does', async () => {
      const german = openSession(database.url, { datestyle: 'German, DMY' });
      try {
        const sql = `select date '2024-02-01', timestamptz '2024-02-01 12:00Z'`;
        const { text } = await write(csv, await german.result(sql));
        expect(text).toContain('01.02.2024');
        expect(text).toBe(await german.copy(sql, 'format csv, header'));
      } finally {
        await german.close();
      }
    });

    const cell = fc.option(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(...'",\\.\r\n\t é;\'') }),
        fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '')),
      ),
      { freq: 6 },
    );

    test('any text: the bytes that COPY writes', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ a: cell, b: cell }), { minLength: 30, maxLength: 90 }),
          fc.constantFrom('a', 'a, b'),
          async (rows, names) => {
            const literal = JSON.stringify(rows).replaceAll("'", "''");
            const sql = `select ${names} from jsonb_to_recordset('${literal}') t (a text, b text)`;
            const { text } = await write(csv, await session.result(sql));
            expect(text).toBe(await copied(sql));
          },
        ),
        { numRuns: 20 },
      );
    });
  });

  describe('json', () => {
    test('is an array with what row_to_json says on the lines', async () => {
      const sql = MIXED.replace('\n ', '');
      const { text, warnings } = await write(json, await session.result(sql));
      expect(text).toBe(`[${(await rowsToJson(sql)).join(',\n')}]\n`);
      expect(JSON.parse(text)).toHaveLength(2500);
      expect(warnings).toEqual([]);
    });

    test('of no rows is an empty array', async () => {
      const { text } = await write(json, await session.result('select 1 as a where false'));
      expect(text).toBe('[]\n');
    });

    test('of no columns has empty objects', async () => {
      const sql = 'select from generate_series(1, 2)';
      const { text } = await write(json, await session.result(sql));
      expect(text).toBe(`[${(await rowsToJson(sql)).join(',\n')}]\n`);
    });

    test('keeps the order of columns, and names that an object would treat in its own way', async () => {
      const sql = `select 1 as "z", 2 as "1", 3 as "__proto__", 4 as "0", 5 as "é\n""\\"`;
      const { text } = await write(json, await session.result(sql));
      expect(text).toBe(`[${(await rowsToJson(sql))[0]}]\n`);
    });

    test('numbers columns of one name beside those that have such a name, and says so', async () => {
      const sql = `select 1 as a, 2 as a, 3 as a_2, 4 as a, 5 as b`;
      const { text, warnings } = await write(json, await session.result(sql));
      expect(text).toBe('[{"a":1,"a_3":2,"a_2":3,"a_4":4,"b":5}]\n');
      expect(warnings).toEqual(['columns of one name are numbered in JSON: a is a_3, a is a_4']);
    });
  });

  describe('jsonl', () => {
    test('is what row_to_json says, one row a line whatever white space a json value holds', async () => {
      const { text } = await write(jsonl, await session.result(MIXED));
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines).toEqual((await rowsToJson(MIXED)).map((row) => row.replaceAll('\n', ' ')));
    });

    test('keeps each value what it was while it takes the line breaks out', async () => {
      const doc = `'{"a":\r\n1,"b":[\n"x\\\\n\\\\\\\\"\r]}'::json`;
      const sql = `select ${doc} as doc, array[${doc}] as docs, e'a\\nb' as text`;
      const { text } = await write(jsonl, await session.result(sql));
      expect(text.trimEnd()).not.toMatch(/[\r\n]/);
      expect(JSON.parse(text)).toEqual(JSON.parse((await rowsToJson(sql))[0]!));
    });

    test('of no rows is nothing', async () => {
      const { text } = await write(jsonl, await session.result('select 1 as a where false'));
      expect(text).toBe('');
    });
  });
});

describe.each(formats)('$name, written as a stream', (format) => {
  const columns = [{ name: 'n', oid: 25, type: 'text', shape: { kind: 'text' } }] as const;
  const rows = Array.from({ length: 5000 }, (_, n) => [`${n} ${'x'.repeat(100)}`]);

  test('reads the same whatever batches the rows came in', async () => {
    const texts = await Promise.all(
      [1, 7, 999, 5000].map(
        async (batchRows) => (await write(format, { columns, rows }, { batchRows })).text,
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  test('goes out in few chunks, each of whole rows', async () => {
    const { chunks } = await write(format, { columns, rows });
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.length).toBeLessThan(20);
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.length).toBeLessThan(64 * 1024 + 200);
      expect(chunk).toMatch(/x["}]*\n?$/);
    }
  });

  test('waits for the sink before it writes more', async () => {
    let waiting = 0;
    let most = 0;
    const sink = {
      async write() {
        most = Math.max(most, (waiting += 1));
        await new Promise((resolve) => setTimeout(resolve, 1));
        waiting -= 1;
      },
    };
    const warn = () => undefined;
    const writer = format.open(sink, columns, { width: undefined, color: false, warn });
    await writer.rows(rows);
    expect(waiting).toBe(0);
    await writer.end({ rowCount: rows.length, truncated: false });
    expect(most).toBe(1);
  });

  test('fails with the sink', async () => {
    const gone = new Error('the reader went away');
    const sink = { write: () => Promise.reject(gone) };
    const warn = () => undefined;
    const writer = format.open(sink, columns, { width: undefined, color: false, warn });
    await expect(writer.rows(rows)).rejects.toBe(gone);
  });

  test('writes nothing before the first rows or the end', async () => {
    const written: unknown[] = [];
    const sink = {
      write: (chunk: unknown) => {
        written.push(chunk);
        return Promise.resolve();
      },
    };
    const warn = () => undefined;
    const writer = format.open(sink, columns, { width: undefined, color: false, warn });
    await writer.rows([]);
    expect(written).toEqual([]);
  });
});

describe('the registry of formats', () => {
  test('knows each by its name', () => {
    for (const format of formats) expect(findFormat(format.name)).toBe(format);
  });

  test('names the nearest one to a mistyped name', () => {
    expect(() => findFormat('jsno')).toThrow(UsageError);
    expect(() => findFormat('jsno')).toThrow(
      expect.objectContaining({ message: 'unknown format: jsno', hint: 'did you mean json?' }),
    );
  });
});
