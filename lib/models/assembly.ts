/** A reply put together from the pieces of a chat completion, as forgiving as endpoints are various. */
import { type Reply, BrokenInput, NO_USAGE, type ToolCall, type Usage } from './model.js';

export interface Assembly {
  /** Adds one event, streamed or whole; answers the text in it. Whatever it does not know it leaves aside. */
  readonly take: (event: unknown) => string;
  /** True where there were events, and none of a chat completion. */
  readonly foreign: () => boolean;
  /** An event that is an error as a whole, as older vLLM sends it. */
  readonly error: () => unknown;
  /** Why the model stopped, as the provider puts it; undefined while it has not. */
  readonly finish: () => string | undefined;
  /** @param taken ids that are used in the conversation already */
  readonly reply: (taken: ReadonlySet<string>) => Reply;
}

/** A call as far as it has come. */
interface Draft {
  id: string;
  name: string;
  /** JSON text so far, or the value itself: Ollama sends an object. */
  input: string | object;
}

export function assembly(): Assembly {
  const drafts: Draft[] = [];
  const byIndex = new Map<number, Draft>();
  let text = '';
  let usage = NO_USAGE;
  let events = 0;
  let begun = false;
  let error: unknown;
  let finish: string | undefined;

  const takeCall = (piece: Fields): void => {
    const named = fields(piece['function']);
    const id = string(piece['id']);
    const name = string(named['name']);
    const input = named['arguments'];
    const index = piece['index'];
    let draft = typeof index === 'number' ? byIndex.get(index) : unnumbered(drafts, id, name);
    if (draft === undefined || isAnother(draft, id, name, input)) {
      draft = { id, name: '', input: '' };
      drafts.push(draft);
    }
    if (typeof index === 'number') byIndex.set(index, draft);
    if (draft.id === '') draft.id = id;
    // Some endpoints repeat the whole name with every piece.
    if (name !== draft.name) draft.name += name;
    if (typeof input === 'object' && input !== null) draft.input = input;
    else if (typeof input === 'string' && typeof draft.input === 'string') draft.input += input;
  };

  return {
    take(event) {
      events++;
      const { usage: counted, choices, object } = fields(event);
      if (object === 'error') error = event;
      begun ||= Array.isArray(choices);
      if (typeof counted === 'object' && counted !== null) usage = usageOf(fields(counted));
      const choice = list(choices)
        .map(fields)
        .find((one) => (one['index'] ?? 0) === 0);
      if (choice === undefined) return '';
      const whole = choice['message'];
      const delta = fields(choice['delta'] ?? whole);
      const piece = words(delta['content']) + words(delta['refusal']);
      text += piece;
      for (const call of list(delta['tool_calls'])) takeCall(fields(call));
      // A whole message is over even where it does not say why.
      finish =
        string(choice['finish_reason']) || finish || (whole === undefined ? undefined : 'stop');
      return piece;
    },
    foreign: () => events > 0 && !begun,
    error: () => error,
    finish: () => finish,
    reply(taken) {
      const used = new Set(taken);
      const calls = drafts.map((draft): ToolCall => {
        const id = draft.id === '' || used.has(draft.id) ? freshId(used) : draft.id;
        used.add(id);
        return { id, name: draft.name, input: inputOf(draft.input) };
      });
      const cut = /length|max_tokens/.test(finish ?? '');
      return { text, calls, usage, stop: cut ? 'length' : calls.length > 0 ? 'calls' : 'end' };
    },
  };
}

/** Of a piece without an index: the call of its id, or the latest one where it brings neither id nor name. */
function unnumbered(drafts: readonly Draft[], id: string, name: string): Draft | undefined {
  return id === '' && name === ''
    ? drafts.at(-1)
    : drafts.find((draft) => id !== '' && draft.id === id);
}

/**
 * True where a piece begins a call of its own although its index says otherwise: some endpoints number every call 0.
 * It brings a name, and another id or more input than a complete one can take.
 */
function isAnother(draft: Draft, id: string, name: string, input: unknown): boolean {
  if (name === '') return false;
  if (id !== '' && draft.id !== '' && id !== draft.id) return true;
  if (typeof draft.input !== 'string') return true;
  const complete = draft.input !== '' && !(inputOf(draft.input) instanceof BrokenInput);
  return complete && input !== '' && input !== null && input !== undefined;
}

function inputOf(input: string | object): unknown {
  if (typeof input !== 'string') return input;
  if (input.trim() === '') return {};
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return new BrokenInput(input);
  }
}

/** Nine letters and digits, which is what the strictest provider (Mistral) accepts. */
export function freshId(used: ReadonlySet<string>): string {
  for (let n = used.size + 1; ; n++) {
    const id = `call${n.toString(36).padStart(5, '0')}`;
    if (!used.has(id)) return id;
  }
}

function usageOf(counted: Fields): Usage {
  const details = fields(counted['prompt_tokens_details']);
  return {
    inputTokens: count(counted['prompt_tokens']),
    cachedTokens: count(details['cached_tokens'] ?? counted['prompt_cache_hit_tokens']),
    outputTokens: count(counted['completion_tokens']),
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** Text, or the texts of an array of parts. */
function words(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .map((part) => (typeof part === 'string' ? part : string(fields(part)['text'])))
    .join('');
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
