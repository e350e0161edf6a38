import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Database,
  ReadOptions,
  Result,
  Row,
  StreamOptions,
} from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { LimitError, RefusedError, StatementError } from '../../lib/errors.js';
import { availableServers, skippedServers } from '../support/server.js';
import { embeddedFixture } from './embedded/fixture.js';
import { serverFixture } from '../support/server-driver.js';

/** Every driver passes the same suite: what differs between them is nobody's to know. */
const DRIVERS = [
  ...availableServers().map((server) => ({
    name: `server ${server.name}`,
    open: () => serverFixture(server),
  })),
  { name: 'embedded', open: embeddedFixture },
];

const LAYOUTS = ['text', 'csv', 'json'] as const;

/** Values of all kinds, with all that one of the layouts treats in a way of its own. */
const KINDS = `select g as id, g * 1.10 as n, null as "null", '' as nothing,
  e'a\\tb\\\\c,"d"\\r\\n\\b\\f\\v\\x01' || g as text, array[g, null] as list, row(g, 'x y', null) as record,
  '{"a": [1,\n 2.50]}'::json as doc, g % 2 = 0 as even, 'NaN'::float8 as nan, date '2024-02-29' + g as day,
  timestamptz '2024-02-29 12:00Z' as at, '\\x00ff'::bytea as raw, int4range(g, null) as range, 'ä€🙂' as "Ü, ""x""", 1 as id
  from generate_series(1, 500) g`;

const FIXTURE = [
  'create table things (id int primary key, name text, amount numeric)',
  "insert into things select g, case when g % 10 = 0 then null else 'thing ' || g end, g * 1.10 from generate_series(1, 5000) g",
  'create sequence ticks',
];

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

