/** Changes that look like reads, sent by a model to the tools that change: without a grant nothing of them is executed. */
import { beforeEach, expect, test } from '@jest/globals';
import { calls, ddl, dml, openForSuite, words, type World } from './model-changing.js';

let world: World;
openForSuite((made) => {
  world = made;
});
beforeEach(async () => {
  await world.sql.unsafe(`create or replace function reap() returns int language sql as
    $$ delete from fruit where id = 1; select 1 $$`);
});

test.each([
  [
    'a DELETE in a WITH query',
    dml('with gone as (delete from fruit where id = 1 returning *) select * from gone'),
  ],
  ['EXPLAIN ANALYZE of a DELETE', ddl('explain analyze delete from fruit where id = 1')],
  [
    'EXPLAIN ANALYZE of a WITH query',
    ddl(
      'explain analyze with gone as (delete from fruit where id = 1 returning *) select * from gone',
    ),
  ],
  ['a function', ddl('select reap()')],
  ['a function in VALUES', ddl('values (reap())')],
  ['SELECT INTO', ddl('select 1 as a into fruit_2')],
  ['a read that locks', ddl('select * from fruit for update')],
])('%s', async (_name, call) => {
  for (const flags of [['--yes'], ['--yes', '--confirm', 'fruit'], ['--plan']]) {
    world.chat.reply(calls(call), calls(words('done')));
    const { code, stdout } = await world.ask(...flags, '-F', 'json');
    expect({ flags, code, stdout }).toEqual({ flags, code: 3, stdout: '' });
    expect(await world.fruit()).toEqual(['1:1', '2:2', '3:3']);
    const [row] = await world.sql`select to_regclass('fruit_2') is null as none`;
    expect(row?.['none']).toBe(true);
    while (world.chat.waiting() > 0) await fetch(`${world.chat.url}/x`).catch(() => undefined);
  }
});

test('a command of the session goes back to the model, and is not executed', async () => {
  world.chat.reply(calls(ddl("set session_replication_role = 'replica'")), calls(words('no')));
  const { code, stdout } = await world.ask('--allow', 'admin', '--yes', '-F', 'json');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{"answer":"no"}\n' });
  expect(world.told()[0]).toMatch(/acts on a session/);
});

test.each([
  [
    'DELETE of every row in a WITH query',
    dml('with gone as (delete from fruit returning *) select 1'),
  ],
  ['TRUNCATE beside it', ddl('truncate fruit cascade')],
  ['SELECT INTO', ddl('select 1 as a into fruit_2')],
  [
    'EXPLAIN ANALYZE of CREATE TABLE AS',
    ddl('explain analyze create table fruit_2 as select 1 as a'),
  ],
])('%s takes more than --allow write', async (_name, call) => {
  world.chat.reply(calls(call));
  const { code } = await world.ask('--allow', 'write', '--yes');
  expect(code).toBe(3);
  expect(await world.fruit()).toEqual(['1:1', '2:2', '3:3']);
  const [row] = await world.sql`select to_regclass('fruit_2') is null as none`;
  expect(row?.['none']).toBe(true);
});

test('a DELETE in a WITH query is applied with the grant that it takes', async () => {
  const sql = 'with gone as (delete from fruit where id = 1 returning *) select name from gone';
  world.chat.reply(calls(dml(sql)), calls(words('done')));
  expect((await world.ask('--allow', 'write', '--yes')).code).toBe(0);
  expect(await world.fruit()).toEqual(['2:2', '3:3']);
});
