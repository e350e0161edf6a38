/** Any endpoint that speaks chat completions with tools: OpenAI, Azure, Ollama, vLLM, llama.cpp, LM Studio, OpenRouter. */
import type { OpenAI } from 'openai';
import { ModelError } from '../errors.js';
import { assembly, type Assembly } from './assembly.js';
import {
  type Endpoint,
  explainFiltered,
  explainForeign,
  explainRefusal,
  explainTransport,
  explainUnfinished,
} from './failures.js';
import type { Model, ModelRequest, Reply } from './model.js';
import {
  type Attempt,
  type Clock,
  type Failure,
  LONGEST_TIMER_MS,
  retryAfterMs,
  retrying,
  systemClock,
} from './retry.js';
import { type Transport, transport, TransportError } from './transport.js';
import { bodyOf, idsIn } from './wire.js';

export interface OpenAIOptions {
  /** As the endpoint calls it; on Azure, the deployment. */
  readonly model: string;
  /** Up to and with `/v1`; OpenAI's own where undefined. */
  readonly baseURL: string | undefined;
  /** No `Authorization` is sent where undefined, as local servers like it. */
  readonly apiKey: string | undefined;
  /**
   * Of one attempt: the wait for its first byte, and the longest silence in its stream. How long all of it may
   * take is the run's to say, by its signal.
   */
  readonly timeoutMs: number;
  /** Attempts after the first. */
  readonly maxRetries: number;
  readonly contextTokens?: number | undefined;
  /** Called before each wait with what failed and how long the wait is. */
  readonly onRetry?: ((message: string) => void) | undefined;
  readonly clock?: Clock | undefined;
}

const OPENAI_URL = 'https://api.openai.com/v1';
/** Once the model has said why it stopped, its usage and the end of the stream are waited for no longer. */
const GRACE_MS = 1000;

/**
 * A model behind HTTP. The package is loaded and the connection made by the first call.
 *
 * A stream that breaks off is tried again from its beginning, because nothing of it was acted upon: pieces that
 * `onText` had by then are void, which `onRetry` announces, and the Reply's text is what counts.
 *
 * The temperature is left to the endpoint: models that reason refuse any but their own.
 */
export function openaiModel(options: OpenAIOptions): Model {
  const { model, maxRetries, onRetry, clock = systemClock } = options;
  let connecting: Promise<Connection> | undefined;
  let countsTokens = true;
  return {
    name: model,
    contextTokens: options.contextTokens,
    async complete(request) {
      const { signal, deadline } = request;
      signal.throwIfAborted();
      const connection = await (connecting ??= connect(options));
      signal.throwIfAborted();
      const attempt = async (): Promise<Attempt<Reply>> => {
        const outcome = await converse(connection, request, countsTokens, clock);
        if (outcome.type !== 'cannot_count') return outcome;
        countsTokens = false;
        return await attempt();
      };
      return await retrying(attempt, { maxRetries, deadline, signal, onRetry, clock });
    },
  };
}

interface Connection {
  readonly client: OpenAI;
  /** The package's class, for the errors that hang on it. */
  readonly sdk: typeof OpenAI;
  readonly endpoint: Endpoint;
}

/** @throws {ModelError} a base URL or a key that can't be used */
async function connect({ model, timeoutMs, ...options }: OpenAIOptions): Promise<Connection> {
  const base = baseOf(options.baseURL ?? OPENAI_URL);
  const apiKey = keyOf(options.apiKey);
  const { OpenAI: sdk } = await import('openai');
  const fetch = transport({ apiKey, timeoutMs });
  const client = clientOf(sdk, base, fetch);
  const port = base.port || (base.protocol === 'https:' ? '443' : '80');
  const url = base.origin + base.pathname;
  return {
    client,
    sdk,
    endpoint: { model, host: `${base.hostname}:${port}`, url, apiKey, timeoutMs },
  };
}