describe.each(DRIVERS)('a guarded database on $name', ({ open }) => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const fixture = await open();
    await fixture.execute(FIXTURE);
    database = guardDatabase(fixture.driver, { name: 'x', lockTimeoutMs: 2000 });
    close = async () => {
      await database.close();
      await fixture.close();
    };
  }, 60_000);
  afterAll(() => close());

  const options = (more: Partial<ReadOptions> = {}): ReadOptions => ({
    signal: new AbortController().signal,
    timeoutMs: 20_000,
    ...more,
  });

  async function collect({ columns, batches }: Result) {
    const rows: Row[] = [];
    for await (const batch of batches) rows.push(...batch);
    return { names: columns.map(({ name }) => name), types: columns.map(({ type }) => type), rows };
  }
  const stream = (
    sql: string,
    { layout, limit }: Pick<StreamOptions, 'layout' | 'limit'>,
    parameters?: (string | null)[],
  ) =>
    database.stream(
      { sql, parameters },
      { ...options(), layout, limit },
      async ({ columns, chunks }) => {
        const parts: Uint8Array[] = [];
        let rowCount = 0;
        for await (const { bytes, ends } of chunks) {
          parts.push(Buffer.from(bytes));
          rowCount += ends.length;
        }
        const keys = columns.map(({ key }) => key);
        return { keys, rowCount, text: Buffer.concat(parts).toString() };
      },
    );
  const read = (sql: string, more?: Partial<ReadOptions>, parameters?: (string | null)[]) =>
    database.read({ sql, parameters }, options(more), collect);

  test('gives the exact text of values', async () => {
    const { rows, types } = await read(
      "select 9007199254740993::int8, 1.10::numeric, null, '', 'NaN'::float8, true, '2024-02-29 23:59:59.123456+00'::timestamptz at time zone 'UTC', '{\"a\": 1.0}'::json, '\\x00ff'::bytea, array[1,null]",
    );
    expect(rows).toEqual([
      [
        '9007199254740993',
        '1.10',
        null,
        '',
        'NaN',
        't',
        '2024-02-29 23:59:59.123456',
        '{"a": 1.0}',
        '\\x00ff',
        '{1,NULL}',
      ],
    ]);
    expect(types.slice(0, 3)).toEqual(['int8', 'numeric', 'text']);
  });

  test('keeps columns of one name, none, and odd ones', async () => {
    expect((await read('select 1 as a, 2 as a, 3 as "__proto__", 4 as "1"')).names).toEqual([
      'a',
      'a',
      '__proto__',
      '1',
    ]);
    expect(await read('select from generate_series(1, 2)')).toEqual({
      names: [],
      types: [],
      rows: [[], []],
    });
    expect(await read('select 1 as a where false')).toEqual({
      names: ['a'],
      types: ['int4'],
      rows: [],
    });
  });

  test('runs what is no SELECT but a read', async () => {
    expect((await read('show transaction_read_only')).rows).toEqual([['on']]);
    expect((await read('values (1), (2)')).rows).toEqual([['1'], ['2']]);
    expect((await read('explain select 1')).rows.length).toBeGreaterThan(0);
    expect((await read('table things limit 1')).rows).toEqual([['1', 'thing 1', '1.10']]);
  });

  test.each(LAYOUTS)('streams %s whole, whatever chunks it comes in', async (layout) => {
    const sql = 'select * from things order by id';
    const { rowCount, text } = await stream(sql, { layout });
    expect(rowCount).toBe(5000);
    expect(text.split('\n')).toHaveLength(5001);
  });

  test.each(LAYOUTS)('gives the same %s by a cursor as by COPY', async (layout) => {
    const copied = await stream(KINDS, { layout });
    const fetched = await stream(KINDS, { layout, limit: 1_000_000 });
    const bound = await stream(`${KINDS} where $1 = 'x'`, { layout }, ['x']);
    expect(fetched).toEqual(copied);
    expect(bound.text).toBe(copied.text);
  });

  test.each(LAYOUTS)('can be left in the middle of %s, and the next is whole', async (layout) => {
    const sql = 'select * from things, generate_series(1, 1000) order by 1';
    for (const limit of [undefined, 10]) {
      const first = await database.stream(
        { sql },
        { ...options(), layout, limit },
        async ({ chunks }) => {
          for await (const { ends } of chunks) return ends.length;
          return 0;
        },
      );
      expect(first).toBeGreaterThan(0);
      expect((await read('select count(*) from things')).rows).toEqual([['5000']]);
    }
  });

  test('can be left as the time is up, and the next is whole', async () => {
    const sql = 'select * from things a, things b';
    const timeoutMs = 1000;
    const leave = async (afterMs: number) => {
      const left = await database.read({ sql }, options({ timeoutMs }), async ({ batches }) => {
        for await (const batch of batches) {
          await sleep(afterMs);
          return batch.length > 0;
        }
        return false;
      });
      return [left, (await read("select 'whole'")).rows];
    };
    const moments = [-5, 0, 5, 100].map((ms) => timeoutMs + ms);
    const whole = moments.map(() => [true, [['whole']]]);
    expect(await Promise.all(moments.map(leave))).toEqual(whole);
  }, 20_000);

  test('takes no more parameters than can be sent, and says so', async () => {
    const values = Array.from({ length: 65_534 }, () => 'x');
    const error = await read('select $1::text', {}, values).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ message: '65534 parameters are too many', exit: 1 });
    expect((await read("select 'whole'")).rows).toEqual([['whole']]);
  });

  test('asks the server for no more rows than are wanted', async () => {
    const sql = 'select 1 / (10 - g) from generate_series(1, 5000) g';
    const { rowCount } = await database.stream(
      { sql },
      { ...options(), layout: 'csv', limit: 9 },
      async ({ chunks }) => {
        for await (const { ends } of chunks) return { rowCount: ends.length };
        return { rowCount: 0 };
      },
    );
    expect(rowCount).toBe(9);
  });

  test('takes parameters as text, whatever their type', async () => {
    const { rows } = await read(
      'select $1::bool, $2::timestamptz is not null, $3::jsonb, $4::text, $5::int[]',
      {},
      ['true', '2024-01-01 00:00:00+00', '{"b": 1}', null, '{1,2}'],
    );
    expect(rows).toEqual([['t', 't', '{"b": 1}', null, '{1,2}']]);
  });

  test('passes on what the server says of a bad statement, and where', async () => {
    const error = await read('select nope from things').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ sqlstate: '42703', position: 8, exit: 1 });
    expect(await read('selec 1').catch((e: unknown) => e)).toMatchObject({
      sqlstate: '42601',
      position: 1,
    });
  });

  test('passes on a failure in the middle of a result, and recovers', async () => {
    let seen = 0;
    const failure = await database
      .read(
        { sql: 'select 1 / (500 - g) from generate_series(1, 5000) g' },
        options(),
        async ({ batches }) => {
          for await (const batch of batches) seen += batch.length;
        },
      )
      .catch((e: unknown) => e);
    expect(failure).toMatchObject({ sqlstate: '22012' });
    expect(seen).toBeGreaterThan(99);
    expect((await read("select 'whole'")).rows).toEqual([['whole']]);
  });

  test.each([
    ['insert into things values (0)', 'reads-only'],
    ['with d as (delete from things returning 1) select * from d', 'no-data-modification'],
    ['select 1; drop table things', 'one-statement'],
    ["select set_config('transaction_read_only', 'off', true)", 'no-side-effects'],
  ])('refuses %s before it reaches the server', async (sql, rule) => {
    const error = await read(sql).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ rule, exit: 3 });
    expect((await read('select count(*) from things')).rows).toEqual([['5000']]);
  });

  test('runs in a transaction that the server itself keeps from writing', async () => {
    // Allowed by name, so the server's READ ONLY is what stops it.
    const definition =
      "create function sneak() returns int language sql as 'insert into things values (-1) returning id'";
    const fixture = await open();
    try {
      await fixture.execute([...FIXTURE, definition]);
      const own = guardDatabase(fixture.driver, {
        ...{ name: 'y', lockTimeoutMs: 2000 },
        allow: { functions: ['public.sneak'], extensions: [] },
      });
      const error = await own
        .read({ sql: 'select sneak()' }, options(), collect)
        .catch((e: unknown) => e);
      expect(error).toMatchObject({ sqlstate: '25006' });
      await own.close();
    } finally {
      await fixture.close();
    }
  }, 60_000);

  test("asks for types by PostgreSQL's own operators, whatever stands before them on the path", async () => {
    const fixture = await open();
    try {
      await fixture.execute([
        "create type mood as enum ('glad')",
        "create function trap(oid, oid) returns bool language plpgsql as 'begin raise exception $$trapped$$; end'",
        'create operator public.= (leftarg = oid, rightarg = oid, function = trap)',
        "do 'begin execute format($$alter database %I set search_path = public, pg_catalog$$, current_database()); end'",
      ]);
      const own = guardDatabase(fixture.driver, { name: 'z', lockTimeoutMs: 2000 });
      const { rows, types } = await own.read({ sql: "select 'glad'::mood" }, options(), collect);
      expect([rows, types]).toEqual([[['glad']], ['mood']]);
      await own.close();
    } finally {
      await fixture.close();
    }
  }, 60_000);

  test('stops a statement when its time is up, and can be used again', async () => {
    const started = Date.now();
    const error = await read('select count(*) from generate_series(1, 100000000000)', {
      timeoutMs: 400,
    }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LimitError);
    expect(error).toMatchObject({ exit: 6, limit: 'timeout' });
    expect(Date.now() - started).toBeLessThan(5000);
    expect((await read('select 1')).rows).toEqual([['1']]);
  }, 60_000);

  test('stops when the run is aborted, with its reason', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => abort.abort(reason), 200);
    await expect(
      read('select count(*) from generate_series(1, 100000000000)', { signal: abort.signal }),
    ).rejects.toBe(reason);
    expect((await read('select 2')).rows).toEqual([['2']]);
  }, 60_000);

  test('serves several reads at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => read(`select ${i}, count(*) from things`)),
    );
    expect(results.map(({ rows }) => rows[0])).toEqual(
      Array.from({ length: 12 }, (_, i) => [String(i), '5000']),
    );
  });

  test('says where the statement is wrong in the words that were sent', async () => {
    for (const layout of LAYOUTS) {
      const error = await stream('select 1,\n  nope from things', { layout }).catch(
        (e: unknown) => e,
      );
      expect(error).toMatchObject({ sqlstate: '42703', position: 13 });
    }
    const late = await stream("select '1'::text::int / 0", { layout: 'json' }).catch(
      (e: unknown) => e,
    );
    expect(late).toMatchObject({ sqlstate: '22012', sql: "select '1'::text::int / 0" });
  });

  test('never rounds a float in JSON, and prints it as the session says elsewhere', async () => {
    const sql = "select current_setting('extra_float_digits')";
    expect((await stream(sql, { layout: 'json' })).text).toBe('{"current_setting":"1"}\n');
    expect((await stream(sql, { layout: 'csv' })).text).toBe('1\n');
  });
});
