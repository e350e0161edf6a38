/**
 * HTTP to an endpoint, as the openai client's `fetch`: our headers alone, no redirect followed, no silence longer
 * than agreed, and whatever shape the answer has, one that the client can read.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { LONGEST_TIMER_MS } from './retry.js';

export interface TransportOptions {
  /** Sent as a bearer token; no `Authorization` at all where undefined. */
  readonly apiKey: string | undefined;
  /** The longest silence: until the headers, and between two pieces of the body. */
  readonly timeoutMs: number;
}

export type TransportProblem =
  /** No connection, or one that broke. */
  | { readonly type: 'network'; readonly error: NodeJS.ErrnoException }
  /** The caller's signal. */
  | { readonly type: 'aborted' }
  /** Nothing came for `timeoutMs`. */
  | { readonly type: 'silence' }
  /** HTML where JSON was expected. */
  | { readonly type: 'page' }
  /** JSON that is cut off or damaged. */
  | { readonly type: 'garbled' }
  /** More than any model would answer. */
  | { readonly type: 'oversized' }
  /** Another address was named, which may not have the key. */
  | { readonly type: 'redirect'; readonly location: string | undefined };

export class TransportError extends Error {
  readonly problem: TransportProblem;

  constructor(problem: TransportProblem) {
    // Not the network's own words or cause: where they speak of time, the client keeps neither.
    super(problem.type);
    this.name = new.target.name;
    this.problem = problem;
  }
}

/** What the client hands over: the part of fetch's arguments that is used. */
interface Outgoing {
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

export type Transport = (url: unknown, init?: Outgoing) => Promise<Response>;

/** A reply of a hundred thousand tokens in single-token events is some 25 MB. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
/** Node gives each address 250 ms by default, less than a handshake across the world may take. */
const AGENT = { keepAlive: true, autoSelectFamilyAttemptTimeout: 2000 };

// Not the built-in fetch: it follows redirects with the prompt, adds the client's headers (OPENAI_CUSTOM_HEADERS
// among them), and ends every wait after 300 s, which a large model on a small machine needs for its first token.
export function transport(options: TransportOptions): Transport {
  const agents = new Map<string, http.Agent>();
  return async (url, init = {}) => {
    const target = new URL(String(url));
    const secure = target.protocol === 'https:';
    const agent =
      agents.get(target.protocol) ?? (secure ? new https.Agent(AGENT) : new http.Agent(AGENT));
    agents.set(target.protocol, agent);
    const response = await send(target, String(init.body), {
      ...options,
      agent,
      signal: init.signal,
    });
    const status = response.head.statusCode ?? 0;
    if (status >= 200 && status < 300) return await answer(response);
    if (status >= 300 && status < 400) {
      response.head.destroy();
      const { location } = response.head.headers;
      throw new TransportError({ type: 'redirect', location });
    }
    return await refusal(response, status);
  };
}

interface Exchange extends TransportOptions {
  /** False for a connection of its own. */
  readonly agent: http.Agent | false;
  readonly signal: AbortSignal | null | undefined;
}

interface Incoming {
  readonly head: IncomingMessage;
  readonly body: AsyncIterable<Uint8Array>;
}

function send(target: URL, body: string, exchange: Exchange): Promise<Incoming> {
  const { apiKey, timeoutMs, agent, signal } = exchange;
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? https : http).request(target, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'text/event-stream, application/json',
        'accept-encoding': 'identity',
        'user-agent': 'pgask',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
    });
    let head: IncomingMessage | undefined;
    const fail = (problem: TransportProblem): void => {
      (head ?? request).destroy(new TransportError(problem));
    };
    const watch = setTimeout(fail, Math.min(timeoutMs, LONGEST_TIMER_MS), { type: 'silence' });
    // Not the request's own `signal`: an abort after the last byte would hit the connection, which is kept.
    const abort = (): void => {
      fail({ type: 'aborted' });
    };
    signal?.addEventListener('abort', abort);
    request.on('close', () => {
      clearTimeout(watch);
      signal?.removeEventListener('abort', abort);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection just as it was taken again: that is nobody's failure.
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      if (stale && head === undefined) resolve(send(target, body, { ...exchange, agent: false }));
      else reject(networkError(error));
    });
    request.on('response', (response) => {
      head = response;
      // Whoever reads the body meets the error; before that, nobody else may.
      response.on('error', () => undefined);
      watch.refresh();
      resolve({ head, body: heeded(response, watch) });
    });
    if (signal?.aborted === true) abort();
    else request.end(body);
  });
}

async function* heeded(head: IncomingMessage, watch: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of head as AsyncIterable<Buffer>) {
      watch.refresh();
      bytes += chunk.length;
      if (bytes > MAX_REPLY_BYTES) throw new TransportError({ type: 'oversized' });
      yield chunk;
    }
  } catch (error) {
    throw networkError(error as NodeJS.ErrnoException);
  }
}

function networkError(error: NodeJS.ErrnoException | TransportError): TransportError {
  return error instanceof TransportError ? error : new TransportError({ type: 'network', error });
}

/**
 * A 2xx as a stream of events. What it is can't be left to its content type, which proxies get wrong, nor to the
 * request: some endpoints answer `stream: true` with one JSON body, which becomes the only event.
 */
async function answer({ body }: Incoming): Promise<Response> {
  const pieces = body[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let first: string | undefined;
  while (first === undefined) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    head.push(value);
    first = /[^\s\uFEFF]/.exec(Buffer.concat(head).toString('utf8'))?.[0];
  }
  const rest = { [Symbol.asyncIterator]: () => pieces };
  const whole = replay(head, rest);
  if (first === '<') {
    await pieces.return?.();
    throw new TransportError({ type: 'page' });
  }
  if (first !== '{' && first !== '[') {
    return new Response(ReadableStream.from(whole), {
      headers: { 'content-type': 'text/event-stream' },
    });
  }
  const json = parsed(await text(whole));
  if (json === undefined) throw new TransportError({ type: 'garbled' });
  return new Response(`data: ${JSON.stringify(unlisted(json))}\n\ndata: [DONE]\n\n`);
}

async function* replay(
  head: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}

/** A failure, its body always `{"error": …}`, which is the only one that the client reads. */
async function refusal({ head, body }: Incoming, status: number): Promise<Response> {
  const received = await text(body, MAX_ERROR_BYTES);
  const json = unlisted(parsed(received));
  let error: unknown = json;
  if (typeof json === 'object' && json !== null && 'error' in json) error = json.error;
  else if (json === undefined) error = { message: plain(received) };
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const name of ['retry-after', 'retry-after-ms']) {
    const value = head.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  // A Response takes no other status.
  const known = status >= 200 && status <= 599;
  return new Response(JSON.stringify({ error }), { status: known ? status : 502, headers });
}

/** Google's endpoint wraps an error in an array. */
function unlisted(json: unknown): unknown {
  return Array.isArray(json) ? (json as unknown[])[0] : json;
}

/** Of a page its title is enough. */
function plain(body: string): string {
  if (!/^\s*</.test(body)) return body;
  return /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim() ?? '';
}

async function text(body: AsyncIterable<Uint8Array>, maxBytes = Infinity): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= maxBytes) break;
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
