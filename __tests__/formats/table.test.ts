import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LimitError } from '../../lib/errors.js';
import { markdown } from '../../lib/formats/markdown.js';
import { table } from '../../lib/formats/table.js';
import { vertical } from '../../lib/formats/vertical.js';
import { testDatabase, type TestDatabase } from '../support/server.js';
import {
  columnOf,
  copied,
  type Copied,
  escaped,
  hasPsql,
  psql as run,
  show,
  type ShowOptions,
} from './shown.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

const shown = async (sql: string, options: ShowOptions = {}, format = table) =>
  (await show(format, await copied(database.url, sql), options)).text;

const psql = (sql: string, ...flags: string[]) => run(database.url, sql, ...flags);

const describeWithPsql = hasPsql ? describe : describe.skip;

/** psql says nothing of how many rows it has shown expanded. */
const uncounted = (text: string) => text.replace(/\(\d+ rows?\)\n\n$/, '\n');

/** Texts with all that psql treats in a way of its own, but what its versions measure differently. */
const text = fc.string({
  maxLength: 12,
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'abc "|+-') },
    { weight: 2, arbitrary: fc.constantFrom('\n', '\t', '\r', '\x01', '\x1b', '\x7f', '\u0085') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('é', 'e\u0301', '日', '한', 'Ａ', 'ｱ', 'ж', '🙂', '🇩🇪'),
    },
  ),
});
const name = text.filter((s) => s !== '').map((s) => s.slice(0, 8).toWellFormed());
const identifier = (s: string) => `"${s.replaceAll('"', '""')}"`;
const literal = (value: string | number | null) =>
  value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;

/** A query with random names and cells: two columns of text and one of numbers between them. */
const query = fc
  .tuple(
    fc.tuple(name, name, name),
    fc.array(fc.tuple(fc.option(text), fc.option(fc.integer()), fc.option(text)), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.boolean(),
  )
  .map(([[a, b, c], rows, numberLast]) => {
    const values = rows.map(
      ([x, n, y]) => `(${literal(x)}::text, ${literal(n)}::int, ${literal(y)}::text)`,
    );
    const list = [`x as ${identifier(a)}`, `n as ${identifier(b)}`, `y as ${identifier(c)}`];
    if (numberLast) list.push(list.splice(1, 1)[0]!);
    return `select ${list.join(', ')} from (values ${values.join(', ')}) t (x, n, y)`;
  });

const QUERIES: readonly [what: string, sql: string][] = [
  ['one value', 'select 1 as one'],
  ['no rows', 'select 1 as a, null as longer where false'],
  ['no columns', 'select'],
  ['no columns, many rows', 'select from generate_series(1, 3)'],
  ['columns without a name', `select 1, 'x'`],
  ['NULL, and nothing', `select null as a, '' as b, null::int as c, ' ' as d`],
  ['headers in the middle', `select 'wide value' as a, 'wide value' as ab, 12345 as n`],
  ['headers wider than values', `select 1 as "a wide header", 'x' as "another one"`],
  ['several lines', `select e'one\\ntwo\\n' as a, 1 as n, e'x\\n\\nyy' as b, e'p\\nq' as "last"`],
  ['several lines beside one', `select e'a\\nb' as a, 'x' as b union all select 'y', e'c\\n'`],
  ['headers of several lines', `select 1 as "two\nlines", 'x' as b, 'y' as "and\nthree\nlines"`],
  ['control characters', `select e'\\x1b[31m\\r\\n\\x01' as a, e'\\u0085' as b, e'a\\tb\\tc' as c`],
  ['wide characters', `select '日本語' as a, 'ｱＡ' as "幅", e'e\\u0301' as c, '한국' as d`],
  [
    'numbers, by their type',
    `select 1::int2, 2::int4 as "a longer name", 3::int8, 1.5::float4, 1.5::float8, 1.50, 1::oid, '1'::xid as xid8,
       '1'::xid8, '1'::cid, 1::money, true, '12' as text, array[1] as list, date '2024-01-01', '1'::json
     union all select 1000, 20000, 30000, 1e10, 1e100, 'NaN', 100000, '99999', '99999', '999', 1000::money, false,
       '1000', array[100, 200], 'infinity', '100'`,
  ],
  [
    'every type’s values',
    `select typname, typlen, typinput, typacl, typdefault from pg_type order by oid`,
  ],
  ['1,600 columns', `select ${Array.from({ length: 1600 }, (_, i) => `${i} as c${i}`).join(', ')}`],
  [
    'many lines beside many',
    `select repeat(e'x\\n', 50) as a, repeat(e'yy\\n', 30) as b, null as c`,
  ],
  ['backslashes', `select e'a\\\\b' as a, e'\\\\N' as b, e'\\\\' as c, e'\\\\n\\n' as d`],
  ['what COPY escapes', `select e'\\b\\f\\v' as a, e'\\b\\n\\f' as b`],
  [
    'all that is below a space',
    `select ${Array.from({ length: 31 }, (_, i) => `chr(${i + 1})`).join(', ')}, chr(127)`,
  ],
];

describeWithPsql('table and vertical, beside psql', () => {
  test.each(QUERIES)('%s: the same bytes', async (_, sql) => {
    expect(await shown(sql)).toBe(psql(sql));
  });

  test.each(QUERIES)('%s: the same bytes expanded', async (_, sql) => {
    const theirs = psql(sql, '-x');
    // Where there is nothing to expand psql counts as well.
    const counted = /\(\d+ rows?\)\n\n$/.test(theirs);
    const ours = await shown(sql, {}, vertical);
    expect(counted ? ours : uncounted(ours)).toBe(theirs);
  });

  test('numbers of a domain are aligned as their base type', async () => {
    psql('create domain percent as numeric');
    const sql = `select 1::percent as "a percentage"`;
    expect(await shown(sql)).toBe(psql(sql));
  });

  // Several queries at once: most of the time goes into starting psql. Shrinking starts it often.
  const queries = fc.array(query, { minLength: 10, maxLength: 40 });
  const bounds = { numRuns: 12, interruptAfterTimeLimit: 20_000 };

  test('any names and values: the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(queries, async (list) => {
        const texts = [];
        for (const sql of list) texts.push(await shown(sql));
        expect(texts.join('')).toBe(psql(list.join(';\n')));
      }),
      bounds,
    );
  });

  test('expanded, any names and values: the same bytes, but for the row count', async () => {
    await fc.assert(
      fc.asyncProperty(queries, async (list) => {
        const texts = [];
        for (const sql of list) {
          texts.push(uncounted(await shown(sql, {}, vertical)));
        }
        expect(texts.join('')).toBe(psql(list.join(';\n'), '-x'));
      }),
      bounds,
    );
  });

  test.each([
    [21, true],
    [22, false],
  ])('on a screen of %i columns: expanded where psql expands', async (width, expanded) => {
    const sql = `select 'abcdefgh' as left, 'ijklmnopq' as right`;
    const theirs = psql(`\\pset expanded auto\n\\pset columns ${width}\n${sql}`);
    expect(theirs.includes('RECORD')).toBe(expanded);
    expect((await shown(sql, { width })).includes('RECORD')).toBe(expanded);
  });
});

