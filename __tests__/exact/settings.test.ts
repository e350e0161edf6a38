import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase, testRole, type TestServer } from '../support/server.js';
import { type Ground, openSessions } from './ground.js';
import { literal, SAMPLES } from './samples.js';
import { chosenServers } from './servers.js';

/** What prints differently under some setting, plain and within arrays, rows, ranges and JSON. */
const SENSITIVE = ['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval'].concat(
  ...[
    ['float4', 'float8', 'money', 'bytea', 'daterange', 'tsrange', 'tstzrange', 'tstzmultirange'],
  ],
  ...[['point', 'box', 'circle', 'regclass', 'regproc', 'regtype', 'xml']],
);

const COLUMNS = SENSITIVE.flatMap((type) =>
  SAMPLES[type]!.map((text, n) => ({ type, value: `${literal(text)}::${type}`, n })),
).flatMap(({ type, value, n }) => [
  `${value} as ${type}_${n}`,
  ...(n === 0 ? [`array[${value}] as ${type}_list, row(${value}) as ${type}_row`] : []),
]);

const COMPUTED = `1e-5::float8 / 3 as third, 0.1::float4 + 0.2::float4 as sum, 1234567.891::money as price,
  to_json(timestamptz '2024-02-01 12:00Z') as j, jsonb_build_object('at', date '2024-02-01') as jb,
  xmlelement(name a, '\\x00ff'::bytea) as x, (timestamptz '2024-02-01 12:00Z')::text as spelled`;

const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  DateStyle: [
    'ISO',
    'German',
    'SQL,DMY',
    'SQL,MDY',
    'Postgres,DMY',
    'Postgres,MDY',
    'Postgres,YMD',
  ],
  TimeZone: ['America/St_Johns', 'Europe/Amsterdam', 'Africa/Monrovia', 'Etc/GMT+12', '<+05>-5:30'],
  IntervalStyle: ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'],
  bytea_output: ['escape', 'hex'],
  extra_float_digits: ['-15', '-3', '0', '1', '3'],
  xmlbinary: ['hex', 'base64'],
  xmloption: ['document', 'content'],
  standard_conforming_strings: ['off'],
  backslash_quote: ['off', 'on'],
  escape_string_warning: ['on'],
  quote_all_identifiers: ['on'],
  default_transaction_isolation: ['serializable', 'repeatable read'],
  default_transaction_read_only: ['on'],
  array_nulls: ['off'],
  search_path: ['pg_catalog', 'nowhere', '"$user"', 'traps,information_schema'],
  lc_numeric: ['C'],
  client_encoding: ['LATIN1', 'SQL_ASCII', 'EUC_JP'],
};

const LOCALES = ['de_DE.UTF-8', 'en_US.UTF-8', 'ja_JP.UTF-8'];
const knownLocales = (spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout ?? '')
  .toLowerCase()
  .replaceAll('-', '')
  .split('\n');

