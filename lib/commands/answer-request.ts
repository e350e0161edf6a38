/** One request in plain words, from the prompt to the result. Loaded when something is asked. */
import type { Budget } from '../agent/limits.js';
import type { App, OpenDatabase } from '../app.js';
import type { Judgement } from '../databases/database.js';
import { EXIT, type ExitCode, RefusedError, StatementError } from '../errors.js';
import { findFormat } from '../formats/formats.js';
import { printable } from '../io.js';
import type { Model, WordReading } from '../models/model.js';
import type { Answer } from '../tools/tool.js';
import { answerOf, openRunBudget, type OwnContext } from './answer.js';
import type { Delivery } from './delivery.js';
import { envelopeFormat, type EnvelopeTail, wordsEnvelope } from './envelope.js';
import type { ExportedFile } from './export-figures.js';
import { writeFiles } from './export-result.js';
import { exportRows, type ExportTarget } from './export-rows.js';
import { openModelExports } from './model-exports.js';
import { tellReadings } from './readings.js';
import { deliverRows, exitOf, writeText, writeWords } from './result.js';
import { type Conversation, openConversation } from './conversation.js';

export interface AnswerOptions {
  /** Where the answer's rows go instead of the output: then only rows are an answer. */
  readonly target?: ExportTarget | undefined;
  /** Whether it is told how each word was read. */
  readonly showReading?: boolean;
}

/**
 * @throws {PgaskError}
 */
export async function answerRequest(
  app: App,
  request: string,
  { target, showReading = false }: AnswerOptions = {},
): Promise<ExitCode> {
  const model = await app.model();
  tellModel(app);
  const open = await app.database();
  const conversation = await openConversation(app, open.entry.name);
  const done = app.flags.quiet ? () => undefined : app.io.talk.progress('thinking');
  const readings = showReading ? tellReadings(app) : undefined;
  const turn = startTurn(app, open, conversation, {
    model,
    target,
    thought: done,
    reading: () => readings?.last,
  });
  try {
    const answer = await answerOf(app, {
      ...{ model, open, request, catalog: await app.catalog() },
      ...{ history: conversation.history, budget: turn.budget, context: turn.context },
      read: readings?.listen,
    });
    done();
    const exit = await turn.finish(answer);
    const { delivery: delivered } = turn;
    const figures = turn.figures();
    await conversation.remember({
      request,
      answer: turn.rowsOf(answer),
      delivered,
      model: model.name,
      exit,
      ...figures,
    });
    return delivered === undefined || exit !== EXIT.done ? exit : exitOf(app, delivered);
  } finally {
    done();
  }
}

/** Without a key the offline planner answers, and the user is to know that. */
function tellModel(app: App): void {
  const { provider, reason } = app.config().model;
  if (provider === 'offline' && reason !== undefined)
    app.say(`${reason}: the offline planner answers`);
}

interface Turn {
  readonly budget: Budget;
  readonly context: OwnContext;
  /** What was printed or written, once it was. */
  readonly delivery: Delivery | undefined;
  /** The answer as a session keeps it: a file's rows are what the next request refers to. */
  rowsOf(answer: Answer): Answer;
  /** Prints what an answer has besides its rows. */
  finish(answer: Answer): Promise<ExitCode>;
  figures(): { steps: number; usage: Budget['usage'] };
}

interface TurnOptions {
  readonly model: Model;
  readonly target: ExportTarget | undefined;
  /** Ends the sign of life of a model that thinks: what follows has its own. */
  readonly thought: () => void;
  /** How the request was read, where that is to be told. */
  readonly reading: () => readonly WordReading[] | undefined;
}

