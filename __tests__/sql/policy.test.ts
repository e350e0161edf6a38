import { describe, expect, test } from '@jest/globals';
import { judge, judgeGrammar } from '../../lib/sql/policy.js';

const ALLOWED = [
  'select 1',
  'SELECT * FROM "Odd Table" WHERE "Ä" = $1',
  'values (1, 2), (3, 4)',
  'table orders',
  'show all',
  'select * from a join b using (id) left join lateral (select 1) c on true',
  'with recursive t(n) as (select 1 union all select n + 1 from t where n < 9) select * from t',
  'select a, count(*) filter (where b > 1) over w from t group by grouping sets ((a), ()) window w as (partition by a)',
  "select date_trunc('month', at)::date, percentile_cont(0.5) within group (order by x) from t group by 1",
  "select * from json_table('[1]', '$[*]' columns (a int path '$')) j",
  "select * from rows from (generate_series(1, 2), unnest(array['a'])) with ordinality t",
  'select (array[1, 2])[1:2], row(1, 2), (x).y, t.* from t tablesample system (10)',
  "select case when a is not distinct from b then 'x' else 'y' end, coalesce(a, b), greatest(a, b) from t",
  "select xmlelement(name a, 1), json_object('a': 1), json_array(1, 2) from t",
  'select * from a except (select * from b intersect select * from c) order by 1 desc nulls last limit 5 offset 2',
  'select * from t order by a fetch first 3 rows with ties',
  'select exists (select from t), a = any (select 1), b in (1, 2), c between 1 and 2, d collate "C", e at time zone \'UTC\' from t',
  'explain select 1',
  'explain (analyze, buffers) select 1',
  'explain (analyze off) delete from t',
  'explain insert into t values (1)',
  'explain create table x as select 1',
  'select pg_sleep(1)',
  "select ';', $$; drop table t$$, $a$ insert into t $a$ -- ; delete from t",
  'select \'delete from t\' as sql, "update" from "insert"',
  'select 1;',
] as const;

/** Time limits do not matter to any other statement here. */
const SLEEPING: readonly (readonly [sql: string, allowed: boolean])[] = [
  ['select pg_sleep(60)', true],
  ['select pg_sleep(0.5), pg_sleep(1e1)', true],
  ["select pg_sleep_for('2 seconds'), pg_sleep_for('500 ms')", true],
  ['select pg_sleep(61)', false],
  ["select pg_sleep('infinity')", false],
  ['select pg_sleep(60 * 60)', false],
  ['select pg_sleep(n) from t', false],
  ["select pg_sleep_for('2 minutes')", false],
  ["select pg_sleep_until('tomorrow')", false],
];

/** What a server of a version reads otherwise than the parser, and since when it reads the same. */
const GRAMMAR: readonly (readonly [sql: string, since: number])[] = [
  ['select 1', 0],
  ['select 0x1F', 16],
  ['select 1_000', 16],
  ['select x is json from t', 16],
  ['select json_array(1, 2)', 16],
  ['select json_scalar(x) from t', 17],
  ["select json_value(x, '$') from t", 17],
  ["select * from json_table('[1]', '$[*]' columns (a int path '$')) j", 17],
];

