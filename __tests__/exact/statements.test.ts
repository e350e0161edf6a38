import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StatementError } from '../../lib/errors.js';
import { expected, FORMATS, type FormatName, same } from './expected.js';
import { type Ground, openGround } from './ground.js';
import { PATHS } from './printer.js';
import { literal, SAMPLES } from './samples.js';
import { ServerSays } from './session.js';
import { chosenServers } from './servers.js';

const TABLES = `
  create table things (id int primary key, name text, amount numeric(10,2), at timestamptz);
  insert into things select g, case when g % 7 = 0 then null when g % 7 = 1 then '' else 'thing "' || g || '"' end,
    g * 1.1, timestamptz '2024-01-01 00:00Z' + g * interval '1 hour' from generate_series(1, 3000) g;
  create view dear as select id, amount from things where amount > 100;
`;

/** Reads that COPY can wrap, with all that may stand around and within them. */
const QUERIES: readonly (readonly [name: string, sql: string, plain?: string])[] = [
  ['a comment behind', 'select 1 as a -- x'],
  ['a comment behind without blank', 'select 1 as a--x'],
  ['a comment before', '-- x\nselect 1 as a'],
  ['comments in several places', '/* a */ select /* b /* nested */ */ 1 as a /* c */'],
  ['a semicolon', 'select 1 as a;', 'select 1 as a'],
  ['a semicolon and a comment', 'select 1 as a ; -- x;', 'select 1 as a'],
  ['a comment with a semicolon, then one', 'select 1 as a /* ; */ ;\n\n', 'select 1 as a'],
  ['a semicolon before', ';select 1 as a', 'select 1 as a'],
  ['several semicolons', 'select 1 as a;;', 'select 1 as a'],
  ['blank lines around', '\n\n  select 1 as a\n\n'],
  ['CRLF line ends', 'select 1 as a\r\n  , 2 as b\r\n'],
  ['parentheses', '(select 1 as a)'],
  ['many parentheses', '(((select 1 as a)))'],
  ['a closing parenthesis in a literal', `select ')' as a, '--' as b, '/*' as c, ';' as d`],
  ['dollar quotes', 'select $$a;b--c$$ as a, $x$)$$;$x$ as b'],
  ['Unicode escapes', String.raw`select U&'\00e9' as a, 1 as U&"\0061b", e'\u00e9\n' as c`],
  ['string parts on two lines', `select 'a'\n'b' as a`],
  ['VALUES', "values (1, 'a'), (2, null), (3, '')"],
  ['VALUES with an order', 'values (2), (1), (3) order by 1 desc'],
  ['TABLE', 'table things'],
  ['TABLE with an order', 'table things order by id desc limit 5'],
  ['WITH', 'with a as (select 1 as x), b as (select x + 1 as y from a) select * from a, b'],
  [
    'WITH RECURSIVE',
    'with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) select i from n',
  ],
  ['UNION', 'select 1 as a union all select 2 union all select null order by 1 nulls first'],
  ['EXCEPT and INTERSECT', 'select 1 as a except select 2 intersect select 2'],
  ['ORDER BY', 'select id, name from things order by name desc nulls last, id'],
  ['ORDER BY something that is not printed', 'select name from things order by amount desc'],
  ['LIMIT and OFFSET', 'select id from things order by id limit 10 offset 100'],
  ['FETCH FIRST', 'select id from things order by id fetch first 3 rows only'],
  ['DISTINCT ON', 'select distinct on (name) name, id from things order by name, id'],
  ['window functions', 'select id, sum(amount) over (order by id) as s from things order by id'],
  [
    'GROUPING SETS',
    'select name, count(*) as n from things group by grouping sets ((name), ()) order by 2, 1',
  ],
  ['a view', 'select * from dear order by id'],
  [
    'LATERAL',
    'select t.id, l.n from things t, lateral (select t.id * 2 as n) l order by 1 limit 9',
  ],
  ['a function of rows', 'select * from generate_series(1, 5) with ordinality as g(a, b)'],
  [
    'rows of a function in the list',
    'select generate_series(1, 3) as a, generate_series(1, 2) as b',
  ],
  ['json functions', `select * from jsonb_each('{"b": 1.10, "a": null}')`],
  [
    'an XML table',
    `select * from xmltable('/a/b' passing '<a><b>1</b><b>2</b></a>' columns x int path '.')`,
  ],
  ['a row as a value', 'select t from things t order by id limit 3'],
  ['characters of four bytes', `select '\u{1f469}' as "\u{1f469}", 'é' as é`],
];

const NOT_WRAPPED = [
  'show datestyle',
  'show server_version',
  'explain select * from things where id = 1',
  'explain (costs off) select 1',
  'explain (format json, costs off) select * from things order by name',
  'explain (format xml, costs off) select * from things order by name',
  'explain (format yaml, costs off) select * from things order by name',
  'explain (analyze, costs off, timing off, summary off, buffers off) select * from things where id < 3',
  'explain (verbose) table things;',
];

/** Settings that a read has of its own: who asks, how long it may take, and that it may not write. */
const SET_FOR_A_READ = new Set(
  ['application_name', 'transaction_read_only', 'statement_timeout', 'lock_timeout'].concat(
    ...['idle_in_transaction_session_timeout', 'client_connection_check_interval'],
  ),
);

