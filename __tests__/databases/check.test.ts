import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { RefusedError, StatementError } from '../../lib/errors.js';
import { serverFixture } from '../support/server-driver.js';
import { availableServers } from '../support/server.js';
import { embeddedFixture } from './embedded/fixture.js';

const DRIVERS = [
  ...availableServers().map((server) => ({
    name: `server ${server.name}`,
    open: () => serverFixture(server),
  })),
  { name: 'embedded', open: embeddedFixture },
];

describe.each(DRIVERS)('the verdict on a statement, on $name', ({ open }) => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const fixture = await open();
    await fixture.execute(['create table things (id int)', 'create sequence ticks']);
    database = guardDatabase(fixture.driver, { name: 'x', lockTimeoutMs: 2000 });
    close = async () => {
      await database.close();
      await fixture.close();
    };
  }, 60_000);
  afterAll(() => close());

  const options = () => ({ signal: new AbortController().signal, timeoutMs: 20_000 });
  const check = (sql: string) => database.check({ sql }, options());
  const run = (sql: string) =>
    database.read({ sql }, { ...options() }, async ({ batches }) => {
      const rows = [];
      for await (const batch of batches) rows.push(...batch);
      return rows;
    });

  test.each(['table things', 'values (1), (2)', 'explain delete from things', 'show work_mem'])(
    'is allow for %s, which runs',
    async (sql) => {
      expect(await check(sql)).toEqual({ verdict: 'allow', effect: 'read' });
      expect(await run(sql)).toEqual(expect.any(Array));
    },
  );

  test.each([
    ['delete from things where id = 1', 'write'],
    ['delete from things', 'admin'],
    ['alter table things add x int', 'ddl'],
    ['drop table things', 'admin'],
    ['vacuum', 'ddl'],
    ['vacuum full', 'admin'],
    ["select nextval('ticks')", 'write'],
    ['select 1; select 2', 'read'],
    ['select id from things for update', 'read'],
  ])('is refuse for %s, for the same reason for which it does not run', async (sql, effect) => {
    const judgement = await check(sql);
    const error = await run(sql).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RefusedError);
    const { message, rule, hint, position } = error as RefusedError;
    expect(judgement).toEqual({
      ...{ verdict: 'refuse', effect, rule, hint, position },
      reason: message.replace('refused: ', ''),
    });
    expect(judgement.effect).toBe(effect);
  });

  test.each([
    ['selec 1', 1],
    ["select '", 8],
    ['', undefined],
    ['-- nothing', undefined],
  ])('is refuse by the rule syntax for %j, which is no SQL', async (sql, position) => {
    expect(await check(sql)).toMatchObject({ verdict: 'refuse', effect: 'read', rule: 'syntax' });
    expect(await check(sql)).toHaveProperty('position', position);
    await expect(run(sql)).rejects.toBeInstanceOf(StatementError);
  });

  test('leaves everything as it is', async () => {
    await check("select nextval('ticks')");
    await check('insert into things values (1)');
    expect(await run('select is_called from ticks')).toEqual([['f']]);
    expect(await run('table things')).toEqual([]);
  });

  test('is not given to who has gone away', async () => {
    const reason = new Error('gone');
    const signal = AbortSignal.abort(reason);
    await expect(database.check({ sql: 'select 1' }, { signal, timeoutMs: 1000 })).rejects.toBe(
      reason,
    );
  });
});
