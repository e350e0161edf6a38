/** `export_data`: a model names a statement and a file, sees no row of it, and writes nowhere but where it may. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { type Machine, machine, run } from '../support/program.js';
import { testDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let chat: ChatServer;
let on: Machine;
let cwd = '';

beforeAll(async () => {
  database = await testDatabase({
    sql: [
      `create table fruit (id int primary key, name text, price numeric);
       insert into fruit values (1, 'apple', 1.20), (2, 'pear', 0.80), (3, 'quince', null);
       create table many as select g as id from generate_series(1, 100000) g`,
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
  cwd = mkdtempSync(join(on.home, 'work-'));
});

const env = () => ({
  OPENAI_BASE_URL: chat.url,
  OPENAI_API_KEY: 'sk-planted-secret-key',
  PGASK_MODEL: 'test-model',
});
const pgask = (line: readonly string[], ...more: string[]) =>
  run([...line, '--db', database.url, '--session', 'none', ...more], { on, cwd, env: env() });
const ask = (request: string, ...more: string[]) => pgask([request], ...more);
const writes = (file: string, sql = 'table fruit order by id') => ({
  calls: [{ name: 'export_data', input: { sql, file } }],
});
const says = (text: string) => ({ calls: [{ name: 'answer', input: { text } }] });
/** What the model was told last. */
const told = () => String(chat.requests.at(-1)!.body.messages?.at(-1)?.['content']);
const names = () => readdirSync(cwd).sort();
const content = (name: string) => readFileSync(join(cwd, name), 'utf8');