describe.each(chosenServers())('statements on $name', (available) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround({ server: await available.start(), sql: [TABLES] });
    await ground.session.run('analyze');
  });
  afterAll(() => ground.close());

  test.each(QUERIES)('%s', async (_, sql, plain = sql) => {
    for (const format of FORMATS) {
      const wanted = await expected(ground.session, plain, format);
      for (const { path, limits } of PATHS) {
        const { given, wanted: there } = same(
          await ground.printer.print(sql, format, { limits }),
          wanted,
        );
        expect({ path, format, is: given }).toEqual({ path, format, is: there });
      }
    }
  });

  test.each(NOT_WRAPPED)('%s: the lines of the server', async (sql) => {
    for (const format of FORMATS) {
      const wanted = await asValues(sql, format);
      for (const { limits } of PATHS) {
        const { given, wanted: there } = same(
          await ground.printer.print(sql, format, { limits }),
          wanted,
        );
        expect(given).toBe(there);
      }
    }
  });

  /** What a statement gives that COPY does not take, given back to the server as values. */
  async function asValues(sql: string, format: FormatName): Promise<Buffer> {
    const plain = sql.replace(/;$/, '');
    const { names, rows } = await ground.session.run(plain);
    const type = /^explain \(format (json|xml)/.exec(plain)?.[1] ?? 'text';
    const lines = rows.map((row) => row.map((cell) => `${literal(String(cell))}::${type}`).join());
    const list = names.map((name) => `"${String(name).replaceAll('"', '""')}"`).join();
    const values = lines.map((line) => `(${line})`).join();
    return await expected(ground.session, `select * from (values ${values}) v(${list})`, format);
  }

  test('show all: every setting, with the values that a read runs under', async () => {
    const { rows } = await ground.session.run('show all');
    for (const { limits } of PATHS) {
      const given = await ground.printer.print('show all', 'csv', { limits });
      await ground.session.run(
        `create temp table shown (name text, setting text, description text, n serial)`,
      );
      await ground.session.copyIn(
        'copy shown (name, setting, description) from stdin (format csv, header)',
        given,
      );
      const back = await ground.session.run('select * from shown order by n');
      await ground.session.run('drop table shown');
      const text = ([name, , description]: readonly unknown[]) => [
        String(name),
        String(description),
      ];
      expect(back.rows.map(text)).toEqual(rows.map(text));
      const changed = rows.flatMap(([name, setting], n) =>
        String(setting) === String(back.rows[n]![1]) ? [] : [String(name)],
      );
      expect(changed.filter((name) => !SET_FOR_A_READ.has(name))).toEqual([]);
    }
  });

  test('parameters: what the same values give that are written down', async () => {
    const types = Object.entries(SAMPLES).filter(([type]) => !/\(/.test(type));
    for (let at = 0; at < types.length; at += 20) {
      const some = types.slice(at, at + 20);
      const columns = (value: (n: number) => string) =>
        some.map(([type], n) => `${value(n)}::${type} as "c ${n}"`).join(', ');
      const texts = some.map(([, values]) => values.at(-1)!);
      const plain = `select ${columns((n) => literal(texts[n]!))}, null::text as n`;
      const sql = `select ${columns((n) => `$${n + 1}`)}, $${some.length + 1}::text as n`;
      for (const format of FORMATS) {
        const wanted = await expected(ground.session, plain, format);
        const given = await ground.printer.print(sql, format, { parameters: [...texts, null] });
        const { given: is, wanted: there } = same(given, wanted);
        expect({ format, is }).toEqual({ format, is: there });
      }
    }
  });

  test('parameters in a row of several thousand, with dollars that are none', async () => {
    const sql = `select id, $1 as "$1", '$2' as b, $$ $1 $$ as c from things where id > $2::int order by id -- $3`;
    const plain = `select id, 'é"' as "$1", '$2' as b, $$ $1 $$ as c from things where id > 10 order by id`;
    for (const format of FORMATS) {
      const wanted = await expected(ground.session, plain, format);
      const given = await ground.printer.print(sql.replace('$1 as', '$1::text as'), format, {
        parameters: ['é"', '10'],
      });
      const { given: is, wanted: there } = same(given, wanted);
      expect({ format, is }).toEqual({ format, is: there });
    }
  });

  test.each([
    ['an unknown column', 'select nope from things'],
    ['an unknown column behind a comment', '-- é\n/* \u{1f469} */ select id,\n  nope from things;'],
    ['an unknown relation', 'select * from nowhere'],
    ['an unknown function', 'select lengthh(1)'],
    ['a literal of the wrong type', `select 1 as a, 'x'::int as b`],
    ['operands that do not fit', `select 'é', 1 + true`],
    ['an ambiguous name', 'select id from things a, things b'],
    ['a missing group', 'select name, count(*) from things'],
    ['syntax', 'select 1 frm things'],
    ['syntax at the end', 'select 1 +'],
    ['an order that is not there', 'select 1 as a order by 7'],
    ['a cast in VALUES', `values (1), ('é')`],
    ['a set operation of unlike columns', 'select 1 union select true'],
    ['behind WITH', 'with a as (select 1 as x) select y from a'],
    ['in EXPLAIN', 'explain select nope from things'],
    ['while it runs', 'select id / (id - 1) as a from things order by id'],
    ['a cast while it runs', `select name::int from things where name <> '' order by id`],
    ['many columns of one name', 'select 1 as a, 2 as a, nope as a'],
  ])('a failure is at its place in the statement as it was written: %s', async (_, sql) => {
    const said = await ground.session.run(sql).catch((error: unknown) => error);
    expect(said).toBeInstanceOf(ServerSays);
    const { message, position, sqlstate } = said as ServerSays;
    for (const format of FORMATS) {
      for (const { limits } of PATHS) {
        const failure: unknown = await ground.printer
          .print(sql, format, { limits })
          .catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(StatementError);
        expect(failure).toMatchObject({ sqlstate, position, sql });
        expect((failure as Error).message).toContain(message);
      }
    }
  });

  test('what an empty statement is', async () => {
    for (const sql of ['', ' ', '-- only a comment', ';']) {
      await expect(ground.printer.print(sql, 'csv')).rejects.toThrow();
    }
  });
});