const REFUSED: readonly (readonly [sql: string, rule: string, effect: string])[] = [
  ['insert into t values (1)', 'reads-only', 'write'],
  ['update t set a = 1 where b = 2', 'reads-only', 'write'],
  ['update t set a = 1', 'reads-only', 'admin'],
  ['delete from t where a = 1', 'reads-only', 'write'],
  ['delete from t', 'reads-only', 'admin'],
  ['merge into t using s on t.a = s.a when matched then delete', 'reads-only', 'write'],
  ['merge into t using s on true when matched then delete', 'reads-only', 'admin'],
  ['truncate t', 'reads-only', 'admin'],
  ['call p()', 'reads-only', 'write'],
  ['do $$ begin end $$', 'reads-only', 'admin'],
  ['refresh materialized view v', 'reads-only', 'write'],
  ['create table x (a int)', 'reads-only', 'ddl'],
  ['create table x as select 1', 'reads-only', 'ddl'],
  ['create temp view v as select 1', 'reads-only', 'ddl'],
  ['drop view v', 'reads-only', 'ddl'],
  ['drop table t', 'reads-only', 'admin'],
  ['alter table t add b int', 'reads-only', 'ddl'],
  ['create function f() returns int language sql as $$ select 1 $$', 'reads-only', 'ddl'],
  ['alter system set work_mem = 1', 'reads-only', 'admin'],
  ['create role r', 'reads-only', 'admin'],
  ['grant select on t to r', 'reads-only', 'admin'],
  ['vacuum t', 'reads-only', 'ddl'],
  ['vacuum (full) t', 'reads-only', 'admin'],
  ['lock table t', 'reads-only', 'admin'],
  ["copy t to program 'id'", 'reads-only', 'admin'],
  ["copy t from '/etc/passwd'", 'reads-only', 'admin'],
  ['copy t from stdin', 'reads-only', 'write'],
  ['copy t to stdout', 'reads-only', 'read'],
  ['set role postgres', 'reads-only', 'read'],
  ['reset all', 'reads-only', 'read'],
  ['begin', 'reads-only', 'read'],
  ['commit', 'reads-only', 'read'],
  ['set transaction read write', 'reads-only', 'read'],
  ['prepare p as delete from t', 'reads-only', 'read'],
  ['execute p', 'reads-only', 'write'],
  ['declare c cursor for select 1', 'reads-only', 'read'],
  ['listen x', 'reads-only', 'read'],
  ['notify x', 'reads-only', 'write'],
  ['explain analyze delete from t where a = 1', 'reads-only', 'write'],
  ['explain analyze delete from t', 'reads-only', 'admin'],
  ['explain (analyze) create table x as select 1', 'reads-only', 'ddl'],
  ['explain (analyze off, analyze on) delete from t', 'reads-only', 'admin'],
  ['explain analyze execute p', 'reads-only', 'write'],
  [
    'with x as (delete from t where a = 1 returning *) select * from x',
    'no-data-modification',
    'write',
  ],
  ['with x as (delete from t returning *) select * from x', 'no-data-modification', 'admin'],
  [
    'select * from (with x as (insert into t values (1) returning a) select * from x) y',
    'no-data-modification',
    'write',
  ],
  [
    'explain (analyze) with x as (update t set a = 1 returning 1) table x',
    'no-data-modification',
    'admin',
  ],
  ['select * into x from t', 'no-select-into', 'ddl'],
  ['select 1 into x union select 2', 'no-select-into', 'ddl'],
  ['select * from t for update', 'no-row-locks', 'read'],
  ['select * from (select * from t for share) x', 'no-row-locks', 'read'],
  ["select set_config('a.b', 'c', false)", 'no-side-effects', 'write'],
  ["select SET_CONFIG('transaction_read_only', null, true)", 'no-side-effects', 'write'],
  ["select pg_catalog.pg_read_file('x')", 'no-side-effects', 'admin'],
  ["select * from pg_ls_dir('.')", 'no-side-effects', 'admin'],
  ['select (select pg_terminate_backend(1))', 'no-side-effects', 'admin'],
  ['select 1 from t order by pg_advisory_lock(1)', 'no-side-effects', 'write'],
  ["select lo_import('/etc/passwd')", 'no-side-effects', 'admin'],
  ["select * from dblink('x', 'y') t(a int)", 'no-side-effects', 'admin'],
  ["select query_to_xml('delete from t', true, true, '')", 'no-side-effects', 'admin'],
  ['select U&"\\0073et_config"(1)', 'no-side-effects', 'write'],
  ['explain select pg_reload_conf()', 'no-side-effects', 'admin'],
  ['select 1; select 2', 'one-statement', 'read'],
  ['select 1; drop view v', 'one-statement', 'ddl'],
  ['select 1; drop table t', 'one-statement', 'admin'],
  ["commit; alter system set work_mem = '1GB'", 'one-statement', 'admin'],
];

