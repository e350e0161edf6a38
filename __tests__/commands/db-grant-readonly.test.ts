import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type Machine, machine, run } from '../support/program.js';
import {
  availableServers,
  testDatabase,
  type TestDatabase,
  testRole,
  type TestRole,
  type TestServer,
} from '../support/server.js';

/** Something of every kind that can be read, and every way in which PUBLIC may write. */
const SQL = `
  create schema shop;
  create schema "Odd ""Schema""; --";
  create table shop.orders (id int primary key, note text);
  insert into shop.orders values (1, 'first');
  create table shop.events (at date, what text) partition by range (at);
  create table shop.events_2026 partition of shop.events for values from ('2026-01-01') to ('2027-01-01');
  create view shop.open as select id from shop.orders;
  create materialized view shop.summary as select count(*) from shop.orders;
  create sequence shop.ticks;
  create table "Odd ""Schema""; --"."a\\b" (id int);
  create function shop.purge(before date, "Odd Type" shop.orders) returns int language sql security definer as 'select 1';
  create procedure public.clean() language sql security definer as 'delete from shop.orders';
  grant usage on schema shop to public;
  grant create on schema shop to public;
  grant insert on shop.orders to public;
  grant update (note) on shop.orders to public;
  grant usage on sequence shop.ticks to public;
`;

const READABLE = [
  'table shop.orders',
  'table shop.events',
  'table shop.events_2026',
  'table shop.open',
  'table shop.summary',
  'select last_value from shop.ticks',
  String.raw`table "Odd ""Schema""; --"."a\b"`,
  'table shop.later',
  'table later_schema.t',
];

const WRITES = [
  "insert into shop.orders values (2, 'x')",
  "update shop.orders set note = 'x'",
  'delete from shop.orders',
  'truncate shop.orders',
  "insert into shop.events values ('2026-05-05', 'x')",
  "insert into shop.events_2026 values ('2026-05-05', 'x')",
  'create table shop.mine (id int)',
  'create table public.mine (id int)',
  'create schema mine',
  "select nextval('shop.ticks')",
  "select setval('shop.ticks', 9)",
  'refresh materialized view shop.summary',
  "select shop.purge('2026-01-01', null)",
  'call public.clean()',
  'alter table shop.orders add x int',
  'drop view shop.open',
  'create role mine',
  "copy shop.orders to '/tmp/never'",
  'set role postgres',
];

describe.each(availableServers())('db grant-readonly on $name', (available) => {
  const role = `Reader of "${process.pid}`;
  let server: TestServer;
  let database: TestDatabase;
  let other: TestRole;
  let on: Machine;
  let sql: string;
  let told: string;

  async function as<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const session = postgres(url, { max: 1, onnotice: () => undefined });
    try {
      return await work(session);
    } finally {
      await session.end();
    }
  }
  const superuser = (...statements: string[]) =>
    as(database.url, async (session) => {
      for (const statement of statements) await session.unsafe(statement);
    });

  beforeAll(async () => {
    // Roles are the whole server's, and those of today are granted rights here.
    server = await available.startAlone();
    other = await testRole({ server });
    database = await testDatabase({ server, sql: [SQL] });
    on = machine();
    const config = { databases: { shop: { url: database.url } } };
    const folder = join(on.env['XDG_CONFIG_HOME']!, 'pgask');
    mkdirSync(folder);
    writeFileSync(join(folder, 'agent.config.json'), JSON.stringify(config), { mode: 0o600 });
    const printed = await run(['db', 'grant-readonly', 'shop', '--role', role], { on });
    expect(printed).toMatchObject({ code: 0 });
    ({ stdout: sql, stderr: told } = printed);
    await superuser(sql);
    await superuser(
      'create table shop.later (id int)',
      'create schema later_schema create table t (id int)',
    );
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    on.remove();
  });
  const url = () => server.url(database.name, { name: role });

  test('prints no password, says how to set one, and that nothing was run', () => {
    expect(sql).toContain(String.raw`\password "Reader of ""`);
    expect(sql).not.toMatch(/PASSWORD '/i);
    expect(told).toContain('nothing was run');
  });

  test.each(READABLE)('lets the role read: %s', async (statement) => {
    await as(url(), (session) => session.unsafe(statement));
  });

  test.each(WRITES)('does not let the role: %s', async (statement) => {
    const attempt = as(url(), async (session) => {
      // The setting is not what keeps it from writing.
      await session.unsafe('set default_transaction_read_only = off');
      await session.unsafe(statement);
    });
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });

  test('makes a session read-only by itself, and its statements end', async () => {
    const [row] = await as(url(), (session) =>
      session.unsafe(
        "select current_setting('transaction_read_only') as ro, current_setting('statement_timeout') as ms",
      ),
    );
    expect(row).toEqual({ ro: 'on', ms: '30s' });
  });

  test('is followed by a db test that finds nothing too much', async () => {
    const { stdout, stderr, code } = await run(['db', 'test', url(), '-F', 'csv'], { on });
    expect(stdout).toMatch(/^verdict,the role can only read$/m);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('leaves to the roles of today what PUBLIC had given them', async () => {
    await as(server.url(database.name, { name: other.name }), async (session) => {
      await session.unsafe("insert into shop.orders values (3, 'theirs')");
      await session.unsafe('create table shop.theirs (id int)');
      await session.unsafe("select nextval('shop.ticks')");
      await session.unsafe("select shop.purge('2026-01-01', null)");
      await session.unsafe('create temporary table t (id int)');
    });
  });

  test('can be run again, and takes away what the role was given since', async () => {
    const name = `"${role.replaceAll('"', '""')}"`;
    await superuser(
      `grant insert, update on shop.orders to ${name}`,
      `grant create on schema shop to ${name}`,
    );
    const before = await run(['db', 'test', url(), '-F', 'csv'], { on });
    expect(before.stdout).toMatch(/^writes tables,"INSERT, UPDATE on shop.orders"$/m);
    expect(before.stderr).toContain('may change 1 table or view, may create in 1 schema');
    const again = await run(['db', 'grant-readonly', 'shop', '--role', role], { on });
    await superuser(again.stdout);
    const after = await run(['db', 'test', url(), '-F', 'csv'], { on });
    expect(after.stdout).toMatch(/^verdict,the role can only read$/m);
  });
});

describe('db grant-readonly', () => {
  test.each([
    ['pg_mine', /begin with pg_/],
    ['public', /means something else/],
    ['x'.repeat(64), /63 bytes/],
    ['postgres', /is there already, and a superuser/],
  ])('refuses the role %s', async (role, why) => {
    const { url } = await availableServers()[0]!.start();
    const { code, stdout, stderr } = await run([
      'db',
      'grant-readonly',
      '--role',
      role,
      '-d',
      url(),
    ]);
    expect(stderr).toMatch(why);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('refuses the embedded database, which has one role', async () => {
    const { code, stderr } = await run(['db', 'grant-readonly', 'sample']);
    expect(stderr).toContain('sample is the embedded database');
    expect(code).toBe(2);
  });
});
