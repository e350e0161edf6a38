/** What the tests of models share: a request, and a model at a server of theirs with a clock that does not wait. */
import type { Model, ModelRequest } from '../../lib/models/model.js';
import { openaiModel, type OpenAIOptions } from '../../lib/models/openai.js';
import type { Clock } from '../../lib/models/retry.js';
import type { ChatServer } from '../support/chat-server.js';

export const KEY = 'sk-test-0123456789abcdefghij';

export function ask(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    messages: [
      { role: 'system', text: 'You answer questions.' },
      { role: 'user', text: 'how many?' },
    ],
    tools: [],
    signal: new AbortController().signal,
    deadline: Date.now() + 60_000,
    ...changes,
  };
}

export function modelAt(
  server: Pick<ChatServer, 'url'>,
  changes: Partial<OpenAIOptions> = {},
): Model {
  return openaiModel({
    model: 'test-model',
    baseURL: server.url,
    apiKey: KEY,
    timeoutMs: 2000,
    maxRetries: 0,
    clock: impatient().clock,
    ...changes,
  });
}

/** A clock whose sleeps take no time; `waits` are the milliseconds that each would have taken. */
export function impatient(random = 0.5): { clock: Clock; waits: number[] } {
  const waits: number[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    random: () => random,
    sleep: (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      return Promise.resolve();
    },
  };
  return { clock, waits };
}
