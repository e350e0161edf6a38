/**
 * A server that speaks chat completions over real HTTP, and misbehaves on demand: each request takes the next
 * behaviour from a queue.
 *
 *     const server = await startChatServer();
 *     server.reply({ calls: [{ name: 'answer', input: { sql: 'select 1' } }] });
 *     server.reply({ status: 429, headers: { 'retry-after': '1' } }, { text: 'done' });
 *     // … run something against server.url, then look at server.requests
 *     await server.close();
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

export interface ChatCall {
  name: string;
  input?: unknown;
  /** Sent in the place of JSON.stringify(input): cut off, or an object as Ollama sends it. */
  arguments?: string | object;
  /** `call_<request>_<call>`, counted from 1, unless given; null leaves it out. */
  id?: string | null;
}

export interface ChatReply {
  // What the model says.
  /** An array is sent piece by piece. */
  text?: string | readonly string[];
  calls?: readonly ChatCall[];
  /** `stop` or `tool_calls` unless given; null leaves it out. */
  finish?: string | null;
  /** Sent where the request asks for it; null never. */
  usage?: Record<string, unknown> | null;

  // How it is sent.
  /** False: one JSON body although a stream was asked for. */
  stream?: boolean;
  /** Events in the place of those made of the above: objects as `data:` lines, strings as they stand. */
  events?: readonly (object | string)[];
  /** Line ends of the stream. */
  eol?: '\n' | '\r\n';
  /** Comment lines between the events, as OpenRouter sends them. */
  comments?: boolean;
  /** False: no `data: [DONE]`. */
  done?: boolean;
  /** Bytes of one write; cuts lines and multi-byte characters wherever it falls. */
  chunkBytes?: number;
  /** Milliseconds between two writes. */
  gapMs?: number;
  /** Milliseconds before the headers. */
  headersAfterMs?: number;

  // How it fails.
  /** Anything but 200 answers with `body`, or with an error that OpenAI would send. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** The whole body, as it stands (an object as JSON). */
  body?: string | object;
  /** Silence after this many events, the connection open. */
  stallAfter?: number;
  /** The connection is torn down after this many events; 0: before the headers. */
  breakAfter?: number;
  /** An error object in the stream after the other events. */
  error?: unknown;
  /** The connection stays open after the last event. */
  holdOpen?: boolean;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: ChatBody;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The parts of a request's body that tests look at. */
export interface ChatBody {
  readonly model?: string;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly messages?: readonly Record<string, unknown>[];
  readonly tools?: readonly {
    readonly type: string;
    readonly function: { readonly name: string } & Record<string, unknown>;
  }[];
  readonly [key: string]: unknown;
}

export interface ChatServer {
  /** What goes into baseURL. */
  readonly url: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly requests: readonly RecordedRequest[];
  /** Queues behaviours, one for each request to come. */
  readonly reply: (...replies: readonly ChatReply[]) => void;
  /** The behaviour of every request that finds the queue empty; a 400 that says so unless set. */
  readonly always: (reply: ChatReply) => void;
  /** Behaviours that no request has taken. */
  readonly waiting: () => number;
  /** Connections that are open now. */
  readonly connections: () => number;
  /** Connections that were ever opened. */
  readonly opened: () => number;
  readonly close: () => Promise<void>;
}

/** Insufficient quota as OpenAI words it. */
export const SPENT_QUOTA: ChatReply = {
  status: 429,
  body: {
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    },
  },
};

const NOTHING_QUEUED: ChatReply = {
  status: 400,
  body: { error: { message: 'chat-server: no reply was queued for this request' } },
};

export async function startChatServer(): Promise<ChatServer> {
  const queue: ChatReply[] = [];
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let fallback = NOTHING_QUEUED;
  let opened = 0;

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      // The client went away, or the test is over.
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    opened++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      at: Date.now(),
    });
    const reply = identified(queue.shift() ?? fallback, requests.length);
    await behave(reply, body, response, closing.signal);
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url: `http://${host}/v1`,
    host,
    requests,
    reply: (...replies) => {
      queue.push(...replies);
    },
    always: (reply) => {
      fallback = reply;
    },
    waiting: () => queue.length,
    connections: () => sockets.size,
    opened: () => opened,
    async close() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<ChatBody> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as ChatBody);
}

/** The same with an id for each call, which no other request's call has. */
function identified(reply: ChatReply, request: number): ChatReply {
  if (reply.calls === undefined) return reply;
  const calls = reply.calls.map((call, index) => ({
    id: `call_${String(request)}_${String(index + 1)}`,
    ...call,
  }));
  return { ...reply, calls };
}

