import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expected } from './expected.js';
import { type Ground, openGround } from './ground.js';
import { openPrinter, PATHS } from './printer.js';
import { literal, SAMPLES } from './samples.js';
import { openSession } from './session.js';
import { chosenServers } from './servers.js';

const TYPES = `
  create type mood as enum ('sad', 'so so', 'it''s "fine", \\ really', 'null', '');
  create type pair as (x int, y text);
  create type deep as (id int8, p pair, ps pair[], at timestamptz, j jsonb, m mood);
  create type one as (word text);
  create type nothing as ();
  create type "Odd ""Type""" as ("Na""me" text, "tab	" numeric, "é
" bool, "__proto__" int, "1" int);
  create type span as range (subtype = numeric, multirange_type_name = spans);
  create type text_span as range (subtype = text);
  create domain email as text check (value like '%@%');
  create domain cents as numeric(12, 2);
  create domain more_cents as cents;
  create domain matrix as int[];
  create domain matrices as matrix[];
  create domain couple as pair;
  create domain mood_kept as mood;
  create type ordered as (amount more_cents, flags bool[], grid matrix, two couple, moods mood_kept[]);
  create table shrunk (a int, gone text, "B" timestamp, c pair[], also_gone int);
  insert into shrunk values (1, 'x', '2024-01-01', array[row(1, 'x y')::pair], 5), (2, null, 'infinity', null, null);
  alter table shrunk drop column gone, drop column also_gone;
  alter table shrunk add column late numeric default 1.50;
`;

const VALUES: Readonly<Record<string, readonly string[]>> = {
  mood: [`'sad'`, `'it''s "fine", \\ really'`, `'null'`, `''`],
  email: [`'"o\\dd"@example.com'`],
  cents: ['1.5'],
  more_cents: ['-0.005'],
  matrix: [`'{{1,2},{3,4}}'`, `'{}'`, `'[5:6]={1,2}'`],
  matrices: [`array['{{1,2},{3,4}}', '{}', null]::matrix[]`],
  couple: [`row(1, 'a "b"')`],
  mood_kept: [`'so so'`],
  'mood[]': [`'{sad,"so so","it''s \\"fine\\", \\\\ really","null",NULL,""}'`],
  span: [`'[1.5,2.50]'`, `'empty'`, `'(,)'`],
  spans: [`'{[1.5,2.50],[9,)}'`, `'{}'`],
  text_span: [`'["a,b","c)]"]'`, `'["",)'`, `'["\\"","\\\\"]'`],
  pair: [
    `row(1, 'a')`,
    `row(null, null)`,
    `row(null, '')`,
    `row(1, 'NULL')`,
    `row(1, 'a "b" \\ c, (d) '' ''')`,
    `row(-1, e'\\n\\t\\r')`,
    `row(1, '"')`,
    `row(1, '\\.')`,
  ],
  one: [`row('')`, `row(null)`, `row(',')`],
  nothing: ['row()'],
  '"Odd ""Type"""': [`row('x', 1.10, true, 1, 2)`],
  'pair[]': [`array[row(1, 'a,"b"\\'), row(null, ''), null]::pair[]`, `'{}'`],
  'couple[]': [`array[row(1, 'a b')]::couple[]`],
  deep: [
    `row(9007199254740993, row(1, '"\\,'), array[row(2, '{}"\\'), null]::pair[], '2024-01-01 00:00Z', '{"k": "\\""}', 'sad')`,
    `row(null, null, '{}', null, null, null)`,
    `row(1, row(null, null), array[[row(1, '')], [row(2, null)]]::pair[], 'infinity', 'null', '')`,
  ],
  'deep[]': [
    `array[row(1, row(1, '"\\,'), array[row(2, '{}"\\')]::pair[], '1850-01-01 00:00Z', '{"k": "\\""}', null)]::deep[]`,
  ],
  ordered: [`row(1, '{t,NULL}', '[5:6]={1,2}', row(7, '(")'), '{sad,NULL}')`],
};

