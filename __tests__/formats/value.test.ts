import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonValue } from '../../lib/formats/value.js';
import { availableServers, testDatabase, type TestDatabase } from '../support/server.js';
import { openSession, type Session } from './results.js';

const TYPES = `
  create type mood as enum ('sad', 'so so', 'it''s "fine", really', 'null');
  create type pair as (x int, y text);
  create type deep as (id int8, p pair, ps pair[], at timestamptz, j jsonb);
  create type one as (word text);
  create type nothing as ();
  create type "Odd ""Type""" as ("Na""me" text, "tab	" numeric, "é" bool);
  create type span as range (subtype = numeric, multirange_type_name = spans);
  create domain email as text check (value like '%@%');
  create domain cents as numeric(12, 2);
  create domain matrix as int[];
  create domain at as timestamptz;
  create domain flag as bool;
  create domain doc as jsonb;
  create domain couple as pair;
  create domain more_cents as cents;
  create type ordered as (amount more_cents, flags flag[], grid matrix, two couple);
  create table shrunk (a int, gone text, "B" timestamp, c pair[]);
  alter table shrunk drop column gone;
`;

/** For each type some expressions; each is a value of that type, or of one that the cast makes so. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  bool: [`true`, `false`],
  int2: [`-32768`, `0`, `32767`],
  int4: [`-2147483648`, `2147483647`],
  int8: [`-9223372036854775808`, `9007199254740993`, `9223372036854775807`],
  float4: [`0.1`, `-0`, `1e20`, `1e-30`, `3.4028235e38`, `'NaN'`, `'Infinity'`, `'-Infinity'`],
  float8: [
    `0.1::float8 + 0.2`,
    `'-0'`,
    `1e300`,
    `5e-324`,
    `1e15`,
    `1e16`,
    `'NaN'`,
    `'-Infinity'`,
    `'Infinity'`,
  ],
  numeric: [
    `0.1`,
    `100.00`,
    `-0.00`,
    `123456789012345678901234567890.123456789012345678901234567890`,
    `1e131071`,
    `1e-1000`,
    `'NaN'`,
    `'Infinity'`,
    `'-Infinity'`,
  ],
  money: [`1234.5`, `-0.01`],
  text: [
    `''`,
    `'plain'`,
    `'null'`,
    `'"quoted" \\ back/slash'`,
    `e'\\b\\f\\n\\r\\t\\x01\\x1b\\x1f\\x7f'`,
    `e'\\u0080\\u009f\\u00e9\\u2028\\u2029\\ufeff\\U0001f469\\u200d\\U0001f680'`,
    `'<script>&amp;</script>'`,
    `repeat('long "text" ', 100000)`,
  ],
  varchar: [`''`, `'x'`],
  'char(5)': [`'ab'`, `''`],
  '"char"': [`'a'`, `'\\'`, `''`, `'\\377'`],
  name: [`'a "name"'`, `''`],
  bytea: [`''`, `'\\x00ff5c22'`],
  date: [
    `'2024-02-29'`,
    `'0044-03-15 BC'`,
    `'infinity'`,
    `'-infinity'`,
    `'5874897-12-31'`,
    `'4713-01-01 BC'`,
    `'10000-01-01'`,
  ],
  time: [`'23:59:59.999999'`, `'24:00'`],
  timetz: [`'12:00+05:30'`, `'12:00:00.1-00'`],
  timestamp: [
    `'2024-02-29 12:00'`,
    `'2024-02-29 12:00:00.000001'`,
    `'2024-02-29 23:59:60'`,
    `'0044-03-15 12:00 BC'`,
    `'294276-12-31 23:59:59.999999'`,
    `'infinity'`,
    `'-infinity'`,
  ],
  timestamptz: [
    `'2024-02-29 12:00Z'`,
    `'2024-07-01 12:00:00.5Z'`,
    `'1850-01-01 00:00Z'`,
    `'1000-06-01 BC'`,
    `'294276-12-31 23:59:59.999999Z'`,
    `'infinity'`,
    `'-infinity'`,
  ],
  interval: [`'1 year 2 mons -3 days 04:05:06.7'`, `'0'`, `'-1 day'`],
  uuid: [`'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'`],
  json: [`'{"b" : 1,\n "a":[1.10, 1e5, null]}'`, `'"x"'`, `' null '`, `'12345678901234567890'`],
  jsonb: [`'{"b" : 1.10, "a": {"é": "\\u0001\\""}}'`, `'null'`, `'[]'`, `'0.1000'`],
  jsonpath: [`'$.a[*] ? (@ > "x")'`],
  xml: [`'<a href="x">&amp;</a>'`],
  inet: [`'10.0.0.1/24'`, `'::1'`],
  cidr: [`'10.0.0.0/8'`],
  macaddr: [`'08:00:2b:01:02:03'`],
  macaddr8: [`'08:00:2b:01:02:03:04:05'`],
  'bit(4)': [`b'0101'`],
  varbit: [`b''`, `b'10'`],
  oid: [`4294967295`],
  xid: [`'4294967295'`],
  xid8: [`'18446744073709551615'`],
  cid: [`'1'`],
  tid: [`'(0,1)'`],
  regclass: [`'pg_class'`, `0`],
  regtype: [`'int4'`, `'text[]'`],
  regproc: [`'now'`],
  regprocedure: [`'length(text)'`],
  regoper: [`'||/'`],
  regrole: [`'postgres'`],
  regnamespace: [`'public'`],
  regconfig: [`'english'`],
  pg_lsn: [`'16/B374D848'`],
  pg_snapshot: [`'10:20:10,14,15'`],
  txid_snapshot: [`'10:20:10,14,15'`],
  tsvector: [`'a:1A fat:2 ''it''''s'' "\\\\"'`],
  tsquery: [`'fat & (rat | !cat:ab) & ''o''''x'''`],
  point: [`'(1.5,-2)'`, `'(NaN,Infinity)'`],
  line: [`'{1,2,3}'`],
  lseg: [`'[(1,2),(3,4)]'`],
  box: [`'(3,4),(1,2)'`],
  path: [`'((1,2),(3,4))'`, `'[(1,2),(3,4)]'`],
  polygon: [`'((1,2),(3,4),(5,6))'`],
  circle: [`'<(1,2),3>'`],
  int2vector: [`'1 -2 3'`, `''`, `'7'`],
  oidvector: [`'1 2'`, `''`],
  'int2vector[]': [`array['1 2', '3', '']::int2vector[]`],
  int4range: [`'[1,5)'`, `'empty'`, `'(,)'`],
  numrange: [`'[1.10,)'`],
  tsrange: [`'[2024-01-01 00:00,infinity]'`],
  tstzrange: [`'[2024-01-01 00:00Z,)'`],
  daterange: [`'[2024-01-01,2024-02-01)'`],
  int8multirange: [`'{[1,2),[5,9)}'`, `'{}'`],
  tsmultirange: [`'{[2024-01-01 00:00,2024-01-02 00:00)}'`],
  span: [`'[1.5,2.50]'`],
  spans: [`'{[1.5,2.50],[9,)}'`],
  aclitem: [`'=r/postgres'`],
  mood: [`'sad'`, `'it''s "fine", really'`, `'null'`],
  email: [`'"o\\dd"@example.com'`],
  cents: [`1.5`],
  more_cents: [`-0.005`],
  at: [`'2024-01-01 00:00Z'`],
  flag: [`false`],
  doc: [`'{"a": [1]}'`],
  matrix: [`'{{1,2},{3,4}}'`, `'{}'`],
  couple: [`row(1, 'a "b"')`],
  'int4[]': [
    `'{}'`,
    `'{1,NULL,-3}'`,
    `'{{1,2},{3,4}}'`,
    `'[2:3]={1,2}'`,
    `'[-1:0][0:1]={{1,2},{3,NULL}}'`,
    `array[[[1],[2]],[[3],[4]]]`,
  ],
  'float8[]': [`'{NaN,-Infinity,1e300}'`],
  'numeric[]': [`'{1.10,NaN}'`],
  'bool[]': [`'{t,f,NULL}'`],
  'text[]': [
    `array['', 'NULL', null, 'null', ' ', 'a b', ',', ';', '{', '}', '{}', '"', '\\', '\\"', '""']`,
    `array[e'\\n', e'\\t', e'\\x0b', 'é', '\\n', '[1:2]={1}']`,
    `array[['a', 'b'], [null, '"']]`,
    `'[0:0]={"="}'`,
  ],
  'mood[]': [`'{sad,"so so","it''s \\"fine\\", really","null",NULL}'`],
  'json[]': [`array['{"a": "}\\""}', '[1, 2]', null]::json[]`],
  'jsonb[]': [`array['{"a": "x,y"}', 'null']::jsonb[]`],
  'timestamp[]': [`'{"2024-01-01 00:00","0044-03-15 12:00 BC",infinity,NULL}'`],
  'timestamptz[]': [`'{"2024-01-01 00:00Z","1850-01-01 00:00Z",-infinity}'`],
  'date[]': [`'{2024-01-01,"0044-03-15 BC",infinity}'`],
  'bytea[]': [`array['\\x00ff', '\\x']::bytea[]`],
  'point[]': [`array['(1,2)', null]::point[]`],
  'box[]': [`'{(3,4),(1,2);(1,1),(0,0);NULL}'`, `'{{(1,1),(0,0)};{(2,2),(1,1)}}'`],
  'path[]': [`array['((1,2))']::path[]`],
  'int4range[]': [`array['[1,5)', 'empty', null]::int4range[]`],
  'int8multirange[]': [`array['{[1,2),[5,9)}', '{}']::int8multirange[]`],
  'tsvector[]': [`array['a:1 ''b c''']::tsvector[]`],
  'xml[]': [`array['<a b="c"/>']::xml[]`],
  'matrix[]': [`array['{{1,2},{3,4}}', '{}', null]::matrix[]`],
  'doc[]': [`array['{"a": [1, "{"]}']::doc[]`],
  'cents[]': [`array[1, null]::cents[]`],
  pair: [
    `row(1, 'a')`,
    `row(null, null)`,
    `row(null, '')`,
    `row(1, 'NULL')`,
    `row(1, 'a "b" \\ c, (d) '' ''')`,
    `row(-1, e'\\n\\t')`,
    `row(1, '"')`,
    `row(1, '\\')`,
    `row(1, '""')`,
  ],
  one: [`row('')`, `row(null)`, `row(',')`],
  nothing: [`row()`],
  '"Odd ""Type"""': [`row('x', 1.10, true)`],
  'pair[]': [`array[row(1, 'a,"b"\\'), row(null, ''), null]::pair[]`, `'{}'`],
  'couple[]': [`array[row(1, 'a b')]::couple[]`],
  deep: [
    `row(9007199254740993, row(1, '"\\,'), array[row(2, '{}"\\'), null]::pair[], '2024-01-01 00:00Z', '{"k": "\\""}')`,
    `row(null, null, '{}', null, null)`,
    `row(1, row(null, null), array[[row(1, '')], [row(2, null)]]::pair[], 'infinity', 'null')`,
  ],
  'deep[]': [
    `array[row(1, row(1, '"\\,'), array[row(2, '{}"\\')]::pair[], '1850-01-01 00:00Z', '{"k": "\\""}')]::deep[]`,
  ],
  ordered: [`row(1, '{t,NULL}', '[5:6]={1,2}', row(7, '(")'))`],
  shrunk: [`row(1, '2024-01-01 00:00', array[row(1, 'x y')]::pair[])`],
  'pg_catalog.pg_namespace': [`(select n from pg_namespace n where nspname = 'public')`],
};

describe.each(availableServers())('JSON of values from a server ($name)', (available) => {
  let database: TestDatabase;
  let session: Session;

  beforeAll(async () => {
    const server = await available.start();
    database = await testDatabase({ sql: [TYPES], server });
    session = openSession(database.url, { timezone: 'Africa/Monrovia' });
  });

  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  /** Ours and the server's, value by value. */
  async function both(expressions: readonly string[]) {
    const list = expressions.map((x) => `(${x})`);
    const { columns, rows } = await session.result(`select ${list.join(', ')}`);
    const [said] = await session.run(`select ${list.map((x) => `to_json(${x})::text`).join(', ')}`);
    return { ours: columns.map(({ shape }, i) => jsonValue(rows[0]![i]!, shape)), theirs: said! };
  }

  test.each(Object.entries(VALUES))('%s is what to_json says', async (type, expressions) => {
    const typed = expressions.map((x) => `(${x})::${type}`);
    const { ours, theirs } = await both(typed);
    expect(ours).toEqual(theirs);
  });

  test('a NULL is null whatever its type', async () => {
    const { columns, rows } = await session.result(
      'select null::int, null::json, null::pair, null::int[], null::text',
    );
    expect(columns.map(({ shape }, i) => jsonValue(rows[0]![i]!, shape))).toEqual(
      Array(5).fill('null'),
    );
  });

  test.each(['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Africa/Monrovia', 'Etc/GMT+12'])(
    'times with a zone in %s are what to_json says',
    async (zone) => {
      await session.run(`set timezone = '${zone}'`);
      const { ours, theirs } = await both([
        ...VALUES['timestamptz']!.map((x) => `${x}::timestamptz`),
        `array['1850-01-01 00:00Z', '0044-03-15 12:00 BC', '2024-02-29 12:00Z']::timestamptz[]`,
        `row(1, null, null, '1850-01-01 00:00:00.25 BC', null)::deep`,
      ]);
      expect(ours).toEqual(theirs);
    },
  );

  test('every cell of the system catalogs is what to_json says', async () => {
    // What `anyarray` holds is known to the server alone.
    const relations = await session.run(
      `select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum),
         string_agg(format('to_json(%I)::text', a.attname), ', ' order by a.attnum)
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r'
         and a.attnum > 0 and not a.attisdropped and a.atttypid <> 'anyarray'::regtype
       group by c.relname`,
    );
    let cells = 0;
    for (const [relation, values, said] of relations) {
      const { columns, rows } = await session.result(
        `select ${values}, ${said} from pg_catalog.${relation} order by ctid limit 20`,
      );
      const count = columns.length / 2;
      for (const row of rows) {
        const ours = row.slice(0, count).map((cell, i) => jsonValue(cell, columns[i]!.shape));
        const theirs = row.slice(count).map((json) => json ?? 'null');
        expect({ relation, row: ours }).toEqual({ relation, row: theirs });
        cells += count;
      }
    }
    expect(cells).toBeGreaterThan(5000);
  });

  const text = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.string({ unit: fc.constantFrom(...'"\\,;{}()[]= \t\nNULaé\u{1f469}') }),
    },
    fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', '')),
    fc.constantFrom('', 'NULL', 'null'),
  );
  const orNull = fc.option(text, { freq: 5 });

  test('any text, array and composite is what to_json says', async () => {
    const value = fc.record({
      plain: orNull,
      list: fc.array(orNull),
      pairs: fc.array(fc.record({ x: fc.option(fc.integer()), y: orNull })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 20, maxLength: 60 }), async (values) => {
        const literal = JSON.stringify(values).replaceAll("'", "''");
        const { columns, rows } = await session.result(
          `with v as materialized (
             select plain, list,
               (select array_agg(row(x, y)::pair) from jsonb_to_recordset(pairs) p (x int, y text)) as pairs,
               (select row(1, row(2, plain), array_agg(row(x, y)::pair), null, to_jsonb(list))::deep
                from jsonb_to_recordset(pairs) p (x int, y text)) as deep
             from jsonb_to_recordset('${literal}') as t (plain text, list text[], pairs jsonb))
           select *, to_json(plain)::text, to_json(list)::text, to_json(pairs)::text, to_json(deep)::text from v`,
        );
        for (const row of rows) {
          const ours = [0, 1, 2, 3].map((i) => jsonValue(row[i]!, columns[i]!.shape));
          expect(ours).toEqual(row.slice(4).map((json) => json ?? 'null'));
        }
      }),
      { numRuns: 15 },
    );
  });
});
