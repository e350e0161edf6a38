import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startChatServer, type ChatServer } from './support/chat-server.js';
import { type Machine, machine, run } from './support/program.js';
import { testDatabase, type TestDatabase } from './support/server.js';

let database: TestDatabase;
let chat: ChatServer;
let on: Machine;

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table fruit (id int primary key, name text, price numeric);
       insert into fruit values (1, 'apple', 1.20), (2, 'pear', 0.80), (3, 'quince', null)`,
    ],
  });
  chat = await startChatServer();
  on = machine();
}, 60_000);
afterAll(async () => {
  on.remove();
  await chat.close();
  await database.drop();
});
beforeEach(() => {
  expect(chat.waiting()).toBe(0);
});

const db = () => ['--db', database.url];
const sql = (text: string, ...more: string[]) => run(['sql', text, ...db(), ...more], { on });
/** With the model behind the HTTP server, and no session unless one is named. */
const ask = (request: string, ...more: string[]) =>
  run([request, ...db(), '--session', 'none', ...more], { on, env: modelEnv() });
const modelEnv = () => ({
  OPENAI_BASE_URL: chat.url,
  OPENAI_API_KEY: 'sk-planted-secret-key',
  PGASK_MODEL: 'test-model',
});
const answers = (text: string, statement: string) =>
  chat.reply({ calls: [{ name: 'answer', input: { sql: statement, text } }] });

describe('pgask with a model', () => {
  test('prints the rows on stdout and the sentence on stderr', async () => {
    answers('the fruit we have', 'select name from fruit order by id');
    const { stdout, stderr, code } = await ask('what fruit is there?', '-F', 'csv');
    expect({ stdout, stderr, code }).toEqual({
      stdout: 'name\napple\npear\nquince\n',
      stderr: 'the fruit we have\n',
      code: 0,
    });
    const request = chat.requests.at(-1)!;
    expect(request.headers['authorization']).toBe('Bearer sk-planted-secret-key');
    expect(request.body.model).toBe('test-model');
    expect(request.body.tools?.map((tool) => tool.function.name)).toEqual([
      'answer',
      'export_data',
      'find_values',
      'get_schema',
      'query_database',
      'run_ddl',
      'run_dml',
    ]);
    const system = String(request.body.messages?.[0]?.['content']);
    expect(system).toContain('create table fruit (');
    expect(system).toMatch(/today: \d{4}-\d\d-\d\d$/);
    expect(system).not.toContain('apple');
  });

  test('is quiet when asked to, and shows the statement when asked to', async () => {
    answers('fruit', 'select 1 as a');
    expect((await ask('x y', '-q', '-F', 'csv')).stderr).toBe('');
    answers('fruit', 'select 1 as a');
    expect((await ask('x y', '--show-sql', '-F', 'csv')).stderr).toBe('select 1 as a\nfruit\n');
    answers('fruit', 'select 1 as a');
    const only = await ask('x y', '--sql-only');
    expect(only.stdout).toBe('select 1 as a;\n');
  });

  test('gives words as words, as JSON, and not at all where rows are wanted', async () => {
    const words = { text: 'There is nothing of that kind.' };
    chat.reply(words, words, words);
    expect(await ask('why is that')).toMatchObject({ stdout: `${words.text}\n`, code: 0 });
    expect(await ask('why is that', '-F', 'json')).toMatchObject({
      stdout: `${JSON.stringify({ answer: words.text })}\n`,
      code: 0,
    });
    expect(await ask('why is that', '-F', 'csv')).toMatchObject({
      stdout: '',
      stderr: `${words.text}\n`,
      code: 7,
    });
  });

  test('answers with an envelope, whose members scripts can rely on', async () => {
    answers('one', 'select 1 as a');
    const { stdout } = await ask('x y', '--envelope');
    expect(Object.keys(JSON.parse(stdout) as object).sort()).toEqual(
      [
        'answer',
        'columns',
        'database',
        'durationMs',
        'rowCount',
        'rows',
        'session',
        'sql',
        'steps',
        'truncated',
        'usage',
      ].sort(),
    );
    chat.reply({ text: 'words' });
    expect(JSON.parse((await ask('x y', '--envelope')).stdout)).toMatchObject({
      answer: 'words',
      rows: null,
    });
  });

  test('refuses a write that the model wants, with exit 3, and changes nothing', async () => {
    answers('gone', 'delete from fruit');
    const { code, stdout, stderr } = await ask('delete all fruit');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/refused: DELETE of fruit has no condition/);
    expect((await sql('select count(*) as n from fruit', '-F', 'csv')).stdout).toBe('n\n3\n');
  });

  test('--sql-only prints no statement that would be refused, and lets the model mend its syntax', async () => {
    answers('gone', 'delete from fruit');
    const refused = await ask('delete all fruit', '--sql-only');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(/refused: DELETE of fruit has no condition[\s\S]*\nrule: /);
    answers('fruit', 'selec name from fruit');
    answers('fruit', 'select name from fruit');
    expect(await ask('all fruit', '--sql-only')).toMatchObject({
      code: 0,
      stdout: 'select name from fruit;\n',
    });
  });

  test.each([
    ['a wrong key', { status: 401 }, /key/],
    ['an unknown model', { status: 404 }, /test-model/],
    [
      'a page instead of an answer',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' },
      /JSON|page/,
    ],
  ])('exits 4 on %s, and keeps the key to itself', async (_name, reply, message) => {
    chat.reply(reply);
    const { code, stdout, stderr } = await ask('x y');
    expect({ code, stdout, stderr }).toEqual({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
    expect(stderr).not.toContain('planted-secret');
  });

  test('exits 4 when the model is not there, and says where it looked', async () => {
    const env = { ...modelEnv(), OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', PGASK_MAX_RETRIES: '0' };
    const { code, stderr } = await run(['x y', ...db(), '-s', 'none'], { on, env });
    expect(code).toBe(4);
    expect(stderr).toMatch(/127\.0\.0\.1:1/);
  });

  test('tries again after an error that passes', async () => {
    chat.reply({ status: 500, headers: { 'retry-after-ms': '10' }, body: '<h1>oops</h1>' });
    answers('one', 'select 1 as a');
    expect(await ask('x y', '-F', 'csv')).toMatchObject({ stdout: 'a\n1\n', code: 0 });
  });

  test('stops at a limit with exit 6', async () => {
    chat.reply(
      ...[1, 2].map((n) => ({
        calls: [{ name: 'query_database', input: { sql: `select ${n}` } }],
      })),
    );
    const { code, stderr } = await ask('x y', '--max-steps', '2');
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringMatching(/2 steps/) });
  });

  test('shows no rows, only a marked preview, to the model', async () => {
    chat.reply({ calls: [{ name: 'query_database', input: { sql: 'table fruit' } }] });
    answers('fruit', 'table fruit');
    await ask('x y', '-F', 'csv');
    const shown = String(chat.requests.at(-1)!.body.messages?.at(-1)?.['content']);
    expect(shown).toMatch(/<data-[0-9a-f]{16}>[\s\S]*apple[\s\S]*<\/data-/);
  });

  test('continues a session, says so, and forgets it when told to', async () => {
    const own = machine();
    const turn = (request: string, ...more: string[]) =>
      run([request, ...db(), '-F', 'csv', ...more], { on: own, env: modelEnv() });
    answers('all fruit', 'select name from fruit order by id');
    expect((await turn('all fruit')).stderr).toBe('all fruit\n');
    answers('dear', 'select name from fruit where price > 1');
    const second = await turn('only the dear ones');
    expect(second.stdout).toBe('name\napple\n');
    expect(second.stderr).toMatch(/^continuing the session of .*1 turn; --new starts over\n/);
    const told = JSON.stringify(chat.requests.at(-1)!.body.messages);
    expect(told).toContain('all fruit');
    expect(told).toContain('select name from fruit order by id');
    expect(told).not.toContain('quince');
    answers('new', 'select 1 as a');
    expect((await turn('something else', '--new')).stderr).toBe('new\n');
    answers('none', 'select 1 as a');
    expect((await turn('something else', '--session', 'none')).stderr).toBe('none\n');
    const files = readdirSync(join(own.home, 'state', 'pgask', 'sessions'));
    for (const file of files) {
      const path = join(own.home, 'state', 'pgask', 'sessions', file);
      if (!statSync(path).isFile()) continue;
      expect(statSync(path).mode & 0o077).toBe(0);
      const text = readFileSync(path, 'utf8');
      expect(text).not.toMatch(/apple|quince|planted-secret/);
    }
    const list = await run(['sessions', 'list', '-F', 'jsonl'], { on: own });
    expect(list.stdout).toContain('something else');
    own.remove();
  });
});
