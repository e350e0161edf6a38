import { existsSync, readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cellsOf, wholeRows } from '../../../lib/databases/data-row.js';
import type { Connection, Driver } from '../../../lib/databases/driver.js';
import { type EmbeddedOptions, embeddedDriver } from '../../../lib/databases/embedded/embedded.js';
import { ConnectionError, ConnectionLostError, StatementError } from '../../../lib/errors.js';
import { type Place, bundle, place, template } from './built.js';

const CPU_BOUND = 'select count(*) from generate_series(1, 100000000000) g where g % 7 = 3';

describe('the embedded driver', () => {
  let workerFile: string;
  let templateDir: string;
  let here: Place;
  let drivers: Driver[];

  beforeAll(async () => {
    workerFile = await bundle('lib/databases/embedded/worker.ts');
    templateDir = await template();
  }, 60_000);

  beforeEach(async () => {
    drivers = [];
    here = await place(workerFile, templateDir);
  });
  afterEach(async () => {
    await Promise.all(drivers.map((driver) => driver.close()));
    await here.remove();
  });

  function open(more: Partial<EmbeddedOptions> = {}): Driver {
    const driver = embeddedDriver({ ...here.options, ...more });
    drivers.push(driver);
    return driver;
  }
  const connect = (driver: Driver): Promise<Connection> =>
    driver.connect(new AbortController().signal);
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  test('answers from the sample on first use, with exact text', async () => {
    const connection = await connect(open());
    expect(
      await connection.query(
        `select count(*), sum(total), 12345678901234567890.10::numeric, null, '', $1::text from orders`,
        ['ü'],
      ),
    ).toEqual([
      [
        expect.stringMatching(/^\d{4}$/),
        expect.stringMatching(/^\d+\.\d\d$/),
        '12345678901234567890.10',
        null,
        '',
        'ü',
      ],
    ]);
    expect(await connection.query('show application_name')).toEqual([['pgask']]);
    expect(await connection.describe('select 1 as a, now() as b')).toEqual([
      { name: 'a', oid: 23 },
      { name: 'b', oid: 1184 },
    ]);
  });

  test('keeps what was committed and drops what was not', async () => {
    const first = open();
    const connection = await connect(first);
    await connection.query('create table kept (n int)');
    await connection.query('insert into kept values (1)');
    await connection.query('begin');
    await connection.query('insert into kept values (2)');
    await first.close();
    expect(connection.alive).toBe(false);
    expect(await (await connect(open())).query('select n from kept')).toEqual([['1']]);
  });

  test('streams a large result in batches, with values of every length', async () => {
    const connection = await connect(open());
    const rows = connection.rows({
      sql: `select g, repeat('x', g % 300), case g when 7 then repeat('y', 3000000) end from generate_series(1, 50000) g`,
      parameters: [],
      batchRows: 100,
    });
    let count = 0;
    let bytes = 0;
    for await (const batch of wholeRows(rows)) {
      count += batch.length;
      for (const row of batch) {
        const [, short, long] = cellsOf(row);
        bytes += short!.length + (long?.length ?? 0);
      }
    }
    expect([count, bytes]).toEqual([50_000, 3_000_000 + 7_465_200]);
  });

  test('takes a large parameter', async () => {
    const connection = await connect(open());
    const large = 'ä'.repeat(2_000_000);
    expect(
      await connection.query('select length($1::text), md5($1) = md5($2)', [large, large]),
    ).toEqual([['2000000', 't']]);
  });

  test("passes on PostgreSQL's errors, and goes on after them", async () => {
    const connection = await connect(open());
    const outcomes = await Promise.allSettled([
      connection.query('begin'),
      connection.query('select nope from orders'),
      connection.query('select 1'),
      connection.query('rollback'),
      connection.query('select 2'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const error = await failure(connection.query('select nope from orders'));
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ sqlstate: '42703', position: 8 });
    expect(await connection.query('select 3')).toEqual([['3']]);
  });

  test.each([
    ['destroy', 'sleeps', 'select pg_sleep(600)'],
    ['destroy', 'computes and streams', 'select g from generate_series(1, 100000000000) g'],
    ['cancel', 'computes', CPU_BOUND],
  ] as const)('%s ends a statement that %s within a second', async (how, _what, sql) => {
    const driver = open();
    const connection = await connect(driver);
    await connection.query('create table kept (n int)');
    await connection.query('begin');
    await connection.query('insert into kept values (1)');
    const running = failure(
      (async () => {
        for await (const _ of connection.rows({ sql, parameters: [], batchRows: 100 })) continue;
      })(),
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    const started = performance.now();
    await connection[how]();
    expect(await running).toBeInstanceOf(ConnectionLostError);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(connection.alive).toBe(false);
    await expect(connection.query('select 1')).rejects.toThrow(ConnectionLostError);

    // The next session begins where the last commit was.
    expect(await (await connect(driver)).query('select count(*) from kept')).toEqual([['0']]);
  });

  test('closes in the middle of a statement without waiting for it', async () => {
    const driver = open();
    const running = failure((await connect(driver)).query(CPU_BOUND));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    await driver.close();
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await running).toBeInstanceOf(ConnectionLostError);
    expect(readdirSync(here.parent)).toEqual(['shop']);
  });

  test('closes an idle session quickly, and leaves no lock and no half directory', async () => {
    const driver = open();
    const connection = await connect(driver);
    await connection.query('select 1');
    expect(existsSync(join(here.parent, 'shop.lock'))).toBe(true);
    const started = performance.now();
    await connection.close();
    await driver.close();
    expect(performance.now() - started).toBeLessThan(500);
    expect(readdirSync(here.parent)).toEqual(['shop']);
    expect(await failure(connect(driver))).toBeInstanceOf(ConnectionError);
  });

  test('serves one session at a time: the next waits until the first has ended', async () => {
    const driver = open();
    const first = await connect(driver);
    const second = connect(driver);
    const third = connect(driver);
    expect(await Promise.race([second, first.query("select 'first'")])).toEqual([['first']]);
    await first.close();
    await (await second).close();
    expect(await (await third).query('select 3')).toEqual([['3']]);
  });

  test('stops waiting for a session when told to', async () => {
    const driver = open();
    const first = await connect(driver);
    const reason = new Error('enough');
    expect(await failure(driver.connect(AbortSignal.abort(reason)))).toBe(reason);
    const abort = new AbortController();
    const waiting = failure(driver.connect(abort.signal));
    abort.abort(reason);
    expect(await waiting).toBe(reason);
    expect(await first.query('select 1')).toEqual([['1']]);
    await first.close();
    expect(await (await connect(driver)).query('select 2')).toEqual([['2']]);
  });

  test('waits for another holder of the directory, says so, and names it when the time is up', async () => {
    const holder = open();
    await connect(holder);
    const messages: string[] = [];
    const onWait = (message: string) => messages.push(message);
    const error = await failure(connect(open({ lockTimeoutMs: 1300, onWait })));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ exit: 2, message: expect.stringContaining(String(process.pid)) });
    expect((error as ConnectionError).hint).toBeDefined();
    expect(messages).toEqual([expect.stringContaining(`process ${process.pid}`)]);

    const waiting = connect(open());
    setTimeout(() => void holder.close(), 100);
    expect(await (await waiting).query('select 1')).toEqual([['1']]);
  });

  test('takes two names of one directory for one', async () => {
    await connect(open());
    await symlink(join(here.parent, 'shop'), join(here.parent, 'alias'));
    const other = open({ dataDir: join(here.parent, 'alias'), lockTimeoutMs: 200 });
    expect(await failure(connect(other))).toBeInstanceOf(ConnectionError);
  });

  test('makes an empty database where there is no template', async () => {
    const driver = open({ templateDir: undefined, dataDir: join(here.parent, 'a/b/own') });
    const connection = await connect(driver);
    expect(
      await connection.query(
        `select count(*) from pg_class where relnamespace = 'public'::regnamespace`,
      ),
    ).toEqual([['0']]);
    await connection.query('create table t as select 1 as n');
    await driver.close();
    expect(readdirSync(join(here.parent, 'a/b'))).toEqual(['own']);
    const again = open({ templateDir: undefined, dataDir: join(here.parent, 'a/b/own') });
    expect(await (await connect(again)).query('select n from t')).toEqual([['1']]);
  }, 30_000);

  test('says what to do about a directory that PostgreSQL can not open', async () => {
    const dataDir = join(here.parent, 'broken');
    await mkdir(join(dataDir, 'global'), { recursive: true });
    await writeFile(join(dataDir, 'PG_VERSION'), '18\n');
    const driver = open({ dataDir });
    const error = await failure(connect(driver));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ exit: 2, message: expect.stringContaining(dataDir) });
    expect((error as ConnectionError).hint).toContain(dataDir);
    await driver.close();
    expect(readdirSync(here.parent)).toEqual(['broken']);
  });

  test('says so where its thread is not there', async () => {
    const error = await failure(connect(open({ workerFile: join(here.parent, 'none.mjs') })));
    expect(error).toMatchObject({
      name: 'ConnectionError',
      hint: expect.stringContaining('install'),
    });
  });
});
