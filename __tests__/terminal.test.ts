/** Whatever a server, a model or a file says, the terminal obeys none of it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChatServer, startChatServer } from './support/chat-server.js';
import { type Machine, machine, run } from './support/program.js';
import { testDatabase, type TestDatabase } from './support/server.js';

const EVIL = 'x\x1b]0;owned\x07\x9b2J\u202e\u2066\u200b\u{e0041}\u2028\rhint: no';
const UNSAFE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e0fff}]/u;

let database: TestDatabase;
let chat: ChatServer;
let on: Machine;

beforeAll(async () => {
  const identifier = `"${EVIL}"`;
  const literal = `'${EVIL}'`;
  database = await testDatabase({
    sql: [
      `create table ${identifier} (${identifier} text)`,
      `comment on table ${identifier} is ${literal}`,
      `insert into ${identifier} values (${literal})`,
      `create type odd as enum (${literal})`,
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

const pgask = (args: readonly string[], env: Record<string, string> = {}) =>
  run([...args, '--db', database.url], { on, env });

test.each([
  ['values and names of columns', ['sql', `table "${EVIL}"`]],
  ['values that are shown expanded', ['sql', `select *, repeat('y', 300) from "${EVIL}"`]],
  ['an error about a value', ['sql', `select "${EVIL}"::int from "${EVIL}"`]],
  ['an error about a name', ['sql', `select "${EVIL}1" from "${EVIL}"`]],
  ['an error about a label', ['sql', `select '${EVIL}1'::odd`]],
  ['a place in a statement', ['sql', `select '${EVIL}' frm`]],
  ['a statement that is shown', ['sql', `select 1 as "${EVIL}"`, '--show-sql']],
  ['a refusal', ['sql', `drop table "${EVIL}"`, '--debug']],
  ['a format', ['sql', 'select 1', '-F', EVIL]],
  ['a flag', ['sql', 'select 1', `--${EVIL}`]],
  ['a file', ['sql', '-f', EVIL]],
  ['an output', ['sql', 'select 1', '-o', `/nowhere/${EVIL}`]],
  ['a request', [EVIL]],
  ['the schema', ['schema', '-F', 'table']],
  ['words that are looked for', ['schema', EVIL.slice(0, 2)]],
  ['a session', ['sessions', 'show', EVIL]],
])('%s is shown as what it is', async (_name, args) => {
  const { stdout, stderr } = await pgask(args);
  expect(stdout + stderr).not.toMatch(UNSAFE);
  const json = await pgask([...args, '--errors', 'json', '-q']);
  expect(json.stderr).not.toMatch(UNSAFE);
  if (json.code !== 0) {
    expect(JSON.parse(json.stderr.trimEnd().split('\n').at(-1)!)).toHaveProperty('error.code');
  }
});

test.each([
  ['words', { text: EVIL }],
  [
    'the sentence beside rows',
    { calls: [{ name: 'answer', input: { sql: 'select 1', text: EVIL } }] },
  ],
  [
    'a statement',
    { calls: [{ name: 'answer', input: { sql: `select 1 as "${EVIL}"`, text: '' } }] },
  ],
  ['a refusal', { status: 400, body: { error: { message: EVIL } } }],
])('%s of a model are shown as what they are', async (_name, reply) => {
  chat.reply(reply);
  const env = { OPENAI_BASE_URL: chat.url, OPENAI_MODEL: 'm' };
  const { stdout, stderr } = await pgask(['x y', '--verbose', '--show-sql'], env);
  expect(stdout + stderr).not.toMatch(UNSAFE);
});

test('a configuration is shown as what it is', async () => {
  const path = join(on.home, 'agent.config.json');
  writeFileSync(
    path,
    JSON.stringify({ databases: { sample: { embedded: true, comment: EVIL } }, format: EVIL }),
  );
  for (const args of [['db', 'list', '-F', 'table'], ['config', '-F', 'table'], ['config']]) {
    const { stdout, stderr } = await pgask(args);
    expect(stdout + stderr).not.toMatch(UNSAFE);
  }
  rmSync(path);
});

test('no line of a server’s words looks like one of ours', async () => {
  const { stderr } = await pgask(['sql', "select E'a\\nhint: run rm\\npgask: fine'::int"]);
  expect(stderr.match(/^(hint|pgask): .*/gm)).toEqual([
    'pgask: invalid input syntax for type integer: "a',
  ]);
});
