import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Machine, machine, run, type RunOptions, start } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: ['create table fruit (id int primary key, name text); create sequence counter'],
  });
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await database.drop();
});

const db = () => ['--db', database.url];
const check = (args: readonly string[], options: RunOptions = {}) =>
  run(['sql', '--check', ...args, ...db()], { on, ...options });
const value = async (sql: string) =>
  (await run(['sql', sql, ...db(), '-F', 'csv'], { on })).stdout.split('\n')[1];
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(on.home, name), content);
  return name;
};

describe('pgask sql --check', () => {
  test('allows a read: one object, with null for what there is none of, and exit 0', async () => {
    const { stdout, stderr, code } = await check(['select * from fruit']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      '{"verdict":"allow","effect":"read","rule":null,"reason":null,"hint":null,"line":null,"column":null,"position":null}\n',
    );
  });

  test('refuses a change with exit 3: the verdict on stdout, nothing on stderr, nothing run', async () => {
    const { stdout, stderr, code } = await check([
      "select nextval('counter'); delete from fruit where id = 1",
    ]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'refuse',
      effect: 'write',
      rule: expect.stringMatching(/^[a-z-]+$/),
      reason: expect.stringMatching(/\w/),
      hint: expect.stringMatching(/\w/),
      line: expect.anything(),
      column: expect.anything(),
      position: expect.anything(),
    });
    expect(await value('select is_called from counter')).toBe('f');
  });

  test('runs nothing of a statement that it allows', async () => {
    const { code, durationMs } = await check([
      'select pg_backend_pid() from generate_series(1, 1e12)',
    ]);
    expect(code).toBe(0);
    expect(durationMs).toBeLessThan(10_000);
  });

  test('refuses what is no SQL by the rule syntax, at its line and column', async () => {
    const text = "select '日本',\r\n\tname frm fruit\n";
    const { stdout, code } = await check(['-f', file('wrong.sql', text)]);
    expect(code).toBe(3);
    const { rule, line, column, position } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ rule, line, column, position }).toEqual({
      rule: 'syntax',
      line: 2,
      column: 11,
      position: text.indexOf('fruit') + 1,
    });
  });

  test('reads stdin, and takes the rest of the line for one statement', async () => {
    expect((await check(['-'], { stdin: 'table fruit' })).code).toBe(0);
    expect((await check(['-f', '-'], { stdin: 'drop table fruit' })).code).toBe(3);
    expect((await check(['table', 'fruit'])).code).toBe(0);
  });

  test.each([
    ['a NUL byte', Buffer.from('select 1\0; drop table fruit')],
    ['a byte that is not UTF-8', Buffer.from([...Buffer.from("select '"), 0xff, 0x27])],
    ['more text than anybody writes', `select ${'1,'.repeat(400_000)}1`],
  ])('refuses %s by the rule input', async (_what, content) => {
    const { stdout, code } = await check(['-f', file('input.sql', content)]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'refuse', rule: 'input' });
    expect(code).toBe(3);
    expect((await check(['-'], { stdin: content })).stdout).toBe(stdout);
  });

  test('writes a file, of a refusal too, and is JSON when that is asked for', async () => {
    const { stdout, code } = await check(['drop table fruit', '-F', 'json', '-o', 'verdict.json']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 3 });
    const written = readFileSync(join(on.home, 'verdict.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ verdict: 'refuse', effect: 'admin' });
  });

  test('needs the database: without a connection there is no verdict, and exit 2', async () => {
    const nobody = ['sql', '--check', 'select 1', '--db', 'postgres://x@127.0.0.1:1/x'];
    expect(await run(nobody, { on })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/no server is listening/),
    });
  });

  test.each([
    [['select 1', '-F', 'csv'], /--check does not go with --format csv/],
    [['select 1', '-F', 'table'], /--check does not go with --format table/],
    [['select 1', '--envelope'], /--check does not go with --envelope/],
    [['select 1', '--sql-only'], /--check does not go with --sql-only/],
    [['select 1', '--limit', '0'], /--check does not go with --limit/],
    [['select 1', '--each', 'x.jsonl'], /--each brings its own statements/],
    [['-f', 'x.sql', '--each', 'x.jsonl'], /--each brings its own statements/],
    [['--each', 'gone.jsonl'], /gone.jsonl can't be read: there is no such file/],
    [['--each', '.'], /\. can't be read: it is a directory/],
    [['-f', 'gone.sql'], /gone.sql can't be read: there is no such file/],
    [[], /there is no SQL/],
  ])('%j is a usage error', async (args, message) => {
    expect(await check(args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('--each without it is a usage error', async () => {
    const { code, stderr } = await run(['sql', '--each', 'x.jsonl', ...db()], { on });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/add --check/) });
  });
});

describe('pgask sql --check --each', () => {
  const each = (content: string | Uint8Array, ...more: string[]) =>
    check(['--each', file('statements.jsonl', content), ...more]);
  const lines = (stdout: string) =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('gives a verdict for each line, in order, and exits 0 whatever they are', async () => {
    const { stdout, stderr, code } = await each(
      [
        '{"id": 1, "sql": "table fruit"}',
        '{"id": 2, "sql": "update fruit set id = 1 where id = 2", "expected": {"id": 9, "verdict": "refuse"}}',
        '{"id": 3, "sql": "create table x ()"}',
        '{"id": 4, "sql": "selec"}',
        '{"id": 5, "sql": "select $$\\u0000$$"}',
        '{"id": 6, "sql": ""}',
        '{"id": 7, "sql": "values (1)"}',
      ].join('\n'),
    );
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const verdicts = lines(stdout);
    for (const one of verdicts) {
      expect(Object.keys(one)).toEqual(['id', 'verdict', 'effect', 'rule', 'reason']);
    }
    expect(verdicts.map(({ id, verdict, effect }) => [id, verdict, effect])).toEqual([
      [1, 'allow', 'read'],
      [2, 'refuse', 'write'],
      [3, 'refuse', 'ddl'],
      [4, 'refuse', 'read'],
      [5, 'refuse', 'read'],
      [6, 'refuse', 'read'],
      [7, 'allow', 'read'],
    ]);
    expect(verdicts.map(({ rule }) => rule)).toEqual([
      null,
      expect.any(String),
      expect.any(String),
      'syntax',
      'input',
      'syntax',
      null,
    ]);
    expect(verdicts[0]).toMatchObject({ rule: null, reason: null });
  });

  test.each([
    ['"a"', '"a"'],
    ['"\\u00e4\\n\\"]}"', '"ä\\n\\"]}"'],
    ['""', '""'],
    ['0', '0'],
    ['-12345678901234567890.10', '-12345678901234567890.10'],
    ['1E+400', '1E+400'],
    ['null', 'null'],
  ])('gives the id %s back as it was', async (id, told) => {
    const line = `{"x": {"id": 1, "y": ["id", 2]}, "\\u0069d" : ${id}, "sql": "select 1", "z": [{"id": 3}]}`;
    const { stdout } = await each(`${line}\n`);
    expect(stdout).toBe(
      `{"id":${told},"verdict":"allow","effect":"read","rule":null,"reason":null}\n`,
    );
  });

  test('skips blank lines, and takes CRLF, a byte order mark and no last line end', async () => {
    const { stdout, code } = await each(
      '\ufeff{"id":1,"sql":"select 1"}\r\n\r\n  \n{"id":2,"sql":"select 2"}',
    );
    expect(code).toBe(0);
    expect(lines(stdout).map(({ id }) => id)).toEqual([1, 2]);
    expect(await each('')).toMatchObject({ stdout: '', code: 0 });
  });

  test.each([
    ['is no JSON', 'nope', /line 3 of statements.jsonl is not JSON/],
    ['is no object', '"select 1"', /line 3 of statements.jsonl has no sql/],
    ['is null', 'null', /line 3 of statements.jsonl has no sql/],
    ['has no sql', '{"id": 3}', /line 3 of statements.jsonl has no sql/],
    ['has an sql that is no text', '{"id": 3, "sql": 3}', /line 3 of statements.jsonl has no sql/],
    [
      'has a list for an id',
      '{"id": [3], "sql": "select 3"}',
      /line 3 .* has an id that is neither/,
    ],
  ])(
    'ends with exit 2 at a line that %s, and keeps those before it',
    async (_what, line, message) => {
      const { stdout, stderr, code } = await each(
        `{"id":1,"sql":"select 1"}\n\n${line}\n{"id":4,"sql":"select 4"}\n`,
      );
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
      expect(lines(stdout).map(({ id }) => id)).toEqual([1]);
    },
  );

  test('refuses a line that is not UTF-8 by the rule input, and goes on', async () => {
    const broken = Buffer.concat([
      Buffer.from('{"id":1,"sql":"select \''),
      Buffer.from([0xc3]),
      Buffer.from('\'"}\n{"id":2,"sql":"select 2"}\n'),
    ]);
    const { stdout, code } = await each(broken);
    expect(code).toBe(0);
    expect(lines(stdout)).toMatchObject([
      { id: 1, verdict: 'refuse', rule: 'input' },
      { id: 2, verdict: 'allow' },
    ]);
  });

  test('judges every line as if it came alone', async () => {
    const spoilers = [
      'begin',
      'rollback',
      'select 1/0 from nope',
      'set transaction read write',
      "set search_path to ''",
      'prepare p as select 1',
      `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
      'selec',
      "select '\\'",
      'declare c cursor for select 1',
    ];
    const honest = 'select name from fruit';
    const statements = spoilers.flatMap((sql) => [sql, honest]);
    const { stdout, code } = await each(
      statements.map((sql, id) => JSON.stringify({ id, sql })).join('\n'),
    );
    expect(code).toBe(0);
    const verdicts = lines(stdout);
    expect(verdicts).toHaveLength(statements.length);
    for (const [i, sql] of statements.entries()) {
      if (sql === honest) expect(verdicts[i]).toMatchObject({ id: i, verdict: 'allow' });
    }
  });

  test('answers a line before the next one comes, over one connection', async () => {
    const { child, finished } = start(['sql', '--check', '--each', '-', ...db()], {
      on,
      stdin: { type: 'open' },
    });
    const sessions = new Set<string | undefined>();
    for (const sql of ['select 1', 'drop table fruit', 'select 2']) {
      child.stdin!.write(`${JSON.stringify({ id: sql, sql })}\n`);
      const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
      expect(JSON.parse(chunk.toString())).toMatchObject({ id: sql });
      sessions.add(
        await value(
          `select string_agg(pid::text, ' ') from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        ),
      );
    }
    child.stdin!.end();
    expect((await finished).code).toBe(0);
    expect([...sessions]).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  test('ends at once on a signal, though stdin stays open', async () => {
    const { child, finished } = start(['sql', '--check', '--each', '-', ...db()], {
      on,
      stdin: { type: 'open' },
    });
    child.stdin!.write('{"id":1,"sql":"select 1"}\n');
    await once(child.stdout!, 'data');
    const since = Date.now();
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 130, stderr: '' });
    expect(Date.now() - since).toBeLessThan(2000);
  });

  test('ends in silence with 141 when its reader goes away', async () => {
    const many = Array.from({ length: 50_000 }, (_, id) => `{"id":${id},"sql":"select ${id}"}`);
    const args = ['sql', '--check', '--each', file('many.jsonl', many.join('\n')), ...db()];
    const { child, finished } = start(args, { on });
    finished.catch(() => undefined);
    const talk: Buffer[] = [];
    child.stderr!.on('data', (chunk: Buffer) => talk.push(chunk));
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    expect({ code, talk: Buffer.concat(talk).toString() }).toEqual({ code: 141, talk: '' });
  });

  test('writes a file whole, or leaves the old one', async () => {
    const good = '{"id":1,"sql":"select 1"}\n';
    expect(await each(good, '-o', 'out.jsonl')).toMatchObject({ stdout: '', code: 0 });
    const before = readFileSync(join(on.home, 'out.jsonl'), 'utf8');
    expect(lines(before)).toMatchObject([{ id: 1, verdict: 'allow' }]);
    expect((await each(`${good}nope\n`, '-o', 'out.jsonl')).code).toBe(2);
    expect(readFileSync(join(on.home, 'out.jsonl'), 'utf8')).toBe(before);
  });

  test('takes no more memory for many lines than for few', async () => {
    const env = { NODE_OPTIONS: '--max-old-space-size=96' };
    const { child, finished } = start(['sql', '--check', '--each', '-', ...db()], {
      on,
      env,
      stdin: { type: 'open' },
      timeoutMs: 60_000,
    });
    // 200 MB of statements, which a heap of 96 MB can't hold.
    const line = Buffer.from(`{"id":"x","sql":"select '${'x'.repeat(100_000)}'"}\n`);
    for (let i = 0; i < 2000; i++) {
      if (!child.stdin!.write(line)) await once(child.stdin!, 'drain');
    }
    child.stdin!.end();
    const { stdout, code } = await finished;
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(2001);
  }, 90_000);
});
