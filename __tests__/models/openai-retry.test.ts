/** When the model asks again, and how long it waits; over real HTTP with a clock that does not wait. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { retryAfterMs } from '../../lib/models/retry.js';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { ask, impatient, modelAt } from './asking.js';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
});

test('a passing failure costs a wait and no more', async () => {
  server.reply({ status: 500 }, { status: 429 }, { text: 'ok' });
  const { clock, waits } = impatient();
  const reply = await modelAt(server, { maxRetries: 2, clock }).complete(ask());
  expect(reply.text).toBe('ok');
  expect(server.requests).toHaveLength(3);
  expect(waits).toHaveLength(2);
  expect(server.requests[2]?.body).toEqual(server.requests[0]?.body);
});

test('a stream that broke off begins again, and the reply holds it once', async () => {
  const pieces: string[] = [];
  const said: string[] = [];
  server.reply({ text: ['There are ', '42'], breakAfter: 2 }, { text: ['There are ', '42.'] });
  const model = modelAt(server, { maxRetries: 1, onRetry: (message) => said.push(message) });
  const reply = await model.complete(ask({ onText: (piece) => pieces.push(piece) }));
  expect(reply.text).toBe('There are 42.');
  expect(pieces).toEqual(['There are ', 'There are ', '42.']);
  expect(said).toHaveLength(1);
});

test('the wait grows twofold to a bound, with full jitter', async () => {
  server.always({ status: 503 });
  for (const [random, expected] of [
    [0, [0, 0, 0, 0, 0, 0]],
    [0.5, [250, 500, 1000, 2000, 4000, 4000]],
    [0.999, [499.5, 999, 1998, 3996, 7992, 7992]],
  ] as const) {
    const { clock, waits } = impatient(random);
    const model = modelAt(server, { maxRetries: 6, clock });
    await expect(model.complete(ask())).rejects.toThrow('(tried 7 times)');
    expect(waits).toEqual(expected);
  }
});

test('each wait is announced', async () => {
  const said: string[] = [];
  server.reply({ status: 429, headers: { 'retry-after': '2' } }, { status: 503 }, { text: 'ok' });
  const model = modelAt(server, { maxRetries: 3, onRetry: (message) => said.push(message) });
  await model.complete(ask());
  expect(said).toEqual([
    `${server.host} limits the rate of requests (429): status 429; trying again in 2 s (1 of 3)`,
    `${server.host} failed (503): status 503; trying again in 500 ms (2 of 3)`,
  ]);
});

test('no retries are tried where none are wanted', async () => {
  server.always({ status: 503 });
  await expect(modelAt(server, { maxRetries: 0 }).complete(ask())).rejects.toThrow('failed (503)');
  expect(server.requests).toHaveLength(1);
});

describe('what a server asks for', () => {
  test.each([
    ['seconds', { 'retry-after': '3' }, 3000],
    ['a part of a second', { 'retry-after': '0.25' }, 250],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    ['seconds beside odd milliseconds', { 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
  ])('is waited for: %s', async (_, headers, expected) => {
    server.reply({ status: 429, headers }, { text: 'ok' });
    const { clock, waits } = impatient();
    await modelAt(server, { maxRetries: 1, clock }).complete(ask());
    expect(waits).toEqual([expected]);
  });

  test('is waited for: an HTTP date', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
    server.reply({ status: 503, headers }, { text: 'ok' });
    const { clock, waits } = impatient();
    await modelAt(server, { maxRetries: 1, clock }).complete(ask());
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(17_000);
    expect(waits[0]).toBeLessThanOrEqual(20_000);
  });

  test.each([
    '-5',
    'NaN',
    '',
    'soon',
    '0',
    '1e9',
    '0x10',
    'Sun, 06 Nov 1994 08:49:37 GMT',
    '5 May',
  ])('is left to the backoff where it is %j', async (value) => {
    server.reply({ status: 429, headers: { 'retry-after': value } }, { text: 'ok' });
    const { clock, waits } = impatient();
    await modelAt(server, { maxRetries: 1, clock }).complete(ask());
    expect(waits).toEqual([250]);
  });

  test.each(['120', '99999999999', '9'.repeat(400), 'Fri, 31 Dec 2999 23:59:59 GMT'])(
    'ends the call at once where it is beyond the run: %s',
    async (value) => {
      server.always({ status: 429, headers: { 'retry-after': value } });
      const { clock, waits } = impatient();
      const call = modelAt(server, { maxRetries: 5, clock }).complete(
        ask({ deadline: Date.now() + 30_000 }),
      );
      await expect(call).rejects.toMatchObject({
        exit: 4,
        message: expect.stringMatching(
          /\(429\).*; it asks to wait .*, and (30|29\.9) s of the run are left$/,
        ),
        hint: 'try again after that time, or give the run more of it',
      });
      expect(waits).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  test('ends the call where no timer holds it, even without a deadline', async () => {
    server.always({ status: 429, headers: { 'retry-after': '99999999' } });
    const { clock, waits } = impatient();
    const model = modelAt(server, { maxRetries: 5, clock });
    await expect(model.complete(ask({ deadline: Infinity }))).rejects.toThrow('it asks to wait');
    expect(waits).toEqual([]);
  });
});

test('a backoff beyond the run ends the call at once', async () => {
  server.always({ status: 503 });
  const { clock, waits } = impatient();
  const model = modelAt(server, { maxRetries: 5, clock });
  await expect(model.complete(ask({ deadline: Date.now() + 100 }))).rejects.toThrow(
    /failed \(503\).*; no second try/,
  );
  expect(waits).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

describe('an endpoint that does not know how to count', () => {
  const UNKNOWN = [
    { status: 400, body: { error: { message: 'Unrecognized request argument: stream_options' } } },
    { status: 422, body: { detail: [{ loc: ['body', 'stream_options'], msg: 'extra inputs' }] } },
  ];

  test.each(UNKNOWN)(
    'is asked once more without ($status), and not again later',
    async (refusal) => {
      const { clock, waits } = impatient();
      const model = modelAt(server, { clock });
      server.reply(refusal, { text: 'one' }, { text: 'two' });
      expect((await model.complete(ask())).text).toBe('one');
      expect((await model.complete(ask())).text).toBe('two');
      expect(server.requests.map(({ body }) => body.stream_options)).toEqual([
        { include_usage: true },
        undefined,
        undefined,
      ]);
      expect(waits).toEqual([]);
    },
  );

  test('is not asked for ever', async () => {
    server.always(UNKNOWN[0]!);
    await expect(modelAt(server).complete(ask())).rejects.toThrow('refused the request (400)');
    expect(server.requests).toHaveLength(2);
  });
});

test('a header is read as RFC 9110 has it, and otherwise not at all', () => {
  const now = Date.parse('1994-11-06T08:49:00Z');
  const read = (value: string): number | undefined =>
    retryAfterMs((name) => (name === 'retry-after' ? value : null), now);
  expect(read('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(37_000);
  expect(read('Sunday, 06-Nov-94 08:49:37 GMT')).toBe(37_000);
  expect(read('Sun, 06 Nov 1994 08:48:37 GMT')).toBeUndefined();
  expect(read('Sun, 99 Nov 1994 08:49:37 GMT')).toBeUndefined();
  expect(read('in 5 minutes GMT')).toBeUndefined();
  expect(read(' 7 ')).toBe(7000);
});