describe.each(chosenServers())('values of types of their own on $name', (available) => {
  let ground: Ground;

  beforeAll(async () => {
    const server = await available.start();
    // A domain over each built-in type, and a row type that has them all.
    const domains = Object.keys(SAMPLES).map((type, n) => `create domain d${n} as ${type};`);
    const fields = Object.keys(SAMPLES).map((_, n) => `f${n} d${n}, l${n} d${n}[]`);
    const all = `${domains.join('\n')} create type everything as (${fields.join(', ')});`;
    ground = await openGround({ server, sql: [TYPES, all], options: '-c timezone=Asia/Kolkata' });
  });
  afterAll(() => ground.close());

  test('enums, domains, composites, ranges, and arrays of them', async () => {
    const columns = Object.entries(VALUES).flatMap(([type, values]) =>
      values.map((value, n) => `(${value})::${type} as "${type.replaceAll('"', '')} ${n}"`),
    );
    await ground.compare(`select ${columns.join(', ')}`);
  });

  test('domains over every built-in type, and a row of all of them', async () => {
    const domains = Object.values(SAMPLES).map((texts, n) => `${literal(texts[0]!)}::d${n}`);
    await ground.compare(`select ${domains.map((value, n) => `${value} as c${n}`).join(', ')}`);
    const fields = domains.map((value) => `${value}, array[${value}, null]`);
    await ground.compare(
      `select row(${fields.join(', ')})::everything as r, null::everything as n`,
    );
  });

  test('rows of a table that lost columns and was given others', async () => {
    await ground.compare('select * from shrunk order by a');
    await ground.compare('select s, array[s, null] as list from shrunk s order by a');
    await ground.compare('select row(s, 1) as nested, s."B" from shrunk s order by a');
    await ground.compare('table shrunk');
  });

  test('anonymous rows, nested and in arrays', async () => {
    await ground.compare(`select row(1, 'a', null) as a, row(row(1, true), array[1, null]) as b,
      array[row(1, 'x'), row(null, '"')] as c, row() as d, row(row(row(row(1.50)))) as e`);
    await ground.compare('select x from (values (1, true), (2, null)) x order by 1');
  });

  test('what has no type, or one that hardly is one', async () => {
    await ground.compare(`select null as a, 'x' as b, 'x'::cstring as c, '' as d, n'é' as e`);
    await ground.compare('select pg_sleep(0) as nothing, 1 as one');
    await ground.compare('select pg_sleep(0) as nothing');
    await ground.compare(
      'select most_common_vals as v, histogram_bounds as h from pg_stats limit 50',
    );
  });

  test('every cell of the system catalogs, and each row as one value', async () => {
    // Statistics of columns are there once something was analysed.
    await ground.session.run('analyze pg_class, pg_type, pg_attribute');
    const { rows } = await ground.session.run(
      `select quote_ident(relname), relisshared from pg_class where relnamespace = 'pg_catalog'::regnamespace
         and relkind = 'r' order by relname`,
    );
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(([, shared]) => String(shared) === 't').length).toBeGreaterThan(5);
    for (const [relation, shared] of rows) {
      let from = `pg_catalog.${String(relation)}`;
      if (String(shared) === 't') {
        // Who works in the server's other databases changes those between two reads.
        await ground.session.run(`create table copied_${String(relation)} as table ${from}`);
        from = `copied_${String(relation)}`;
      }
      await ground.compare(`select * from ${from} order by ctid limit 20`);
      if (String(relation) === 'pg_statistic') continue;
      await ground.compare(`select x, 1 as n from ${from} x order by x.ctid limit 5`, [
        'csv',
        'json',
      ]);
    }
  }, 60_000);
});

describe.each(chosenServers())('a cast to json of somebody on $name', (available) => {
  let ground: Ground;

  beforeAll(async () => {
    const sql = `create type shout as enum ('a', 'b');
      create function shouted(shout) returns json language sql immutable as $$ select to_json(upper($1::text)) $$;
      create cast (shout as json) with function shouted(shout);
      create domain cry as shout;
      create table shouts (s shout, ss shout[], c cry, n int);
      insert into shouts values ('a', array['b'::shout, null], 'b', 1), (null, null, null, 2);`;
    ground = await openGround({ server: await available.start(), sql: [sql] });
  });
  afterAll(() => ground.close());

  const SQL = 'select s, ss, c, row(s) as r from shouts order by n';

  test('is not needed for text, and refused for JSON where nobody let it be used', async () => {
    await ground.compare(SQL, ['csv', 'tsv']);
    for (const sql of [
      SQL,
      'select s from shouts',
      'select shouts from shouts',
      `select 'a'::cry`,
    ]) {
      for (const { limits } of PATHS) {
        const refused = ground.printer.print(sql, 'json', { limits });
        await expect(refused).rejects.toMatchObject({ exit: 3 });
      }
    }
  });

  test('is what row_to_json says where the configuration lets it be used', async () => {
    const allowed = openPrinter(ground.url, {}, ['public.shouted']);
    try {
      const wanted = await expected(ground.session, SQL, 'jsonl');
      expect(wanted.toString()).toContain('"s":"A","ss":["B",null],"c":"B","r":{"f1":"A"}');
      for (const { limits } of PATHS) {
        const given = await allowed.print(SQL, 'jsonl', { limits });
        expect(given.toString()).toBe(wanted.toString());
      }
    } finally {
      await allowed.close();
    }
  });
});

const EXTENSIONS = ['hstore', 'citext'];

/** The servers of this machine that have them, and those that do not. */
const installed = await Promise.all(
  chosenServers().map(async (available) => {
    const session = await openSession((await available.start()).url());
    const list = EXTENSIONS.map(literal).join();
    const { rows } = await session.run(
      `select 1 from pg_available_extensions where name in (${list})`,
    );
    await session.close();
    return { ...available, there: rows.length === EXTENSIONS.length };
  }),
);

for (const { name } of installed.filter(({ there }) => !there)) {
  test.skip(`skipped: ${name} has no ${EXTENSIONS.join(' or no ')}`, () => undefined);
}

for (const available of installed.filter(({ there }) => there)) {
  describe(`extensions on ${available.name}`, () => {
    let ground: Ground;

    beforeAll(async () => {
      ground = await openGround({ server: await available.start() });
      await ground.session.run(
        `create extension hstore; create extension citext;
         create table kept (id int, h hstore, hs hstore[], c citext, cs citext[]);`,
      );
      await ground.session.run(String.raw`insert into kept values
        (1, 'a=>1, "b c"=>NULL, "q\"uote"=>"back\\slash"', array['x=>y'::hstore, null], 'MiXed', '{A,b,NULL}'),
        (2, '', '{}', '', null), (3, null, null, null, null)`);
    });
    afterAll(() => ground.close());

    test('a type with a cast to json is what that cast makes of it', async () => {
      await ground.compare('select * from kept order by id');
      await ground.compare('select k, row(h, c) as r from kept k order by id');
    });
  });
}
