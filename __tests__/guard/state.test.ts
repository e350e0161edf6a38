/** The comparison must see what it is there to see: every kind of change is made, past the guard, and must be told. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from '../../lib/databases/driver.js';
import { watchSessions } from './sessions.js';
import { places, type Shop } from './shop.js';
import { difference, snapshot, type State } from './state.js';
import { startVictim, type Victim } from './victim.js';

const NEVER = new AbortController().signal;

/** What changes one database, and what must be said of it. Each is compared with the state that the one before it left. */
const IN_A_DATABASE: readonly (readonly [what: string, sql: string, told: RegExp])[] = [
  [
    'an inserted row',
    "insert into traps.bait values (10, 'x')",
    /^table traps\.bait changed: 3 rows/,
  ],
  ['an updated row', "update traps.bait set name = 'y' where id = 1", /^table traps\.bait changed/],
  ['a deleted row', 'delete from traps.bait where id = 10', /^table traps\.bait changed/],
  ['an emptied table', 'truncate shop.documents', /^table shop\.documents changed/],
  ['a new table', 'create table public.made (a int)', /^table public\.made is new/],
  ['a dropped table', 'drop table public.made', /^table public\.made is gone/],
  [
    'a new column',
    'alter table shop.animals add column legs int',
    /catalog pg_catalog\.pg_attribute changed/,
  ],
  [
    'a function',
    "create function public.made() returns int language sql as 'select 1'",
    /pg_proc changed/,
  ],
  [
    'a view',
    'create or replace view traps.calls as select id, 0 as v from traps.bait',
    /pg_rewrite changed/,
  ],
  ['a type', "alter type shop.priority add value 'urgent'", /pg_enum changed/],
  ['an operator', 'drop operator public.!!! (none, text)', /pg_operator changed/],
  ['a cast', 'drop cast (text as traps.token)', /pg_cast changed/],
  ['a trigger', 'alter table traps.triggered disable trigger all', /pg_trigger changed/],
  ['a policy', 'drop policy guarded_liar on traps.guarded', /pg_policy changed/],
  ['a grant', 'grant all on traps.log to public', /pg_class changed/],
  ['a comment', "comment on table traps.log is 'x'", /pg_description changed/],
  ['statistics', 'analyze shop.animals', /pg_statistic changed|pg_class changed/],
  [
    'a refreshed materialized view',
    'refresh materialized view traps.stored',
    /^table traps\.stored is new/,
  ],
  [
    'a sequence',
    "select nextval('shop.tickets')",
    /^sequence shop\.tickets changed: 1 false → 1 true/,
  ],
  [
    'a sequence that is set',
    "select setval('shop.tickets', 40)",
    /^sequence shop\.tickets changed/,
  ],
  ['a large object', 'select lo_create(4711)', /pg_largeobject_metadata changed/],
  ["a large object's bytes", "select lo_put(4711, 0, 'x')", /pg_largeobject changed/],
  ['a large object that is gone', 'select lo_unlink(4711)', /pg_largeobject_metadata changed/],
  ['an advisory lock', 'select pg_advisory_lock(4712)', /^advisory lock 0 4712 1 is new/],
  ['a trap that sprang', 'begin; select traps.vol(); rollback', /^advisory lock 7001 \d+ 2 is new/],
  ['reset statistics', 'select pg_stat_reset()', /^statistics of the database changed/],
];

/** What reaches further than one database: tried where nobody else is. */
const BEYOND: readonly (readonly [what: string, sql: string, told: RegExp])[] = [
  ['a new role', 'create role hostile_role', /^role hostile_role is new/],
  ['a role that may more', 'alter role shop_reader createdb', /^role shop_reader changed/],
  ['a membership', 'grant shop_owner to shop_reader', /^membership shop_owner shop_reader is new/],
  ['a dropped role', 'drop role hostile_role', /^role hostile_role is gone/],
  [
    "a role's setting",
    "alter role shop_reader set work_mem = '9MB'",
    /^default setting of all shop_reader is new/,
  ],
  [
    "the database's setting",
    "alter database postgres set work_mem = '8MB'",
    /^default setting of postgres all is new/,
  ],
  [
    "the database's options",
    'alter database postgres connection limit 7',
    /^database postgres changed/,
  ],
  [
    "the server's setting",
    "alter system set work_mem = '6MB'",
    /^file postgresql\.auto\.conf changed/,
  ],
  [
    'a file in the data directory',
    "select lo_create(4713); select lo_export(4713, 'hostile_file')",
    /^file hostile_file is new/,
  ],
  [
    'a file elsewhere',
    "copy (select 1) to '/tmp/hostile_file'",
    /^file \/tmp\/hostile_file is new/,
  ],
  [
    'a replication slot',
    "select pg_create_physical_replication_slot('hostile')",
    /^replication slot hostile is new/,
  ],
];

