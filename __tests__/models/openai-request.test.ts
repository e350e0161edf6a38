/** What the model sends, over real HTTP. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod/v3';
import { BrokenInput, type Message } from '../../lib/models/model.js';
import { jsonSchema } from '../../lib/schema.js';
import { type ChatBody, type ChatServer, startChatServer } from '../support/chat-server.js';
import { ask, KEY, modelAt } from './asking.js';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
  server.always({ text: 'ok' });
});
afterEach(async () => {
  await server.close();
});

test('a request is the model, the messages, a stream with its usage, and nothing that a model may refuse', async () => {
  await modelAt(server).complete(ask());
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
  expect(server.requests[0]?.body).toEqual({
    model: 'test-model',
    messages: [
      { role: 'system', content: 'You answer questions.' },
      { role: 'user', content: 'how many?' },
    ],
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('a conversation keeps its calls and what they led to', async () => {
  const messages: Message[] = [
    { role: 'system', text: 's' },
    { role: 'user', text: 'größer 🐘' },
    { role: 'assistant', text: 'Let me see.', calls: [{ id: 'a', name: 'one', input: { x: 1 } }] },
    { role: 'tool', callId: 'a', name: 'one', text: 'observed' },
    { role: 'assistant', text: 'All done.', calls: [] },
  ];
  expect((await sent(messages)).messages).toEqual([
    { role: 'system', content: 's' },
    { role: 'user', content: 'größer 🐘' },
    {
      role: 'assistant',
      content: 'Let me see.',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'one', arguments: '{"x":1}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content: 'observed' },
    { role: 'assistant', content: 'All done.' },
  ]);
});

test.each([
  ['an object', { a: [1, null] }, { a: [1, null] }],
  ['broken JSON', new BrokenInput('{"sql": "sel'), { broken_json: '{"sql": "sel' }],
  ['a list', [1], { input: [1] }],
  ['a text', 'x', { input: 'x' }],
  ['null', null, { input: null }],
  ['nothing', undefined, {}],
])('arguments go back as a JSON object although they came as %s', async (_, input, expected) => {
  const messages: Message[] = [
    { role: 'assistant', text: '', calls: [{ id: 'a', name: 'one', input }] },
  ];
  const { messages: [message] = [] } = await sent(messages);
  expect(message?.['content']).toBeNull();
  const [call] = message?.['tool_calls'] as { function: { arguments: string } }[];
  expect(JSON.parse(call!.function.arguments)).toEqual(expected);
});

test('tools go as plain functions, which every endpoint knows', async () => {
  const schema = jsonSchema(z.object({ sql: z.string() }));
  await modelAt(server).complete(
    ask({ tools: [{ name: 'answer', summary: 'Ends the turn.', schema }] }),
  );
  expect(server.requests[0]?.body.tools).toEqual([
    {
      type: 'function',
      function: { name: 'answer', description: 'Ends the turn.', parameters: schema },
    },
  ]);
});

describe('headers', () => {
  test('carry the key and nothing about this machine', async () => {
    await modelAt(server).complete(ask());
    const { headers } = server.requests[0]!;
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(headers['user-agent']).toBe('pgask');
    expect(headers['accept-encoding']).toBe('identity');
    const known =
      /^(accept|accept-encoding|authorization|connection|content-(length|type)|host|user-agent)$/;
    expect(Object.keys(headers).filter((name) => !known.test(name))).toEqual([]);
  });

  test.each([undefined, '', '  '])('carry no key where it is %j', async (apiKey) => {
    await modelAt(server, { apiKey }).complete(ask());
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('carry the key without the line break that a file ends in', async () => {
    await modelAt(server, { apiKey: `${KEY}\n` }).complete(ask());
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('carry the user and password of the URL where there is no key', async () => {
    const url = server.url.replace('//', '//me:secret@');
    await modelAt({ url }, { apiKey: undefined }).complete(ask());
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('me:secret')}`);
  });
});

test.each([
  ['/v1', '/v1/chat/completions'],
  ['/v1/', '/v1/chat/completions'],
  ['/v1/chat/completions', '/v1/chat/completions'],
  ['', '/chat/completions'],
  ['/openai/v1/?api-version=preview', '/openai/v1/chat/completions?api-version=preview'],
  ['/v1#section', '/v1/chat/completions'],
])('a baseURL that ends in %j leads to %s', async (end, path) => {
  await modelAt({ url: `http://${server.host}${end}` }).complete(ask());
  expect(server.requests[0]?.path).toBe(path);
});

test('user, password and query of a baseURL are in no message', async () => {
  server.always({ status: 404 });
  const url = `http://me:pass1234@${server.host}/v1?token=hidden`;
  const error: unknown = await modelAt({ url })
    .complete(ask())
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ hint: expect.stringContaining(`http://${server.host}/v1)`) });
  expect(JSON.stringify([error, String(error)])).not.toMatch(/pass1234|hidden/);
});

describe('connections', () => {
  test('are kept from one call to the next', async () => {
    const model = modelAt(server);
    for (let i = 0; i < 5; i++) await model.complete(ask());
    expect(server.requests).toHaveLength(5);
    expect(server.opened()).toBe(1);
  });

  test('that the server closed meanwhile are no failure', async () => {
    const model = modelAt(server, { maxRetries: 0 });
    await model.complete(ask());
    server.reply({ breakAfter: 0 });
    expect((await model.complete(ask())).text).toBe('ok');
  });

  test('are independent of each other', async () => {
    const model = modelAt(server);
    server.reply({ text: 'one', headersAfterMs: 60 }, { text: 'two' });
    const replies = await Promise.all([
      model.complete(ask()),
      new Promise((resolve) => setTimeout(resolve, 20)).then(() => model.complete(ask())),
    ]);
    expect(replies.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  test('leave no listener on the signal of a run', async () => {
    const { signal } = new AbortController();
    const added: unknown[] = [];
    const removed: unknown[] = [];
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (
      added.push(args[1]),
      add(...args)
    );
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (
      removed.push(args[1]),
      remove(...args)
    );
    const model = modelAt(server);
    for (let i = 0; i < 15; i++) await model.complete(ask({ signal }));
    expect(added.length).toBeGreaterThan(0);
    expect(removed).toEqual(added);
  });
});

async function sent(messages: readonly Message[]): Promise<ChatBody> {
  await modelAt(server).complete(ask({ messages }));
  return server.requests[0]!.body;
}