describe('a model', () => {
  test('has a file written, is told its size and no value, and stdout stays empty', async () => {
    chat.reply(writes('fruit.csv'), says('all the fruit'));
    const { code, stdout, stderr } = await ask('export all fruit to fruit.csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^fruit\.csv: 3 rows, 49 bytes in .*\nall the fruit\n$/);
    expect(content('fruit.csv')).toBe('id,name,price\n1,apple,1.20\n2,pear,0.80\n3,quince,\n');
    expect(told()).toBe('wrote fruit.csv: 3 rows, 49 bytes');
    expect(JSON.stringify(chat.requests.slice(-2).map(({ body }) => body))).not.toMatch(
      /apple|pear|quince/,
    );
  });

  test('may export a query that it has tried, compressed, and several files in one turn', async () => {
    chat.reply(
      { calls: [{ name: 'query_database', input: { sql: 'select 1 as a' } }] },
      {
        calls: [
          { name: 'export_data', input: { query: 'q1', file: 'one.jsonl.gz' } },
          { name: 'export_data', input: { sql: 'select 2 as a', file: 'two.json' } },
        ],
      },
      says('two files'),
    );
    const { code, stdout } = await ask('x y', '-F', 'json');
    expect(code).toBe(0);
    expect(gunzipSync(readFileSync(join(cwd, 'one.jsonl.gz'))).toString()).toBe('{"a":1}\n');
    expect(content('two.json')).toBe('[{"a":2}]\n');
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { path: 'one.jsonl.gz', format: 'jsonl', compression: 'gzip', rowCount: 1 },
        { path: 'two.json', format: 'json', compression: null, rowCount: 1 },
      ],
    });
  });

  test('gives an object for programs, also inside of the envelope', async () => {
    chat.reply(writes('a.csv'), says('fruit'));
    const object = await ask('x y', '-F', 'csv');
    expect(JSON.parse(object.stdout)).toMatchObject({ path: 'a.csv', rowCount: 3, bytes: 49 });
    chat.reply(writes('b.csv'), says('fruit'));
    const envelope = await ask('x y', '--envelope');
    expect(JSON.parse(envelope.stdout)).toMatchObject({
      answer: 'fruit',
      sql: 'table fruit order by id',
      rows: null,
      rowCount: 3,
      file: { path: 'b.csv', rowCount: 3 },
      steps: 2,
    });
  });

  test('need not say anything more once the file is there', async () => {
    chat.reply(writes('a.csv'), { text: '' });
    const { code, stdout, stderr } = await ask('x y');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^a\.csv: 3 rows, [^\n]*\n$/);
    chat.reply(writes('b.csv'), { text: 'It is in b.csv.' });
    expect(await ask('x y')).toMatchObject({ code: 0, stdout: '' });
  });

  test('prints rows as ever where it answers with rows after all', async () => {
    chat.reply(writes('a.csv'), {
      calls: [
        { name: 'answer', input: { sql: 'select count(*) as n from fruit', text: 'so many' } },
      ],
    });
    const { code, stdout } = await ask('x y', '-F', 'csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'n\n3\n' });
    expect(names()).toEqual(['a.csv']);
  });

  test.each([
    '/etc/pgask-test.csv',
    '../x.csv',
    'sub/../../x.csv',
    '~/x.csv',
    '.hidden.csv',
    '.git/x.csv',
    'out/x.csv',
    'old.csv',
    'x',
    'x.sh',
    'x.csv.exe',
    'x\n.csv',
    'x\0.csv',
    '-x.csv',
    'nowhere/x.csv',
    ' ',
  ])('is told why %j is no place, and can name another', async (file) => {
    const elsewhere = mkdtempSync(join(on.home, 'elsewhere-'));
    writeFileSync(join(cwd, 'old.csv'), 'old');
    mkdirSync(join(cwd, 'sub'));
    mkdirSync(join(cwd, '.git'));
    symlinkSync(elsewhere, join(cwd, 'out'));
    const before = names();
    chat.reply(writes(file), writes('sub/good.csv'), says('done'));
    const { code } = await ask('x y');
    expect(code).toBe(0);
    const [, second] = chat.requests.slice(-3);
    const observed = String(second!.body.messages?.at(-1)?.['content']);
    expect(observed).toMatch(/^error:/);
    expect(observed).toMatch(/the path |does not fit/);
    expect(names()).toEqual(before);
    expect(content('old.csv')).toBe('old');
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readdirSync(join(cwd, 'sub'))).toEqual(['good.csv']);
  });

  test('does not replace what it has written itself', async () => {
    chat.reply(
      { calls: [writes('a.csv').calls[0]!, writes('a.csv', 'select 2').calls[0]!] },
      says('done'),
    );
    expect((await ask('x y')).code).toBe(0);
    expect(told()).toMatch(/names a file that exists/);
    expect(content('a.csv')).toMatch(/apple/);
  });

  test('writes twenty files in a turn, and is told that this is enough', async () => {
    const calls = Array.from({ length: 22 }, (_, i) => ({
      name: 'export_data',
      input: { sql: 'select 1 as a', file: `f${i + 1}.csv` },
    }));
    chat.reply({ calls }, says('done'));
    expect((await ask('x y')).code).toBe(0);
    expect(told()).toMatch(/20 files are written, and no more/);
    expect(names()).toHaveLength(20);
  });

  test.each([
    ['--max-rows', '10'],
    ['--max-bytes', '100'],
  ])('can not go beyond %s: exit 6, and there is no file', async (flag, value) => {
    chat.reply(writes('m.csv', 'table many'));
    const { code, stdout, stderr } = await ask('x y', flag, value);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(new RegExp(`cut after \\d+ rows by ${flag}`));
    expect(names()).toEqual([]);
  });

  test('can raise no limit: there is no such input', async () => {
    const input = { sql: 'table many', file: 'm.csv', maxRows: 1_000_000, max_rows: 1_000_000 };
    chat.reply({ calls: [{ name: 'export_data', input }] }, says('no'));
    await ask('x y', '--max-rows', '10', '-F', 'table');
    expect(told()).toMatch(/does not fit.*maxRows/s);
    expect(names()).toEqual([]);
  });

  test('is refused a change, as anywhere', async () => {
    chat.reply(writes('x.csv', 'delete from fruit returning *'));
    expect((await ask('x y')).code).toBe(3);
    expect(names()).toEqual([]);
  });

  test('mends a statement that fails before its first row; nothing is left of it', async () => {
    chat.reply(writes('x.csv', 'select nam from fruit'), writes('x.csv'), says('done'));
    expect((await ask('x y')).code).toBe(0);
    expect(names()).toEqual(['x.csv']);
    expect(content('x.csv')).toMatch(/apple/);
  });

  test('ends with a statement that fails later: exit 1, and no file', async () => {
    chat.reply(writes('x.csv', 'select 1 / (90000 - id) from many'));
    expect((await ask('x y')).code).toBe(1);
    expect(names()).toEqual([]);
  });

  test('has no such tool where the person has named the file, or wants the statement alone', async () => {
    for (const flags of [['-o', 'mine.csv', '-F', 'csv'], ['--sql-only']]) {
      chat.reply({ calls: [{ name: 'answer', input: { sql: 'select 1 as a' } }] });
      expect((await ask('x y', ...flags)).code).toBe(0);
      const tools = chat.requests.at(-1)!.body.tools?.map((tool) => tool.function.name);
      expect(tools).not.toContain('export_data');
      expect(tools).toContain('answer');
    }
    expect(names()).toEqual(['mine.csv']);
  });

  test('is followed by a request that refers to what was exported', async () => {
    const turn = (request: string) =>
      run([request, '--db', database.url, '--session', 'follow'], { on, cwd, env: env() });
    chat.reply(writes('fruit.csv'), says('all the fruit'));
    await turn('export all fruit to fruit.csv');
    chat.reply({ calls: [{ name: 'answer', input: { sql: 'select 1 as a', text: 'dear' } }] });
    await turn('only the dear ones');
    const messages = JSON.stringify(chat.requests.at(-1)!.body.messages);
    expect(messages).toContain('table fruit order by id');
    expect(messages).toContain('delivered 3 rows');
    expect(messages).not.toMatch(/apple|quince/);
  });
});

