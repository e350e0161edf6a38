/** The bounded loop: ask the model, carry out the tool calls that it asks for, until one of them answers. */
import { LimitError, ModelError, type PgaskError, RefusedError } from '../errors.js';
import { type Message, type Model, type Reply, steadyNow } from '../models/model.js';
import { jsonSchema } from '../schema.js';
import type { Answer, ToolOutcome } from '../tools/tool.js';
import type { Budget } from './limits.js';
import { watchRepeats } from './repeats.js';
import { type StepOptions, takeStep } from './step.js';
import { wrapUntrusted } from './untrusted.js';

export interface RunOptions extends StepOptions {
  readonly model: Model;
  readonly messages: readonly Message[];
  readonly budget: Budget;
}

/** After this many steps the model is told to come to an end. */
const CONCLUDE_AFTER = 5;

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
  /** What was asked for may be a file or a change, and that is there. */
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
    const outcomes = await takeStep(reply, options, repeats, refusal);
    for (const { tool, done, error } of outcomes) {
      if (error instanceof RefusedError) refusal = error;
      if (error === undefined && done && tool?.streams === true) {
        written = true;
        refusal = undefined;
      }
    }
    for (const { call, outcome, error } of outcomes) {
      const answer = outcome?.answer;
      // Words must not stand in for a change that was refused.
      if (answer?.type === 'words' && refusal !== undefined && refusal.effect !== 'read')
        throw refusal;
      if (answer !== undefined) return answer;
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

/** What the model is shown of an outcome: what comes from the database between markers. */
function shown({ text, values }: ToolOutcome = { text: '' }): string {
  if (values === undefined) return text;
  return text === '' ? wrapUntrusted(values) : `${text}\n${wrapUntrusted(values)}`;
}

/** What the model is told of a failure: the reason, and what to do about it. Both may name what the database holds. */
function describe(error: PgaskError): string {
  const hint = error.hint === undefined ? '' : `\nhint: ${error.hint}`;
  const state = error.sqlstate === undefined ? '' : ` (SQLSTATE ${error.sqlstate})`;
  const change =
    error instanceof RefusedError && error.effect !== 'read'
      ? '\nA change is proposed with run_dml or run_ddl.'
      : '';
  return `error${state}:\n${wrapUntrusted(error.message + hint, 'what was reported')}${change}`;
}

function conclude(messages: Message[]): void {
  const last = messages.at(-1);
  if (last?.role !== 'tool') return;
  const text = `${last.text}\n\nYou have taken many steps. Call answer now, with the best statement that you have.`;
  messages[messages.length - 1] = { ...last, text };
}