describe.each(chosenServers())('the settings of a session on $name', (available) => {
  let server: TestServer;
  let database: TestDatabase;
  const open: Ground[] = [];

  beforeAll(async () => {
    server = await available.start();
    database = await testDatabase({ server, sql: [TRAPS] });
  });
  afterEach(async () => {
    for (const ground of open.splice(0)) await ground.close();
  });
  afterAll(() => database.drop());

  async function under(options: string, url = database.url): Promise<Ground> {
    const ground = await openSessions(url, options);
    open.push(ground);
    return ground;
  }
  const option = (name: string, value: string) =>
    `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`;

  /** A document that XML's own setting refuses is left out there. */
  const columns = (name: string, value: string) =>
    COLUMNS.filter((column) => value !== 'document' || !/::xml/.test(column))
      .join(', ')
      .concat(name === 'standard_conforming_strings' ? '' : `, ${COMPUTED}`);

  test.each(
    Object.entries(SETTINGS).flatMap(([name, values]) => values.map((value) => ({ name, value }))),
  )('$name = $value: as PostgreSQL prints under it', async ({ name, value }) => {
    const ground = await under(option(name, value));
    if (name === 'client_encoding') await ground.session.run(`set client_encoding = 'UTF8'`);
    if (name !== 'standard_conforming_strings') {
      await ground.compare(`select ${columns(name, value)}`);
      return;
    }
    // The same text for both: pgask reads a backslash as itself, whatever the setting.
    await ground.session.run('set standard_conforming_strings = on');
    await ground.compare(String.raw`select 'a\b\\' as a, '\x5c'::bytea as b, e'\\' as c`);
    await ground.compare(`select ${columns(name, value)}`);
  });

  test('all of them at once', async () => {
    const ground = await under(
      ['DateStyle=German', 'TimeZone=Asia/Kathmandu', 'IntervalStyle=iso_8601']
        .concat('bytea_output=escape', 'extra_float_digits=-2', 'xmlbinary=hex')
        .map((setting) => `-c ${setting}`)
        .join(' '),
    );
    await ground.compare(`select ${columns('', '')}`);
  });

  test('are those of the role, of the database, and of the role in the database', async () => {
    const role = await testRole({ server });
    try {
      const url = server.url(database.name, role);
      const plain = await under('', url);
      await plain.session.run('select 1');
      const admin = await under('');
      await admin.session.run(`alter database ${database.name} set datestyle = 'German'`);
      await admin.session.run(`alter role ${role.name} set intervalstyle = 'sql_standard'`);
      await admin.session.run(`alter role ${role.name} set extra_float_digits = 0`);
      await admin.session.run(
        `alter role ${role.name} in database ${database.name} set bytea_output = 'escape'`,
      );
      const set = await under('', url);
      const sql = `select date '2024-02-01' as d, interval '1 year 1 day' as i, '\\x00'::bytea as b,
        0.1::float8 + 0.2 as f, daterange('2024-02-01', '2024-02-03') as r`;
      await set.compare(sql);
      const text = (await set.printer.print(sql, 'csv')).toString();
      expect(text).toContain('01.02.2024,+1-0 +1 +0:00:00,\\000,0.3,');
      const json = (await set.printer.print(sql, 'jsonl')).toString();
      expect(json).toContain('"d":"2024-02-01"');
      expect(json).toContain('"f":0.30000000000000004');
    } finally {
      await (await under('')).session.run(`alter database ${database.name} reset all`);
      for (const ground of open.splice(0)) await ground.close();
      await role.drop();
    }
  });

  test.each([
    'public',
    'traps',
    'traps,public',
    'public,traps',
    'nowhere',
    '"$user"',
    'pg_catalog',
  ])('search_path = %s: names are printed as they are known there', async (path) => {
    const ground = await under(option('search_path', path));
    await ground.compare(`select 'public.things'::regclass as a, 'traps.things'::regclass as b,
        'traps.json'::regtype as c, 'pg_catalog.json'::regtype as d, array['traps.things'::regclass] as l,
        'traps.replace(pg_catalog.text,pg_catalog.text,pg_catalog.text)'::regprocedure as f`);
    await ground.compare('select t.tableoid::regclass as rel, t.* from public.things t');
    await ground.compare('select t.tableoid::regclass as rel, t as whole from traps.things t');
    await ground.compare(
      `select pg_get_viewdef(c.oid) as def, c.oid::regclass as v from pg_class c where relname = 'seen'`,
    );
    await ground.compare(
      `select conrelid::regclass as r, pg_get_constraintdef(oid) as d from pg_constraint where conname ~ 'things'`,
    );
  });

  test('let nothing of a schema stand in for what belongs to PostgreSQL', async () => {
    const ground = await under('-c search_path=traps,pg_catalog,public');
    await ground.compare('select 1 as a, 2.50 as b');
    for (const format of ['csv', 'json']) {
      const print = (limits: object) => ground.printer.print('select 1 as a', format, { limits });
      expect((await print({})).toString()).not.toContain('trap');
      expect((await print({ limit: 5 })).toString()).not.toContain('trap');
    }
  });

  for (const locale of LOCALES) {
    const there = knownLocales.includes(locale.toLowerCase().replace('-', ''));
    (there ? test : test.skip)(
      `lc_monetary = ${locale}${there ? '' : ' (skipped: the system has no such locale)'}`,
      async () => {
        const ground = await under(`-c lc_monetary=${locale}`);
        await ground.compare(
          'select 1234.5::money as m, array[-1::money] as l, row(5::money) as r',
        );
      },
    );
  }
});

/** Functions that a printing statement might call without saying whose it means. */
const TRAPS = `
  create schema traps;
  create function traps.row_to_json(record) returns json language plpgsql as $$ begin return '"trap"'; end $$;
  create function traps.to_json(anyelement) returns json language sql as $$ select '"trap"'::json $$;
  create function traps.replace(text, text, text) returns text language sql as $$ select 'trap' $$;
  create function traps.translate(text, text, text) returns text language sql as $$ select 'trap' $$;
  create function traps.set_config(text, text, boolean) returns text language sql as $$ select 'trap' $$;
  create function traps.current_setting(text) returns text language sql as $$ select 'trap' $$;
  create type traps.text as enum ('trap');
  create type traps.json as enum ('trap');
  create type traps.int4 as enum ('trap');
  create table public.things (id pg_catalog.int4 primary key, kind traps.json check (kind >= 'trap'));
  create table traps.things (id pg_catalog.int4 primary key, kind traps.json);
  insert into public.things values (1, 'trap');
  insert into traps.things values (2, null);
  create view public.seen as select t.kind, u.id from traps.things t, public.things u;
`;
