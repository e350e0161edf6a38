import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Database } from '../../lib/databases/database.js';
import type { Connection, Driver } from '../../lib/databases/driver.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { readRows } from '../../lib/databases/read-rows.js';
import { serverDriver } from '../../lib/databases/server.js';
import { RefusedError } from '../../lib/errors.js';
import {
  testDatabase,
  type TestDatabase,
  testRole,
  type TestRole,
  testServer,
} from '../support/server.js';

const SQL = 'create table public.t as select 1 as id; grant select on public.t to public';

describe('a database that wants a role which only reads', () => {
  let database: TestDatabase;
  let reader: TestRole;
  let readerUrl: string;
  beforeAll(async () => {
    database = await testDatabase({ sql: [SQL] });
    reader = await testRole();
    readerUrl = (await testServer()).url(database.name, { name: reader.name });
  });
  afterAll(async () => {
    await database.drop();
    await reader.drop();
  });

  /** The real driver, which notes what reaches the server. */
  function open(url: string): { readonly guarded: Database; readonly sent: string[] } {
    const sent: string[] = [];
    const target = resolveConnection(parseConnectionString(url), {}, undefined);
    const driver = serverDriver({ target, maxConnections: 4, warn: () => undefined });
    const noting = (connection: Connection): Connection => ({
      ...connection,
      get alive() {
        return connection.alive;
      },
      rows(statement) {
        sent.push(statement.sql);
        return connection.rows(statement);
      },
      copy(sql) {
        sent.push(sql);
        return connection.copy(sql);
      },
    });
    const noted: Driver = {
      ...driver,
      connect: async (signal) => noting(await driver.connect(signal)),
    };
    return {
      guarded: guardDatabase(noted, {
        name: 'shop',
        lockTimeoutMs: 2000,
        requireReadOnlyRole: true,
      }),
      sent,
    };
  }
  const read = (from: Database, signal = new AbortController().signal) =>
    readRows(from, { sql: 'select id from t' }, { signal, timeoutMs: 20_000 });

  test('refuses every read as another one, and nothing of it reaches the server', async () => {
    const { guarded, sent } = open(database.url);
    try {
      for (const _ of [1, 2]) {
        const refusal = await read(guarded).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(refusal).toBeInstanceOf(RefusedError);
        expect(refusal).toMatchObject({
          exit: 3,
          rule: 'read-only-role',
          recoverable: false,
          message: 'refused: the role postgres of shop can do more than read: it is a superuser',
          hint: expect.stringContaining('pgask db grant-readonly shop'),
        });
      }
      expect(sent).toHaveLength(1);
      expect(sent).not.toContain('select id from t');
    } finally {
      await guarded.close();
    }
  });

  test('reads as one that only reads, which is looked at once however many read at once', async () => {
    const { guarded, sent } = open(readerUrl);
    try {
      const rows = await Promise.all([read(guarded), read(guarded), read(guarded)]);
      expect([...rows, await read(guarded)]).toEqual(Array.from({ length: 4 }, () => [['1']]));
      expect(sent.filter((sql) => sql !== 'select id from t')).toHaveLength(1);
    } finally {
      await guarded.close();
    }
  });

  test('is looked at again where the first look was given up', async () => {
    const { guarded } = open(readerUrl);
    try {
      const given = new AbortController();
      const first = read(guarded, given.signal);
      const second = read(guarded);
      given.abort(new Error('given up'));
      await expect(first).rejects.toThrow('given up');
      expect(await second).toEqual([['1']]);
      expect(await read(guarded)).toEqual([['1']]);
    } finally {
      await guarded.close();
    }
  });
});
