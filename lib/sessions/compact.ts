/** Earlier turns as a model sees them: requests, statements and the shapes of results, newest kept, within a budget. */
import type { Message } from '../models/model.js';
import type { Session, Turn, TurnChange } from './session.js';

export interface ConversationBudget {
  readonly maxTurns: number;
  readonly maxTokens: number;
}

/** Columns of a result that are named to the model. */
const MAX_COLUMNS = 50;
/** Statements of a change whose counts are told. */
const MAX_STATEMENTS = 20;

/**
 * The session's last turns, oldest first. A turn keeps its number whatever is left out before it, so that equal
 * turns are equal text in every prompt.
 */
export function conversation(
  session: Pick<Session, 'turns' | 'sequence'>,
  budget: ConversationBudget,
): Message[] {
  const { turns, sequence } = session;
  const kept = newestTurns(turns, budget);
  // The latest is what a follow-up refers to: rather without its statement than not at all.
  const latest = turns.at(-1);
  if (kept.length === 0 && latest !== undefined && budget.maxTurns > 0) {
    return turnMessages(shorten(latest, budget.maxTokens), sequence);
  }
  return kept.flatMap((turn, i) => turnMessages(turn, sequence - kept.length + 1 + i));
}

/** The longest run of last turns within the budget. */
export function newestTurns(
  turns: readonly Turn[],
  { maxTurns, maxTokens }: ConversationBudget,
): readonly Turn[] {
  let first = turns.length;
  let tokens = 0;
  while (first > 0 && turns.length - first < maxTurns) {
    tokens += turnTokens(turns[first - 1]!);
    if (tokens > maxTokens) break;
    first -= 1;
  }
  return turns.slice(first);
}

/** Numbers of turns are no longer than this one, which stands for any of them in estimates. */
const LONGEST_NUMBER = 999_999;

/** An estimate: four characters to a token. */
function turnTokens(turn: Turn): number {
  const characters = turnMessages(turn, LONGEST_NUMBER).reduce((sum, message) => {
    const calls = message.role === 'assistant' ? message.calls : [];
    return sum + message.text.length + (calls.length === 0 ? 0 : JSON.stringify(calls).length);
  }, 0);
  return Math.ceil(characters / 4);
}

function turnMessages(turn: Turn, number: number): Message[] {
  const { request, sql, answer, changes = [] } = turn;
  const asked: Message[] = [{ role: 'user', text: request }];
  if (changes.length > 0) asked.push(...changeMessages(changes, number));
  if (sql === null) {
    // Providers refuse an assistant's message without text or calls.
    const text =
      answer.trim() === '' ? `(no answer; the run ended with exit ${turn.exit})` : answer;
    return [...asked, { role: 'assistant', text, calls: [] }];
  }
  const call = { id: `turn-${number}`, name: 'answer', input: { sql, text: answer } };
  return [
    ...asked,
    { role: 'assistant', text: '', calls: [call] },
    { role: 'tool', callId: call.id, name: call.name, text: describeResult(turn) },
  ];
}

/** As the calls that they were, and what became of each by the program's own word. */
function changeMessages(changes: readonly TurnChange[], number: number): Message[] {
  const calls = changes.map(({ effect, statements }, i) => ({
    id: `turn-${number}-${i + 1}`,
    name: effect === 'write' ? 'run_dml' : 'run_ddl',
    input: { sql: statements.map(({ sql }) => sql).join(';\n') },
  }));
  return [
    { role: 'assistant', text: '', calls },
    ...changes.map((change, i): Message => {
      const { id, name } = calls[i]!;
      return { role: 'tool', callId: id, name, text: describeChange(change) };
    }),
  ];
}

function describeChange({ id, state, statements }: TurnChange): string {
  const told = statements
    .slice(0, MAX_STATEMENTS)
    .map(({ command, rowCount }) => (rowCount === null ? command : `${command} ${rowCount}`));
  const more = statements.length - told.length;
  const counts = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
  return state === 'applied'
    ? `applied as change ${id}: ${counts}`
    : `written down as plan ${id}, not carried out in this turn: ${counts}`;
}

function describeResult({ rowCount, truncated, columns, exit }: Turn): string {
  if (rowCount === null) return exit === 0 ? 'not run' : `failed: the run ended with exit ${exit}`;
  const rows = `delivered ${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`;
  const cut = truncated ? ', cut off by a limit' : '';
  if (columns === null) return `${rows}${cut}`;
  const named = columns.slice(0, MAX_COLUMNS).map(({ name, type }) => `${plain(name)} (${type})`);
  if (columns.length > MAX_COLUMNS) named.push(`and ${columns.length - MAX_COLUMNS} more`);
  return `${rows}${cut}; columns: ${named.join(', ')}`;
}

/** A name that comes from the database can't pretend to be anything but one. */
function plain(name: string): string {
  return /^[\p{L}\p{N}_$]+$/u.test(name) ? name : JSON.stringify(name);
}

function shorten(turn: Turn, maxTokens: number): Turn {
  const { changes = [], ...rest } = turn;
  const length = turn.sql?.length ?? turn.answer.length;
  const changed = changes
    .map((change) => `${describeChange(change)}; `)
    .join('')
    .slice(0, maxTokens);
  return {
    ...rest,
    request: turn.request.slice(0, maxTokens * 2).toWellFormed(),
    sql: null,
    answer: `(${changed}answered with ${length} characters of ${turn.sql === null ? 'text' : 'SQL'}, too long to be repeated)`,
  };
}
