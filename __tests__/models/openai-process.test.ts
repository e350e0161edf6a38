/** What only a process of its own shows: that it ends, stays silent, and takes nothing from the environment. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { type ChatServer, startChatServer } from '../support/chat-server.js';

/** Calls the model as often as it is told to, and writes what came of it; a signal is shared by all calls. */
const PROGRAM = `
import { openaiModel } from './lib/models/openai.js';
const { baseURL, apiKey, calls = 1, abortAfterMs, ...rest } = JSON.parse(process.argv[2]);
const controller = new AbortController();
const model = openaiModel({ model: 'm', baseURL, apiKey, timeoutMs: 60_000, maxRetries: 0, ...rest });
const results = [];
if (abortAfterMs !== undefined) setTimeout(() => controller.abort(new Error('enough')), abortAfterMs);
for (let i = 0; i < calls; i++) {
  try {
    const request = { messages: [{ role: 'user', text: 'hi' }], tools: [], signal: controller.signal, deadline: Date.now() + 60_000 };
    results.push((await model.complete(request)).text);
  } catch (error) {
    results.push(error.message);
  }
}
process.stdout.write(JSON.stringify({ results, doneAt: Date.now() }));
`;

let server: ChatServer;
let directory: string;
let program: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgask-model-'));
  program = join(directory, 'program.mjs');
  const root = resolve(import.meta.dirname, '../..');
  await build({
    stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  await writeFile(join(directory, 'package.json'), '{"type": "module"}');
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  server = await startChatServer();
  server.always({ text: 'ok' });
});
afterEach(async () => {
  await server.close();
});

test('a process ends by itself after its calls, without a word beside the result', async () => {
  const { results, stderr, code, lingeredMs } = await run({ baseURL: server.url, calls: 15 });
  expect(results).toEqual(Array.from({ length: 15 }, () => 'ok'));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(lingeredMs).toBeLessThan(500);
  expect(server.opened()).toBe(1);
});

test.each([
  ['a failure', { status: 400, body: { error: { message: 'no' } } }, {}, /refused the request/],
  ['silence', { text: 'a', stallAfter: 1 }, { timeoutMs: 200 }, /sent nothing for 200 ms/],
  ['an abort', { text: 'a', stallAfter: 1 }, { abortAfterMs: 500 }, /enough/],
  ['a stream that stays open', { text: 'a', holdOpen: true }, {}, /^a$/],
  ['a page', { body: '<html>', gapMs: 1 }, {}, /web page/],
])('a process ends by itself after %s', async (_, reply, options, expected) => {
  server.always(reply);
  const { results, stderr, code, lingeredMs } = await run({ baseURL: server.url, ...options });
  expect(results).toEqual([expect.stringMatching(expected)]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(lingeredMs).toBeLessThan(500);
});

test('the environment of the openai package decides and prints nothing', async () => {
  const trap = await startChatServer();
  trap.always({ text: 'trapped' });
  try {
    const { results, stderr } = await run(
      { baseURL: server.url, apiKey: 'mine' },
      {
        OPENAI_BASE_URL: trap.url,
        OPENAI_API_KEY: 'of-the-environment',
        OPENAI_ADMIN_KEY: 'of-the-environment',
        OPENAI_ORG_ID: 'of-the-environment',
        OPENAI_PROJECT_ID: 'of-the-environment',
        OPENAI_WEBHOOK_SECRET: 'of-the-environment',
        OPENAI_LOG: 'debug',
        OPENAI_CUSTOM_HEADERS: 'X-Custom: of-the-environment\nAuthorization: of-the-environment',
      },
    );
    expect(results).toEqual(['ok']);
    expect(stderr).toBe('');
    expect(trap.requests).toHaveLength(0);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer mine');
    expect(JSON.stringify(server.requests)).not.toContain('of-the-environment');
  } finally {
    await trap.close();
  }
});

test('an environment that the openai package can not read is named', async () => {
  const { results, stderr } = await run(
    { baseURL: server.url },
    { OPENAI_CUSTOM_HEADERS: 'no header: x' },
  );
  expect(results).toEqual(['the openai package does not start in this environment']);
  expect(stderr).toBe('');
});

test('an unparsable event is not printed', async () => {
  server.always({ events: ['data: {"secret rows\n\n'] });
  const { stderr, stdout } = await run({ baseURL: server.url }, { OPENAI_LOG: 'debug' });
  expect(stderr).toBe('');
  expect(stdout).not.toContain('secret rows');
});

interface Outcome {
  readonly results: unknown;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  /** From the last call's end to the end of the process. */
  readonly lingeredMs: number;
}

async function run(options: object, env: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 10_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const { results, doneAt } = JSON.parse(stdout) as { results: unknown; doneAt: number };
  return { results, stdout, stderr, code, lingeredMs: Date.now() - doneAt };
}