/** What a session keeps when its transaction is rolled back. */
const IN_A_SESSION: readonly (readonly [what: string, sql: readonly string[], told: RegExp])[] = [
  ['a setting', ["set work_mem = '5MB'"], /setting work_mem changed: \d+ → 5120/],
  [
    'another user',
    ['set role shop_reader'],
    /user changed: postgres postgres → postgres shop_reader/,
  ],
  [
    'an advisory lock',
    ['reset role', 'begin', 'select pg_advisory_lock(3)', 'rollback'],
    /lock advisory 0 3 1 is new/,
  ],
  ['a prepared statement', ['prepare p as select 1'], /prepared statement p is new/],
  ['a cursor', ['declare c cursor with hold for select 1'], /cursor c is new/],
  ['a channel', ['listen hostile'], /channel hostile is new/],
  ['a temporary table', ['create temp table t ()'], /temporary schema changed: none → made/],
  ['an open transaction', ['begin', 'select 1'], /transaction changed: none → open/],
];

describe.each(places().filter(({ embedded }) => !embedded))('the state of $name', ({ open }) => {
  let shop: Shop;
  let observer: Connection;
  let actor: Connection;
  let victim: Victim;
  const state = () => snapshot((sql) => observer.query(sql), [victim.state]);
  const act = async (sql: string) => {
    for (const statement of sql.split('; ')) await actor.query(statement);
  };

  beforeAll(async () => {
    shop = await open();
    observer = await shop.driver('postgres').connect(NEVER);
    actor = await shop.driver('postgres').connect(NEVER);
    victim = await startVictim(shop.url!);
  }, 60_000);
  afterAll(async () => {
    await victim.close();
    await observer.close();
    await actor.destroy();
    await shop.close();
  });

  test('is the same where nothing was done', async () => {
    const before = await state();
    await act(
      'select 1; select * from shop.customers; begin; delete from traps.bait where id < 3; rollback',
    );
    expect(difference(before, await state())).toEqual([]);
    expect(before.size).toBeGreaterThan(400);
  });

  let last: State | undefined;
  test.each(IN_A_DATABASE)('tells %s', async (_what, sql, told) => {
    const before = (last ??= await state());
    await act(sql);
    last = await state();
    expect(difference(before, last)).toContainEqual(expect.stringMatching(told));
  });

  test('tells a notification, even one that comes late', async () => {
    const before = await state();
    await act("begin; select pg_notify('hostile', 'boo'); commit");
    expect(difference(before, await state())).toEqual([
      "the victim's notifications changed: none → hostile: boo",
    ]);
  });

  test.each([
    ['cancelled', 'pg_cancel_backend', /running statement changed: running → .*cancel/],
    ['ended', 'pg_terminate_backend', /victim's session changed/],
  ])('tells a victim whose work is %s', async (_what, call, told) => {
    const before = await state();
    await act(
      `select ${call}(pid) from pg_stat_activity where datname = current_database() and application_name = 'postgres.js'`,
    );
    // The signal is on its way.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const after = await state();
    expect(difference(before, after)).toContainEqual(expect.stringMatching(told));
  });
});

describe('the state of the embedded database', () => {
  let shop: Shop;
  let session: Connection;
  let drift: () => Promise<string[]>;
  const state = (): Promise<State> => snapshot((sql) => session.query(sql));

  beforeAll(async () => {
    shop = await places().at(-1)!.open();
    const watched = watchSessions(shop.driver('postgres'));
    session = await watched.driver.connect(NEVER);
    drift = watched.drift;
  }, 60_000);
  afterAll(async () => {
    await session.close();
    await shop.close();
  });

  test('is the same where nothing was done', async () => {
    const before = await state();
    expect(difference(before, await state())).toEqual([]);
    expect(await drift()).toEqual([]);
  });

  let last: State | undefined;
  test.each([...IN_A_DATABASE, ...BEYOND])('tells %s', async (_what, sql, told) => {
    const before = (last ??= await state());
    for (const statement of sql.split('; ')) await session.query(statement);
    last = await state();
    expect(difference(before, last)).toContainEqual(expect.stringMatching(told));
  });

  test.each(IN_A_SESSION)('tells %s that a session keeps', async (_what, sql, told) => {
    await drift();
    for (const statement of sql) await session.query(statement);
    expect(await drift()).toContainEqual(expect.stringMatching(told));
    expect(await drift()).toEqual([]);
  });
});
