/** A planted secret is looked for in everything that the program says, writes, sends and shows of itself. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { type Finished, type Machine, machine, run, start } from './support/program.js';
import {
  testDatabase,
  type TestDatabase,
  testRole,
  type TestRole,
  testServer,
  type TestServer,
} from './support/server.js';

/** With everything in it that some spelling changes. */
const PASSWORD = `QZX7p@ss/w'r:d%20\\QZX8`;
const KEY = 'sk-QZX9planted-4fT0aW2m';
/** Parts of them that nothing else holds, in whatever spelling. */
const SHOWS = /QZX|%51%5a%58|p@ss|p%40ss|planted|4fT0aW2m|UVpYN/i;

let server: TestServer;
let database: TestDatabase;
let role: TestRole;
let chat: ChatServer;
let on: Machine;

beforeAll(async () => {
  server = await testServer();
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  database = await testDatabase({
    sql: [
      `create table vault as select ${literal(PASSWORD)} as secret, ${literal(KEY)} as key,
         'postgres://me:QZX7other@h/d' as url`,
      'grant select on vault to public',
    ],
  });
  role = await testRole({ auth: 'scram', password: PASSWORD });
  chat = await startChatServer();
}, 60_000);
afterAll(async () => {
  await chat.close();
  await database.drop();
  await role.drop();
});
beforeEach(() => {
  on = machine();
  expect(chat.waiting()).toBe(0);
});

const parts = () => ({
  host: server.host,
  port: server.port,
  user: role.name,
  database: database.name,
});
const url = (password: string) =>
  `postgres://${role.name}:${password}@${server.host}:${server.port}/${database.name}`;
const keyValues = (password: string) =>
  `host=${server.host} port=${server.port} user=${role.name} dbname=${database.name} password='${password.replace(/['\\]/g, '\\$&')}'`;
const everyByte = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(on.home, path)), { recursive: true });
  writeFileSync(join(on.home, path), text, { mode: 0o600 });
}

