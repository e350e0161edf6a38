import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, machine, run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      'create table fruit (id int8 primary key, name text, price numeric, about json, tags text[], at timestamptz)',
      `insert into fruit select g, 'fruit ' || g, g + 0.50, '{"a":  [1,
 2.50]}', '{"x,y",NULL}', '2024-02-29 12:00:00.123456+00' from generate_series(1, 9) g`,
      `insert into fruit (id, name) values (9007199254740993, E'a\\tb "c", d')`,
      'create table plain (a int)',
    ],
  });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

const change = (text: string, ...more: string[]) =>
  run(['sql', text, '--db', database.url, '--allow', 'write', '--yes', ...more], { on });
const read = async (text: string, ...more: string[]) =>
  (await run(['sql', text, '--db', database.url, ...more], { on })).stdout;

const RETURNING =
  'update fruit set price = price where id in (1, 9007199254740993) returning id, name, price, about, tags, at, null::int as n';
const SAME =
  'select id, name, price, about, tags, at, null::int as n from fruit where id in (1, 9007199254740993) order by id';

describe('a change', () => {
  test.each(['table', 'markdown'])(
    'is one line for each statement in %s, as psql tells it',
    async (format) => {
      const sql = `update fruit set price = 1 where id < 4; insert into plain values (1), (2); delete from plain where a = 7`;
      expect(await change(sql, '-F', format)).toMatchObject({
        code: 0,
        stdout: 'UPDATE 3\nINSERT 0 2\nDELETE 0\n',
      });
    },
  );

  test('is told by the words of the server where it has no rows', async () => {
    const sql =
      'create table made (a int primary key); create index on made (a); alter table made add b int; drop index made_a_idx';
    const { stdout, code } = await change(sql, '--allow', 'ddl');
    expect({ stdout, code }).toEqual({
      stdout: 'CREATE TABLE\nCREATE INDEX\nALTER TABLE\nDROP INDEX\n',
      code: 0,
    });
  });

  test.each(['json', 'jsonl'])('is one object in %s', async (format) => {
    const { stdout, stderr, code } = await change(
      'update fruit set price = 2 where id < 3',
      '-F',
      format,
    );
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout)).toEqual({
      change: {
        id: expect.stringMatching(/^[0-9a-f]{8}$/),
        applied: true,
        rowCount: 2,
        database: expect.stringContaining('postgres'),
        role: expect.any(String),
        effect: 'write',
        statements: [
          { sql: 'update fruit set price = 2 where id < 3', command: 'UPDATE', rowCount: 2 },
        ],
        durationMs: expect.any(Number),
        undo: true,
      },
    });
    expect(stderr).toMatch(/^to put the rows back: pgask undo [0-9a-f]{8} --allow write$/m);
  });

  test.each(['csv', 'tsv'])(
    'leaves stdout empty in %s, which never carries prose',
    async (format) => {
      const { stdout, stderr, code } = await change(
        'update fruit set price = 2 where id = 3',
        '-F',
        format,
      );
      expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
      expect(stderr).toMatch(/^UPDATE 1$/m);
    },
  );

  test('says nothing on stderr under --quiet', async () => {
    expect(await change('update fruit set price = 2 where id = 3', '--quiet')).toMatchObject({
      ...{ stdout: 'UPDATE 1\n', stderr: '', code: 0 },
    });
    expect(await change('delete from plain where a = 5', '-q', '-F', 'csv')).toMatchObject({
      ...{ stdout: '', stderr: '', code: 0 },
    });
  });

  test('goes to a file, and into an envelope', async () => {
    expect(await change('update fruit set price = 2 where id = 3', '-o', 'done.txt')).toMatchObject(
      {
        ...{ stdout: '', code: 0 },
      },
    );
    expect(readFileSync(join(on.home, 'done.txt'), 'utf8')).toBe('UPDATE 1\n');
    const { stdout } = await change(
      'update fruit set price = 2 where id = 3 returning id',
      '--envelope',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ answer: 'UPDATE 1', rows: null, truncated: false, steps: 0, session: null },
      change: { applied: true, rowCount: 1, rows: [{ id: 3 }] },
    });
  });

  test('says why it can not be undone', async () => {
    const { stdout, stderr } = await change('insert into plain values (1)', '-F', 'json');
    expect(stderr).toMatch(/can't be undone: .*primary key/);
    const { undo, cannotUndo } = (JSON.parse(stdout) as { change: Record<string, unknown> }).change;
    expect({ undo, cannotUndo }).toEqual({
      undo: false,
      cannotUndo: expect.stringContaining('primary key'),
    });
  });

  test('of no rows is exit 1 under --fail-empty', async () => {
    const nothing = 'update fruit set price = 1 where id = -1';
    expect(await change(nothing, '--fail-empty')).toMatchObject({ stdout: 'UPDATE 0\n', code: 1 });
    expect(await change(nothing)).toMatchObject({ stdout: 'UPDATE 0\n', code: 0 });
  });

  test('that was only planned says so', async () => {
    const sql = 'update fruit set price = 3 where id = 1';
    const planned = await run(
      ['sql', sql, '--db', database.url, '--allow', 'write', '--plan', '-F', 'json'],
      { on },
    );
    expect(planned.code).toBe(0);
    expect(JSON.parse(planned.stdout)).toMatchObject({
      plan: {
        ...{ id: expect.stringMatching(/^[0-9a-f]{8}$/), applied: false, effect: 'write' },
        ...{ statements: [sql], counts: [1], hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    });
    expect(await read('select price from fruit where id = 1', '-F', 'csv')).not.toBe('price\n3\n');
  });
});

describe('RETURNING', () => {
  test.each(['csv', 'tsv', 'table', 'vertical', 'markdown'])(
    'gives exactly the rows that a query gives in %s',
    async (format) => {
      const { stdout, stderr, code } = await change(RETURNING, '-F', format);
      expect(code).toBe(0);
      expect(stdout).toBe(await read(SAME, '-F', format));
      expect(stderr).toMatch(/^UPDATE 2$/m);
    },
  );

  test.each([[], ['--json-numbers', 'string']])(
    'has its rows in the object, as row_to_json gives them %j',
    async (...more) => {
      const { stdout } = await change(RETURNING, '-F', 'json', ...more);
      const rows = await read(SAME, '-F', 'jsonl', ...more);
      expect(stdout).toContain(`"rows":[${rows.trim().split('\n').join()}]`);
      expect(stdout.trim().split('\n')).toHaveLength(1);
      JSON.parse(stdout);
    },
  );

  test('of several statements is told for each', async () => {
    const sql = `update fruit set price = 1 where id = 1 returning id; delete from plain where a = -1;
      update fruit set price = 1 where id in (2, 3) returning id, name`;
    const { stdout } = await change(sql, '-F', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      change: { rows: [[{ id: 1 }], null, [{ id: 2 }, { id: 3 }]] },
    });
    const csv = await change(sql, '-F', 'csv');
    expect(csv.stdout).toBe('id,name\n2,fruit 2\n3,fruit 3\n');
    expect(csv.stderr).toMatch(/warning: csv has room for one statement's rows/);
    const table = await change(sql);
    expect(table.stdout).toMatch(/\(1 row\)[\s\S]*\(2 rows\)/);
  });

  test('is cut by --limit, and by --max-rows with exit 6', async () => {
    const sql = "update fruit set price = 1 where id < 5 returning 'x' as x";
    expect(await change(sql, '-F', 'csv', '--limit', '2')).toMatchObject({
      ...{ stdout: 'x\nx\nx\n', code: 0 },
    });
    const cut = await change(sql, '-F', 'csv', '--max-rows', '3');
    expect(cut).toMatchObject({ stdout: 'x\nx\nx\nx\n', code: 6 });
    expect(cut.stderr).toMatch(/the change was applied, and the rows .* cut after 3/);
  });

  test('what a query with effects gives is told as well', async () => {
    const { stdout, code } = await change(
      "select nextval('s') as n from (values (1), (2)) v",
      '--allow',
      'ddl',
    );
    expect({ stdout, code }).toMatchObject({ code: 1 });
    await change('create sequence s', '--allow', 'ddl');
    const told = await change("select nextval('s') as n", '-F', 'json');
    expect(JSON.parse(told.stdout)).toMatchObject({
      change: { rowCount: 0, rows: [{ n: expect.any(Number) }] },
    });
  });
});
