import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, machine, run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({ sql: ['create table fruit (id int primary key, name text)'] });
  on = machine();
  const { url } = database;
  const databases = {
    own: { url, access: 'admin' },
    written: { url, access: 'write' },
    readonly: { url },
  };
  writeFileSync(join(on.home, 'access.json'), JSON.stringify({ databases }));
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

const sql = (text: string, ...more: string[]) =>
  run(['sql', text, '--db', database.url, ...more], { on });

describe('a refusal', () => {
  const statement = "select '日本',\r\n\t1;\r\n\tselect name from fruit";

  test('tells why, the line with a caret, the rule with line and column, and what to do', async () => {
    const { stdout, stderr, code } = await sql(statement);
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).toBe(
      [
        'pgask: refused: there are 2 statements, and exactly one may run',
        'LINE 3:  select name from fruit',
        '         ^',
        'rule: one-statement, at line 3, column 2',
        'hint: send them one at a time',
        '',
      ].join('\n'),
    );
  });

  test('has rule, effect, line, column and position for scripts', async () => {
    const { stderr, code } = await sql(statement, '--errors', 'json');
    expect(code).toBe(3);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'refused',
        exit: 3,
        message: 'refused: there are 2 statements, and exactly one may run',
        hint: 'send them one at a time',
        rule: 'one-statement',
        effect: 'read',
        sql: statement,
        line: 3,
        column: 2,
        position: statement.indexOf('select name') + 1,
      },
    });
  });

  test('sends nothing of the statement to the terminal as it is', async () => {
    const { stderr } = await sql('select 1; \u001b]0;owned\u0007\u202e select 2');
    expect(stderr).toContain('\\x1B]0;owned\\x07\\u202E');
    expect(stderr).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

test("the server's own errors have the same caret", async () => {
  const { stderr, code } = await sql("select '日本',\n\tnope from fruit");
  expect(code).toBe(1);
  expect(stderr).toMatch(/does not exist\nLINE 2: {2}nope from fruit\n {9}\^\n/);
  expect(stderr).not.toMatch(/^rule/m);
});

test('a statement that is not UTF-8 is a usage error, from a file and from stdin', async () => {
  const text = Buffer.from([...Buffer.from("select '"), 0xff, 0x27]);
  writeFileSync(join(on.home, 'latin.sql'), text);
  const wanted = (name: string) => ({
    code: 2,
    stdout: '',
    stderr: `pgask: ${name} can't be read: it is not UTF-8 text\n`,
  });
  expect(await sql('', '-f', 'latin.sql')).toMatchObject(wanted('latin.sql'));
  const piped = { on, stdin: text };
  expect(await run(['sql', '-', '--db', database.url], piped)).toMatchObject(wanted('stdin'));
  expect(await run(['-', '--db', database.url], piped)).toMatchObject(wanted('stdin'));
});

describe('--allow', () => {
  const allow = (level: string, text: string, db = database.url) =>
    run(['sql', text, '--db', db, '--config', 'access.json', '--allow', level], { on });

  test.each([
    ['write', 'readonly'],
    ['ddl', 'written'],
  ])('%s is refused where the access of %s does not permit it', async (level, name) => {
    const { stdout, stderr, code } = await allow(level, 'select 1', name);
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    const access = name === 'written' ? 'write' : 'read';
    expect(stderr).toMatch(
      new RegExp(`--allow ${level} is more than .* permits: its access is ${access}`),
    );
    expect(stderr).toMatch(/^rule: access$/m);
    expect(stderr).toMatch(/^hint: leave --allow out/m);
  });

  test.each([
    ['write', 'written'],
    ['ddl', 'own'],
    ['admin', 'own'],
  ])('%s is taken where the access of %s permits it, and reads still run', async (level, name) => {
    expect(await allow(level, 'select 1 as a', name)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    ['write', 'delete from fruit', 'unconditional-change'],
    ['ddl', 'drop table fruit', 'destructive-change'],
    ['write', 'create table more ()', 'grant'],
  ])('%s does not reach what takes more: %s', async (level, text, rule) => {
    const { stdout, stderr, code } = await allow(level, text, 'own');
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).toMatch(new RegExp(`^rule: ${rule}`, 'm'));
    expect(stderr).toMatch(/^hint: .*--allow (ddl|admin)$/m);
  });

  test.each([
    ['write', "update fruit set name = 'x' where id = 1"],
    ['ddl', 'create table more ()'],
    ['admin', 'drop table fruit'],
    ['admin', 'checkpoint'],
  ])('%s alone approves nothing: %s', async (level, text) => {
    const { stdout, stderr, code } = await allow(level, text, 'own');
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    expect(stderr).toMatch(/nobody has approved[\s\S]*\nrule: approval/);
    const without = await run(['sql', text, '--db', 'own', '--config', 'access.json'], { on });
    expect(without).toMatchObject({ stdout: '', code: 3 });
    expect(without.stderr).toMatch(new RegExp(`--allow ${level}$`, 'm'));
  });

  test('comes from the flag alone', async () => {
    const { code } = await run(['sql', 'select 1', '--db', database.url], {
      on,
      env: { PGASK_ALLOW: 'admin' },
    });
    expect(code).toBe(0);
    expect((await allow('read', 'select 1', 'own')).stderr).toMatch(/unknown allow read/);
  });
});