describe('table', () => {
  test('says that a guard cut the result short', async () => {
    const sql = 'select 1 as a union all select 2';
    expect(await shown(sql, { truncated: true })).toBe(' a \n---\n 1\n 2\n(2 rows, truncated)\n\n');
    expect(await shown('select 1 as a', { truncated: true })).toContain('(1 row, truncated)\n');
  });

  test('is expanded where rows are wider than the terminal', async () => {
    const sql = `select 1 as id, 'some text' as note union all select 2, null`;
    expect(await shown(sql, { width: 10 })).toBe(
      [
        '-[ RECORD 1 ]---',
        'id   | 1',
        'note | some text',
        '-[ RECORD 2 ]---',
        'id   | 2',
        'note | ',
        '(2 rows)',
        '',
        '',
      ].join('\n'),
    );
    expect(await shown(sql, { width: 80 })).toContain(' id |   note    \n');
    expect(await shown(sql)).toContain(' id |   note    \n');
  });

  test('of a single column is never expanded, nor one without rows', async () => {
    expect(await shown(`select repeat('x', 50) as a`, { width: 10 })).toContain('---');
    expect(await shown('select 1 as a, 2 as b where false', { width: 1 })).toContain('(0 rows)');
  });

  test('gives no terminal sequence and no turned text a way to the screen', async () => {
    const bad = '\x1b]0;title\x07\u202e\u009b2J\r';
    const text = await shown(`select ${literal(bad)} as ${identifier(bad)}`);
    expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Bidi_Control}/u);
  });

  test('measures its first 1000 rows, and widens later ones only where it has to', async () => {
    const sql = `select n, case n when 1500 then 'much wider' else 'x' end as v, 'end' as z
      from generate_series(1, 3000) n`;
    const lines = (await shown(sql)).split('\n');
    expect(lines.slice(0, 3)).toEqual(['  n   | v |  z  ', '------+---+-----', '    1 | x | end']);
    expect(lines[2 + 999]).toBe(' 1000 | x | end');
    expect(lines[2 + 1000]).toBe(' 1001 | x          | end');
    expect(lines[2 + 1499]).toBe(' 1500 | much wider | end');
    expect(lines[2 + 1999]).toBe(' 2000 | x          | end');
    expect(lines[2 + 2000]).toBe(' 2001 | x | end');
  });
});

