import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { type Machine, machine, noTerminal, run, runInTerminal } from './support/program.js';
import { testDatabase, type TestDatabase } from './support/server.js';

let database: TestDatabase;
let chat: ChatServer;
let on: Machine;
let cwd: string;

beforeAll(async () => {
  database = await testDatabase({ sql: ["create table fruit as select 'apple' as name"] });
  chat = await startChatServer();
}, 60_000);
afterAll(async () => {
  await chat.close();
  await database.drop();
});
beforeEach(() => {
  on = machine();
  cwd = join(on.home, 'repository');
  mkdirSync(join(cwd, '.git'), { recursive: true });
});
afterEach(() => {
  on.remove();
});

const write = (name: string, content: object | string) =>
  writeFileSync(
    join(cwd, name),
    typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    { mode: 0o600 },
  );
const shop = () => write('agent.config.json', { databases: { shop: { url: database.url } } });
const pgask = (...args: string[]) => run(args, { on, cwd });
const SQL = ['sql', 'select name from fruit', '-F', 'csv'];

describe('in a directory that is not trusted', () => {
  test.each([
    ['sql', 'select 1'],
    ['schema'],
    ['values', 'apple'],
    ['how many fruit'],
    ['db', 'test', 'shop'],
    ['sql', 'select 1', '--db', 'sample'],
    ['how many customers', '--model', 'offline', '--db', 'sample'],
  ])('%s %s: exit 3, and says what to do', async (...args) => {
    shop();
    const { code, stdout, stderr } = await pgask(...args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(
      'pgask: agent.config.json is not trusted, and would decide\n  agent.config.json:4: databases.shop.url = postgres://',
    );
    expect(stderr).toMatch(
      /\nhint: read it; if it is yours to trust: pgask config trust, or name the file: --config agent\.config\.json\n$/,
    );
  });

  test('scripts are told in JSON', async () => {
    write('.env', `PGHOST=/tmp\nPGPASSWORD=hunter2`);
    const { code, stderr } = await pgask('sql', 'select 1', '--errors', 'json');
    expect(code).toBe(3);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'untrusted', exit: 3, hint: expect.stringMatching(/: pgask config trust$/) },
    });
    expect(stderr).not.toContain('hunter2');
  });

  test('what needs neither database nor model works, and shows it', async () => {
    shop();
    for (const args of [
      ['--help'],
      ['config'],
      ['db', 'list'],
      ['sessions', 'list'],
      ['sessions'],
    ]) {
      expect(await pgask(...args)).toMatchObject({ code: 0 });
    }
    const config = await pgask('config', '-F', 'jsonl');
    expect(config.stdout).toContain('"agent.config.json:4 (not trusted)"');
    expect(config.stderr).toMatch(/agent\.config\.json is not trusted/);
    expect((await pgask('db', 'list')).stdout).toMatch(/shop.*\(not trusted\)/);
  });

  test('nothing reaches the model, nor its key the endpoint of the directory', async () => {
    write('agent.config.json', { model: { baseURL: chat.url, model: 'm' } });
    const before = chat.opened();
    const env = { OPENAI_API_KEY: 'sk-mine-1234567' };
    const { code } = await run(['how many customers'], { on, cwd, env });
    expect({ code, opened: chat.opened() }).toEqual({ code: 3, opened: before });
    expect(await pgask('config', 'trust')).toMatchObject({ code: 0 });
    chat.reply({ text: 'many' });
    const trusted = await run(['how many customers'], { on, cwd, env });
    expect(trusted).toMatchObject({ code: 0, stdout: 'many\n' });
    expect(chat.requests.at(-1)!.headers['authorization']).toBe('Bearer sk-mine-1234567');
  });

  test('harmless files need no trust', async () => {
    write('agent.config.json', {
      format: 'csv',
      databases: { sample: { embedded: true, comment: 'x' } },
      limits: { maxRows: 5 },
      session: { enabled: false },
    });
    write('.env', 'PGASK_MAX_STEPS=3\nDATABASE_URL=postgres://u:p@h/d\n');
    const { stdout, code } = await pgask('sql', 'select 1 as a');
    expect({ stdout, code }).toEqual({ stdout: 'a\n1\n', code: 0 });
  });

  test('what a hostile file says is shown as what it is', async () => {
    write('agent.config.json', {
      databases: {
        shop: { host: 'a\u001b]0;owned\u0007\u202e\u{e0041}\u200b\nhint: all is well' },
      },
    });
    const { stderr } = await pgask('sql', 'select 1');
    expect(stderr).toContain('a\\x1b]0;owned\\x07\\u202e\\u{e0041}\\u200b\\nhint: all');
    expect(stderr).not.toMatch(/^hint: all is well/m);
    const json = await pgask('sql', 'select 1', '--errors', 'json');
    expect(json.stderr).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(json.stderr)).toMatchObject({
      error: { message: expect.stringContaining('\u202e\u{e0041}\u200b') },
    });
  });
});

