/** The tool calls of one step: what reads at once, then what alters, one at a time, then what ends the turn. */
import { EFFECTS, LimitError, PgaskError, RefusedError, ToolInputError } from '../errors.js';
import { BrokenInput, type Reply, type ToolCall } from '../models/model.js';
import type { Tool, ToolContext, ToolOutcome } from '../tools/tool.js';
import type { Listener } from './events.js';
import type { Repeats } from './repeats.js';

export interface StepOptions {
  readonly tools: readonly Tool[];
  /** Everything but the signal, which is each call's own. */
  readonly context: Omit<ToolContext, 'signal'>;
  /** Milliseconds that a tool call may take; one that answers or streams is bounded by its statement's time instead. */
  readonly toolTimeoutMs: number;
  /** Aborts the run with its reason. */
  readonly signal: AbortSignal;
  readonly listen: Listener;
}

export interface Outcome {
  readonly call: ToolCall;
  readonly tool: Tool | undefined;
  /** False where the call was answered with a note instead. */
  readonly done: boolean;
  readonly outcome?: ToolOutcome;
  /** A failure that the model may mend. */
  readonly error?: PgaskError;
}

/**
 * In the order of the calls.
 *
 * @param refusal of an earlier step, which a model may not accept
 * @throws whatever ends the run: then nothing of the step is begun any more
 */
export async function takeStep(
  reply: Pick<Reply, 'calls' | 'stop'>,
  options: StepOptions,
  repeats: Repeats,
  refusal: RefusedError | undefined,
): Promise<Outcome[]> {
  const { calls } = reply;
  const toolOf = ({ name }: ToolCall) => options.tools.find((tool) => tool.name === name);
  // One call that can't be mended ends the run; the others must not go on behind its back.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const attempt = async (call: ToolCall): Promise<Outcome> => {
    options.listen({ type: 'call', call });
    const tool = toolOf(call);
    let note: string | undefined;
    try {
      note = repeats.note(call, refusal);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    // What was altered before is known by its statements, and told with its counts.
    if (note !== undefined && tool?.alters !== true) {
      return { call, tool, done: false, outcome: { text: note } };
    }
    try {
      const outcome = await callTool(tool, call, { ...options, signal });
      return { call, tool, done: true, outcome };
    } catch (error) {
      if (error instanceof PgaskError && isMendable(error, tool, options.context)) {
        return { call, tool, done: true, error };
      }
      failed.abort(error);
      throw error;
    }
  };
  const altering = calls.filter((call) => toolOf(call)?.alters === true);
  const ending = calls.filter((call) => toolOf(call)?.ends === true);
  const others = calls.filter((call) => !ending.includes(call) && !altering.includes(call));
  const outcomes = new Map<ToolCall, Outcome>();
  const settled = await Promise.allSettled(others.map(attempt));
  for (const result of settled) {
    if (result.status === 'fulfilled') outcomes.set(result.value.call, result.value);
  }
  if (failed.signal.aborted) throw failed.signal.reason;
  // What the model meant is known only where all of it arrived, and what comes after a change rests on it.
  let held = altering.length === 0 ? undefined : brokenPart(reply);
  for (const call of altering) {
    if (held === undefined) {
      const outcome = await attempt(call);
      outcomes.set(call, outcome);
      if (outcome.error !== undefined) held = 'a change before it was not made';
    } else outcomes.set(call, withheld(call, toolOf(call), held));
  }
  for (const call of ending) {
    const outcome = held === undefined ? await attempt(call) : withheld(call, toolOf(call), held);
    outcomes.set(call, outcome);
    if (outcome.outcome?.answer !== undefined) break;
  }
  return calls.flatMap((call) => outcomes.get(call) ?? []);
}

function withheld(call: ToolCall, tool: Tool | undefined, why: string): Outcome {
  const text = `note: not carried out, for ${why}. Nothing was changed by it; send it again once that is mended.`;
  return { call, tool, done: false, outcome: { text } };
}

/** As a clause. */
function brokenPart({ calls, stop }: Pick<Reply, 'calls' | 'stop'>): string | undefined {
  if (stop === 'length') return 'your reply was cut off at its output limit';
  return calls.some(({ input }) => input instanceof BrokenInput)
    ? 'a part of your reply was not valid JSON'
    : undefined;
}

/** Within the grant a change that was sent to where only reads go can be proposed as what it is. */
function isMendable(error: PgaskError, tool: Tool | undefined, { grant }: StepOptions['context']) {
  if (error.recoverable) return true;
  if (!(error instanceof RefusedError) || tool?.alters === true || grant === undefined)
    return false;
  return EFFECTS.indexOf(error.effect) <= EFFECTS.indexOf(grant);
}

async function callTool(
  tool: Tool | undefined,
  call: ToolCall,
  { tools, context, signal, toolTimeoutMs }: StepOptions,
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