describe('rows as they come', () => {
  const columns = [columnOf('n', 23), columnOf('a')];
  const rows = (cells: readonly string[]): Copied => ({
    columns,
    bytes: Buffer.from(cells.map((cell, i) => `${i}\t${escaped(cell)}\n`).join('')),
  });
  const MIXED = Array.from({ length: 2500 }, (_, i) =>
    i % 7 === 0 ? 'é日\tx\ny'.repeat(i % 5) : i % 400 === 1 ? 'long '.repeat(2000) : `plain ${i}`,
  );

  test.each([table, vertical])('$name: the same whatever chunks they come in', async (format) => {
    const { text } = await show(format, rows(MIXED));
    for (const chunkBytes of [1, 17, 5000, 10_000_000]) {
      expect((await show(format, rows(MIXED), { chunkBytes })).text).toBe(text);
    }
  });

  test.each([table, vertical])(
    '$name: goes out in whole lines, and in few chunks',
    async (format) => {
      const { chunks, text } = await show(format, rows(MIXED.map((cell) => cell.slice(0, 100))));
      expect(chunks.length).toBeLessThan(text.length / (32 * 1024) + 5);
      for (const chunk of chunks) {
        expect(chunk.length).toBeLessThan(65 * 1024);
        expect(chunk.at(-1)).toBe(0x0a);
      }
    },
  );

  test.each([table, vertical])('$name: a row of some megabytes passes', async (format) => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i} é`).join('\n');
    const { text } = await show(format, rows(['a', lines, 'b', '日'.repeat(1_000_000)]));
    expect(text).toContain('line 199999 é');
    expect(text).toMatch(/日{1000000}\n/);
  });

  test.each([
    ['in one piece', 2 ** 30],
    ['in pieces', 64 * 1024],
  ])('a value that is too large, %s, is an error that names it', async (_, chunkBytes) => {
    const huge = { columns, bytes: Buffer.alloc(70 * 2 ** 20, 'x') };
    huge.bytes.write('1\t');
    huge.bytes.write('\n', huge.bytes.length - 1);
    for (const format of [table, vertical, markdown]) {
      const error: unknown = await show(format, huge, { chunkBytes }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(LimitError);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^a row is too large to be shown: column "a" holds (more than )?\d+ MB of it$/,
        ),
        hint: 'take --format csv or jsonl, or leave the column out or shorten it',
        limit: 'row-bytes',
      });
    }
  });

  test('bytes that are not UTF-8 are spelled out', async () => {
    const bytes = Buffer.from('1\tM\xfcller\n2\tMüller\n', 'latin1');
    expect((await show(table, { columns, bytes })).text).toContain('1 | M\\xFCller\n');
  });

  test('rows without columns are counted', async () => {
    const none = { columns: [], bytes: Buffer.from('\n\n\n') };
    expect((await show(table, none)).text).toBe('--\n(3 rows)\n\n');
    expect((await show(vertical, none)).text).toBe('(3 rows)\n\n');
    expect((await show(table, { ...none, bytes: Buffer.alloc(0) })).text).toBe('--\n(0 rows)\n\n');
  });
});

describe('colour', () => {
  const plain = (text: string) => text.replace(/\x1b\[\d*m/g, '');

  test.each([table, vertical])(
    '$name: is on names and frames, never on values, and changes nothing else',
    async (format) => {
      const sql = `select 1 as "two\nlines", e'x\\ny' as b union all select 2, null`;
      const result = await copied(database.url, sql);
      const colored = (await show(format, result, { color: true })).text;
      expect(colored).toMatch(/\x1b\[1mlines\x1b\[22m/);
      expect(plain(colored)).toBe((await show(format, result)).text);
      for (const line of colored.split('\n')) expect(line).not.toMatch(/\x1b\[\d+m[xy12]/);
    },
  );
});
