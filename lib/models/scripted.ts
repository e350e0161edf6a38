/** A queue of replies in the place of a model, for tests and evaluations. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod/v3';
import { ModelError } from '../errors.js';
import { freshId } from './assembly.js';
import { type Model, type ModelRequest, type Reply, type Usage } from './model.js';

const replySchema = z
  .object({
    text: z.string().optional(),
    calls: z
      .array(z.object({ name: z.string().min(1), input: z.unknown() }).strict())
      .optional()
      .describe('tool calls; an input that is left out is {}'),
    usage: z
      .object({
        inputTokens: z.number().int().nonnegative().optional(),
        cachedTokens: z.number().int().nonnegative().optional(),
        outputTokens: z.number().int().nonnegative().optional(),
      })
      .strict()
      .optional(),
    stop: z.enum(['end', 'calls', 'length']).optional(),
    error: z.string().min(1).optional().describe('the call fails with this message instead'),
  })
  .strict();

export type ScriptedReply = z.input<typeof replySchema>;

/** A reply, or what makes one of the request at hand (and may throw). */
export type ScriptedStep = ScriptedReply | ((request: ModelRequest) => ScriptedReply);

export interface ScriptedModel extends Model {
  /** What was asked so far, oldest first; the messages as they were then. */
  readonly requests: readonly ModelRequest[];
}

export function scriptedModel(steps: readonly ScriptedStep[], name = 'scripted'): ScriptedModel {
  const queue = [...steps];
  const requests: ModelRequest[] = [];
  return {
    name,
    contextTokens: undefined,
    requests,
    async complete(request) {
      request.signal.throwIfAborted();
      requests.push({ ...request, messages: [...request.messages] });
      const step = queue.shift();
      if (step === undefined) {
        throw new ModelError(`the script has no reply ${String(requests.length)}`, {
          hint: `it holds ${String(steps.length)}: add another`,
        });
      }
      const reply = typeof step === 'function' ? step(request) : step;
      if (reply.error !== undefined) {
        throw new ModelError(reply.error, { hint: 'the script says so' });
      }
      // A model is never there at once, and nobody should come to rely on it.
      await Promise.resolve();
      if (reply.text !== undefined && reply.text !== '') request.onText?.(reply.text);
      return toReply(reply, request);
    },
  };
}

function toReply(
  { text = '', calls = [], usage, stop }: ScriptedReply,
  request: ModelRequest,
): Reply {
  const used = new Set<string>();
  for (const message of request.messages) {
    if (message.role === 'assistant') for (const { id } of message.calls) used.add(id);
  }
  return {
    text,
    calls: calls.map(({ name, input = {} }) => {
      const id = freshId(used);
      used.add(id);
      return { id, name, input };
    }),
    usage: usageOf(usage),
    stop: stop ?? (calls.length > 0 ? 'calls' : 'end'),
  };
}

function usageOf(usage: ScriptedReply['usage'] = {}): Usage {
  const { inputTokens = 0, cachedTokens = 0, outputTokens = 0 } = usage;
  return { inputTokens, cachedTokens, outputTokens };
}

/**
 * The model that plays a script from a file.
 *
 * @throws {ModelError} no such file, or a script that does not fit
 */
export async function scriptedFromFile(path: string): Promise<ScriptedModel> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelError(`the script ${path} can't be read: ${reason}`, {
      hint: 'with the provider scripted, model is the path of a script',
      cause: error,
    });
  }
  return scriptedModel(parseScript(text), path);
}

/**
 * A script's text: a JSON array of replies.
 *
 * @throws {ModelError} with everything that does not fit
 */
export function parseScript(text: string): ScriptedReply[] {
  const parsed = z.array(replySchema).safeParse(json(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${place(path)}: ${message}`);
  throw new ModelError(`the script does not fit: ${problems.join('; ')}`, { hint: SHAPE });
}

const SHAPE =
  'a script is a JSON array of replies: {"text", "calls": [{"name", "input"}], "usage", "stop", "error"}, all optional';

function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelError(`the script is not JSON: ${reason}`, { hint: SHAPE });
  }
}

/** `reply 2, calls[0].name`, counted as a person counts replies. */
function place([index, ...rest]: readonly (string | number)[]): string {
  if (index === undefined) return 'script';
  const inside = rest
    .map((key) => (typeof key === 'number' ? `[${String(key)}]` : `.${key}`))
    .join('');
  return `reply ${String(Number(index) + 1)}${inside === '' ? '' : `, ${inside.replace(/^\./, '')}`}`;
}
