/** What is kept of changes: the journal and the plans, as the built program shows them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Machine, machine, run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let sql: postgres.Sql;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table boats (id int primary key, n int);
       insert into boats values (1, 1), (2, 2);
       create sequence tries;
       create function try() returns trigger language plpgsql as $$ begin perform nextval('tries'); return new; end $$;
       create trigger try before update on boats for each row execute function try()`,
    ],
  });
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await sql.end();
  await database.drop();
});

const pgask = (...args: string[]) => run([...args, '--db', database.url], { on });

async function change(text: string): Promise<string> {
  const { stdout } = await pgask('sql', text, '--allow', 'write', '--yes', '-F', 'json');
  return (JSON.parse(stdout) as { change: { id: string } }).change.id;
}

async function plan(text: string): Promise<string> {
  const { stdout } = await pgask('sql', text, '--allow', 'write', '--plan', '-F', 'json');
  return (JSON.parse(stdout) as { plan: { id: string } }).plan.id;
}

/** How often a row was updated, rolled back or not: a sequence does not go back. */
const tries = async () => await sql`select last_value, is_called from tries`;

/** Another id that begins as this one does. */
const mistyped = (id: string) => `${id.slice(0, 7)}${id.endsWith('0') ? '1' : '0'}`;

describe('pgask journal', () => {
  let first: string;
  let second: string;
  beforeAll(async () => {
    first = await change('update boats set n = 10 where id = 1');
    second = await change('delete from boats where id = 99');
  }, 30_000);

  test('lists changes, the latest last, in every format of rows', async () => {
    const { stdout, code } = await pgask('journal', '-F', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { change: first, state: 'applied', rows: 1, undo: 'yes' },
      { change: second, state: 'applied', rows: 0, undo: 'no' },
    ]);
    const csv = (await pgask('journal', '-F', 'csv')).stdout.split('\n');
    expect(csv[0]).toBe('at,change,state,who,database,role,rows,undo,undoes,statements,outcome');
    expect(csv[1]).toContain(`,${first},applied,`);
    expect(csv[2]).toContain(`,${second},applied,`);
  });

  test('is filtered by a date and a number', async () => {
    const ids = async (...args: string[]) =>
      (
        JSON.parse((await pgask('journal', '-F', 'json', ...args)).stdout) as { change: string }[]
      ).map((one) => one.change);
    expect(await ids('--since', '2999-01-01')).toEqual([]);
    expect(await ids('--since', '2000-01-01')).toEqual([first, second]);
    expect(await ids('--limit', '1')).toEqual([second]);
  });

  test('shows one by the beginning of its id, and how to undo it', async () => {
    const { stdout, code } = await pgask('journal', first.slice(0, 7));
    expect(code).toBe(0);
    expect(stdout).toContain(`change ${first}, applied`);
    expect(stdout).toContain('update boats set n = 10 where id = 1');
    expect(stdout).toContain(`pgask undo ${first}`);
  });

  test('asks whether another id was meant', async () => {
    for (const command of ['journal', 'undo']) {
      const { stderr, code } = await pgask(command, mistyped(first), '--allow', 'write');
      expect(code).toBe(2);
      expect(stderr).toContain(`there is no change ${mistyped(first)}`);
      expect(stderr).toContain(`did you mean ${first}?`);
    }
  });

  test('an undo that nobody can approve executes nothing, not even to roll it back', async () => {
    const before = await tries();
    const { stdout, stderr, code } = await pgask('undo', first, '--allow', 'write');
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).toContain(`refused: nobody has approved the undo of ${first}`);
    expect(await tries()).toEqual(before);
    expect(await sql`select n from boats where id = 1`).toEqual([{ n: 10 }]);
  });
});

describe('pgask plans', () => {
  test('lists, shows and drops them', async () => {
    const id = await plan('update boats set n = 20 where id = 2');
    const list = JSON.parse((await pgask('plans', 'list', '-F', 'json')).stdout) as object[];
    expect(list).toMatchObject([
      { plan: id, effect: 'write', statements: 'update boats set n = 20 where id = 2' },
    ]);
    expect((await pgask('plans', 'list', '-F', 'csv')).stdout).toMatch(
      /^plan,database,effect,statements,made,void after\n/,
    );
    const shown = await pgask('plans', 'show', id.slice(0, 7));
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toMatch(/update boats set n = 20 where id = 2\n {2}1 rows/);
    const wrong = await pgask('plans', 'show', mistyped(id));
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain(`did you mean ${id}?`);
    expect(await pgask('plans', 'drop', id)).toMatchObject({ code: 0 });
    expect(await pgask('plans', 'drop', id)).toMatchObject({ code: 2 });
    expect(JSON.parse((await pgask('plans', '-F', 'json')).stdout)).toEqual([]);
  });

  test('resolve has nothing to find out where nothing is open', async () => {
    expect(await pgask('plans', 'resolve')).toMatchObject({ stdout: 'nothing is open\n', code: 0 });
    const named = await pgask('plans', 'resolve', '00000000');
    expect(named).toMatchObject({ code: 2 });
    expect(named.stderr).toContain('there is nothing to find out about 00000000');
  });

  test('hold no password', async () => {
    const { stdout, stderr, code } = await pgask(
      ...['sql', `create role pgask_never_made password 'geheim-7'`],
      ...['--allow', 'admin', '--plan', '--confirm', 'pgask_never_made'],
    );
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).not.toContain('geheim-7');
    const plans = join(on.home, 'state/pgask/plans');
    expect(existsSync(plans) ? readdirSync(plans) : []).toEqual([]);
  });
});