async function behave(
  reply: ChatReply,
  request: ChatBody,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (reply.headersAfterMs !== undefined) await delay(reply.headersAfterMs, undefined, { signal });
  if (reply.breakAfter === 0) {
    response.socket?.destroy();
    return;
  }
  const status = reply.status ?? 200;
  if (reply.body !== undefined || status !== 200) {
    const body = reply.body ?? { error: { message: `status ${String(status)}`, type: 'test' } };
    await sendWhole(
      response,
      status,
      typeof body === 'string' ? body : JSON.stringify(body),
      reply,
      signal,
    );
    return;
  }
  if (request.stream !== true || reply.stream === false) {
    await sendWhole(response, 200, JSON.stringify(completion(reply)), reply, signal);
    return;
  }
  await sendStream(response, reply, request, signal);
}

async function sendWhole(
  response: ServerResponse,
  status: number,
  body: string,
  reply: ChatReply,
  signal: AbortSignal,
): Promise<void> {
  const type = body.trimStart().startsWith('<') ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...reply.headers });
  await write(response, body, reply, signal);
  response.end();
}

async function sendStream(
  response: ServerResponse,
  reply: ChatReply,
  request: ChatBody,
  signal: AbortSignal,
): Promise<void> {
  const { eol = '\n', comments = false, done = true, stallAfter, breakAfter } = reply;
  response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
  response.flushHeaders();
  const events: (object | string)[] = [...(reply.events ?? chunks(reply, request))];
  if (reply.error !== undefined) events.push({ error: reply.error });
  else if (done) events.push(`data: [DONE]${eol}${eol}`);
  for (const [sent, event] of events.entries()) {
    if (sent === stallAfter) return;
    if (sent === breakAfter) {
      response.socket?.destroy();
      return;
    }
    if (comments) await write(response, `: PROCESSING${eol}${eol}`, reply, signal);
    const text = typeof event === 'string' ? event : `data: ${JSON.stringify(event)}${eol}${eol}`;
    await write(response, text, reply, signal);
  }
  if (reply.holdOpen !== true && stallAfter === undefined) response.end();
}

async function write(
  response: ServerResponse,
  text: string,
  { chunkBytes, gapMs = 0 }: ChatReply,
  signal: AbortSignal,
): Promise<void> {
  const bytes = Buffer.from(text);
  const size = chunkBytes ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    if (response.destroyed) throw new Error('the client went away');
    await new Promise((resolve) => response.write(bytes.subarray(at, at + size), resolve));
    await (gapMs > 0 ? delay(gapMs, undefined, { signal }) : nextTurn());
  }
}

const HEAD = { id: 'chatcmpl-test', created: 1_700_000_000, model: 'test' };
const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** A reply as OpenAI streams it: a role, text by pieces, calls with their arguments cut in the middle, the reason to stop. */
function chunks(reply: ChatReply, request: ChatBody): object[] {
  const chunk = (delta: object, finish: string | null = null): object => ({
    ...HEAD,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const { text = [], calls = [] } = reply;
  const events = [chunk({ role: 'assistant', content: '' })];
  for (const content of typeof text === 'string' ? [text] : text) events.push(chunk({ content }));
  for (const [index, call] of calls.entries()) {
    const { id, name, input } = wireCall(call);
    const first = (args: unknown): object =>
      chunk({
        tool_calls: [
          {
            index,
            ...(id === null ? {} : { id }),
            type: 'function',
            function: { name, arguments: args },
          },
        ],
      });
    if (typeof input !== 'string') {
      events.push(first(input));
      continue;
    }
    events.push(first(''));
    const middle = Math.ceil(input.length / 2);
    for (const piece of [input.slice(0, middle), input.slice(middle)]) {
      events.push(chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
    }
  }
  if (reply.finish !== null) events.push(chunk({}, finishOf(reply)));
  if (reply.usage !== null && request.stream_options?.include_usage === true) {
    events.push({
      ...HEAD,
      object: 'chat.completion.chunk',
      choices: [],
      usage: reply.usage ?? USAGE,
    });
  }
  return events;
}

/** The same in one piece. */
function completion(reply: ChatReply): object {
  const { text, calls = [] } = reply;
  const content = text === undefined ? null : typeof text === 'string' ? text : text.join('');
  const toolCalls = calls.map((call) => {
    const { id, name, input } = wireCall(call);
    return {
      ...(id === null ? {} : { id }),
      type: 'function',
      function: { name, arguments: input },
    };
  });
  return {
    ...HEAD,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content,
          ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
        },
        ...(reply.finish === null ? {} : { finish_reason: finishOf(reply) }),
      },
    ],
    ...(reply.usage === null ? {} : { usage: reply.usage ?? USAGE }),
  };
}

function wireCall({ id = null, name, input = {}, arguments: raw }: ChatCall): {
  id: string | null;
  name: string;
  input: string | object;
} {
  return { id, name, input: raw ?? JSON.stringify(input) };
}

function finishOf({ finish, calls = [] }: ChatReply): string {
  return finish ?? (calls.length > 0 ? 'tool_calls' : 'stop');
}