function clientOf(sdk: typeof OpenAI, base: URL, fetch: Transport): OpenAI {
  const address = new URL(base);
  address.search = '';
  try {
    return new sdk({
      baseURL: address.href,
      defaultQuery: Object.fromEntries(base.searchParams),
      fetch,
      maxRetries: 0,
      // The transport's watch is the only one.
      timeout: LONGEST_TIMER_MS,
      logLevel: 'off',
      // The transport sends the real one, and no header of the client's: those of the environment among them.
      apiKey: 'unused',
      // What is left out here the client takes from the environment, which the configuration alone may read.
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
    });
  } catch (error) {
    // OPENAI_CUSTOM_HEADERS is parsed even though none of it is sent.
    throw new ModelError('the openai package does not start in this environment', {
      hint: 'unset OPENAI_CUSTOM_HEADERS, which pgask does not use',
      cause: error,
    });
  }
}

function baseOf(text: string): URL {
  const base = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    throw new ModelError("the model's baseURL is no http or https URL", {
      hint: 'write it like https://host:port/v1',
    });
  }
  base.hash = '';
  // What people copy out of an example is the address of the call itself.
  base.pathname = base.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return base;
}

function keyOf(text: string | undefined): string | undefined {
  const key = text?.trim() ?? '';
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new ModelError("the model's key holds characters that no HTTP header can carry", {
      hint: 'check the variable that apiKeyEnv names',
    });
  }
  return key === '' ? undefined : key;
}

/** One attempt. `cannot_count`: the endpoint does not know how to be asked for usage. */
async function converse(
  { client, sdk, endpoint }: Connection,
  request: ModelRequest,
  countsTokens: boolean,
  clock: Clock,
): Promise<Attempt<Reply> | { readonly type: 'cannot_count' }> {
  const { signal, onText } = request;
  // One of its own: the client never takes its listener off a signal, and a run makes many calls.
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  signal.addEventListener('abort', abort, { once: true });
  let grace: NodeJS.Timeout | undefined;
  const reply = assembly();
  try {
    const body = bodyOf(endpoint.model, request, countsTokens);
    const stream = await client.chat.completions.create(body, { signal: stop.signal });
    for await (const event of stream) {
      const piece = reply.take(event);
      if (piece !== '') onText?.(piece);
      if (reply.finish() !== undefined) grace = grace?.refresh() ?? setTimeout(abort, GRACE_MS);
    }
  } catch (error) {
    // An abort comes as any of several errors.
    signal.throwIfAborted();
    if (countsTokens && refusesCounting(error, sdk)) return { type: 'cannot_count' };
    const failure = explain(error, sdk, endpoint, clock);
    // Once what the model had to say is complete, what breaks after it does not matter.
    if (reply.finish() === undefined) return { type: 'failed', failure };
  } finally {
    clearTimeout(grace);
    signal.removeEventListener('abort', abort);
  }
  const failure = unusable(reply, endpoint);
  if (failure !== undefined) return { type: 'failed', failure };
  return { type: 'done', value: reply.reply(idsIn(request.messages)) };
}

function unusable(reply: Assembly, endpoint: Endpoint): Failure | undefined {
  if (reply.error() !== undefined) {
    return explainRefusal({ status: undefined, error: reply.error() }, endpoint);
  }
  switch (reply.finish()) {
    case undefined:
      return reply.foreign() ? explainForeign(endpoint) : explainUnfinished(endpoint);
    // OpenRouter and DeepSeek, in this order, for a provider that gave up.
    case 'error':
    case 'insufficient_system_resource':
      return explainUnfinished(endpoint);
    case 'content_filter':
      return explainFiltered(endpoint);
    default:
      return undefined;
  }
}

function refusesCounting(error: unknown, sdk: typeof OpenAI): boolean {
  if (!(error instanceof sdk.APIError) || (error.status !== 400 && error.status !== 422))
    return false;
  return /stream_options|include_usage/.test(JSON.stringify(error.error ?? ''));
}

/** @throws whatever is not the endpoint's doing: a bug */
function explain(error: unknown, sdk: typeof OpenAI, endpoint: Endpoint, clock: Clock): Failure {
  const root = error instanceof sdk.APIConnectionError ? error.cause : error;
  if (root instanceof TransportError) return explainTransport(root.problem, endpoint);
  if (root instanceof SyntaxError) return explainTransport({ type: 'garbled' }, endpoint);
  if (root instanceof sdk.APIError) {
    const { status, headers } = root;
    const asked = retryAfterMs((name) => headers?.get(name), clock.now());
    return explainRefusal({ status, error: root.error, retryAfterMs: asked }, endpoint);
  }
  throw error;
}
