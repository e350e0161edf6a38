/** The offline planner as a model: the conversation is its whole memory, and its only words are tool calls. */
import { NotUnderstoodError, StatementError } from '../errors.js';
import { type Files, planWithFile, type Step } from '../planner/destination.js';
import type { EarlierTurn, PlannerInput } from '../planner/planner.js';
import { NO_USAGE, type Message, type Model, type ModelRequest, type Reply } from './model.js';

export function offlineModel(): Model {
  return {
    name: 'offline',
    contextTokens: undefined,
    // What the planner throws is the reply's failure, never the caller's.
    complete: async (request) => {
      request.signal.throwIfAborted();
      const { input, files, calls, changed } = readConversation(request);
      // What the statement did is told by the program; what it was meant to do, in words.
      const step: Step =
        changed === undefined ? planWithFile(input, files) : { type: 'answer', text: changed };
      return reply(step, calls);
    },
  };
}

/** Calls that this turn has made already, so that the next one has an id of its own. */
interface Conversation {
  readonly input: PlannerInput;
  readonly files: Files;
  readonly calls: number;
  /** What a change of this turn was meant to do; undefined where none was made. */
  readonly changed: string | undefined;
}

function readConversation({ messages, tools }: ModelRequest): Conversation {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const turn = messages.slice(last + 1);
  refuseToRepeat(turn);
  const told = turn.filter((message) => message.role === 'tool' && message.name === 'find_values');
  return {
    input: {
      system: messages.find(({ role }) => role === 'system')?.text ?? '',
      earlier: earlierTurns(messages.slice(0, last)),
      request: messages[last]?.text ?? '',
      values: told.length === 0 ? undefined : told.map(({ text }) => text),
      canFindValues: tools.some(({ name }) => name === 'find_values'),
      schema: turn.findLast((message) => message.role === 'tool' && message.name === 'get_schema')
        ?.text,
      canGetSchema: tools.some(({ name }) => name === 'get_schema'),
      canChange: tools.some(({ name }) => name === 'run_dml'),
    },
    files: {
      canExport: tools.some(({ name }) => name === 'export_data'),
      exported: turn.some((message) => message.role === 'tool' && message.name === 'export_data'),
    },
    calls: messages.filter(({ role }) => role === 'assistant').length,
    changed: changedIn(turn),
  };
}

function changedIn(turn: readonly Message[]): string | undefined {
  for (const message of turn) {
    if (message.role !== 'assistant') continue;
    if (message.calls.some(({ name }) => name === 'run_dml')) return message.text;
  }
  return undefined;
}

/** The planner has one answer to a request; when it fails, asking again would give the same one. */
function refuseToRepeat(turn: readonly Message[]): void {
  for (const message of turn) {
    if (message.role !== 'tool') continue;
    // Of an error that stands between markers, its first line.
    const reason = message.text.split('\n').find((line) => !/^(error\b.*:$|<)/.test(line)) ?? '';
    if (message.name === 'export_data' && message.text.startsWith('error')) {
      throw new NotUnderstoodError(`nothing was exported: ${reason}`, {
        hint: 'pgask export "REQUEST" -o FILE writes where you say',
      });
    }
    if (message.name === 'run_dml' && message.text.startsWith('error')) {
      const sqlstate = /^error \(SQLSTATE (\w{5})\)/.exec(message.text)?.[1];
      throw new StatementError(reason, {
        hint: 'nothing was changed; say the request in other words, or write the statement: pgask sql --allow write "…"',
        ...(sqlstate === undefined ? {} : { sqlstate }),
      });
    }
    if (message.name !== 'answer') continue;
    throw new NotUnderstoodError(`the offline planner's statement failed: ${reason}`, {
      hint: 'say the request in other words, or configure a model',
    });
  }
}

/** A turn is a request with the call of `answer` that follows it. */
function earlierTurns(messages: readonly Message[]): EarlierTurn[] {
  const turns: { request: string; sql: string | undefined }[] = [];
  for (const message of messages) {
    if (message.role === 'user') turns.push({ request: message.text, sql: undefined });
    const turn = turns.at(-1);
    if (message.role !== 'assistant' || turn === undefined) continue;
    const answer = message.calls.findLast(({ name }) => name === 'answer');
    turn.sql = sqlOf(answer?.input) ?? turn.sql;
  }
  return turns;
}

function sqlOf(input: unknown): string | undefined {
  const sql = typeof input === 'object' && input !== null && 'sql' in input ? input.sql : undefined;
  return typeof sql === 'string' ? sql : undefined;
}

function reply(step: Step, calls: number): Reply {
  const { type: name, ...told } = step;
  const { reading, ...given } = 'reading' in told ? told : { ...told, reading: undefined };
  const isChange = step.type === 'run_dml';
  const input = isChange ? { sql: step.sql } : given;
  return {
    ...(reading === undefined ? {} : { reading }),
    text: isChange ? step.text : '',
    calls: [{ id: `offline_${calls + 1}`, name, input }],
    usage: NO_USAGE,
    stop: 'calls',
  };
}