interface Way {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Every way in which a password can be given; what it takes is written where the user would. */
const WAYS: readonly [string, (password: string) => Way][] = [
  ['a URL', (password) => ({ args: ['--db', url(encodeURIComponent(password))] })],
  ['a URL of escapes', (password) => ({ args: ['--db', url(everyByte(password))] })],
  ['a keyword string', (password) => ({ args: [`--db=${keyValues(password)}`] })],
  [
    'a variable with a URL',
    (password) => ({ env: { PGASK_DB: url(encodeURIComponent(password)) } }),
  ],
  [
    'PGPASSWORD',
    (password) => ({ args: ['--db', url('').replace(':@', '@')], env: { PGPASSWORD: password } }),
  ],
  [
    'a password file',
    (password) => {
      write('.pgpass', `*:*:*:*:${password.replace(/[:\\]/g, '\\$&')}\n`);
      return { args: ['--db', url('').replace(':@', '@')] };
    },
  ],
  [
    'a service file',
    (password) => {
      const { host, port, user, database: dbname } = parts();
      const lines = Object.entries({ host, port, user, dbname, password });
      write('.pg_service.conf', `[shop]\n${lines.map(([k, v]) => `${k}=${v}`).join('\n')}\n`);
      return { args: ['--db', 'service=shop'] };
    },
  ],
  [
    'the configuration',
    (password) => {
      write(
        'config/pgask/agent.config.json',
        JSON.stringify({ databases: { shop: { ...parts(), password } } }),
      );
      return {};
    },
  ],
  [
    'a variable that the configuration names',
    (password) => {
      const shop = { ...parts(), passwordEnv: 'SHOP_PW' };
      write('config/pgask/agent.config.json', JSON.stringify({ databases: { shop } }));
      return { env: { SHOP_PW: password } };
    },
  ],
];

/** The files of the machine but those where the secret was planted. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, string] => [entry.name, join(entry.parentPath, entry.name)])
    .filter(([name]) => !['.pgpass', '.pg_service.conf', 'agent.config.json'].includes(name))
    .map(([name, path]) => [name, readFileSync(path, 'latin1')]);
}

function expectSilence(args: readonly string[], { stdout, stderr }: Finished): void {
  const where = [['stdout', stdout], ['stderr', stderr], ...filesOf(on.home)].filter(([, text]) =>
    SHOWS.test(text!),
  );
  expect({ args: args.map((arg) => arg.replace(SHOWS, '…')), where }).toEqual({
    args: expect.anything(),
    where: [],
  });
}

const CAST = 'select secret::int from vault';

describe.each(WAYS)('a password given by %s', (_name, way) => {
  const commands: [exit: number, args: string[]][] = [
    [0, ['sql', 'select 1 as a', '--verbose', '--show-sql']],
    [0, ['sql', 'select 1 as a', '--envelope', '-o', 'out.json']],
    [1, ['sql', CAST, '--debug']],
    [1, ['sql', CAST, '--errors', 'json', '--debug', '--verbose']],
    [1, ['sql', `select '${PASSWORD.replace(/'/g, "''")}'::int`, '--verbose']],
    [1, ['sql', `select '${PASSWORD.replace(/'/g, "''")}'::int`, '--errors', 'json']],
    [0, ['db', 'test', '-F', 'json']],
    [0, ['db', 'list']],
    [0, ['config', '--verbose']],
    [0, ['schema', 'vault']],
  ];

  test('is in nothing that is said or written', async () => {
    const { args = [], env = {} } = way(PASSWORD);
    for (const [exit, words] of commands) {
      const finished = await run([...words, ...args], { on, env });
      expectSilence(words, finished);
      expect({ words, code: finished.code, stderr: finished.stderr }).toMatchObject({
        words,
        code: exit,
      });
    }
  });

  test('is in no complaint that it is wrong', async () => {
    const { args = [], env = {} } = way(`QZX7wrong'${PASSWORD}`);
    for (const more of [['--debug'], ['--errors', 'json']]) {
      const finished = await run(['sql', 'select 1', ...args, ...more], { on, env });
      expectSilence(more, finished);
      expect({ code: finished.code, stderr: finished.stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/password authentication failed/),
      });
    }
  });

  test('is not sent to a model that is somewhere else, nor kept in a session', async () => {
    const { args = [], env = {} } = way(PASSWORD);
    const model = { OPENAI_BASE_URL: chat.url, OPENAI_API_KEY: KEY, OPENAI_MODEL: 'm' };
    chat.reply(
      { calls: [{ name: 'query_database', input: { sql: 'table vault' } }] },
      { calls: [{ name: 'query_database', input: { sql: CAST } }] },
      { calls: [{ name: 'find_values', input: { words: [PASSWORD] } }] },
      { calls: [{ name: 'answer', input: { sql: 'select 1 as a', text: `it is ${PASSWORD}` } }] },
    );
    const words = [`is it ${PASSWORD}?`, '--verbose'];
    const finished = await run([...words, ...args], { on, env: { ...env, ...model } });
    expect(finished).toMatchObject({ code: 0 });
    expectSilence(words, finished);
    // What the model itself has sent is no news to it.
    const sent = chat.requests
      .slice(-4)
      .map(({ body }) =>
        JSON.stringify(body.messages?.filter(({ role: by }) => by !== 'assistant')),
      );
    expect(sent.filter((text) => /QZX7p|QZX9|p@ss|QZX7other/.test(text))).toEqual([]);
    for (const args2 of [
      ['sessions', 'list'],
      ['sessions', 'list', '-F', 'json'],
    ]) {
      expectSilence(args2, await run(args2, { on }));
    }
    expect(filesOf(join(on.home, 'state')).length).toBeGreaterThan(0);
  });
});

describe('a key', () => {
  const ask = (words: string[], env: Record<string, string> = {}) =>
    run([...words, '--db', server.url(database.name)], {
      on,
      env: {
        OPENAI_BASE_URL: chat.url,
        OPENAI_API_KEY: KEY,
        OPENAI_MODEL: 'm',
        PGASK_MAX_RETRIES: '1',
        ...env,
      },
    });

  test.each([
    ['a refusal', { status: 401, body: { error: { message: `Incorrect key: ${KEY}` } } }, 4],
    [
      'a half-masked refusal',
      { status: 401, body: { error: { message: 'key sk-QZX9***aW2m' } } },
      4,
    ],
    ['a bad request', { status: 400, body: `your header was Authorization: Bearer ${KEY}` }, 4],
    ['a redirect', { status: 302, headers: { location: `http://h/?k=${KEY}` } }, 4],
    ['an error in the stream', { finish: null, error: { message: KEY } }, 4],
    ['words', { text: `your key is ${KEY}` }, 0],
    ['the text of an answer', { calls: [{ name: 'answer', input: { text: `key ${KEY}` } }] }, 0],
    [
      'a statement',
      { calls: [{ name: 'answer', input: { sql: `select '${KEY}' as a`, text: '' } }] },
      0,
    ],
    [
      'a statement that fails',
      { calls: [{ name: 'answer', input: { sql: `select '${KEY}'::int` } }] },
      4,
    ],
    ['a tool that there is not', { calls: [{ name: KEY, input: {} }] }, 4],
  ])('that the endpoint echoes in %s is not told', async (_name, reply, code) => {
    for (const more of [
      ['--verbose', '--debug'],
      ['--errors', 'json'],
      ['--envelope'],
      ['-F', 'json'],
    ]) {
      chat.always({ status: 403, body: { error: { message: `no more for ${KEY}` } } });
      const retried = 'error' in reply ? [reply, reply] : [reply];
      chat.reply(...retried);
      const finished = await ask(['what is my key', ...more]);
      expectSilence(more, finished);
      expect({ more, code: finished.code }).toEqual({ more, code });
      expect(chat.waiting()).toBe(0);
    }
    const listed = await run(['sessions', 'list', '-F', 'json'], { on });
    expectSilence(['sessions'], listed);
  });

  test('that the database holds is not told by its errors', async () => {
    const finished = await ask([
      'sql',
      'select key::int from vault',
      '--errors',
      'json',
      '--debug',
    ]);
    expectSilence([], finished);
    expect(finished.code).toBe(1);
  });

  test('in a base URL is masked', async () => {
    const env = {
      OPENAI_BASE_URL: `http://${KEY}@127.0.0.1:1/v1?token=${KEY}`,
      OPENAI_API_KEY: '',
    };
    for (const words of [
      ['x y', '--debug'],
      ['x y', '--errors', 'json'],
      ['config', '-F', 'json'],
    ]) {
      expectSilence(words, await ask(words, env));
    }
  });
});

describe('mistakes on the command line', () => {
  test.each([
    ['sql', 'select 1', '--db', 'postgres://me:QZX7secret@h:port/d'],
    ['sql', 'select 1', '--db', 'postgres://me:QZX7/secret@h/d'],
    ['sql', 'select 1', '--db', 'postgres://me:QZX7secret@h/d?sslmod=x'],
    ['sql', 'select 1', '--db', 'postgres//me:QZX7secret@h/d'],
    ['sql', 'select 1', '--db', 'host=h pasword=QZX7secret'],
    ['sql', 'select 1', '--db', "host=h password='QZX7secret"],
    ['sql', 'select 1', '--nope=postgres://me:QZX7secret@h/d'],
    ['sql', 'select 1', '-o', '/nowhere/postgres://me:QZX7secret@h/d'],
    ['sql', '-f', 'postgres://me:QZX7secret@h/d'],
    ['postgres://me:QZX7secret@h/d'],
    ['db', 'use', 'postgres://me:QZX7secret@h/d'],
    ['db', 'postgres://me:QZX7secret@h/d'],
    ['config', 'trust', 'postgres://me:QZX7secret@h/d'],
    ['--config', 'postgres://me:QZX7secret@h/d', 'config'],
  ])('%j do not repeat a password', async (...args) => {
    for (const more of [['--debug'], ['--errors', 'json']]) {
      const finished = await run([...args, ...more], { on });
      expectSilence(args, finished);
      expect(finished.code).not.toBe(0);
    }
  });
});

describe('the process', () => {
  const linux = process.platform === 'linux' ? test : test.skip;
  linux('does not show its arguments', async () => {
    const args = ['sql', '-', '--db', url(encodeURIComponent(PASSWORD)), '-F', 'csv'];
    const { child, finished } = start(args, { on, stdin: { type: 'open' } });
    const shown = () => readFileSync(`/proc/${child.pid}/cmdline`, 'latin1').replace(/\0+$/, '');
    for (let i = 0; i < 100 && shown() !== 'pgask'; i++) await delay(20);
    expect(shown()).toBe('pgask');
    child.stdin!.end('select 1 as a');
    expect(await finished).toMatchObject({ code: 0, stdout: 'a\n1\n' });
  });

  test('tells an error that nobody has caught as any other', async () => {
    const text = `boom ${PASSWORD} \x1b[2J postgres://me:QZX7other@h/d`;
    write('boom.cjs', `setTimeout(() => { throw new Error(${JSON.stringify(text)}); }, 1500);`);
    const finished = await run(
      ['sql', 'select pg_sleep(20)', '--db', url(encodeURIComponent(PASSWORD)), '--debug'],
      { on, env: { NODE_OPTIONS: `--require=${join(on.home, 'boom.cjs')}` } },
    );
    rmSync(join(on.home, 'boom.cjs'));
    expectSilence([], finished);
    expect(finished.code).toBe(1);
    expect(finished.stderr).toMatch(
      /^pgask: internal error: boom \*+ \\x1b\[2J postgres:\/\/me:\*+@h\/d\nhint: /m,
    );
  });
});
