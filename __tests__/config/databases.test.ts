import { describe, expect, test } from '@jest/globals';
import { SAMPLE_TODAY as DAY } from '../../lib/config/databases.js';
import { SAMPLE_TODAY } from '../../lib/databases/embedded/sample/today.js';
import { UsageError } from '../../lib/errors.js';
import { PROJECT, workspace } from './workspace.js';

const two = { shop: { host: 'h' }, crm: { host: 'c' } };

describe('the database of a run', () => {
  const chosen = (content: object, environment: Record<string, string> = {}, db?: string) =>
    workspace({ [PROJECT]: content })
      .load({ environment, flags: { db } })
      .database().name;

  test('is what --db names, then PGASK_DB, then the PG* variables, then the file’s default', () => {
    const content = { databases: two, database: 'crm' };
    const environment = { PGASK_DB: 'sample', PGHOST: 'pg' };
    expect(chosen(content, environment, 'shop')).toBe('shop');
    expect(chosen(content, environment)).toBe('sample');
    expect(chosen(content, { PGHOST: 'pg' })).toBe('host=pg');
    expect(chosen(content)).toBe('crm');
  });

  test('is the only configured one where there is one', () => {
    expect(chosen({ databases: { shop: { host: 'h' } } })).toBe('shop');
  });

  test('is the sample where none is configured', () => {
    expect(chosen({})).toBe('sample');
  });

  test('is nobody’s guess where there are several', () => {
    const config = workspace({ [PROJECT]: { databases: two } }).load();
    expect(config.defaultName).toBeUndefined();
    expect(() => config.database()).toThrow(UsageError);
    expect(() => config.database()).toThrow(/several databases are configured/);
    expect(config.database('shop').name).toBe('shop');
  });

  test.each(['PGHOST', 'PGHOSTADDR', 'PGDATABASE', 'PGSERVICE', 'PGPORT'])(
    '%s alone says where, as psql has it, and there a grant decides',
    (name) => {
      const entry = workspace()
        .load({ environment: { [name]: '5433' } })
        .database();
      expect(entry.target).toMatchObject({ kind: 'server' });
      expect(entry.access).toBe('admin');
    },
  );

  test.each(['PGUSER', 'PGPASSWORD', 'PGSSLMODE', 'PGHOST'])(
    '%s alone does not, and an empty one says nothing',
    (name) => {
      const environment = { [name]: name === 'PGHOST' ? '' : 'x' };
      expect(workspace().load({ environment }).database().name).toBe('sample');
    },
  );

  test('of the PG* variables is named by them, without the password', () => {
    const environment = {
      PGHOST: '/tmp',
      PGPORT: '1',
      PGDATABASE: "o'shop",
      PGPASSWORD: 'hunter2',
    };
    const { name } = workspace().load({ environment }).database();
    expect(name).toBe("host=/tmp port=1 dbname='o\\'shop'");
  });

  test('may be the PG* variables of .env', () => {
    const space = workspace({ 'repository/folder/.env': 'PGHOST=h' });
    expect(space.load().database().name).toBe('host=h');
  });
});

describe('--db', () => {
  const config = () => workspace({ [PROJECT]: { databases: two } }).load();

  test.each([
    ['postgres://me:hunter2@h/db', 'postgres://me:********@h/db'],
    ['host=h password=hunter2', 'host=h password=********'],
  ])('takes %s, and shows no password', (connection, name) => {
    expect(config().database(connection)).toMatchObject({
      name,
      description: name,
      target: { kind: 'server', connection },
      access: 'admin',
    });
  });

  test('names the nearest of what is there', () => {
    expect(() => config().database('shpo')).toThrow(
      expect.objectContaining({
        message: 'there is no database shpo',
        hint: 'did you mean shop?',
        exit: 2,
      }),
    );
    expect(() => config().database('xyzzy')).toThrow(
      expect.objectContaining({ hint: 'known are: shop, crm, sample; or give a URL' }),
    );
  });

  test('that is a variable’s says so', () => {
    const load = workspace().load({ environment: { PGASK_DB: 'sampel' } });
    expect(() => load.database()).toThrow(
      'there is no database sampel (environment PGASK_DB names it)',
    );
  });

  test('that forgot how a URL begins shows no password', () => {
    expect(() => config().database('me:hunter2@h/db')).toThrow(
      'there is no database me:********@h/db',
    );
  });

  test.each(['constructor', '__proto__', 'toString'])('%s is no database', (name) => {
    expect(() => config().database(name)).toThrow(UsageError);
  });
});

