/** Changes that can be undone, and the tables that they are made on. */

export const SCHEMA = [
  `create type mood as enum ('sad', 'ok')`,
  `create type pair as (a int, b text)`,
  `create domain positive as numeric check (value > 0)`,
  `create table types (id int8 primary key, f4 float4, f8 float8, n numeric, ts timestamptz, d date, i interval,
    raw bytea, texts text[], grid int[][], p pair, pairs pair[], dom positive, m mood, r int4range, mr int4multirange,
    j json, jb jsonb, x xml, b bit(3), vb bit varying, cash money, c char(5), v varchar(9), t text, u uuid, ip inet, q "char",
    oids oidvector, doubled int8 generated always as (id * 2) stored, number int generated always as identity)`,
  `insert into types (id, f4, f8, n, ts, d, i, raw, texts, grid, p, pairs, dom, m, r, mr, j, jb, x, b, vb, cash, c, v, t, u, ip, q, oids) values
    (1, 1e-45, 1.7976931348623157e308, 'NaN', 'infinity', '-infinity', '1 year -2 mons 3 days -04:05:06.000007', '\\x00ff5c27',
     '{"a,b","c\\"d\\\\e",NULL,""}', '{{1,2},{3,4}}', '(1,"x, ""y""")', '{"(1,a)","(2,)"}', 0.000, 'sad', '[1,5)', '{[1,3),[7,9)}',
     '{"a":  1, "a": 2.50}', '{"b": [1.50, null]}', '<a b="c">d</a>', B'101', B'1', '12.34', 'ab', 'x ', E'a\\tb\\n\\\\ ''q'' "', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '10.1.2.3/8', 'z', '1 2 3')`.replace(
    '0.000,',
    '0.500,',
  ),
  `insert into types (id, f4, f8, n, t, c, texts) values (2, 'NaN', -0.0, 'Infinity', '', '', '{}'),
    (3, '-infinity', 5e-324, 123456789012345678901234567890.12345678901234567890, null, null, null),
    (4, 0.1, 0.1, 1.10, repeat('tøast', 40000), 'x', null)`,
  `create table parents (id int primary key, name text)`,
  `create table children (id int primary key, parent int references parents on delete cascade on update cascade, note text)`,
  `create table grandchildren (id int primary key, child int references children on delete cascade)`,
  `create table friends (id int primary key, parent int references parents on delete set null on update cascade, other int default 1 references parents on delete set default on update cascade)`,
  `insert into parents select g, 'parent ' || g from generate_series(1, 9) g`,
  `insert into children select g, 1 + g % 9, 'child' from generate_series(1, 30) g`,
  `insert into grandchildren select g, 1 + g % 30 from generate_series(1, 50) g`,
  `insert into friends select g, 1 + g % 9, 1 + g % 9 from generate_series(1, 20) g`,
  `create table tree (id int primary key, above int references tree on delete cascade)`,
  `insert into tree select g, nullif(g / 2, 0) from generate_series(1, 30) g`,
  `create table parts (id int, region text, n int, primary key (id, region)) partition by list (region)`,
  `create table parts_a partition of parts for values in ('a')`,
  `create table parts_b partition of parts for values in ('b')`,
  `insert into parts select g, case when g % 2 = 0 then 'a' else 'b' end, g from generate_series(1, 10) g`,
  `create table above (id int primary key, n int)`,
  `create table below (more text, primary key (id)) inherits (above)`,
  `insert into above values (1, 1), (2, 2)`,
  `insert into below values (3, 3, 'x'), (4, 4, null)`,
  `create table base (id int primary key, n int, hidden text default 'h')`,
  `create view seen as select id, n from base where n < 100`,
  `insert into base select g, g, 'secret ' || g from generate_series(1, 6) g`,
  `create table totals (id int primary key, n int)`,
  `create table counted (id int primary key, total int)`,
  `insert into totals values (1, 3), (2, 0)`,
  `insert into counted values (1, 1), (2, 1), (3, 1)`,
  `create function count_up() returns trigger language plpgsql as $$ begin
    if tg_op <> 'INSERT' then update totals set n = n - 1 where id = old.total; end if;
    if tg_op <> 'DELETE' then update totals set n = n + 1 where id = new.total; end if;
    return null; end $$`,
  `create trigger counting after insert or update or delete on counted for each row execute function count_up()`,
  `create table husbands (id int primary key, wife int)`,
  `create table wives (id int primary key, husband int references husbands)`,
  `insert into husbands values (1, null)`,
  `insert into wives values (1, 1)`,
  `update husbands set wife = 1`,
  `alter table husbands add foreign key (wife) references wives deferrable initially deferred`,
  `create table unique_names (id int primary key, name text unique)`,
  `insert into unique_names values (1, 'a'), (2, 'b')`,
  `create table swaps (id int primary key deferrable, n int)`,
  `insert into swaps values (1, 10), (2, 20), (3, 30)`,
  `create table audit (at timestamptz, what text)`,
  `create table audited (id int primary key, n int)`,
  `insert into audited values (1, 1)`,
  `create function audit() returns trigger language plpgsql as $$ begin
    insert into audit values (now(), tg_op); return null; end $$`,
  `create trigger audit after update on audited for each row execute function audit()`,
  `create table stamped (id int primary key, n int, changed int default 0)`,
  `insert into stamped values (1, 1)`,
  `create function stamp() returns trigger language plpgsql as $$ begin new.changed := old.changed + 1; return new; end $$`,
  `create trigger stamp before update on stamped for each row execute function stamp()`,
];

