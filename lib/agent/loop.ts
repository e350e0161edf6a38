/** The bounded loop: ask the model, carry out the tool calls that it asks for, until one of them answers. */
import { LimitError, ModelError, PgaskError, RefusedError, ToolInputError } from '../errors.js';
import {
  BrokenInput,
  type Message,
  type Model,
  type Reply,
  steadyNow,
  type ToolCall,
} from '../models/model.js';
import { jsonSchema } from '../schema.js';
import type { Answer, Tool, ToolContext, ToolOutcome } from '../tools/tool.js';
import type { Listener } from './events.js';
import { wrapUntrusted } from './untrusted.js';
import type { Budget } from './limits.js';

export interface RunOptions {
  readonly model: Model;
  readonly tools: readonly Tool[];
  /** Everything but the signal, which is each call's own. */
  readonly context: Omit<ToolContext, 'signal'>;
  readonly messages: readonly Message[];
  readonly budget: Budget;
  /** Milliseconds that a tool call may take; one that answers or streams is bounded by its statement's time instead. */
  readonly toolTimeoutMs: number;
  /** Aborts the run with its reason. */
  readonly signal: AbortSignal;
  readonly listen: Listener;
}

/** After this many steps the model is told to come to an end. */
const CONCLUDE_AFTER = 5;
/** The same call again is answered with a note this often at most; the next one ends the run. */
const MAX_REPEATS = 1;

/**
 * @throws {LimitError} steps, tokens, cost or time are used up
 * @throws {ModelError} no usable answer
 * @throws {RefusedError} a statement would have changed something, or only refused ones were tried
 */
export async function run(options: RunOptions): Promise<Answer> {
  const { model, tools, budget, signal, listen } = options;
  const messages = [...options.messages];
  const specs = tools.map(({ name, summary, input }) => ({
    name,
    summary,
    schema: jsonSchema(input),
  }));
  const repeats = watchRepeats();
  let refusal: RefusedError | undefined;
  /** What was asked for may be a file, and that is there. */
  let written = false;
  for (;;) {
    budget.step();
    listen({ type: 'step', number: budget.steps });
    const reply = await ask(model, { messages, tools: specs }, budget, signal);
    budget.spend(reply.usage);
    listen({ type: 'reply', text: reply.text, usage: reply.usage });
    if (reply.reading !== undefined) listen({ type: 'reading', reading: reply.reading });
    if (reply.calls.length === 0) return lastWord(reply, { refusal, written });
    messages.push({ role: 'assistant', text: reply.text, calls: reply.calls });
    const outcomes = await carryOut(reply.calls, options, repeats, refusal);
    for (const { call, outcome, error } of outcomes) {
      if (error instanceof RefusedError) refusal = error;
      if (error === undefined && tools.some(({ name, streams }) => streams && name === call.name)) {
        written = true;
      }
      if (outcome?.answer !== undefined) return outcome.answer;
      const text = error === undefined ? shown(outcome) : describe(error);
      listen({ type: 'observation', call, text, failed: error !== undefined });
      messages.push({ role: 'tool', callId: call.id, name: call.name, text });
    }
    if (budget.steps > CONCLUDE_AFTER) conclude(messages);
  }
}

