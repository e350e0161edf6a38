import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Changes } from '../../lib/changes/changes.js';
import { openAll } from '../../lib/changes/open.js';
import { openPool, type Pool } from '../../lib/databases/pool.js';
import { writableDatabase } from '../../lib/databases/writable.js';
import type { Effect } from '../../lib/errors.js';
import { embeddedFixture } from '../databases/embedded/fixture.js';
import { availableServers, skippedServers } from '../support/server.js';
import { serverFixture } from '../support/server-driver.js';

const DRIVERS = [
  ...availableServers().map((server) => ({
    name: `server ${server.name}`,
    open: () => serverFixture(server),
  })),
  { name: 'embedded', open: embeddedFixture },
];

const SCHEMA = [
  `create table boats (id int generated always as identity primary key, name text not null, length numeric(5, 1), sold boolean default false)`,
  `create table trips (id serial primary key, boat_id int references boats on delete cascade, day date)`,
  `create table notes (boat_id int, text text)`,
  `create function note() returns trigger language plpgsql as $$ begin
     insert into notes values (old.id, 'changed'); return null; end $$`,
  `create trigger noted after update on boats for each row execute function note()`,
  `insert into boats (name, length) select 'boat ' || g, g from generate_series(1, 20) g`,
  `insert into trips (boat_id, day) select 1 + g % 20, date '2024-05-01' + g from generate_series(0, 59) g`,
];

for (const reason of skippedServers()) test.skip(`server skipped: ${reason}`, () => undefined);

