/** What the model makes of an endpoint's answers, over real HTTP. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BrokenInput, type Message } from '../../lib/models/model.js';
import { startChatServer, type ChatServer } from '../support/chat-server.js';
import { ask, modelAt } from './asking.js';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
});

const SQL = { sql: "select 'größer ✓ 日本 🐘'" };

describe('a streamed reply', () => {
  test('is text and usage', async () => {
    server.reply({
      text: ['There ', 'are 42.'],
      usage: { prompt_tokens: 9, completion_tokens: 3 },
    });
    const reply = await modelAt(server).complete(ask());
    expect(reply).toEqual({
      text: 'There are 42.',
      calls: [],
      usage: { inputTokens: 9, cachedTokens: 0, outputTokens: 3 },
      stop: 'end',
    });
  });

  test('is handed on piece by piece', async () => {
    const pieces: string[] = [];
    server.reply({ text: ['a', 'b', 'c'] });
    await modelAt(server).complete(ask({ onText: (piece) => pieces.push(piece) }));
    expect(pieces).toEqual(['a', 'b', 'c']);
  });

  test('counts what the provider read from its cache', async () => {
    server.reply({
      text: 'ok',
      usage: {
        prompt_tokens: 100,
        completion_tokens: 1,
        prompt_tokens_details: { cached_tokens: 64 },
      },
    });
    const { usage } = await modelAt(server).complete(ask());
    expect(usage).toEqual({ inputTokens: 100, cachedTokens: 64, outputTokens: 1 });
  });

  test.each([null, { prompt_tokens: -1, completion_tokens: 'many' }, { prompt_tokens: 1.5 }])(
    'counts nothing where usage is %j',
    async (usage) => {
      server.reply({ text: 'ok', usage });
      const reply = await modelAt(server).complete(ask());
      expect(reply.usage).toEqual({ inputTokens: 0, cachedTokens: 0, outputTokens: 0 });
    },
  );

  test.each([1, 2, 3, 7])(
    'survives being cut every %i bytes, inside characters too',
    async (size) => {
      server.reply({
        text: 'größer ✓ 日本 🐘',
        calls: [{ name: 'answer', input: SQL }],
        chunkBytes: size,
      });
      const reply = await modelAt(server).complete(ask());
      expect(reply.text).toBe('größer ✓ 日本 🐘');
      expect(reply.calls.map(({ input }) => input)).toEqual([SQL]);
    },
  );

  test('may have comment lines and CRLF', async () => {
    server.reply({ text: ['a', 'b'], comments: true, eol: '\r\n' });
    expect((await modelAt(server).complete(ask())).text).toBe('ab');
  });

  test('needs no [DONE]', async () => {
    server.reply({ text: 'ab', done: false });
    expect((await modelAt(server).complete(ask())).text).toBe('ab');
    expect(server.requests).toHaveLength(1);
  });

  test('is over soon after the model stopped, even where the connection stays open', async () => {
    server.reply({ text: 'ab', holdOpen: true });
    const model = modelAt(server, { timeoutMs: 10_000 });
    const started = Date.now();
    expect((await model.complete(ask())).text).toBe('ab');
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test('is complete where the connection breaks after the model stopped', async () => {
    // Role, text, reason to stop; then a break in the place of the usage.
    server.reply({ text: 'ab', breakAfter: 3 });
    expect(await modelAt(server).complete(ask())).toMatchObject({ text: 'ab', stop: 'end' });
    expect(server.requests).toHaveLength(1);
  });

  test('goes on after a reason to stop that came too early', async () => {
    const text = ['a', 'b', 'c', 'd'].map((content) => delta({ content }, 'stop'));
    server.reply({ events: text, gapMs: 380 });
    expect((await modelAt(server).complete(ask())).text).toBe('abcd');
  });

  test('of nothing at all is an empty reply', async () => {
    server.reply({});
    expect(await modelAt(server).complete(ask())).toMatchObject({
      text: '',
      calls: [],
      stop: 'end',
    });
  });

  test('that was cut off by the provider says so', async () => {
    server.reply({ text: 'and then', finish: 'length' });
    expect((await modelAt(server).complete(ask())).stop).toBe('length');
  });

  test('that was cut off inside a call has a broken input', async () => {
    server.reply({ calls: [{ name: 'answer', arguments: '{"sql": "sel' }], finish: 'length' });
    const reply = await modelAt(server).complete(ask());
    expect(reply.stop).toBe('length');
    expect(reply.calls[0]?.input).toEqual(new BrokenInput('{"sql": "sel'));
  });

  test('may be a refusal, which is text', async () => {
    server.reply({
      events: [delta({ refusal: 'I would ' }), delta({ refusal: 'rather not.' }, 'stop')],
    });
    expect((await modelAt(server).complete(ask())).text).toBe('I would rather not.');
  });

  test('may have content that is null, or an array of parts', async () => {
    const parts = [{ type: 'text', text: 'a' }, { type: 'thinking' }, { type: 'text', text: 'b' }];
    server.reply({ events: [delta({ content: null }), delta({ content: parts }, 'stop')] });
    expect((await modelAt(server).complete(ask())).text).toBe('ab');
  });

  test('has other choices than the first left aside', async () => {
    const other = { choices: [{ index: 1, delta: { content: 'no' }, finish_reason: 'stop' }] };
    server.reply({ events: [other, delta({ content: 'yes' }, 'stop')] });
    expect((await modelAt(server).complete(ask())).text).toBe('yes');
  });

  test('may begin with a filter report and have fields that nobody knows', async () => {
    const report = { choices: [], prompt_filter_results: [{ prompt_index: 0 }] };
    const thought = { choices: [{ index: 0, delta: { reasoning_content: 'hm' }, logprobs: null }] };
    server.reply({ events: [report, thought, delta({ content: 'yes' }, 'stop')] });
    expect((await modelAt(server).complete(ask())).text).toBe('yes');
  });
});

describe('tool calls', () => {
  test('are put together from their pieces', async () => {
    server.reply({
      text: 'Let me see.',
      calls: [
        { id: 'a', name: 'get_schema', input: { pattern: '*' } },
        { id: 'b', name: 'answer', input: SQL },
      ],
    });
    expect(await modelAt(server).complete(ask())).toMatchObject({
      text: 'Let me see.',
      stop: 'calls',
      calls: [
        { id: 'a', name: 'get_schema', input: { pattern: '*' } },
        { id: 'b', name: 'answer', input: SQL },
      ],
    });
  });

  test('may come interleaved', async () => {
    server.reply({
      events: [
        piece({ index: 0, id: 'a', function: { name: 'one', arguments: '{"x"' } }),
        piece({ index: 1, id: 'b', function: { name: 'two', arguments: '{"y"' } }),
        piece({ index: 0, function: { arguments: ':1}' } }),
        piece({ index: 1, function: { arguments: ':2}' } }),
        delta({}, 'tool_calls'),
      ],
    });
    expect(await calls()).toEqual([
      { id: 'a', name: 'one', input: { x: 1 } },
      { id: 'b', name: 'two', input: { y: 2 } },
    ]);
  });

  test('may come without an index, or all with the same', async () => {
    for (const index of [undefined, 0]) {
      server.reply({
        events: [
          piece({ index, id: 'a', function: { name: 'one', arguments: '{"x":1}' } }),
          piece({ index, id: 'b', function: { name: 'one', arguments: '{"x":2}' } }),
          delta({}, 'tool_calls'),
        ],
      });
      expect((await calls()).map(({ id, input }) => [id, input])).toEqual([
        ['a', { x: 1 }],
        ['b', { x: 2 }],
      ]);
    }
  });

  test('without input may all come with the same index', async () => {
    const bare = (id: string): object =>
      piece({ index: 0, id, function: { name: 'one', arguments: '' } });
    server.reply({ events: [bare('a'), bare('b'), delta({}, 'tool_calls')] });
    expect(await calls()).toEqual([
      { id: 'a', name: 'one', input: {} },
      { id: 'b', name: 'one', input: {} },
    ]);
  });

  test('may come without index and id, with arguments in pieces', async () => {
    server.reply({
      events: [
        piece({ function: { name: 'one', arguments: '{"x"' } }),
        piece({ function: { arguments: ':1}' } }),
        delta({}, 'stop'),
      ],
    });
    expect((await calls()).map(({ name, input }) => [name, input])).toEqual([['one', { x: 1 }]]);
  });

  test('may repeat the name and the id with every piece', async () => {
    const repeated = (args: string): object =>
      piece({ index: 0, id: 'a', function: { name: 'one', arguments: args } });
    server.reply({ events: [repeated('{"x"'), repeated(':1'), repeated('}'), delta({}, 'stop')] });
    expect(await calls()).toEqual([{ id: 'a', name: 'one', input: { x: 1 } }]);
  });

  test('get ids of their own where the endpoint gives none, or gives one twice', async () => {
    server.reply({
      calls: [
        { id: null, name: 'one' },
        { id: null, name: 'two' },
        { id: 'same', name: 'three' },
        { id: 'same', name: 'four' },
      ],
    });
    const ids = (await calls()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+$/);
  });

  test('get other ids than those of the conversation', async () => {
    const earlier: Message[] = [
      { role: 'system', text: 's' },
      { role: 'user', text: 'u' },
      { role: 'assistant', text: '', calls: [{ id: 'call_0', name: 'one', input: {} }] },
      { role: 'tool', callId: 'call_0', name: 'one', text: 'ok' },
    ];
    server.reply({ calls: [{ id: 'call_0', name: 'one' }] });
    const reply = await modelAt(server).complete(ask({ messages: earlier }));
    expect(reply.calls).toHaveLength(1);
    expect(reply.calls[0]?.id).not.toBe('call_0');
  });

  test.each([
    ['an object, as Ollama sends it', { sql: 'x' }, { sql: 'x' }],
    ['an empty text', '', {}],
    ['blanks', ' \n', {}],
  ])('take %s as arguments', async (_, args, input) => {
    server.reply({ calls: [{ name: 'answer', arguments: args }] });
    expect((await calls())[0]?.input).toEqual(input);
  });

  test('with arguments that are not JSON keep their text', async () => {
    server.reply({ calls: [{ name: 'answer', arguments: '{"sql": "select 1' }] });
    const [call] = await calls();
    expect(call?.input).toBeInstanceOf(BrokenInput);
    expect(call?.input).toEqual(new BrokenInput('{"sql": "select 1'));
  });

  test('are calls whatever the reason to stop is named', async () => {
    server.reply({ calls: [{ name: 'one' }], finish: 'stop' });
    expect((await modelAt(server).complete(ask())).stop).toBe('calls');
  });

  async function calls(): Promise<readonly { id: string; name: string; input: unknown }[]> {
    return (await modelAt(server).complete(ask())).calls;
  }
});

describe('an endpoint that ignores the wish for a stream', () => {
  test('is understood', async () => {
    const pieces: string[] = [];
    server.reply({
      stream: false,
      text: 'größer',
      calls: [
        { name: 'answer', input: SQL },
        { name: 'answer', input: SQL, id: null },
      ],
      chunkBytes: 5,
    });
    const reply = await modelAt(server).complete(ask({ onText: (piece) => pieces.push(piece) }));
    expect(reply.text).toBe('größer');
    expect(pieces).toEqual(['größer']);
    expect(reply.calls.map(({ input }) => input)).toEqual([SQL, SQL]);
    expect(reply.usage).toMatchObject({ inputTokens: 100, outputTokens: 20 });
    expect(reply.stop).toBe('calls');
  });

  test('may leave out why it stopped', async () => {
    server.reply({ stream: false, text: 'all', finish: null });
    expect(await modelAt(server).complete(ask())).toMatchObject({ text: 'all', stop: 'end' });
  });

  test('may print its JSON over several lines, after blank ones, under any content type', async () => {
    const body = JSON.stringify(
      { choices: [{ message: { content: 'pretty\nlines' }, finish_reason: 'stop' }] },
      null,
      2,
    );
    server.reply({ body: `\n\n${body}`, headers: { 'content-type': 'text/plain' } });
    expect((await modelAt(server).complete(ask())).text).toBe('pretty\nlines');
  });
});

function delta(content: object, finish: string | null = null): object {
  return { choices: [{ index: 0, delta: content, finish_reason: finish }] };
}

function piece(call: object): object {
  return delta({ tool_calls: [call] });
}
