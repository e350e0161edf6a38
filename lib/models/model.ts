/** The port of models: messages and tools in, text and tool calls out. */
import type { JsonSchema } from '../schema.js';

export interface ToolCall {
  /** Unique within the conversation; the tool's message answers to it. */
  readonly id: string;
  readonly name: string;
  /**
   * What the model sent, parsed as JSON but not yet validated. Where it was not JSON this is a
   * {@link BrokenInput}, which no schema accepts.
   */
  readonly input: unknown;
}

/** Tool input that was not JSON (cut off, say): the loop answers it with an observation. */
export class BrokenInput {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | {
      readonly role: 'tool';
      readonly callId: string;
      readonly name: string;
      readonly text: string;
    };

export interface ToolSpec {
  readonly name: string;
  readonly summary: string;
  readonly schema: JsonSchema;
}

/** Tokens as the provider counted them; zero where it did not say. */
export interface Usage {
  readonly inputTokens: number;
  /** The part of the input that the provider read from its cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export const NO_USAGE: Usage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

export interface ModelRequest {
  /** One system message first, then the conversation, oldest first. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Aborts the call; the model rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Milliseconds of {@link steadyNow} after which the answer is of no use: no retry waits beyond it. */
  readonly deadline: number;
  /** Called with each piece of text as it arrives, where the model streams. Must not throw. */
  readonly onText?: ((piece: string) => void) | undefined;
}

/** How words of a request were read. */
export interface WordReading {
  readonly words: string;
  /** What they stand for; null where they say nothing by themselves. */
  readonly as: string | null;
  readonly reason: string;
  /** From 1, which is certain, down to 0. */
  readonly score: number;
}

export interface Reply {
  readonly text: string;
  /** How the request was read, where the model can tell. */
  readonly reading?: readonly WordReading[] | undefined;
  /** Empty where the model has said its last word. */
  readonly calls: readonly ToolCall[];
  readonly usage: Usage;
  /** `length`: cut off by the provider's own limit, so that calls may be incomplete. */
  readonly stop: 'end' | 'calls' | 'length';
}

export interface Model {
  /** As `--model` names it, for sessions and usage. */
  readonly name: string;
  /** Tokens that fit one call, or undefined where there is no bound. */
  readonly contextTokens: number | undefined;
  /**
   * One call.
   *
   * @throws {ModelError} unreachable, refused, rate-limited out, or no usable reply (exit 4)
   * @throws {NotUnderstoodError} the offline planner's refusal (exit 7)
   */
  complete(request: ModelRequest): Promise<Reply>;
}

/** Milliseconds since the epoch by a clock that is never set: a limit is not reached because the time of day was. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
