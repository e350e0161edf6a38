/** The body of a chat completion request, and which tool call ids a conversation holds. */
import { BrokenInput, type Message, type ModelRequest } from './model.js';

/** @param countsTokens whether the stream is to end with its usage */
export function bodyOf(model: string, request: ModelRequest, countsTokens: boolean) {
  const tools = request.tools.map(({ name, summary, schema }) => ({
    type: 'function' as const,
    function: { name, description: summary, parameters: { ...schema } },
  }));
  return {
    model,
    messages: request.messages.map(wireMessage),
    // OpenAI refuses an empty list.
    ...(tools.length === 0 ? {} : { tools }),
    stream: true as const,
    ...(countsTokens ? { stream_options: { include_usage: true } } : {}),
  };
}

function wireMessage(message: Message) {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'tool':
      return { role: 'tool' as const, tool_call_id: message.callId, content: message.text };
    case 'assistant':
      if (message.calls.length === 0) return { role: 'assistant' as const, content: message.text };
      return {
        role: 'assistant' as const,
        content: message.text === '' ? null : message.text,
        tool_calls: message.calls.map(({ id, name, input }) => ({
          id,
          type: 'function' as const,
          function: { name, arguments: JSON.stringify(objectOf(input)) },
        })),
      };
  }
}

/** Many endpoints parse the arguments that they are sent back, and refuse a request where one is no object. */
function objectOf(input: unknown): object {
  if (input instanceof BrokenInput) return { broken_json: input.text };
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input };
}

/** A call's id must differ from each of these. */
export function idsIn(messages: readonly Message[]): ReadonlySet<string> {
  return new Set(
    messages.flatMap((message) =>
      message.role === 'assistant' ? message.calls.map(({ id }) => id) : [],
    ),
  );
}
