/** What a person reads when an endpoint fails, and how often it was asked; over real HTTP. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ModelError } from '../../lib/errors.js';
import type { OpenAIOptions } from '../../lib/models/openai.js';
import {
  type ChatReply,
  type ChatServer,
  SPENT_QUOTA,
  startChatServer,
} from '../support/chat-server.js';
import { ask, impatient, KEY, modelAt } from './asking.js';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
});

/** How a request with three retries ends, and what it took. */
async function fail(
  reply: ChatReply,
  changes: Partial<OpenAIOptions> = {},
): Promise<{ message: string; hint: string; exit: number; hits: number; whole: string }> {
  server.always(reply);
  const model = modelAt(server, { maxRetries: 3, ...changes });
  const error = await model.complete(ask()).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelError)) throw new Error('no ModelError', { cause: error });
  const { message, hint = '', exit } = error;
  return { message, hint, exit, hits: server.requests.length, whole: everythingIn(error) };
}

/** Whatever of an error could reach a screen, its causes and stack included. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => {
    const value = (error as unknown as Record<string, unknown>)[name];
    return value instanceof Error ? everythingIn(value) : String(value);
  });
  return own.join('\n');
}

function said(message: string, more: object = {}): { error: object } {
  return { error: { message, ...more } };
}

describe('a refusal is not tried again, and says what to do', () => {
  test('a key that is refused', async () => {
    const failure = await fail({ status: 401, body: said('Invalid key') });
    expect(failure).toMatchObject({ exit: 4, hits: 1 });
    expect(failure.message).toBe(`${server.host} refused the key (401): Invalid key`);
    expect(failure.hint).toBe('the key of this endpoint was refused: check apiKeyEnv');
  });

  test('a key that is wanted and was not set', async () => {
    const failure = await fail({ status: 401, body: said('No key') }, { apiKey: undefined });
    expect(failure.message).toContain('wants a key and none is set');
    expect(failure.hint).toContain('apiKeyEnv');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('a key that may not do this', async () => {
    const failure = await fail({ status: 403, body: said('Country not supported') });
    expect(failure).toMatchObject({ hits: 1 });
    expect(failure.message).toContain('403');
    expect(failure.message).toContain('Country not supported');
    expect(failure.hint).toContain('apiKeyEnv');
  });

  test('a model or path that is not there', async () => {
    const failure = await fail({ status: 404, body: said('model not found') });
    expect(failure).toMatchObject({ hits: 1 });
    expect(failure.message).toContain('does not know model test-model');
    expect(failure.hint).toBe(`check model (test-model) and baseURL (${server.url})`);
  });

  test('a path without /v1 is told where it usually ends', async () => {
    const baseURL = server.url.replace('/v1', '');
    const failure = await fail({ status: 404, body: '404 page not found' }, { baseURL });
    expect(failure.message).toContain('404 page not found');
    expect(failure.hint).toContain('usually ends in /v1');
  });

  test('a spent quota, although its status is that of a rate limit', async () => {
    const failure = await fail(SPENT_QUOTA);
    expect(failure).toMatchObject({ hits: 1 });
    expect(failure.message).toContain('quota of this key is spent');
    expect(failure.hint).toContain('add credit');
  });

  test.each([
    [402, said('Insufficient credits')],
    [429, said('Billing hard limit has been reached', { code: 'billing_hard_limit_reached' })],
    [429, said('quota', { type: 'insufficient_quota' })],
  ])('a bill that is to be paid (%i)', async (status, body) => {
    expect(await fail({ status, body })).toMatchObject({ hits: 1 });
  });

  test('a bad request, in the words of the server', async () => {
    const failure = await fail({ status: 400, body: said('test-model does not support tools') });
    expect(failure).toMatchObject({ exit: 4, hits: 1 });
    expect(failure.message).toBe(
      `${server.host} refused the request (400): test-model does not support tools`,
    );
    expect(failure.hint).toContain('chat completions with tools');
  });

  test.each([
    ['a text', { error: 'no such thing' }, 'no such thing'],
    ['a detail', { detail: 'no such thing' }, 'no such thing'],
    ['a list of details', { detail: [{ loc: ['body'], msg: 'odd' }] }, '"msg":"odd"'],
    ['an array', [{ error: { message: 'no such thing' } }], 'no such thing'],
    ['a bare message', { object: 'error', message: 'no such thing' }, 'no such thing'],
    ['plain text', 'no such thing', 'no such thing'],
    [
      'what a provider behind it said',
      said('Provider error', { metadata: { raw: 'odd' } }),
      'Provider error: odd',
    ],
  ])('an error that is %s', async (_, body, words) => {
    const failure = await fail({ status: 422, body });
    expect(failure.message).toContain(words);
    expect(failure).toMatchObject({ hits: 1 });
  });

  test.each([
    [400, said('Too much', { code: 'context_length_exceeded' })],
    [400, said("This model's maximum context length is 8192 tokens.")],
    [400, said('the request exceeds the available context size')],
    [413, said('payload too large')],
  ])('a conversation that does not fit (%i)', async (status, body) => {
    const failure = await fail({ status, body });
    expect(failure).toMatchObject({ hits: 1 });
    expect(failure.message).toContain("can't fit the request into the context of model test-model");
    expect(failure.hint).toContain('--new');
  });

  test('a filter, before the answer', async () => {
    const failure = await fail({ status: 400, body: said('flagged', { code: 'content_filter' }) });
    expect(failure.hint).toBe('put the request in other words');
  });

  test('a filter, instead of the answer', async () => {
    const failure = await fail({ text: 'I', finish: 'content_filter' });
    expect(failure.message).toBe(`the content filter of ${server.host} withheld the answer`);
    expect(failure).toMatchObject({ exit: 4, hits: 1 });
  });

  test('a redirect, which is not followed with the key', async () => {
    const elsewhere = await startChatServer();
    try {
      elsewhere.always({ text: 'caught' });
      const location = `${elsewhere.url}/chat/completions?token=secret`;
      const failure = await fail({ status: 307, headers: { location } });
      expect(failure.message).toBe(`${server.host} redirects to ${elsewhere.url}/chat/completions`);
      expect(failure.hint).toContain('baseURL');
      expect(failure).toMatchObject({ hits: 1 });
      expect(elsewhere.requests).toHaveLength(0);
    } finally {
      await elsewhere.close();
    }
  });

  test('a web page', async () => {
    const baseURL = server.url.replace('/v1', '/');
    const failure = await fail({ body: '\n<!doctype html><html>Welcome</html>' }, { baseURL });
    expect(failure.message).toBe(`${server.host} answered with a web page instead of JSON`);
    expect(failure.hint).toContain('/v1');
    expect(failure).toMatchObject({ exit: 4, hits: 1 });
  });

  test('JSON of another API', async () => {
    const failure = await fail({ body: { model: 'm', message: { content: 'hi' }, done: true } });
    expect(failure.message).toContain('not a chat completion');
    expect(failure).toMatchObject({ exit: 4, hits: 1 });
  });
});

describe('what may pass is tried again, and said when it does not', () => {
  test.each([408, 409, 429, 500, 502, 503, 529, 599])('status %i', async (status) => {
    const failure = await fail({ status, body: said('busy') });
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
    expect(failure.message).toContain(`(${String(status)}): busy (tried 4 times)`);
    expect(failure.hint).toContain('try again later');
  });

  test('a 500 with a page says its title and no more', async () => {
    const body = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
    const failure = await fail({ status: 502, body });
    expect(failure.message).toBe(`${server.host} failed (502): 502 Bad Gateway (tried 4 times)`);
  });

  test('a status that HTTP does not know', async () => {
    const failure = await fail({ status: 799, body: said('odd') });
    expect(failure.message).toContain('failed (502): odd');
  });

  test('a connection that breaks before the answer', async () => {
    const failure = await fail({ breakAfter: 0 });
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
    expect(failure.message).toContain(`the connection to ${server.host} broke off`);
  });

  test('a connection that breaks inside the answer', async () => {
    const failure = await fail({ text: ['one', 'two', 'three'], breakAfter: 2 });
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
    expect(failure.message).toContain('broke off');
  });

  test('a stream that ends without a reason', async () => {
    const failure = await fail({ text: 'half a', finish: null, done: false, usage: null });
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
    expect(failure.message).toContain('ended its answer in the middle');
  });

  test('an empty body', async () => {
    expect(await fail({ body: '' })).toMatchObject({ exit: 4, hits: 4 });
  });

  test.each([
    ['body', { body: '{"choices": [{"mess' }],
    ['event', { events: ['data: {"choices": [{"del\n\n'] }],
  ])('JSON that is cut off in its %s', async (_, reply) => {
    const failure = await fail(reply);
    expect(failure.message).toContain('JSON that is cut off or damaged');
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
  });

  test('an error in the middle of a stream', async () => {
    const failure = await fail({ text: 'a', finish: null, error: { message: 'overloaded' } });
    expect(failure.message).toContain('broke off its answer with an error: overloaded');
    expect(failure).toMatchObject({ exit: 4, hits: 4 });
  });

  test.each([
    ['number', { message: 'no', code: 401 }, 1],
    ['number', { message: 'no', code: 503 }, 4],
    ['name', { message: 'no', code: 'insufficient_quota' }, 1],
    ['name', { message: 'no', type: 'invalid_request_error' }, 1],
  ])('an error in a stream is judged by its %s', async (_, error, hits) => {
    expect(await fail({ text: 'a', finish: null, error })).toMatchObject({ hits });
  });

  test('an error with status 200', async () => {
    const failure = await fail({ body: said('upstream is down', { code: 502 }) });
    expect(failure.message).toContain('failed (502): upstream is down');
    expect(failure).toMatchObject({ hits: 4 });
  });

  test('an event that is an error as a whole', async () => {
    const event = { object: 'error', message: 'out of memory', code: 500 };
    const failure = await fail({ events: [event] });
    expect(failure.message).toContain('failed (500): out of memory');
    expect(failure).toMatchObject({ hits: 4 });
  });

  test('a server that is not there names host and port', async () => {
    const port = await freePort();
    const baseURL = `http://127.0.0.1:${String(port)}/v1`;
    const failure = await fail({}, { baseURL, maxRetries: 1 });
    expect(failure.message).toBe(
      `127.0.0.1:${String(port)} is unreachable: connection refused (tried 2 times)`,
    );
    expect(failure.hint).toBe(`is the server running? check baseURL (${baseURL})`);
    expect(failure.exit).toBe(4);
  });

  test('a server that speaks no HTTP', async () => {
    const other = createServer((socket) => {
      socket
        .resume()
        .on('error', () => undefined)
        .end('SSH-2.0-OpenSSH_9.2\r\n');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const failure = await fail({}, { baseURL: `http://127.0.0.1:${String(port)}/v1` });
      expect(failure.exit).toBe(4);
      expect(failure.message).toBe(`127.0.0.1:${String(port)} does not speak HTTP`);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test('plain HTTP behind https is not tried again', async () => {
    const baseURL = server.url.replace('http:', 'https:');
    const failure = await fail({}, { baseURL });
    expect(failure.message).toContain(`${server.host} is unreachable`);
    expect(failure.message).not.toContain('tried');
    expect(failure.hint).toContain('baseURL');
  });

  test('a host that does not exist is not tried again', async () => {
    const failure = await fail({}, { baseURL: 'http://pgask.invalid/v1' });
    expect(failure.message).toMatch(/^pgask\.invalid:80 is unreachable: /);
    expect(failure.hint).toContain('http://pgask.invalid/v1');
  });
});

describe('silence', () => {
  test.each([
    ['before the headers', { headersAfterMs: 5000 }],
    ['in the middle of a stream', { text: ['a', 'b'], stallAfter: 2 }],
    ['in the middle of one JSON body', { stream: false, text: 'ab', chunkBytes: 20, gapMs: 5000 }],
    ['in the middle of an error', { status: 400, body: said('x'), chunkBytes: 5, gapMs: 5000 }],
  ])('%s ends after about timeoutMs', async (_, reply) => {
    const started = Date.now();
    const failure = await fail(reply, { timeoutMs: 300, maxRetries: 0 });
    const took = Date.now() - started;
    expect(failure.message).toBe(`${server.host} sent nothing for 300 ms`);
    expect(failure.hint).toContain('timeoutMs');
    expect(took).toBeGreaterThanOrEqual(290);
    expect(took).toBeLessThan(1000);
  });

  test('is tried again', async () => {
    server.reply({ text: 'a', stallAfter: 1 }, { headersAfterMs: 5000 }, { text: 'at last' });
    const reply = await modelAt(server, { timeoutMs: 200, maxRetries: 2 }).complete(ask());
    expect(reply.text).toBe('at last');
    expect(server.requests).toHaveLength(3);
  });

  test('is not what a slow drip is', async () => {
    server.reply({ text: 'slow', usage: null, chunkBytes: 40, gapMs: 50, comments: true });
    const started = Date.now();
    const reply = await modelAt(server, { timeoutMs: 300 }).complete(ask());
    expect(reply.text).toBe('slow');
    expect(Date.now() - started).toBeGreaterThan(400);
  });
});

describe('words from a server', () => {
  test.each([
    `Incorrect API key provided: ${KEY}.`,
    `Incorrect API key provided: ${KEY.slice(0, 9)}***${KEY.slice(-4)}. See https://x.example`,
    `key "${KEY.slice(0, 12)}…" is unknown`,
    `no key ends in ${KEY.slice(-8)}`,
    `Authorization: Bearer ${KEY}`,
    `see https://x.example/?key=${KEY.slice(0, 12)}`,
    'another one: sk-proj-abcdef0123456789',
  ])('never show a key or a part of it: %s', async (message) => {
    const failure = await fail({ status: 401, body: said(message) });
    expect(failure.message).toContain('***');
    for (const part of [KEY, KEY.slice(0, 9), KEY.slice(-8), 'sk-proj', 'abcdef0123']) {
      expect(failure.whole).not.toContain(part);
    }
  });

  test.each([{ status: 400 }, { status: 500 }, {}])(
    'nor do pages, streams and plain text (%j)',
    async ({ status }) => {
      const message = `bad ${KEY}`;
      const failure = await fail(
        status === undefined ? { finish: null, error: { message } } : { status, body: message },
      );
      expect(failure.message).toContain('bad ***');
      expect(failure.whole).not.toContain(KEY);
    },
  );

  test('a short key that is no secret spoils no message', async () => {
    const failure = await fail({ status: 400, body: said('an odd request') }, { apiKey: 'x' });
    expect(failure.message).toContain('an odd request');
  });

  test('are one line of bounded length without control or bidi characters', async () => {
    const message = `a\u001b[31mb\r\nc\u0000\u202Ed\u0085 ${'long '.repeat(1000)}`;
    const failure = await fail({ status: 400, body: said(message) });
    expect(failure.message).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(failure.message).toContain('a [31mb c d long');
    expect(failure.message.length).toBeLessThan(400);
  });
});

describe('a configuration that can not work', () => {
  test.each(['not a url', 'ftp://host/v1', ''])(
    'baseURL %j is said before any call',
    async (baseURL) => {
      const failure = await fail({}, { baseURL });
      expect(failure.message).toBe("the model's baseURL is no http or https URL");
      expect(failure.hint).toContain('https://host:port/v1');
    },
  );

  test('a key with a line break inside is said without showing it', async () => {
    const failure = await fail({}, { apiKey: 'secret\nkey' });
    expect(failure.message).toContain('no HTTP header can carry');
    expect(failure.whole).not.toContain('secret');
    expect(failure.hits).toBe(0);
  });
});

describe('an abort', () => {
  test.each([
    ['before the headers', { headersAfterMs: 5000 }],
    ['inside a stream', { text: ['a', 'b'], stallAfter: 2 }],
    ['inside a drip', { text: 'abc', chunkBytes: 1, gapMs: 20 }],
  ])('%s rejects at once with its reason', async (_, reply) => {
    server.reply(reply);
    const controller = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => {
      controller.abort(reason);
    }, 100);
    const started = Date.now();
    const model = modelAt(server, { timeoutMs: 5000, maxRetries: 3 });
    await expect(model.complete(ask({ signal: controller.signal }))).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(600);
    expect(server.requests).toHaveLength(1);
  });

  test('during a wait rejects at once with its reason', async () => {
    server.always({ status: 429, headers: { 'retry-after': '30' } });
    const controller = new AbortController();
    const reason = new Error('enough');
    const model = modelAt(server, {
      maxRetries: 3,
      clock: undefined,
      onRetry: () =>
        setTimeout(() => {
          controller.abort(reason);
        }, 50),
    });
    const started = Date.now();
    await expect(model.complete(ask({ signal: controller.signal }))).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(1000);
    expect(server.requests).toHaveLength(1);
  });

  test('that came earlier asks nobody', async () => {
    const reason = new Error('enough');
    const model = modelAt(server);
    await expect(model.complete(ask({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  test('closes the connection', async () => {
    server.reply({ text: 'a', stallAfter: 1 });
    const signal = AbortSignal.timeout(100);
    await expect(modelAt(server).complete(ask({ signal }))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.connections()).toBe(0);
  });
});

test('a clock is not needed to try again', async () => {
  server.reply({ status: 503, headers: { 'retry-after-ms': '20' } }, { text: 'ok' });
  const model = modelAt(server, { maxRetries: 1, clock: undefined });
  const started = Date.now();
  expect((await model.complete(ask())).text).toBe('ok');
  expect(Date.now() - started).toBeGreaterThanOrEqual(19);
  expect(impatient().waits).toEqual([]);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