function startTurn(
  app: App,
  open: OpenDatabase,
  conversation: Conversation,
  { model, target, thought, reading }: TurnOptions,
): Turn {
  const { flags } = app;
  const started = Date.now();
  const budget = openRunBudget(app);
  const tail = (): EnvelopeTail => ({
    steps: budget.steps,
    usage: budget.usage,
    durationMs: Date.now() - started,
    session: conversation.name,
  });
  // Where the person has named a file, that is it.
  const mayExport = target === undefined && flags.output === undefined && !flags.sqlOnly;
  const exports = openModelExports(app, open, budget.excuse);
  const files: ExportedFile[] = [];
  let delivery: Delivery | undefined;
  const deliver = async ({ sql, text }: { sql: string; text: string }): Promise<Delivery> => {
    thought();
    if (flags.sqlOnly) return await printStatement(app, open, sql);
    if (target !== undefined) {
      const { delivery: written, file } = await exportRows(app, open, { sql }, target);
      if (file !== undefined) files.push(file);
      return (delivery = written);
    }
    const head = { answer: text, sql, database: open.entry.name, reading: reading() };
    const format = flags.envelope ? envelopeFormat(findFormat('json'), head, tail) : app.format();
    delivery = await deliverRows(app, open, { sql }, format);
    return delivery;
  };
  const written = () => (files.length > 0 ? files : exports.files);
  return {
    budget,
    context: {
      deliver,
      ...(mayExport
        ? {
            exportRows: async (request) => {
              thought();
              return await exports.exportRows(request);
            },
          }
        : {}),
    },
    get delivery() {
      return delivery ?? exports.last;
    },
    rowsOf(answer) {
      const { last } = exports;
      if (answer.type === 'rows' || last === undefined) return answer;
      return { type: 'rows', text: answer.text, delivered: last };
    },
    async finish(answer) {
      const { text } = answer;
      const rows = delivery ?? exports.last;
      const isFile = answer.type === 'words' || target !== undefined;
      if (isFile && rows !== undefined && written().length > 0) {
        if (text !== '') app.say(text);
        const head = { answer: text, sql: rows.sql, database: open.entry.name };
        await writeFiles(app, written(), { head, tail: tail(), delivery: rows });
        return EXIT.done;
      }
      if (answer.type === 'rows') {
        if (text !== '') app.say(text);
        return EXIT.done;
      }
      if (target !== undefined) {
        app.io.talk.line(text);
        return EXIT.notUnderstood;
      }
      if (!flags.envelope) return await writeWords(app, text);
      const head = { answer: text, sql: null, database: open.entry.name };
      await writeText(app, wordsEnvelope(head, tail()));
      return EXIT.done;
    },
    figures: () => {
      app.detail(`${model.name}: ${budget.steps} steps, ${JSON.stringify(budget.usage)}`);
      return { steps: budget.steps, usage: budget.usage };
    },
  };
}

/** `--sql-only`: what the guard would let run is printed, and not run. */
async function printStatement(
  app: App,
  { database, entry }: OpenDatabase,
  sql: string,
): Promise<Delivery> {
  const { timeoutMs } = entry.limits;
  const judgement = await database.check({ sql }, { signal: app.signal, timeoutMs });
  if (judgement.verdict === 'refuse') throw refusalOf(judgement, sql);
  const json = app.format().words === 'json';
  // Piped on it has to be the statement itself.
  const shown = app.io.out.terminal ? printable(sql) : sql;
  await writeText(app, json ? JSON.stringify({ sql }) : `${shown.replace(/;?\s*$/, '')};`);
  return { sql, columns: [], rowCount: 0, truncated: false, cutBy: undefined };
}

/** What is not SQL is for the model to mend, as where it runs. */
function refusalOf(
  judgement: Extract<Judgement, { verdict: 'refuse' }>,
  sql: string,
): RefusedError | StatementError {
  const { rule, reason, effect, hint, position } = judgement;
  return rule === 'syntax'
    ? new StatementError(reason, { sqlstate: '42601', sql, position })
    : new RefusedError(`refused: ${reason}`, { rule, effect, hint, sql, position });
}