describe('`pgask export` with a model', () => {
  const exported = (request: string, ...more: string[]) => pgask(['export', request], ...more);

  test('writes the rows of the answer, which the model does not see', async () => {
    chat.reply({
      calls: [{ name: 'answer', input: { sql: 'table fruit order by id', text: 'all fruit' } }],
    });
    const { code, stdout, stderr } = await exported('all fruit', '-o', 'fruit.csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^fruit\.csv: 3 rows, 49 bytes in .*\nall fruit\n$/);
    expect(content('fruit.csv')).toMatch(/^id,name,price\n1,apple/);
    expect(JSON.stringify(chat.requests.at(-1)!.body)).not.toMatch(/apple/);
  });

  test('does not ask it where the file can not be written', async () => {
    const asked = chat.requests.length;
    const { code } = await exported('all fruit', '-o', 'no/such/fruit.csv');
    expect(code).toBe(1);
    expect(chat.requests.length).toBe(asked);
  });

  test('does not ask it about SQL', async () => {
    const asked = chat.requests.length;
    expect((await exported('table fruit', '-o', 'a.csv')).code).toBe(0);
    // What is no statement is a request, slips of typing included; the offline planner says what it can't read.
    const request = (words: string) => exported(words, '-o', 'b.csv', '--model', 'offline');
    expect((await request('selec name from fruit')).code).toBe(0);
    expect((await request('selec wheels from fruit')).code).toBe(7);
    expect((await exported('select name form fruit x', '-o', 'b.csv')).code).toBe(1);
    expect(chat.requests.length).toBe(asked);
  });

  test('has words on stderr, exit 7 and the old file where the answer is no rows', async () => {
    writeFileSync(join(cwd, 'x.csv'), 'old');
    chat.reply(says('there is no such thing'));
    const { code, stdout, stderr } = await exported('the weather', '-o', 'x.csv');
    expect({ code, stdout, stderr }).toEqual({
      code: 7,
      stdout: '',
      stderr: 'there is no such thing\n',
    });
    expect(content('x.csv')).toBe('old');
    expect(names()).toEqual(['x.csv']);
  });

  test('gives the whole envelope of the turn', async () => {
    chat.reply({
      calls: [{ name: 'answer', input: { sql: 'table fruit order by id', text: 'all fruit' } }],
    });
    const { stdout } = await exported('all fruit', '-o', 'fruit.csv.gz', '--envelope');
    expect(JSON.parse(stdout)).toMatchObject({
      answer: 'all fruit',
      sql: 'table fruit order by id',
      rows: null,
      rowCount: 3,
      file: { path: 'fruit.csv.gz', format: 'csv', compression: 'gzip', uncompressedBytes: 49 },
      steps: 1,
    });
  });
});
