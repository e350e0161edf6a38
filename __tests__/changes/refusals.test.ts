/** Between approval and COMMIT the world goes on: plans that hold or do not, and a server that says no. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { openPlans } from '../../lib/changes/plans.js';
import { noBouncer, openBouncer } from '../support/bouncer.js';
import { type Machine, machine, run } from '../support/program.js';
import { openProxy } from '../support/proxy.js';
import {
  type TestDatabase,
  testDatabase,
  type TestRole,
  testRole,
  testServer,
} from '../support/server.js';

let database: TestDatabase;
let other: TestDatabase;
let sql: postgres.Sql;
let on: Machine;
let role: TestRole;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table boats (id int primary key, n int not null default 0);
       create table crews (id int primary key, boat int references boats deferrable initially deferred);
       create view small as select * from boats where id < 3;
       create function angry() returns trigger language plpgsql as $$ begin raise 'not this one, %', new.id using hint = 'take another'; end $$;
       create trigger angry before update on boats for each row when (new.n = 13) execute function angry()`,
    ],
  });
  other = await testDatabase({ sql: ['create table boats (id int primary key, n int)'] });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  role = await testRole();
  await sql.unsafe(`grant select, update on boats to "${role.name}"`);
}, 60_000);
beforeEach(async () => {
  on?.remove();
  on = machine();
  await sql`truncate boats, crews`;
  await sql`insert into boats select generate_series(1, 5)`;
});
afterAll(async () => {
  on.remove();
  await sql.end();
  await sql`select 1`.catch(() => undefined);
  await Promise.all([database.drop(), other.drop()]);
});

const pgask = (args: readonly string[], db = database.url) => run([...args, '--db', db], { on });
const change = (text: string, more: readonly string[] = []) =>
  pgask(['sql', text, '--allow', 'write', '--yes', ...more]);

async function plan(text: string, more: readonly string[] = ['--allow', 'write']) {
  const { stdout, stderr, code } = await pgask(['sql', text, ...more, '--plan', '-F', 'json']);
  expect({ stderr, code }).toMatchObject({ code: 0 });
  return (JSON.parse(stdout) as { plan: { id: string } }).plan.id;
}
const apply = (id: string, more: readonly string[] = ['--allow', 'write'], db?: string) =>
  pgask(['apply', id, '--yes', ...more], db);
const fileOf = (id: string) => join(on.home, `state/pgask/plans/${id}.json`);

const changed = async () =>
  (await sql<{ id: number }[]>`select id from boats where n <> 0 order by id`).map(({ id }) => id);

describe('a plan', () => {
  test('is carried out by one of two who do it at once, and the other says so', async () => {
    const id = await plan('update boats set n = n + 1 where id = 1');
    const both = await Promise.all([apply(id), apply(id)]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 3]);
    expect(both.find(({ code }) => code === 3)?.stderr).toMatch(
      new RegExp(`refused: the plan ${id} was carried out already, at 20`),
    );
    expect(await sql`select n from boats where id = 1`).toEqual([{ n: 1 }]);
    expect(await apply(id)).toMatchObject({ code: 3 });
    expect(readdirSync(join(on.home, 'state/pgask/plans'))).toEqual([]);
  });

  test('does not outlive its rows: other numbers, and other rows in the same number', async () => {
    const text = 'update boats set n = 1 where id > 3';
    const first = await plan(text);
    const second = await plan(text);
    await sql`insert into boats values (6)`;
    const more = await apply(first);
    expect(more).toMatchObject({ code: 3, stdout: '' });
    expect(more.stderr).toMatch(
      /approved for 2 rows, and would now change 3 rows; it was rolled back/,
    );
    await sql`delete from boats where id = 4`;
    const others = await apply(second);
    expect(others).toMatchObject({ code: 3, stdout: '' });
    expect(others.stderr).toMatch(
      /approved for 2 rows, and would now change 2 of which not all are the same/,
    );
    expect(await changed()).toEqual([]);
    await sql`delete from boats where id = 6`;
    await sql`insert into boats values (4)`;
    expect(await apply(second)).toMatchObject({ code: 0 });
    expect(await changed()).toEqual([4, 5]);
  });

  test.each([
    ['a column more', 'alter table boats add column w int', 'alter table boats drop column w'],
    [
      'another trigger',
      'create trigger more before update on boats for each row when (new.n = 99) execute function angry()',
      'drop trigger more on boats',
    ],
    [
      'another view',
      'create or replace view small as select * from boats where id < 4',
      'create or replace view small as select * from boats where id < 3',
    ],
    ['a policy', 'create policy all_of_it on boats', 'drop policy all_of_it on boats'],
  ])('does not outlive %s', async (_, ddl, back) => {
    const id = await plan('update small set n = 1 where id = 1');
    await sql.unsafe(ddl);
    try {
      const finished = await apply(id);
      expect(finished).toMatchObject({ code: 3, stdout: '' });
      expect(finished.stderr).toMatch(/its tables have been altered since it was approved/);
      expect(await changed()).toEqual([]);
    } finally {
      await sql.unsafe(back);
    }
    expect(await apply(id)).toMatchObject({ code: 0 });
  });

  test('is for its database, its role, its time and its grant', async () => {
    const id = await plan('update boats set n = 1 where id = 1');
    const elsewhere = await apply(id, ['--allow', 'write'], other.url);
    expect(elsewhere).toMatchObject({ code: 3 });
    expect(elsewhere.stderr).toMatch(/the plan is for another database/);
    const url = (await testServer()).url(database.name, role);
    const somebody = await apply(id, ['--allow', 'write'], url);
    expect(somebody).toMatchObject({ code: 3 });
    expect(somebody.stderr).toMatch(
      new RegExp(`approved for the role postgres, and this is ${role.name}`),
    );
    const nothing = await apply(id, []);
    expect(nothing).toMatchObject({ code: 3 });
    expect(nothing.stderr).toMatch(/the plan takes a grant of write/);
    const nobody = await pgask(['apply', id, '--allow', 'write']);
    expect(nobody).toMatchObject({ code: 3 });
    expect(nobody.stderr).toMatch(/nobody has approved the plan/);
    expect(await changed()).toEqual([]);
    expect(await apply(id)).toMatchObject({ code: 0 });
  });

  test('is void after its time', async () => {
    const plans = openPlans(join(on.home, 'state/pgask/plans'));
    const { version, seal, ...made } = await plans.find(
      await plan('update boats set n = 1 where id = 1'),
    );
    expect([version, seal.length]).toEqual([1, 64]);
    const { id } = await plans.add({ ...made, expiresAt: '2024-01-01T00:00:00.000Z' });
    const finished = await apply(id);
    expect(finished).toMatchObject({ code: 3, stdout: '' });
    expect(finished.stderr).toMatch(/refused: the plan [0-9a-f]+ was void after 20/);
    expect(await changed()).toEqual([]);
  });

  test('of admin takes admin and its name again', async () => {
    const id = await plan('delete from crews', ['--allow', 'admin']);
    expect(await apply(id)).toMatchObject({ code: 3 });
    expect(await apply(id, ['--allow', 'admin'])).toMatchObject({ code: 3 });
    const finished = await apply(id, ['--allow', 'admin', '--confirm', 'crews']);
    expect(finished).toMatchObject({ code: 0 });
  });

  test.each([
    ['its statement', (text: string) => text.replace('id = 1', 'id < 9')],
    ['its counts', (text: string) => text.replace(/"counts": \[\s*1/, '"counts": [5')],
    ['its effect', (text: string) => text.replace('"effect": "write"', '"effect": "read"')],
    ['its time', (text: string) => text.replace(/"expiresAt": "20\d\d/, '"expiresAt": "2999')],
    ['its end', (text: string) => text.slice(0, -20)],
  ])('that somebody has changed in %s is none', async (_, edit) => {
    const id = await plan('update boats set n = 1 where id = 1');
    const before = readFileSync(fileOf(id), 'utf8');
    writeFileSync(fileOf(id), edit(before));
    expect(readFileSync(fileOf(id), 'utf8')).not.toBe(before);
    const finished = await apply(id);
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(
      /is not the one that was written\nhint: drop it, and make it anew/,
    );
    expect(await changed()).toEqual([]);
  });

  test('with a comment at the end of a statement keeps its statements apart', async () => {
    const id = await plan(
      'update boats set n = 1 where id = 1 -- one\n; update boats set n = 2 where id = 2 -- two',
    );
    expect(await apply(id)).toMatchObject({ code: 0, stdout: 'UPDATE 1\nUPDATE 1\n' });
  });
});

describe('a server that says no', () => {
  test('because somebody else holds the rows: in the preview', async () => {
    const holder = postgres(database.url, { max: 1 });
    try {
      await holder.begin(async (tx) => {
        await tx`update boats set n = 0 where id = 1`;
        const finished = await change('update boats set n = 1 where id = 1');
        expect(finished).toMatchObject({ code: 1, stdout: '' });
        expect(finished.stderr).toMatch(
          /^pgask: canceling statement due to lock timeout\nhint: another session holds what it needs/,
        );
      });
    } finally {
      await holder.end();
    }
    expect(await changed()).toEqual([]);
  });

  test.each([
    [
      'a trigger raises',
      'update boats set n = 13 where id = 2',
      /^pgask: not this one, 2\n(.*\n)*hint: take another/,
    ],
    [
      'a deferred constraint fails',
      'insert into crews values (1, 77)',
      /violates foreign key constraint/,
    ],
    ['a constraint fails', 'insert into boats values (1)', /duplicate key value/],
  ])('because %s', async (_, text, told) => {
    const finished = await change(text);
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(told);
    expect(await changed()).toEqual([]);
    expect(await sql`select from crews`).toHaveLength(0);
  });

  test('because the role may not', async () => {
    const url = (await testServer()).url(database.name, role);
    const text = 'delete from boats where id = 1';
    const finished = await pgask(['sql', text, '--allow', 'write', '--yes'], url);
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(/permission denied for table boats/);
  });

  test('because the statement takes too long', async () => {
    const finished = await change(
      'update boats set n = 1 where id = 1 and pg_sleep(5) is not null',
      ['--timeout', '1'],
    );
    expect(finished.code).not.toBe(0);
    expect(finished.stdout).toBe('');
    expect(await changed()).toEqual([]);
  });

  test('because the role only reads', async () => {
    await sql.unsafe(`alter role "${role.name}" set default_transaction_read_only = on`);
    const url = (await testServer()).url(database.name, role);
    const finished = await pgask(
      ['sql', 'update boats set n = 1 where id = 1', '--allow', 'write', '--yes'],
      url,
    );
    // Whoever may only read by default is not helped around it.
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(
      /read-only transaction\nhint: this server, or its role, only reads/,
    );
    expect(await changed()).toEqual([]);
  });
});

test('nobody to approve: not a single statement of it reaches the server', async () => {
  let sent = '';
  const proxy = await openProxy(await testServer(), {
    toServer: { type: 'watch', seen: (piece) => ((sent += piece.toString('latin1')), 'pass') },
  });
  try {
    const args = ['sql', 'update boats set n = 1 where id = 1', '--allow', 'write'];
    expect(await pgask(args, proxy.url(database.url))).toMatchObject({ code: 3, stdout: '' });
    expect(sent).not.toMatch(/update boats|read committed/);
    expect(await pgask([...args, '--yes'], proxy.url(database.url))).toMatchObject({ code: 0 });
    expect(sent).toMatch(/update boats/);
  } finally {
    await proxy.close();
  }
});

const pooled = noBouncer();
(pooled === undefined ? test : test.skip)(
  `a transaction-mode pooler is between ${pooled ?? ''}`,
  async () => {
    const bouncer = await openBouncer(await testServer());
    try {
      const url = bouncer.url(database.name);
      const args = ['--allow', 'write', '--yes'];
      const finished = await pgask(['sql', 'update boats set n = 1 where id = 1', ...args], url);
      expect(finished).toMatchObject({ code: 0, stdout: 'UPDATE 1\n' });
      const journal = await pgask(['journal', '-F', 'csv'], url);
      expect(journal.stdout.split('\n')[1]).toContain(',applied,');
      // What a session would keep, the next one to have it must not find.
      await sql.unsafe(`create or replace function locks() returns trigger language plpgsql as
      $$ begin perform pg_advisory_lock(4711); return new; end $$;
      create trigger locks before update on boats for each row when (new.n = 42) execute function locks()`);
      const locking = await pgask(['sql', 'update boats set n = 42 where id = 2', ...args], url);
      expect(locking).toMatchObject({ code: 0 });
      expect(
        await sql`select 1 from pg_locks where locktype = 'advisory' and objid = 4711`,
      ).toHaveLength(0);
    } finally {
      await sql.unsafe('drop trigger if exists locks on boats');
      await bouncer.remove();
    }
  },
);

test('writers of the journal that are killed spoil nobody else’s line', async () => {
  const path = join(on.home, 'state/pgask/journal.jsonl');
  expect(await change('update boats set n = 1 where id = 1')).toMatchObject({ code: 0 });
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, `${whole}${whole.slice(0, 100)}`);
  const all = await Promise.all(
    [2, 3, 4, 5].map((id) => change(`update boats set n = 1 where id = ${id}`)),
  );
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(2 + 1 + 8);
  const { stdout } = await pgask(['journal', '-F', 'csv']);
  expect(stdout.match(/,applied,/g)).toHaveLength(5);
});
