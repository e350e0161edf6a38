import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deliver } from '../../lib/commands/delivery.js';
import type { Database } from '../../lib/databases/database.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import { UsageError } from '../../lib/errors.js';
import { csv } from '../../lib/formats/csv.js';
import type { Format } from '../../lib/formats/format.js';
import { findFormat, formats } from '../../lib/formats/formats.js';
import { json } from '../../lib/formats/json.js';
import { jsonl } from '../../lib/formats/jsonl.js';
import { tsv } from '../../lib/formats/tsv.js';
import { availableServers, testDatabase, type TestDatabase } from '../support/server.js';
import { laidOut, openSession, type Session, write, type Written } from './results.js';

const MIXED = `
  select n as id,
    case n % 4 when 0 then null when 1 then '' when 2 then 'a, "b"' else e'two\\nlines\\r' end as "Odd, ""name""",
    n / 7.0 as ratio, n % 2 = 0 as even,
    timestamptz '2024-01-01 00:00Z' + n * interval '1 hour' as at,
    array[n, null] as list, ('{"n":\n ' || n || '}')::json as doc, row(n, 'x y')::pair as pair
  from generate_series(1, 2500) n`;

describe.each(availableServers())('a result from a server ($name)', (available) => {
  let fresh: TestDatabase;
  let session: Session;
  let database: Database;

  beforeAll(async () => {
    const server = await available.start();
    fresh = await testDatabase({ sql: ['create type pair as (x int, "a b" text)'], server });
    session = openSession(fresh.url);
    const target = resolveConnection(parseConnectionString(fresh.url), {}, undefined);
    const driver = serverDriver({ target, maxConnections: 1, warn: () => undefined });
    database = guardDatabase(driver, { name: 'x', lockTimeoutMs: 2000 });
  });

  afterAll(async () => {
    await database.close();
    await session.close();
    await fresh.drop();
  });

  async function print(format: Format, sql: string): Promise<Omit<Written, 'chunks'>> {
    let text = '';
    const warnings: string[] = [];
    const sink = {
      write(chunk: string | Uint8Array) {
        text += Buffer.from(chunk as Uint8Array).toString();
        return Promise.resolve();
      },
    };
    const warn = (message: string) => void warnings.push(message);
    await deliver(
      { sql },
      {
        ...{ database, format, sink, signal: new AbortController().signal },
        limits: { limit: undefined, maxRows: undefined, maxBytes: undefined, timeoutMs: 20_000 },
        formatOptions: { width: undefined, height: undefined, color: false, warn },
      },
    );
    return { text, warnings };
  }

  const rowsOf = async (sql: string) =>
    (await session.run(`select row_to_json(r)::text from (${sql}) r`)).map(([row]) => row!);

  test.each([
    ['values of all kinds', MIXED],
    ['no rows', 'select 1 as a, 2 as b where false'],
    ['no columns', 'select from generate_series(1, 3)'],
    ['one column', `select * from unnest(array['\\.', '\\..', '', null, 'x', ',', '"']) "\\."`],
    ['two columns', `select '\\.' as "\\.", '\\.' as "\\.."`],
    ['columns of one name', 'select 1 as a, 2 as a, null as "a,a"'],
    ['names with all that is escaped', `select 1 as "a\tb\\c\n", 2 as "x\r"`],
  ])('csv and tsv of %s: the bytes that COPY writes', async (_, sql) => {
    expect((await print(csv, sql)).text).toBe(await session.copy(sql, 'format csv, header'));
    const [[version] = []] = await session.run('show server_version_num');
    if (Number(version) < 150000) return;
    expect((await print(tsv, sql)).text).toBe(await session.copy(sql, 'format text, header'));
  });

  test('json is an array with what row_to_json says on the lines', async () => {
    const { text, warnings } = await print(json, MIXED);
    expect(text).toBe(`[${(await rowsOf(MIXED)).join(',\n')}]\n`);
    expect(JSON.parse(text)).toHaveLength(2500);
    expect(warnings).toEqual([]);
  });

  test('json of no rows is an empty array, and of no columns has empty objects', async () => {
    expect((await print(json, 'select 1 as a where false')).text).toBe('[]\n');
    expect((await print(json, 'select from generate_series(1, 2)')).text).toBe('[{},\n{}]\n');
  });

  test('keeps the order of columns, and names that an object would treat in its own way', async () => {
    const sql = `select 1 as "z", 2 as "1", 3 as "__proto__", 4 as "0", 5 as "é\n""\\"`;
    expect((await print(json, sql)).text).toBe(`[${(await rowsOf(sql))[0]}]\n`);
  });

  test('numbers columns of one name beside those that have such a name, and says so', async () => {
    const { text, warnings } = await print(json, 'select 1 as a, 2 as a, 3 as a_2, 4 as a, 5 as b');
    expect(text).toBe('[{"a":1,"a_3":2,"a_2":3,"a_4":4,"b":5}]\n');
    expect(warnings).toEqual(['columns of one name are numbered in JSON: a is a_3, a is a_4']);
  });

  test('numbers names that leave no room for a number within what a name may have', async () => {
    const name = 'é'.repeat(31);
    const { text } = await print(json, `select 1 as "${name}", 2 as "${name}", 3 as "${name}"`);
    const keys = Object.keys((JSON.parse(text) as object[])[0]!);
    expect(keys).toEqual([name, `${'é'.repeat(30)}_2`, `${'é'.repeat(30)}_3`]);
  });

  test('jsonl is one row a line whatever white space a json value holds', async () => {
    const doc = `'{"a":\r\n1,"b":[\n"x\\n\\\\"\r]}'::json`;
    const sql = `select ${doc} as doc, array[${doc}] as docs, e'a\\nb' as text from generate_series(1, 3)`;
    const lines = (await print(jsonl, sql)).text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toEqual((await rowsOf(sql)).map((row) => row.replace(/[\r\n]/g, ' ')));
    expect((await print(jsonl, 'select 1 as a where false')).text).toBe('');
  });
});

describe.each(formats)('$name, written as a stream', (format) => {
  const columns = [{ name: 'n', key: 'n', oid: 25, type: 'text' }] as const;
  const chunk = () => laidOut(format.layout, columns, rows);
  const rows = Array.from({ length: 5000 }, (_, n) => [`${n} ${'x'.repeat(100)}`]);

  test('reads the same whatever chunks the rows came in', async () => {
    const texts = await Promise.all(
      [7, 108, 999, 100_000, 1e9].map(
        async (chunkBytes) => (await write(format, { columns, rows }, { chunkBytes })).text,
      ),
    );
    expect(new Set(texts).size).toBe(1);
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
    const writer = format.open(sink, columns, {
      width: undefined,
      height: undefined,
      color: false,
      warn,
    });
    await writer.rows(chunk());
    expect(waiting).toBe(0);
    await writer.end({ rowCount: rows.length, truncated: false });
    expect(most).toBe(1);
  });

  test('fails with the sink', async () => {
    const gone = new Error('the reader went away');
    const sink = { write: () => Promise.reject(gone) };
    const warn = () => undefined;
    const writer = format.open(sink, columns, {
      width: undefined,
      height: undefined,
      color: false,
      warn,
    });
    await expect(writer.rows(chunk())).rejects.toBe(gone);
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
    const writer = format.open(sink, columns, {
      width: undefined,
      height: undefined,
      color: false,
      warn,
    });
    expect(written).toEqual([]);
    await writer.rows(chunk());
    await writer.end({ rowCount: 5000, truncated: false });
    expect(written.length).toBeGreaterThan(0);
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
