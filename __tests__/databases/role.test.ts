import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { excessOf, lookAtRole, type RoleReport } from '../../lib/databases/role.js';
import { serverDriver } from '../../lib/databases/server.js';
import { StatementError } from '../../lib/errors.js';
import {
  availableServers,
  testDatabase,
  type TestDatabase,
  type TestServer,
} from '../support/server.js';
import { embeddedFixture } from './embedded/fixture.js';

const SQL = `
  create schema shop;
  create table shop.orders (id int primary key, note text);
  create table shop."Odd.Name" (id serial);
  create view shop.open as select id from shop.orders;
  create sequence shop.ticks;
  create function shop.purge(before date) returns int language sql security definer as 'select 1';
  create function shop.stamp() returns trigger language plpgsql security definer as 'begin return new; end';
  create schema hidden;
  create function hidden.purge() returns int language sql security definer as 'select 1';
  grant usage on schema shop to public;
  revoke execute on function shop.purge from public;
`;

const options = () => ({ signal: new AbortController().signal, timeoutMs: 20_000 });

async function look(url: string, meanwhile?: () => Promise<void>): Promise<RoleReport> {
  const target = resolveConnection(parseConnectionString(url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 1, warn: () => undefined });
  const database = guardDatabase(driver, { name: 'x', lockTimeoutMs: 2000 });
  try {
    if (meanwhile !== undefined) {
      await lookAtRole(database, options());
      await meanwhile();
    }
    return await lookAtRole(database, options());
  } finally {
    await database.close();
  }
}

/** `what: detail` of everything that is too much. */
const excesses = ({ findings }: RoleReport) =>
  findings.flatMap(({ what, detail, excess }) =>
    excess === undefined ? [] : `${what}: ${detail}`,
  );

