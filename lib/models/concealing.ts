/** Between us and a model: no secret of this run goes out, and none that an endpoint echoes comes in. */
import type { Secrets } from '../io.js';
import { BrokenInput, type Message, type Model, type Reply, type ToolCall } from './model.js';

export function concealing(model: Model, secrets: Secrets): Model {
  return {
    ...model,
    async complete(request) {
      const messages = request.messages.map((message) => concealedMessage(message, secrets));
      return concealedReply(await model.complete({ ...request, messages }), secrets);
    },
  };
}

function concealedMessage(message: Message, secrets: Secrets): Message {
  const text = secrets.inText(message.text);
  if (message.role !== 'assistant') return { ...message, text };
  return { ...message, text, calls: message.calls.map((call) => concealedCall(call, secrets)) };
}

function concealedReply(reply: Reply, secrets: Secrets): Reply {
  const calls = reply.calls.map((call) => concealedCall(call, secrets));
  return { ...reply, text: secrets.inText(reply.text), calls };
}

/** What a call holds may be SQL, which has to stay what it is. */
function concealedCall(call: ToolCall, secrets: Secrets): ToolCall {
  if (call.input instanceof BrokenInput) return call;
  return { ...call, input: concealedValue(call.input, secrets) };
}

function concealedValue(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.inSql(value);
  if (Array.isArray(value)) return value.map((item) => concealedValue(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, concealedValue(inner, secrets)]),
  );
}
