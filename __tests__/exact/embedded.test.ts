import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { FORMATS, inJson, same } from './expected.js';
import { type Printer, printerOf } from './printer.js';
import { ARRAYS, literal, SAMPLES } from './samples.js';

const TYPES = `create type mood as enum ('sad', 'it''s "fine"'); create type pair as (x int, y text);
  create domain cents as numeric(12, 2); create type span as range (subtype = numeric);
  create table kept (id int, m mood, p pair, ps pair[], c cents, s span, gone int);
  insert into kept values (1, 'sad', row(1, 'a "b", \\'), array[row(null, '')::pair, null], 1.5, '[1,2]', 3),
    (2, null, null, null, null, null, null);
  alter table kept drop column gone;`;

/** Statements of no more than the guard reads. */
const SELECTED = portions(
  Object.entries(SAMPLES).flatMap(([type, texts]) => {
    const values = texts.map((text) => `${literal(text)}::${type}`);
    return [...values, `array[${values.join(', ')}, null]`, `row(${values.join(', ')}, null)`];
  }),
  300_000,
);

const QUERIES: readonly (readonly [name: string, sql: string])[] = [
  [
    'arrays',
    `select ${alone(Object.entries(ARRAYS).flatMap(([type, texts]) => texts.map((text) => `${literal(text)}::${type}`)))}`,
  ],
  ['types of their own', 'select * from kept order by id'],
  ['rows as values', 'select k, array[k] as ks from kept k order by id'],
  [
    'odd names',
    `select 1 as "__proto__", 2 as "1", 3 as "a,b", 4 as "q""", 5 as "new\nline", 6 as "\\"`,
  ],
  [
    'a column alone',
    `select * from unnest(array['\\.', '\\N', '', null, 'x', ',', '"', e'\\r', ' ']) "\\."`,
  ],
  ['no rows', 'select 1 as a where false'],
  ['no columns', 'select from generate_series(1, 3)'],
  ['1,600 columns', `select ${alone(Array.from({ length: 1600 }, (_, n) => String(n)))}`],
  [
    'many rows',
    `select n, n || ',' as t, case when n % 3 = 0 then null else n / 7.0 end as f from generate_series(1, 20000) n`,
  ],
  [
    'rows of a megabyte',
    `select n, repeat(e'é"\\\\\\n', 200000) as x from generate_series(1, 3) n`,
  ],
];

/** What it prints is laid out by pgask: the embedded database has no COPY to a client. */
describe('the embedded database', () => {
  let printer: Printer;
  let close: () => Promise<void>;
  let pglite: PGlite;

  beforeAll(async () => {
    const fixture = await embeddedFixture();
    await fixture.execute(TYPES.split(/;\s/));
    printer = printerOf(fixture.driver);
    close = () => fixture.close();
    pglite = await PGlite.create();
    await pglite.exec(TYPES);
    const zone = (await printer.print('show timezone', 'csv')).toString().split('\n')[1]!;
    await pglite.exec(`set timezone = '${zone}'`);
  }, 60_000);
  afterAll(async () => {
    await printer.close();
    await close();
    await pglite.close();
  });

  async function wanted(sql: string, format: (typeof FORMATS)[number]): Promise<Buffer> {
    if (format === 'json' || format === 'jsonl') {
      const { rows } = await pglite.query<{ json: string }>(
        `select row_to_json(q)::text as json from (${sql}) q`,
      );
      return inJson(
        rows.map(({ json }) => Buffer.from(json)),
        format,
      );
    }
    const options = `format ${format === 'csv' ? 'csv' : 'text'}, header`;
    const { blob } = await pglite.query(`copy (${sql}) to '/dev/blob' (${options})`);
    return Buffer.from(await blob!.arrayBuffer());
  }

  test.each(FORMATS)(
    '%s: every built-in type as PostgreSQL prints it',
    async (format) => {
      for (const values of SELECTED) {
        const sql = `select ${alone(values)}`;
        const { given, wanted: there } = same(
          await printer.print(sql, format),
          await wanted(sql, format),
        );
        expect(given).toBe(there);
      }
    },
    60_000,
  );

  test.each(QUERIES)('%s', async (_, sql) => {
    for (const format of FORMATS) {
      const { given, wanted: there } = same(
        await printer.print(sql, format),
        await wanted(sql, format),
      );
      expect({ format, is: given }).toEqual({ format, is: there });
    }
  });
});

/** In order, each of about so many characters. */
function portions(values: readonly string[], length: number): string[][] {
  const all: string[][] = [[]];
  let size = 0;
  for (const value of values) {
    if (size > 0 && size + value.length > length) {
      all.push([]);
      size = 0;
    }
    all.at(-1)!.push(value);
    size += value.length;
  }
  return all;
}

function alone(values: readonly string[]): string {
  return values.map((value, n) => `${value} as c${n}`).join(', ');
}
