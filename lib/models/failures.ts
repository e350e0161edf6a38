/** What went wrong at an endpoint: one sentence, what to do about it, and whether another try may help. */
import { seconds, type Failure } from './retry.js';
import type { TransportProblem } from './transport.js';

/** Whom a failure is about. */
export interface Endpoint {
  readonly model: string;
  /** Host and port. */
  readonly host: string;
  /** The base URL, without user, password and query. */
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
}

/** What a server said, by an HTTP status or in the middle of its stream. */
export interface Refusal {
  readonly status: number | undefined;
  /** Its error object, or whatever it sent instead. */
  readonly error: unknown;
  readonly retryAfterMs?: number | undefined;
}

const LATER = 'try again later, or choose another model';
const MAX_WORDS = 300;

export function explainRefusal(refusal: Refusal, endpoint: Endpoint): Failure {
  const { host, model, url, apiKey } = endpoint;
  const code = codes(refusal.error);
  const status = refusal.status ?? statusIn(refusal.error);
  const said = words(refusal.error, endpoint);
  const because = (clause: string): string => {
    const number = status === undefined ? '' : ` (${String(status)})`;
    return `${host} ${clause}${number}${said === '' ? '' : `: ${said}`}`;
  };
  const final = (clause: string, hint: string): Failure => ({
    message: because(clause),
    hint,
    retry: false,
  });
  const passing = (clause: string, hint: string): Failure => ({
    message: because(clause),
    hint,
    retry: true,
    retryAfterMs: refusal.retryAfterMs,
  });

  if (status === 402 || /insufficient_quota|billing|insufficient_(balance|credits?)/.test(code)) {
    return final(
      'says that the quota of this key is spent',
      'add credit or raise the limit at the provider, or choose another endpoint',
    );
  }
  if (/content_filter|content_policy/.test(code)) {
    return final('refused the request by its content filter', 'put the request in other words');
  }
  if (tooLong(status, code, said)) {
    return final(
      `can't fit the request into the context of model ${model}`,
      'start over with --new, name fewer schemas, or choose a model with a larger context',
    );
  }
  if (status === 401 || status === 403 || code.includes('invalid_api_key')) {
    return apiKey === undefined
      ? final('wants a key and none is set', 'name the variable that holds the key in apiKeyEnv')
      : final('refused the key', 'the key of this endpoint was refused: check apiKeyEnv');
  }
  if (status === 404 || code.includes('model_not_found')) {
    return final(
      `does not know model ${model}, or the path`,
      `check model (${model}) and baseURL (${url})${versioned(url) ? '' : ', which usually ends in /v1'}`,
    );
  }
  if (status === 429 || /rate_limit|too_many_requests/.test(code)) {
    return passing('limits the rate of requests', LATER);
  }
  if (status === 408) return passing('gave up waiting', LATER);
  if (status === 409) return passing('reported a conflict', LATER);
  if (status !== undefined && status >= 500) return passing('failed', LATER);
  if (status === undefined) {
    // In the middle of a stream there is no status: what is not known to be the request's fault may pass.
    return /invalid_request/.test(code)
      ? final('refused the request', refusedHint(endpoint))
      : passing('broke off its answer with an error', LATER);
  }
  return final('refused the request', refusedHint(endpoint));
}