export const FAMILY = ['parents', 'children', 'grandchildren', 'friends'];

/** Changes that are to be undone, and the tables that they touch. */
export const CHANGES: readonly (readonly [what: string, sql: string, tables: readonly string[]])[] =
  [
    [
      'values of every type that are replaced',
      `update types set f4 = 0, f8 = 0, n = 0, ts = null, d = null, i = null, raw = '', texts = null, grid = null,
    p = null, pairs = null, dom = 1, m = 'ok', r = 'empty', mr = null, j = '{}', jb = '{}', x = null, b = null, vb = null, cash = 0,
    c = 'y', v = null, t = 'short', u = null, ip = null, q = null, oids = null where id < 9`,
      ['types'],
    ],
    ['values of every type that are deleted', 'delete from types where id < 9', ['types']],
    ['rows that were inserted', `insert into types (id, n) values (10, 1), (11, null)`, ['types']],
    ['keys that were changed', 'update types set id = id + 100 where id in (1, 4)', ['types']],
    ['keys that changed places', 'update swaps set id = 4 - id where id < 4', ['swaps']],
    [
      'a delete that cascades, twice and to nulls and defaults',
      'delete from parents where id in (2, 3)',
      FAMILY,
    ],
    [
      'a key that is updated with what refers to it',
      'update parents set id = 100 where id = 4',
      FAMILY,
    ],
    ['a delete within a table', 'delete from tree where id = 2', ['tree']],
    [
      'a row that moves to another partition',
      `update parts set region = 'b', n = 0 where id in (2, 4)`,
      ['parts', 'parts_a', 'parts_b'],
    ],
    ['partitions', `delete from parts where n > 3`, ['parts', 'parts_a', 'parts_b']],
    ['tables that inherit', `update above set n = n + 10 where id > 1`, ['only above', 'below']],
    ['a view', `update seen set n = n + 1 where id < 4; delete from seen where id = 5`, ['base']],
    [
      'what ON CONFLICT inserts and updates',
      `insert into base values (1, 50, 'new'), (77, 7, 'new') on conflict (id) do update set n = excluded.n, hidden = 'x'`,
      ['base'],
    ],
    [
      'several statements on the same rows',
      `update base set n = 60 where id = 1; insert into base values (88, 1); update base set n = 61 where id in (1, 88);
    delete from base where id = 2; insert into base values (2, 99); delete from base where id = 88; insert into base values (89, 1); update base set id = 90 where id = 89`,
      ['base'],
    ],
    [
      'what triggers count',
      'update counted set total = 2 where id in (1, 2); delete from counted where id = 3',
      ['counted', 'totals'],
    ],
    [
      'keys in a circle',
      'update husbands set wife = null where id = 1; delete from wives where id = 1; delete from husbands where id = 1',
      ['husbands', 'wives'],
    ],
    [
      'a name that another row has taken',
      `delete from unique_names where id = 1; insert into unique_names values (3, 'a')`,
      ['unique_names'],
    ],
    [
      'what a statement with RETURNING changed',
      'update base set n = n + 1 where id < 3 returning id, n',
      ['base'],
    ],
    [
      'what a WITH query changed',
      'with gone as (delete from base where id = 6 returning *) insert into base select id + 200, n, hidden from gone',
      ['base'],
    ],
  ];