describe.each(availableServers())('the role on $name', (available) => {
  let server: TestServer;
  let database: TestDatabase;
  let counter = 0;
  beforeAll(async () => {
    server = await available.start();
    database = await testDatabase({ server, sql: [SQL] });
  }, 60_000);
  afterAll(() => database.drop());

  async function execute(...statements: string[]): Promise<void> {
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    try {
      for (const statement of statements) await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  }

  /** Makes a role, gives it what the statements say of `R`, looks, and undoes both. */
  async function given(attributes: string, ...statements: string[]): Promise<RoleReport> {
    const name = `looked_at_${process.pid}_${(counter += 1)}`;
    const own = (text: string) => text.replaceAll('R!', name);
    await execute(`create role ${name} login ${attributes}`);
    try {
      await execute(...statements.map(own));
      return await look(server.url(database.name, { name }));
    } finally {
      await execute(`drop owned by ${name} cascade`, `drop role ${name}`);
    }
  }

  test('has nothing too much where it may only read', async () => {
    const report = await given('', 'grant select on all tables in schema shop to R!');
    expect(excesses(report)).toEqual([]);
    expect(excessOf(report)).toBeUndefined();
    expect(report.findings).toEqual([
      { what: 'temporary tables', detail: 'may make them (through PUBLIC)', excess: undefined },
    ]);
  });

  test('is a superuser, and then nothing else matters', async () => {
    const report = await look(database.url);
    expect(report).toMatchObject({ role: 'postgres', loginRole: 'postgres', superuser: true });
    expect(excesses(report)).toEqual(['superuser: yes']);
    expect(excessOf(report)).toBe('is a superuser');
  });

  test.each([
    ['bypassrls', 'BYPASSRLS: yes'],
    ['createrole', 'CREATEROLE: yes'],
    ['createdb', 'CREATEDB: yes'],
    ['replication', 'REPLICATION: yes'],
  ])('has the attribute %s', async (attribute, told) => {
    expect(excesses(await given(attribute))).toEqual([told]);
  });

  test('could become a superuser', async () => {
    const report = await given('noinherit', 'grant postgres to R!');
    expect(report.superuser).toBe(true);
    expect(excesses(report)).toEqual(['superuser: as a member of postgres']);
  });

  test.each(['pg_read_server_files', 'pg_execute_server_program', 'pg_signal_backend'])(
    'is a member of %s, through another role that it does not inherit from',
    async (member) => {
      const group = `group_${process.pid}_${(counter += 1)}`;
      await execute(`create role ${group}`, `grant ${member} to ${group}`);
      try {
        const report = await given('noinherit', `grant ${group} to R!`);
        expect(excesses(report)).toEqual([`member of: ${member}`]);
        expect(excessOf(report)).toBe(`is a member of ${member}`);
      } finally {
        await execute(`drop role ${group}`);
      }
    },
  );

  test('is a member of roles that only see more, which is told and not too much', async () => {
    const report = await given('', 'grant pg_monitor to R!');
    expect(excesses(report)).toEqual([]);
    const told = report.findings.find(({ what }) => what === 'member of, to read');
    expect(told?.detail).toContain('pg_monitor');
  });

  test('reaches functions that PUBLIC may call where a schema is opened to it', async () => {
    const told = 'SECURITY DEFINER functions: hidden.purge() (PUBLIC may call them)';
    expect(excesses(await given('', 'grant usage on schema hidden to R!'))).toEqual([told]);
    const report = await given('', 'grant pg_write_all_data to R!');
    expect(excesses(report)).toEqual(['member of: pg_write_all_data', told]);
  });

  test.each([
    ['grant insert, delete on shop.orders to R!', 'writes tables: DELETE, INSERT on shop.orders'],
    ['grant truncate on shop."Odd.Name" to R!', 'writes tables: TRUNCATE on shop."Odd.Name"'],
    ['grant trigger on shop.open to R!', 'writes tables: TRIGGER on shop.open'],
    ['grant update on pg_catalog.pg_class to R!', 'writes tables: UPDATE on pg_catalog.pg_class'],
    ['grant update (note) on shop.orders to R!', 'writes columns: UPDATE on shop.orders.note'],
    ['grant usage on sequence shop.ticks to R!', 'advances sequences: USAGE on shop.ticks'],
    ['grant create on schema shop to R!', 'creates in schemas: CREATE on shop'],
    ['alter sequence shop.ticks owner to R!', 'owns: sequence shop.ticks'],
  ])('%s', async (statement, told) => {
    expect(excesses(await given('', statement))).toEqual([told]);
    // An owned one went with its owner.
    await execute('create sequence if not exists shop.ticks');
  });

  test('has rights in the database', async () => {
    const name = database.name;
    const report = await given('', `grant create, temporary on database ${name} to R!`);
    expect(excesses(report)).toEqual([
      `creates schemas: CREATE on ${name}`,
      'temporary tables: may make them',
    ]);
  });

  test('has what a role has that it is a member of, and what PUBLIC has', async () => {
    const group = `group_${process.pid}_${(counter += 1)}`;
    await execute(
      `create role ${group}`,
      `grant insert on shop.orders to ${group}`,
      'grant create on schema shop to public',
      'grant execute on function shop.purge to public',
    );
    try {
      expect(excesses(await given('noinherit', `grant ${group} to R!`))).toEqual([
        'writes tables: INSERT on shop.orders',
        'creates in schemas: CREATE on shop (through PUBLIC)',
        'SECURITY DEFINER functions: shop.purge(before date) (PUBLIC may call them)',
      ]);
    } finally {
      await execute(
        `drop owned by ${group}`,
        `drop role ${group}`,
        'revoke create on schema shop from public',
        'revoke execute on function shop.purge from public',
      );
    }
  });

  test('is told the first names of many, and their number', async () => {
    const tables = [1, 2, 3, 4, 5, 6, 7].map((n) => `create table shop.many_${n} (id int)`);
    const drop = [1, 2, 3, 4, 5, 6, 7].map((n) => `drop table shop.many_${n}`);
    await execute(...tables);
    try {
      const report = await given('', 'grant insert, update on all tables in schema shop to R!');
      expect(excesses(report)[0]).toMatch(
        /^writes tables: INSERT, UPDATE on (\S+, ){4}\S+ and 5 more$/,
      );
      expect(excessOf(report)).toContain('may change 10 tables or views');
    } finally {
      await execute(...drop);
    }
  });

  test('is not taken for one that only reads when it is gone', async () => {
    const name = `gone_${process.pid}`;
    await execute(`create role ${name} login`);
    const looked = look(server.url(database.name, { name }), () => execute(`drop role ${name}`));
    await expect(looked).rejects.toBeInstanceOf(StatementError);
  });

  test('is the one that logged in, whatever the session calls itself', async () => {
    const group = `group_${process.pid}_${(counter += 1)}`;
    await execute(`create role ${group}`);
    try {
      const report = await look(`${database.url}?options=-c%20role%3D${group}`);
      expect(report).toMatchObject({ role: group, loginRole: 'postgres', superuser: true });
    } finally {
      await execute(`drop role ${group}`);
    }
  });
});

test('the role of the embedded database is its superuser', async () => {
  const fixture = await embeddedFixture();
  const database = guardDatabase(fixture.driver, { name: 'sample', lockTimeoutMs: 2000 });
  expect(await lookAtRole(database, options())).toMatchObject({
    role: 'postgres',
    superuser: true,
  });
  await database.close();
  await fixture.close();
}, 60_000);
