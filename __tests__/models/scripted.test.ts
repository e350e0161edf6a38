import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ModelError } from '../../lib/errors.js';
import { BrokenInput } from '../../lib/models/model.js';
import { parseScript, scriptedFromFile, scriptedModel } from '../../lib/models/scripted.js';
import { ask } from './asking.js';

describe('a scripted model', () => {
  test('answers from its queue, in order', async () => {
    const model = scriptedModel([
      { calls: [{ name: 'get_schema', input: { pattern: 'a' } }, { name: 'answer' }] },
      { text: 'done', usage: { inputTokens: 5 } },
    ]);
    const first = await model.complete(ask());
    expect(first).toMatchObject({ text: '', stop: 'calls' });
    expect(first.calls.map(({ name, input }) => [name, input])).toEqual([
      ['get_schema', { pattern: 'a' }],
      ['answer', {}],
    ]);
    expect(await model.complete(ask())).toEqual({
      text: 'done',
      calls: [],
      usage: { inputTokens: 5, cachedTokens: 0, outputTokens: 0 },
      stop: 'end',
    });
  });

  test('gives each call an id that the conversation does not have', async () => {
    const model = scriptedModel([
      { calls: [{ name: 'a' }] },
      { calls: [{ name: 'a' }, { name: 'b' }] },
    ]);
    const { messages } = ask();
    const { calls } = await model.complete(ask());
    const next = await model.complete(
      ask({ messages: [...messages, { role: 'assistant', text: '', calls }] }),
    );
    expect(new Set([...calls, ...next.calls].map(({ id }) => id)).size).toBe(3);
  });

  test('fails when its queue is empty', async () => {
    const model = scriptedModel([{ text: 'one' }]);
    await model.complete(ask());
    await expect(model.complete(ask())).rejects.toMatchObject({
      exit: 4,
      message: 'the script has no reply 2',
      hint: 'it holds 1: add another',
    });
  });

  test('fails where the script says so, and goes on after it', async () => {
    const model = scriptedModel([{ error: 'overloaded' }, { text: 'ok' }]);
    await expect(model.complete(ask())).rejects.toThrow(new ModelError('overloaded'));
    expect((await model.complete(ask())).text).toBe('ok');
  });

  test('may make a reply of the request, or throw', async () => {
    const model = scriptedModel([
      ({ messages }) => ({ text: `${String(messages.length)} messages` }),
      () => {
        throw new TypeError('a bug');
      },
    ]);
    expect((await model.complete(ask())).text).toBe('2 messages');
    await expect(model.complete(ask())).rejects.toThrow(TypeError);
  });

  test('passes broken input and a stop for length', async () => {
    const input = new BrokenInput('{"a');
    const model = scriptedModel([{ calls: [{ name: 'a', input }], stop: 'length' }]);
    const reply = await model.complete(ask());
    expect(reply.stop).toBe('length');
    expect(reply.calls[0]?.input).toBe(input);
  });

  test('hands its text on', async () => {
    const pieces: string[] = [];
    await scriptedModel([{ text: 'ab' }]).complete(ask({ onText: (piece) => pieces.push(piece) }));
    expect(pieces).toEqual(['ab']);
  });

  test('remembers what it was asked, as it was then', async () => {
    const model = scriptedModel([{ text: 'a' }, { text: 'b' }]);
    const request = ask();
    const messages = [...request.messages];
    await model.complete({ ...request, messages });
    messages.push({ role: 'user', text: 'later' });
    await model.complete({ ...request, messages });
    expect(model.requests.map((one) => one.messages.length)).toEqual([2, 3]);
  });

  test('stops with the reason of its signal and keeps the reply', async () => {
    const reason = new Error('enough');
    const model = scriptedModel([{ text: 'a' }]);
    await expect(model.complete(ask({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect((await model.complete(ask())).text).toBe('a');
  });
});

describe('a script', () => {
  test('is a JSON array of replies', () => {
    const replies = [
      { calls: [{ name: 'answer', input: { sql: 'select 1' } }], usage: { outputTokens: 3 } },
      { text: 'done', stop: 'end' },
      { error: 'no' },
      {},
    ];
    expect(parseScript(`\uFEFF${JSON.stringify(replies)}`)).toEqual(replies);
  });

  test('that does not fit is told everything at once, by reply and key', () => {
    const script = JSON.stringify([
      { text: 1 },
      { calls: [{ name: '', input: 1 }, { nme: 'x' }] },
      { usage: { inputTokens: -1 }, txt: 'a' },
    ]);
    const error = thrownBy(() => parseScript(script));
    expect(error).toBeInstanceOf(ModelError);
    for (const part of [
      'reply 1, text:',
      'reply 2, calls[0].name:',
      'reply 2, calls[1].name:',
      "'nme'",
      'reply 3, usage.inputTokens:',
      "'txt'",
    ]) {
      expect(error).toMatchObject({ message: expect.stringContaining(part) });
    }
    expect(error).toMatchObject({ hint: expect.stringContaining('JSON array of replies') });
  });

  test.each(['{', '', 'null', '{"text": "a"}'])('is not %j', (text) => {
    expect(thrownBy(() => parseScript(text))).toBeInstanceOf(ModelError);
  });

  test('is played from a file, which names the model', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pgask-script-'));
    try {
      const path = join(directory, 'script.json');
      await writeFile(path, '[{"text": "from a file"}]');
      const model = await scriptedFromFile(path);
      expect(model.name).toBe(path);
      expect((await model.complete(ask())).text).toBe('from a file');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('that is not there says where a script is named', async () => {
    await expect(scriptedFromFile('/nowhere/script.json')).rejects.toMatchObject({
      exit: 4,
      message: expect.stringContaining("the script /nowhere/script.json can't be read"),
      hint: expect.stringContaining('model is the path of a script'),
    });
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