describe.each(DRIVERS)('changes on $name', ({ open }) => {
  let directory: string;
  let pool: Pool;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const fixture = await open();
    await fixture.execute(SCHEMA);
    pool = openPool(fixture.driver);
    close = async () => {
      await pool.close();
      await fixture.close();
    };
  }, 60_000);
  afterAll(() => close());

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pgask-changes-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  function changesFor(grant: Effect, maxAffectedRows = 1000): Changes {
    return openAll({
      database: writableDatabase(pool, {
        name: 'x',
        grant,
        allow: { functions: [], extensions: [] },
      }),
      grant,
      directory,
      timeoutMs: 20_000,
      settings: {
        ...{
          maxAffectedRows,
          maxPreviewRows: 10_000,
          sampleRows: 3,
          planHours: 1,
          undoRows: 100,
        },
        lockTimeoutMs: 1000,
      },
      who: 'somebody',
      signal: new AbortController().signal,
    });
  }

  const count = async (condition: string) => {
    const [row] = await pool.with(new AbortController().signal, (connection) =>
      connection.query(`select count(*) from ${condition}`),
    );
    return Number(row?.[0]);
  };

  test('what flags approve is bounded, the rows of cascades included', async () => {
    const changes = changesFor('write', 3);
    const proposal = await changes.propose('delete from boats where id = 7');
    const seen = await changes.preview(proposal);
    expect(seen.statements.map(({ rowCount }) => rowCount)).toEqual([1]);
    await expect(changes.apply(proposal, seen, 'flag')).rejects.toThrow(
      'at most 3 rows may be changed, and these are 4, 3 of them by cascades and triggers',
    );
    expect(await count('trips where boat_id = 7')).toBe(3);
  });

  test('a preview counts rows, cascades and triggers, shows samples, and leaves nothing behind', async () => {
    const changes = changesFor('write');
    const proposal = await changes.propose(
      `update boats set length = length + 1 where id <= 4; delete from boats where name = 'boat 20'`,
    );
    const seen = await changes.preview(proposal);
    expect(seen).toMatchObject({
      kind: 'executed',
      effect: 'write',
      sequences: [],
      irrevocable: [],
    });
    expect(seen.statements.map(({ rowCount }) => rowCount)).toEqual([4, 1]);
    expect(seen.statements[0]?.sample?.rows).toHaveLength(3);
    expect(seen.statements[0]?.sample?.rows[0]).toEqual({
      before: ['1', 'boat 1', '1.0', 'f'],
      after: ['1', 'boat 1', '2.0', 'f'],
    });
    expect(seen.statements[1]?.sample?.rows).toEqual([
      { before: ['20', 'boat 20', '20.0', 'f'], after: undefined },
    ]);
    expect(seen.elsewhere).toEqual([
      { table: 'public.notes', system: false, inserted: 4, updated: 0, deleted: 0 },
      { table: 'public.trips', system: false, inserted: 0, updated: 0, deleted: 3 },
    ]);
    expect(seen.locks).toContainEqual({ relation: 'public.boats', mode: 'RowExclusiveLock' });
    expect(await count('boats')).toBe(20);
    expect(await count('notes')).toBe(0);
  });

  test('sequences that a preview moves on are named', async () => {
    const changes = changesFor('write');
    const proposal = await changes.propose(
      `insert into trips (boat_id, day) values (1, '2024-01-01')`,
    );
    const seen = await changes.preview(proposal);
    expect(seen).toMatchObject({ kind: 'executed', sequences: ['public.trips_id_seq'] });
    expect(await count('trips')).toBe(60);
  });

  test('what is approved is applied once, and journaled before and after', async () => {
    const changes = changesFor('write');
    const proposal = await changes.propose(`update boats set sold = true where id in (2, 3)`);
    const seen = await changes.preview(proposal);
    const applied = await changes.apply(proposal, seen, 'flag');
    expect(applied.statements.map(({ rowCount }) => rowCount)).toEqual([2]);
    expect(await count('boats where sold')).toBe(2);
    const path = join(directory, 'journal.jsonl');
    const states = (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { state: string; xid: string }).state);
    expect(states).toEqual(['committing', 'applied']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('what has become another number of rows is rolled back', async () => {
    const changes = changesFor('write');
    const proposal = await changes.propose(`delete from notes where boat_id = 77`);
    const seen = await changes.preview(proposal);
    await pool.with(new AbortController().signal, (connection) =>
      connection.query(`insert into notes values (77, 'late')`),
    );
    await expect(changes.apply(proposal, seen, 'person')).rejects.toMatchObject({
      exit: 3,
      rule: 'approved-count',
      message: expect.stringMatching(/approved for 0 rows.*would now change 1 rows/),
    });
    expect(await count('notes where boat_id = 77')).toBe(1);
  });

  test.each([
    ['update boats set sold = true', 'unconditional-change'],
    ['delete from trips where 1 = 1', 'unconditional-change'],
    ['truncate trips', 'destructive-change'],
    ['drop table trips', 'destructive-change'],
    ['grant select on boats to public', 'changes-privileges'],
    [`do $$ begin perform 1; end $$`, 'unjudged-code'],
  ])('%s takes admin', async (sql, rule) => {
    await expect(changesFor('ddl').propose(sql)).rejects.toMatchObject({
      exit: 3,
      effect: 'admin',
      rule,
    });
  });

  test.each([
    'delete from trips where id is not null',
    'update boats set sold = false where length(name || id::text) >= 0 or true',
    'delete from trips where coalesce(1, id) = 1',
    'delete from trips using boats where now() is not null',
  ])('%s reaches every row, as the planner says', async (sql) => {
    const changes = changesFor('write');
    const seen = changes.propose(sql).then((proposal) => changes.preview(proposal));
    await expect(seen).rejects.toMatchObject({
      exit: 3,
      effect: 'admin',
      rule: 'unconditional-change',
    });
  });

  test.each([
    'delete from trips where id = 1',
    'delete from trips using boats where boats.id = trips.boat_id and boats.sold',
    'update boats set sold = true where name like $$boat 1%$$',
    'delete from trips where false',
    'delete from trips where exists (select from boats where boats.id = trips.boat_id)',
  ])('%s does not', async (sql) => {
    const changes = changesFor('write');
    const proposal = await changes.propose(sql);
    expect(await changes.preview(proposal)).toMatchObject({ kind: 'executed', effect: 'write' });
  });

  test('a plan is carried out once', async () => {
    const changes = changesFor('write');
    const proposal = await changes.propose(`update boats set name = 'planned' where id = 5`);
    const plan = await changes.plan(proposal, await changes.preview(proposal));
    expect(await count(`boats where name = 'planned'`)).toBe(0);
    const both = await Promise.allSettled([changes.applyPlan(plan.id), changes.applyPlan(plan.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await count(`boats where name = 'planned'`)).toBe(1);
    expect(await changes.plans.list()).toEqual([]);
  });

  test('an undo restores byte for byte, and refuses rows that have changed since', async () => {
    const changes = changesFor('ddl');
    const run = async (sql: string) => {
      const proposal = await changes.propose(sql);
      return await changes.apply(proposal, await changes.preview(proposal), 'flag');
    };
    await run(`create table kinds (a int, b char(3), v jsonb, f float8, t timestamptz, i interval, raw bytea, l text[],
      g int generated always as (a * 2) stored, x xml, m text default 'm', primary key (a, b))`);
    await run(`insert into kinds (a, b, v, f, t, i, raw, l, x, m) values
      (1, 'x', '{"a": [1, 2.50]}', 0.1::float8 + 0.2, '2024-02-29 12:00:00.123456+02', '1 mon -3 days 04:05:06.7', '\\xff00',
        '{a,"b \\" c",NULL}', '<a b="c"/>', e'line\nbreak, ''quoted'' \\ back'),
      (2, 'yy', null, 'NaN', 'infinity', null, '', '{}', null, ''),
      (3, 'z', '[]', -0.0, null, '0', null, null, null, null)`);
    const image = () =>
      pool.with(new AbortController().signal, (connection) =>
        connection.query('select k::text from kinds k order by a, b'),
      );
    const before = await image();
    const deleted = await run('delete from kinds where a < 3');
    expect(deleted.undo).toBe(true);
    const updated = await run(`update kinds set v = '{"x": 1}', f = 2, m = 'other' where a = 3`);
    const inserted = await run(`insert into kinds (a, b) values (9, 'new')`);
    for (const { id } of [inserted, updated, deleted]) {
      const proposal = await changes.undo(id);
      await changes.apply(proposal, await changes.preview(proposal), 'person');
    }
    expect(await image()).toEqual(before);
    await expect(changes.undo(deleted.id)).rejects.toMatchObject({ exit: 3, rule: 'undo' });

    const again = await run(`update kinds set m = 'again' where a in (1, 2)`);
    await run(`update kinds set m = 'since' where a = 2`);
    await expect(changes.undo(again.id)).rejects.toMatchObject({
      exit: 3,
      rule: 'undo-changed',
      message: expect.stringContaining('public.kinds 2, yy'),
    });
  });

  test('what can not run in a transaction is not rehearsed, runs alone, and says what it left behind', async () => {
    const changes = changesFor('ddl');
    const run = async (sql: string) => {
      const proposal = await changes.propose(sql);
      const seen = await changes.preview(proposal);
      expect(seen).toMatchObject({
        kind: 'unexecuted',
        why: ["CREATE INDEX can't run inside a transaction"],
      });
      return await changes.apply(proposal, seen, 'flag');
    };
    expect(await run('create index concurrently by_day on trips (day)')).toMatchObject({
      undo: false,
    });
    await expect(
      run('create unique index concurrently twice on trips (boat_id)'),
    ).rejects.toMatchObject({
      message: expect.stringMatching(
        /could not create unique index.*left the invalid index public.twice/,
      ),
      hint: expect.stringContaining('drop index concurrently public.twice'),
    });
    const states = (await changes.journal.changes()).map(({ state }) => state);
    expect(states).toEqual(['applied', 'not applied']);
    await expect(
      changes.propose('create index concurrently a on trips (day); delete from trips where id = 1'),
    ).rejects.toMatchObject({ rule: 'runs-alone' });
  });

  test('a plan does not survive a change of its tables', async () => {
    const changes = changesFor('ddl');
    const proposal = await changes.propose(`update trips set day = day + 1 where id = 1`);
    const plan = await changes.plan(proposal, await changes.preview(proposal));
    const ddl = await changes.propose(`alter table trips add column remark text`);
    await changes.apply(ddl, await changes.preview(ddl), 'flag');
    await expect(changes.applyPlan(plan.id)).rejects.toMatchObject({
      exit: 3,
      rule: 'approved-fingerprint',
    });
  });
});