describe('the policy', () => {
  test.each(ALLOWED)('allows %s', async (sql) => {
    expect(await judge(sql)).toMatchObject({ type: 'allow' });
  });

  test.each(REFUSED)('refuses %s', async (sql, rule, effect) => {
    const verdict = await judge(sql);
    expect(verdict).toMatchObject({ type: 'refuse', rule, effect });
  });

  test('says at which character the trouble begins, counted as people count', async () => {
    const verdict = await judge("select 'ä€😀', pg_reload_conf()");
    expect(verdict).toMatchObject({ type: 'refuse', position: 15 });
  });

  test('refuses what parser and server would read differently', async () => {
    expect(await judge('select 1\0; drop table t')).toMatchObject({
      type: 'refuse',
      rule: 'input',
    });
    expect(await judge("select '\ud800'")).toMatchObject({ type: 'refuse', rule: 'input' });
    expect(await judge(`select '${'x'.repeat(600_000)}'`)).toMatchObject({ rule: 'input' });
  });

  test.each([
    ['parentheses', `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['a long sum', `select ${'1+'.repeat(20_000)}1`],
    ['subqueries', `${'select ('.repeat(3000)}select 1${')'.repeat(3000)}`],
  ])('survives absurd nesting: %s', async (_name, sql) => {
    expect((await judge(sql)).type).not.toBe('allow');
    expect((await judge('select 1')).type).toBe('allow');
  });

  test.each([
    ['selec 1', 1],
    ['select 1 frm t where', undefined],
    ['', undefined],
    ['-- nothing', undefined],
    [';;', undefined],
  ])('calls %j invalid, as the server would', async (sql, position) => {
    const verdict = await judge(sql);
    expect(verdict.type).toBe('invalid');
    if (position !== undefined) expect(verdict).toMatchObject({ position });
  });
});

describe('sleeping', () => {
  test.each(SLEEPING)('%s: %s', async (sql, allowed) => {
    expect(await judge(sql, { timeoutMs: 1000 })).toMatchObject(
      allowed ? { type: 'allow' } : { type: 'refuse', rule: 'no-long-sleep' },
    );
  });

  test('may take as long as the statement may', async () => {
    expect(await judge('select pg_sleep(300)', { timeoutMs: 300_000 })).toMatchObject({
      type: 'allow',
    });
  });
});

describe('the grammar of older servers', () => {
  test.each(GRAMMAR)('%s is read the same since %s', async (sql, since) => {
    const verdict = await judge(sql);
    if (verdict.type !== 'allow') throw new Error(`refused: ${sql}`);
    for (const version of [15, 16, 17, 18]) {
      const finding = judgeGrammar(verdict.statement, sql, version * 10_000 + 3);
      expect([version, finding?.rule]).toEqual([
        version,
        version < since ? 'server-grammar' : undefined,
      ]);
    }
  });

  test('is not that of a server newer than the parser', async () => {
    const verdict = await judge('select 1');
    if (verdict.type !== 'allow') throw new Error('refused');
    expect(judgeGrammar(verdict.statement, 'select 1', 190_000)).toMatchObject({
      rule: 'server-grammar',
    });
  });
});

describe('nesting', () => {
  test('is bounded, and what is in quotes does not count', async () => {
    const nested = (depth: number) => `select ${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(await judge(nested(400))).toMatchObject({ type: 'allow' });
    expect(await judge(nested(501))).toMatchObject({ type: 'refuse', rule: 'input' });
    expect(await judge(`select '${'('.repeat(1000)}'`)).toMatchObject({ type: 'allow' });
  });
});