async function ask(
  model: Model,
  request: Pick<Parameters<Model['complete']>[0], 'messages' | 'tools'>,
  budget: Budget,
  signal: AbortSignal,
): Promise<Reply> {
  const timeUp = new AbortController();
  const timer = setTimeout(
    () => {
      timeUp.abort(
        new LimitError('the model took longer than the run may', {
          limit: 'run-timeout',
          hint: 'try again, or raise limits.runTimeoutMs in the configuration',
        }),
      );
    },
    Math.max(0, budget.deadline - steadyNow()),
  );
  try {
    return await model.complete({
      ...request,
      signal: AbortSignal.any([signal, timeUp.signal]),
      deadline: budget.deadline,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** A reply without calls ends the turn: words, or what stood in the way of rows. */
function lastWord(
  reply: Reply,
  { refusal, written }: { readonly refusal: RefusedError | undefined; readonly written: boolean },
): Answer {
  if (refusal !== undefined) throw refusal;
  if (reply.text.trim() === '' && !written) {
    throw new ModelError('the model gave neither an answer nor a tool call', {
      hint: 'try again, or another model with --model',
    });
  }
  if (reply.stop === 'length') {
    throw new ModelError("the model's answer was cut off at its output limit", {
      hint: 'ask for less, or try another model',
    });
  }
  return { type: 'words', text: reply.text };
}

interface Outcome {
  readonly call: ToolCall;
  readonly outcome?: ToolOutcome;
  /** A failure that the model may mend. */
  readonly error?: PgaskError;
}

/** All calls of a step at once, the one that answers last; in the order of the calls. */
async function carryOut(
  calls: readonly ToolCall[],
  options: RunOptions,
  repeats: ReturnType<typeof watchRepeats>,
  refusal: RefusedError | undefined,
): Promise<Outcome[]> {
  const toolOf = ({ name }: ToolCall) => options.tools.find((tool) => tool.name === name);
  // One call that can't be mended ends the run; the others must not go on behind its back.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const attempt = async (call: ToolCall): Promise<Outcome> => {
    options.listen({ type: 'call', call });
    let note: string | undefined;
    try {
      note = repeats.note(call, refusal);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    if (note !== undefined) return { call, outcome: { text: note } };
    try {
      return { call, outcome: await callTool(toolOf(call), call, { ...options, signal }) };
    } catch (error) {
      if (error instanceof PgaskError && error.recoverable) return { call, error };
      failed.abort(error);
      throw error;
    }
  };
  const ending = calls.filter((call) => toolOf(call)?.ends === true);
  const others = calls.filter((call) => !ending.includes(call));
  const done = new Map<ToolCall, Outcome>();
  const settled = await Promise.allSettled(others.map(attempt));
  for (const result of settled) {
    if (result.status === 'fulfilled') done.set(result.value.call, result.value);
  }
  if (failed.signal.aborted) throw failed.signal.reason;
  for (const call of ending) {
    const outcome = await attempt(call);
    done.set(call, outcome);
    if (outcome.outcome?.answer !== undefined) return [outcome];
  }
  return calls.map((call) => done.get(call)!);
}

async function callTool(
  tool: Tool | undefined,
  call: ToolCall,
  { tools, context, signal, toolTimeoutMs }: RunOptions,
): Promise<ToolOutcome> {
  if (tool === undefined) {
    throw new ToolInputError(`there is no tool ${call.name}`, {
      hint: `the tools are: ${tools.map(({ name }) => name).join(', ')}`,
    });
  }
  if (call.input instanceof BrokenInput) {
    throw new ToolInputError(`the input of ${tool.name} was not valid JSON`, {
      hint: 'send the whole input as one JSON object',
    });
  }
  const input = tool.input.safeParse(call.input);
  if (!input.success) {
    const problems = input.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    );
    throw new ToolInputError(`the input of ${tool.name} does not fit: ${problems.join('; ')}`);
  }
  if (tool.ends === true || tool.streams === true) {
    return await tool.run(input.data, { ...context, signal });
  }
  const deadline = AbortSignal.timeout(toolTimeoutMs);
  try {
    return await tool.run(input.data, { ...context, signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    // A look that took too long can be made smaller; an answer that does is the user's to know.
    const tooSlow = deadline.aborted || (error instanceof LimitError && error.limit === 'timeout');
    if (!tooSlow || signal.aborted) throw error;
    throw new ToolInputError(`${tool.name} took too long`, {
      cause: error,
      hint: 'ask it for less',
    });
  }
}

/** What the model is shown of an outcome: what comes from the database between markers. */
function shown({ text, values }: ToolOutcome = { text: '' }): string {
  if (values === undefined) return text;
  return text === '' ? wrapUntrusted(values) : `${text}\n${wrapUntrusted(values)}`;
}

/** What the model is told of a failure: the reason, and what to do about it. Both may name what the database holds. */
function describe(error: PgaskError): string {
  const hint = error.hint === undefined ? '' : `\nhint: ${error.hint}`;
  const state = error.sqlstate === undefined ? '' : ` (SQLSTATE ${error.sqlstate})`;
  return `error${state}:\n${wrapUntrusted(error.message + hint, 'what was reported')}`;
}

/** Notices a model that goes in circles. */
function watchRepeats() {
  let last: string | undefined;
  let repeated = 0;
  return {
    /**
     * What to say instead of carrying out the same call again.
     *
     * @throws {ModelError} the time after, or the refusal that the model does not accept
     */
    note(call: ToolCall, refusal: RefusedError | undefined): string | undefined {
      const key = JSON.stringify([call.name, call.input]);
      repeated = key === last ? repeated + 1 : 0;
      last = key;
      if (repeated === 0) return undefined;
      if (repeated > MAX_REPEATS) {
        if (refusal !== undefined) throw refusal;
        throw new ModelError(`the model makes the same call again and again: ${call.name}`, {
          hint: 'rephrase the request, or try another model with --model',
        });
      }
      return 'note: this is the very call that you have just made; its result stands above. Do something else, or answer.';
    },
  };
}

function conclude(messages: Message[]): void {
  const last = messages.at(-1);
  if (last?.role !== 'tool') return;
  const text = `${last.text}\n\nYou have taken many steps. Call answer now, with the best statement that you have.`;
  messages[messages.length - 1] = { ...last, text };
}