export function explainTransport(problem: TransportProblem, endpoint: Endpoint): Failure {
  const { host, url, timeoutMs } = endpoint;
  switch (problem.type) {
    case 'network':
      return explainNetwork(problem.error, endpoint);
    case 'aborted':
      return explainUnfinished(endpoint);
    case 'silence':
      return {
        message: `${host} sent nothing for ${seconds(timeoutMs)}`,
        hint: "raise the model's timeoutMs where the model is merely slow",
        retry: true,
      };
    case 'page':
      return {
        message: `${host} answered with a web page instead of JSON`,
        hint: `baseURL (${url}) is probably wrong${versioned(url) ? '' : ': it often needs /v1 at its end'}`,
        retry: false,
      };
    case 'garbled':
      return {
        message: `${host} sent JSON that is cut off or damaged`,
        hint: 'try again; where it stays so, look at what stands between here and the endpoint',
        retry: true,
      };
    case 'oversized':
      return {
        message: `${host} sent more than any answer should be`,
        hint: `check baseURL (${url})`,
        retry: false,
      };
    case 'redirect': {
      // Without its query, which may hold a token.
      const location = clean((problem.location ?? '').replace(/[?#].*/s, ''), endpoint.apiKey);
      return {
        message: `${host} redirects${location === '' ? '' : ` to ${location}`}`,
        hint: 'set baseURL to where the endpoint really is: a key is sent to no other address',
        retry: false,
      };
    }
  }
}

/** The names that Node's network stack gives, in words. */
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to its network',
};

function explainNetwork(error: NodeJS.ErrnoException, endpoint: Endpoint): Failure {
  const { host, url } = endpoint;
  const code = error.code ?? '';
  const name = `${host} is unreachable: ${NETWORK[code] ?? clean(error.message, endpoint.apiKey)}`;
  if (/CERT|SELF_SIGNED|SIGNATURE|^ERR_TLS|^EPROTO/.test(code)) {
    return {
      message: name,
      hint: `check baseURL (${url}); NODE_EXTRA_CA_CERTS names certificates of your own`,
      retry: false,
      cause: error,
    };
  }
  if (code.startsWith('HPE_')) {
    return {
      message: `${host} does not speak HTTP`,
      hint: `check baseURL (${url}): is it another port, or https?`,
      retry: false,
      cause: error,
    };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return {
      message: `the connection to ${host} broke off`,
      hint: 'try again; where it stays so, look at the log of the endpoint',
      retry: true,
      cause: error,
    };
  }
  return {
    message: name,
    hint: `is the server running? check baseURL (${url})`,
    retry: code !== 'ENOTFOUND',
    cause: error,
  };
}

/** A stream that ended, properly by HTTP, before the model had said why it stopped. */
export function explainUnfinished({ host }: Endpoint): Failure {
  return {
    message: `${host} ended its answer in the middle`,
    hint: 'try again; where it stays so, look at the log of the endpoint',
    retry: true,
  };
}

/** JSON, but of some other API. */
export function explainForeign({ host, url }: Endpoint): Failure {
  return {
    message: `${host} answered with something that is not a chat completion`,
    hint: `check baseURL (${url})${versioned(url) ? '' : ', which usually ends in /v1'}`,
    retry: false,
  };
}

export function explainFiltered({ host }: Endpoint): Failure {
  return {
    message: `the content filter of ${host} withheld the answer`,
    hint: 'put the request in other words',
    retry: false,
  };
}

function refusedHint({ model, url }: Endpoint): string {
  return `check that model ${model} at ${url} speaks chat completions with tools`;
}

function versioned(url: string): boolean {
  return /\/v\d/.test(url);
}

function tooLong(status: number | undefined, code: string, said: string): boolean {
  if (code.includes('context_length_exceeded') || status === 413) return true;
  const mayBe = status === undefined || status === 400 || status === 422 || status === 500;
  return (
    mayBe &&
    /context (length|window|size)|maximum context|too many (input )?tokens|prompt is too long|input is too long|exceeds? the (available )?context/i.test(
      said,
    )
  );
}

/** Error code and type, as far as there are any, in one string to search. */
function codes(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, type } = error as Record<string, unknown>;
  return [code, type]
    .filter((one) => typeof one === 'string')
    .join(' ')
    .toLowerCase();
}

/** OpenRouter, vLLM and llama.cpp put an HTTP status into the error itself. */
function statusIn(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, status } = error as Record<string, unknown>;
  return [status, code].map(Number).find((number) => number >= 400 && number < 600);
}

/** The server's own words, fit to be shown. */
function words(error: unknown, { apiKey }: Endpoint): string {
  return clean(message(error), apiKey);
}

function message(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null) return '';
  const { message: said, detail, metadata } = error as Record<string, unknown>;
  // OpenRouter says "Provider returned error" and keeps what the provider said beside it.
  const raw = (metadata as { raw?: unknown } | null | undefined)?.raw;
  const parts = [said ?? detail ?? withoutWords(error), raw];
  return parts
    .map((part) =>
      typeof part === 'string' ? part : part === undefined ? '' : JSON.stringify(part),
    )
    .filter((part) => part !== '')
    .join(': ');
}

function withoutWords(error: object): unknown {
  return Object.keys(error).length === 0 ? '' : error;
}

/** One line of bounded length without control or bidi characters, and without the key or what is left of it. */
export function clean(text: string, apiKey: string | undefined): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const masked = masking(line, apiKey);
  return masked.length > MAX_WORDS ? `${masked.slice(0, MAX_WORDS).toWellFormed()}…` : masked;
}

function masking(line: string, apiKey: string | undefined): string {
  const key = apiKey?.trim() ?? '';
  // Shorter ones are placeholders that local servers are given, and words of ordinary messages.
  const whole = key.length < 4 ? line : line.replaceAll(key, '***');
  const ends = key.length < 8 ? [] : [key.slice(0, 6), key.slice(-6)];
  // Servers echo a key in part: "sk-ab***cd", "abcdef…", "…wxyz".
  return whole.replace(/[^\s"'`,;:()<>{}[\]]+/g, (word) => {
    const secret =
      /(^|[^a-z0-9])(sk|rk|pk|gsk|xai)-./i.test(word) ||
      /\*{2,}/.test(word) ||
      ends.some((end) => word.includes(end));
    return secret ? '***' : word;
  });
}
