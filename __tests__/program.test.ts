import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, machine, noTerminal, run, runInTerminal, start } from './support/program.js';
import { testDatabase, type TestDatabase } from './support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table fruit (id int primary key, name text, price numeric);
       insert into fruit values (1, 'apple', 1.20), (2, 'pear', 0.80), (3, 'quince', null)`,
      'create table many as select g as id from generate_series(1, 300000) g',
    ],
  });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

const db = () => ['--db', database.url];
const sql = (text: string, ...more: string[]) => run(['sql', text, ...db(), ...more], { on });

describe('pgask sql', () => {
  test.each([
    [
      'table',
      ' id |  name  | price \n----+--------+-------\n  1 | apple  |  1.20\n  2 | pear   |  0.80\n  3 | quince |      \n(3 rows)\n\n',
    ],
    [
      'json',
      '[{"id":1,"name":"apple","price":1.20},\n{"id":2,"name":"pear","price":0.80},\n{"id":3,"name":"quince","price":null}]\n',
    ],
    [
      'jsonl',
      '{"id":1,"name":"apple","price":1.20}\n{"id":2,"name":"pear","price":0.80}\n{"id":3,"name":"quince","price":null}\n',
    ],
    ['csv', 'id,name,price\n1,apple,1.20\n2,pear,0.80\n3,quince,\n'],
  ])('prints %s and nothing else', async (format, expected) => {
    const { stdout, stderr, code } = await sql('table fruit order by id', '-F', format);
    expect({ stdout: stdout.replace(/\n *\[?/g, (m) => m), stderr, code }).toEqual({
      stdout: expect.any(String),
      stderr: '',
      code: 0,
    });
    if (format === 'json') expect(JSON.parse(stdout)).toEqual(JSON.parse(expected));
    else expect(stdout).toBe(expected);
  });

  test('reads a statement from stdin, a file, and after two dashes', async () => {
    const piped = await run(['sql', '-', ...db(), '-F', 'csv'], { on, stdin: 'select 1 as a' });
    expect(piped.stdout).toBe('a\n1\n');
    writeFileSync(join(on.home, 'q.sql'), '-- ä comment\nselect 2 as a\n');
    expect((await run(['sql', '-f', 'q.sql', ...db(), '-F', 'csv'], { on })).stdout).toBe('a\n2\n');
    const dashed = await run(['sql', ...db(), '-F', 'csv', '--', '-- x\nselect 3 as a'], { on });
    expect(dashed.stdout).toBe('a\n3\n');
  });

  test('takes the rest of the line for one statement, and the last of a flag that is repeated', async () => {
    const args = [
      'sql',
      'select',
      '1',
      'as',
      'a',
      ...db(),
      '-F',
      'json',
      '--format',
      'csv',
      '-q',
      '-q',
    ];
    expect((await run(args, { on })).stdout).toBe('a\n1\n');
    const many = await run(['how', 'many', 'fruit', ...db(), '-q', '-F', 'csv'], { on });
    expect(many.stdout).toMatch(/^\w+\n3\n$/);
  });

  test('never waits for stdin without a dash', async () => {
    const options = { on, stdin: { type: 'open' } as const, timeoutMs: 10_000 };
    const { code } = await run(['sql', 'select 1', ...db()], options);
    expect(code).toBe(0);
  });

  test.each([
    [
      'a statement that the server refuses',
      ['sql', 'select nope'],
      1,
      /column "nope" does not exist\nLINE 1: select nope\n {15}\^/,
    ],
    ['a syntax error', ['sql', 'selec 1'], 1, /syntax error at or near "selec"/],
    ['no SQL', ['sql'], 2, /there is no SQL to run/],
    [
      'a missing file',
      ['sql', '-f', 'nope.sql'],
      2,
      /nope.sql can't be read: there is no such file/,
    ],
    [
      'an unknown flag',
      ['sql', 'select 1', '--formt', 'csv'],
      2,
      /unknown flag --formt\nhint: did you mean --format\?/,
    ],
    ['an unknown format', ['sql', 'select 1', '-F', 'cvs'], 2, /cvs[\s\S]*did you mean csv\?/],
    [
      'an unknown command',
      ['shcema'],
      2,
      /unknown command shcema\nhint: did you mean pgask schema\?/,
    ],
    [
      'a number that is none',
      ['sql', 'select 1', '--limit', 'many'],
      2,
      /limit many: expected a whole number/,
    ],
    [
      'a time that is none',
      ['sql', 'select 1', '--timeout', 'soon'],
      2,
      /timeout soon: expected a time/,
    ],
    ['a flag without its value', ['sql', 'select 1', '--format'], 2, /format/],
    ['a write', ['sql', 'delete from fruit where id = 1'], 3, /refused: DELETE changes data/],
    ['two statements', ['sql', 'select 1; select 2'], 3, /there are 2 statements/],
    [
      'a statement that takes too long',
      ['sql', 'select pg_sleep(20)', '--timeout', '300ms'],
      6,
      /longer than 0.3 s/,
    ],
    [
      'too many rows',
      ['sql', 'table many', '--max-rows', '5'],
      6,
      /cut after 5 rows by --max-rows/,
    ],
    [
      'no rows where some are wanted',
      ['sql', 'select 1 where false', '--fail-empty'],
      1,
      /no rows/,
    ],
  ])('tells of %s and exits right', async (_name, args, code, message) => {
    const finished = await run([...args, ...db()], { on });
    expect({ code: finished.code, stderr: finished.stderr }).toEqual({
      code,
      stderr: expect.stringMatching(message),
    });
    expect(finished.stderr).not.toMatch(/\n {4}at /);
  });

  test.each([
    [
      'nobody listening',
      'postgres://x@127.0.0.1:1/x',
      /no server is listening at 127.0.0.1:1\nhint/,
    ],
    ['a mistyped name', 'smaple', /smaple[\s\S]*sample/],
    ['a broken URL', 'postgres://a:b:c/x?sslmod=1', /pgask: .*\nhint/],
  ])('exits 2 when the database is %s', async (_name, name, message) => {
    const { code, stderr } = await run(['sql', 'select 1', '--db', name], { on });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  test('tells errors as one line of JSON when asked to', async () => {
    const { stderr, code } = await sql('select nope from fruit', '--errors', 'json');
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'statement',
        exit: 1,
        message: 'column "nope" does not exist',
        hint: 'Perhaps you meant to reference the column "fruit.name".',
        sqlstate: '42703',
        sql: 'select nope from fruit',
        position: 8,
        line: 1,
        column: 8,
      },
    });
    expect(code).toBe(1);
    const usage = await run(['sql', '--nope', '--errors', 'json'], { on });
    expect(JSON.parse(usage.stderr)).toMatchObject({ error: { code: 'usage', exit: 2 } });
  });

  test('cuts a result so that it stays well-formed, or ends it where that was asked for', async () => {
    const cut = await sql('table many', '--max-rows', '3', '-F', 'json');
    expect(JSON.parse(cut.stdout)).toHaveLength(3);
    expect(cut.code).toBe(6);
    const limited = await sql('table many', '--limit', '3', '-F', 'json');
    expect(JSON.parse(limited.stdout)).toHaveLength(3);
    expect(limited).toMatchObject({ code: 0, stderr: '' });
    expect((await sql('table many', '--max-rows', '3')).stdout).toMatch(/\(3 rows, truncated\)/);
  });

  test('wraps a result in an envelope', async () => {
    const { stdout, code } = await sql('select 1 as a, 2 as a where $$x$$ = $$x$$', '--envelope');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      sql: expect.stringContaining('select 1'),
      columns: [
        { name: 'a', type: 'int4' },
        { name: 'a', type: 'int4' },
      ],
      rows: [{ a: 1, a_2: 2 }],
      rowCount: 1,
      truncated: false,
      session: null,
    });
  });

  test('writes a file whole, or leaves the old one', async () => {
    const path = join(on.home, 'out.csv');
    expect(await sql('select 1 as a', '-F', 'csv', '-o', path)).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
    const failed = await sql('select 1 / (90000 - id) from many', '-F', 'csv', '-o', path);
    expect(failed.code).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
    expect(readdirSync(on.home).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('knows before it runs anything that a file can not be written', async () => {
    const { code, stderr } = await sql('select pg_sleep(5)', '-o', join(on.home, 'no/such/x.csv'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/no.such.x\.csv/) });
  });

  test('can be told from a whole result when it breaks off', async () => {
    const { stdout, stderr, code } = await sql(
      'select 1 / (90000 - id) as x from many',
      '-F',
      'json',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/the result broke off: division by zero/);
    expect(stdout).toMatch(/^\[/);
    expect(() => JSON.parse(stdout) as unknown).toThrow();
  });

  test('ends in silence with 141 when its reader goes away, and stops the query', async () => {
    const { child, finished } = start(
      ['sql', 'select id, pg_sleep(0) from many a, generate_series(1, 1000)', ...db(), '-F', 'csv'],
      { on },
    );
    // The helper reads to the end of a stream that this test tears.
    finished.catch(() => undefined);
    await new Promise((resolve) => child.stdout!.once('data', resolve));
    child.stdout!.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(141);
  });

  test('says that a full disk is one', async () => {
    if (!existsSync('/dev/full')) return;
    const { code, stderr } = await sql('table fruit', '-o', '/dev/full');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pgask: .*(full|space)[^\n]*\n(hint: [^\n]*\n)?$/i);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s cancels on the server and exits %i', async (signal, code) => {
    const marker = `marker-${signal}`;
    const { child, finished } = start(['sql', `select pg_sleep(60), '${marker}'`, ...db()], { on });
    await running(marker, true);
    child.kill(signal);
    expect(await finished).toMatchObject({ code, stdout: '', stderr: '' });
    await running(marker, false);
  });

  /** Waits until a statement that holds the marker runs on the server, or no longer does. */
  async function running(marker: string, wanted: boolean): Promise<void> {
    const count = `select count(*) as n from pg_stat_activity where state = 'active' and query like '%${marker}%' and pid <> pg_backend_pid()`;
    for (let i = 0; i < 40; i++) {
      const { stdout } = await sql(count, '-F', 'csv');
      if ((stdout.trim() === 'n\n1') === wanted) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the statement ${wanted ? 'never ran' : 'went on'}`);
  }
});

describe('pgask at a terminal', () => {
  const title = noTerminal() ?? 'colours its errors and takes nothing away';
  (noTerminal() === undefined ? test : test.skip)(title, async () => {
    const { stdout, code } = await runInTerminal(['sql', 'select nope', ...db()], { on });
    expect(code).toBe(1);
    expect(stdout).toContain('\x1b[31mpgask:\x1b[39m column "nope" does not exist');
    const table = await runInTerminal(['sql', 'select 1 as a', ...db()], { on });
    const plain = table.stdout.replace(/\r|\x1b\[\d+m/g, '');
    expect(plain).toBe(' a \n---\n 1\n(1 row)\n\n');
  });
});