describe('pgask config trust', () => {
  test('shows what the files decide, and lets it count until they change', async () => {
    shop();
    write('.env', 'PGAPPNAME=x\nPGUSER=postgres');
    const trust = await pgask('config', 'trust', '-F', 'csv');
    expect(trust.code).toBe(0);
    expect(trust.stdout).toMatch(
      /^file,key,value\nagent\.config\.json:4,databases\.shop\.url,postgres:\S+\n\.env,PGUSER,postgres\n$/,
    );
    expect((await pgask(...SQL)).stdout).toBe('name\napple\n');
    write('.env', 'PGAPPNAME=x\nPGUSER=postgre');
    const changed = await pgask(...SQL);
    expect(changed.code).toBe(3);
    expect(changed.stderr).toMatch(/^pgask: \.env is not trusted/);
    expect(statSync(join(on.home, 'state/pgask/trusted.json')).mode & 0o777).toBe(0o600);
  });

  test('can be taken back, also where the file is gone', async () => {
    shop();
    await pgask('config', 'trust');
    const back = await pgask('config', 'distrust');
    expect(back).toMatchObject({ code: 0, stderr: expect.stringMatching(/no longer trusted/) });
    expect((await pgask(...SQL)).code).toBe(3);
    await pgask('config', 'trust', 'agent.config.json');
    rmSync(join(cwd, 'agent.config.json'));
    expect((await pgask('config', 'distrust', 'agent.config.json')).stderr).toMatch(/no longer/);
    shop();
    expect((await pgask(...SQL)).code).toBe(3);
  });

  test('is of one file where one is named, elsewhere too', async () => {
    shop();
    write('.env', 'PGUSER=postgres');
    const path = join(cwd, 'agent.config.json');
    expect(await run(['config', 'trust', path], { on, cwd: on.home })).toMatchObject({ code: 0 });
    expect((await pgask(...SQL)).stderr).toMatch(/^pgask: \.env is not trusted/);
  });

  test.each([
    [['config', 'trust'], /no configuration or \.env file here/],
    [['config', 'trust', 'other.json'], /other\.json is no configuration file/],
    [['config', 'show', 'x'], /config show takes no file/],
    [['config', 'turst'], /did you mean trust\?/],
  ])('%j is a usage error', async (args, message) => {
    expect(await pgask(...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('a file that needs none is said to need none', async () => {
    write('agent.config.json', { format: 'csv' });
    const { code, stderr } = await pgask('config', 'trust');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/needs no trust\n$/),
    });
  });
});

describe('pgask db add', () => {
  const add = (name: string) => pgask('db', 'add', name, database.url);

  test('writes what it trusts, where the file was harmless or trusted', async () => {
    write('agent.config.json', { format: 'csv' });
    expect(await add('shop')).toMatchObject({ code: 0 });
    expect((await pgask(...SQL)).stdout).toBe('name\napple\n');
    expect(await add('other')).toMatchObject({ code: 0 });
    expect((await pgask(...SQL, '--db', 'other')).stdout).toBe('name\napple\n');
    expect(await pgask('db', 'remove', 'other')).toMatchObject({ code: 0 });
    expect((await pgask(...SQL)).stdout).toBe('name\napple\n');
  });

  test('gives no trust to what somebody else wrote', async () => {
    shop();
    expect(await add('other')).toMatchObject({ code: 0 });
    expect((await pgask(...SQL, '--db', 'other')).code).toBe(3);
  });

  test('writes the user’s own file where the directory has none', async () => {
    expect(await add('shop')).toMatchObject({ code: 0 });
    expect((await pgask(...SQL)).stdout).toBe('name\napple\n');
  });
});

test('--config is trust: as CI does it', async () => {
  shop();
  const { stdout, code } = await pgask(...SQL, '--config', 'agent.config.json');
  expect({ stdout, code }).toEqual({ stdout: 'name\napple\n', code: 0 });
});

test('a pipe or a link to nowhere in the place of a file ends the run with a sentence', async () => {
  symlinkSync('.env', join(cwd, '.env'));
  expect(await pgask('sql', 'select 1')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/\.env: cannot be read: ELOOP\nhint: /),
  });
});

describe('at a terminal', () => {
  const at = noTerminal() === undefined ? test : test.skip;
  const inTerminal = (type: string, ...args: string[]) => runInTerminal(args, { on, cwd, type });

  at('asks once, and shows what the file would do', async () => {
    shop();
    const asked = await inTerminal('y\n', ...SQL);
    const shown = asked.stdout.replaceAll('\r', '');
    expect(shown).toContain(
      'is not trusted yet, and would decide\n  agent.config.json:4: databases',
    );
    expect(shown).toContain('Trust this, until it changes? [y/N] ');
    expect(shown).toMatch(/name\napple\n$/);
    expect(asked.code).toBe(0);
    const again = await inTerminal('', ...SQL);
    expect(again.stdout.replaceAll('\r', '')).toBe('name\napple\n');
  });

  at.each(['n\n', '\n', 'yup\n', '\x04'])('%j is no', async (answer) => {
    shop();
    const { code, stdout } = await inTerminal(answer, ...SQL);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: expect.stringMatching(/is not trusted, and/),
    });
    expect((await pgask(...SQL)).code).toBe(3);
    expect(() => readFileSync(join(on.home, 'state/pgask/trusted.json'))).toThrow(/ENOENT/);
  });
});