describe('a configured database', () => {
  const entry = (settings: object, environment = {}, flags = {}) =>
    workspace({
      [PROJECT]: { databases: { shop: settings }, limits: { timeoutMs: 5, maxRows: 6 } },
    })
      .load({ environment, flags })
      .database('shop');

  test('of parts is a connection string with libpq’s names', () => {
    const parts = {
      host: 'h1,h2',
      port: 5433,
      user: 'me',
      database: "it's",
      sslmode: 'verify-full',
    };
    expect(entry(parts).target).toEqual({
      kind: 'server',
      connection: "host=h1,h2 port=5433 user=me dbname='it\\'s' sslmode=verify-full",
    });
  });

  test('says where it is without its password', () => {
    expect(entry({ host: 'h', password: 'hunter2' })).toMatchObject({
      target: { connection: 'host=h password=hunter2' },
      description: 'host=h password=********',
    });
    expect(entry({ embedded: true }).description).toBe('the embedded sample shop');
  });

  test.each([
    [{ host: 'h' }, "host=h password='a b\\'&@'"],
    [{ url: 'postgres://me@h/db' }, "postgres://me@h/db?password=a%20b'%26%40"],
    [
      { url: 'postgres://me@h/db?sslmode=require' },
      "postgres://me@h/db?sslmode=require&password=a%20b'%26%40",
    ],
    [{ url: 'host=h' }, "host=h password='a b\\'&@'"],
  ])('%j takes its password from a variable', (place, connection) => {
    const settings = { ...place, passwordEnv: 'SHOP_PASSWORD' };
    expect(entry(settings, { SHOP_PASSWORD: "a b'&@" }).target).toEqual({
      kind: 'server',
      connection,
    });
  });

  test('needs that variable only when it is used', () => {
    const space = workspace({
      [PROJECT]: { databases: { shop: { host: 'h', passwordEnv: 'SHOP_PASSWORD' } } },
    });
    const config = space.load();
    expect(config.databases[0]).toMatchObject({ name: 'shop', description: 'host=h' });
    expect(() => config.database('shop')).toThrow(
      'the password of shop is missing: SHOP_PASSWORD is not set',
    );
  });

  test('has its own limits, which flags and variables beat', () => {
    const settings = { host: 'h', limits: { timeoutMs: 50 } };
    expect(entry(settings).limits).toMatchObject({
      timeoutMs: 50,
      maxRows: 6,
      maxBytes: undefined,
    });
    expect(entry(settings, { PGASK_TIMEOUT_MS: '7' }).limits.timeoutMs).toBe(7);
    expect(entry(settings, {}, { timeout: 8 }).limits.timeoutMs).toBe(8);
  });

  test('keeps its access and comment', () => {
    expect(entry({ host: 'h', access: 'ddl', comment: 'c' })).toMatchObject({
      access: 'ddl',
      comment: 'c',
    });
    expect(entry({ host: 'h' }).access).toBe('read');
  });

  test('may take the name of the sample', () => {
    const space = workspace({ [PROJECT]: { databases: { sample: { host: 'h' } } } });
    expect(space.load().databases).toHaveLength(1);
    expect(space.load().database().target.kind).toBe('server');
  });
});

describe('today', () => {
  test('of the sample is its own last day, unless it is configured', () => {
    expect(DAY).toBe(SAMPLE_TODAY);
    expect(workspace().load().database().today).toBe(SAMPLE_TODAY);
    const config = workspace({ [PROJECT]: { today: '2025-01-01' } }).load();
    expect(config.database().today).toBe('2025-01-01');
  });

  test('of a server is the real one', () => {
    expect(workspace().load().database('host=h').today).toBeUndefined();
  });
});
