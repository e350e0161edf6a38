/** One request in plain words, from the prompt to the result. Loaded when something is asked. */
import type { Budget } from '../agent/limits.js';
import type { App, OpenDatabase } from '../app.js';
import type { Judgement } from '../databases/database.js';
import { grantOn } from '../config/grant.js';
import { EXIT, type ExitCode, PgaskError, RefusedError, StatementError } from '../errors.js';
import { findFormat } from '../formats/formats.js';
import { printable } from '../io.js';
import type { Model, WordReading } from '../models/model.js';
import type { TurnChange } from '../sessions/session.js';
import type { Answer } from '../tools/tool.js';
import { answerOf, openRunBudget, type OwnContext } from './answer.js';
import type { Delivery } from './delivery.js';
import { envelopeFormat, type EnvelopeTail, wordsEnvelope } from './envelope.js';
import type { ExportedFile } from './export-figures.js';
import { writeFiles } from './export-result.js';
import { exportRows, type ExportTarget } from './export-rows.js';
import { madeLines, madeObject, madeSql, rememberedOf, tellMade } from './made.js';
import { openModelChanges } from './model-changes.js';
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
      changes: turn.changes(),
    });
    return delivered === undefined || exit !== EXIT.done ? exit : exitOf(app, delivered);
  } catch (error) {
    done();
    const made = turn.untold();
    if (made === undefined) throw error;
    // Whatever became of the rest, this was done, and the next turn's model is to know it too.
    for (const line of made.lines) app.io.talk.line(line);
    if (!app.signal.aborted) {
      const exit = error instanceof PgaskError ? error.exit : EXIT.failed;
      const answer = { type: 'words', text: '' } as const;
      const figures = { ...turn.figures(), model: model.name, exit, changes: made.changes };
      await conversation.remember({ request, answer, delivered: undefined, ...figures });
    }
    throw error;
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
  /** What was changed or planned in it, as a session keeps it. */
  changes(): TurnChange[];
  /** The same, and how it is told, where nobody has been told of it. */
  untold(): { readonly lines: readonly string[]; readonly changes: TurnChange[] } | undefined;
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
  // A request for rows in a file is none for a change.
  const mayChange = target === undefined;
  const changes = openModelChanges(app, {
    show: flags.sqlOnly ? (sql) => print(app, sql) : undefined,
    begin: thought,
    spent: budget.excuse,
  });
  const granted = grantOn(open.entry, flags.allow) !== 'read';
  let told = false;
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
    const head = {
      ...{ answer: text, sql, database: open.entry.name, reading: reading() },
      ...madeObject(app, changes),
    };
    const format = flags.envelope ? envelopeFormat(findFormat('json'), head, tail) : app.format();
    delivery = await deliverRows(app, open, { sql }, format);
    return delivery;
  };
  const written = () => (files.length > 0 ? files : exports.files);
  async function finish(answer: Answer): Promise<ExitCode> {
    const { text } = answer;
    const rows = delivery ?? exports.last;
    const made = madeLines(changes);
    const isFile = (answer.type === 'words' || target !== undefined) && written().length > 0;
    if (answer.type === 'rows' || isFile || made.length > 0) {
      if (text !== '') app.say(text);
    }
    const head = {
      ...{ answer: text, sql: madeSql(app, changes), database: open.entry.name },
      ...madeObject(app, changes),
    };
    if (isFile && rows !== undefined) {
      for (const line of made) app.say(line);
      await writeFiles(app, written(), {
        ...{ head: { ...head, sql: rows.sql }, tail: tail(), delivery: rows },
      });
      return EXIT.done;
    }
    if (answer.type === 'rows') {
      for (const line of made) app.say(line);
      return EXIT.done;
    }
    if (target !== undefined) {
      app.io.talk.line(text);
      return EXIT.notUnderstood;
    }
    if (flags.envelope) {
      await writeText(app, wordsEnvelope(head, tail()));
      return EXIT.done;
    }
    return made.length > 0 ? await tellMade(app, changes) : await writeWords(app, text);
  }
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
      ...(mayChange ? { change: changes.change } : {}),
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
      const exit = await finish(answer);
      told = true;
      // Whatever the model says of it.
      if (granted && mayChange && !flags.sqlOnly && madeLines(changes).length === 0)
        app.say('nothing was changed');
      return exit;
    },
    figures: () => {
      app.detail(`${model.name}: ${budget.steps} steps, ${JSON.stringify(budget.usage)}`);
      return { steps: budget.steps, usage: budget.usage };
    },
    changes: () => rememberedOf(changes),
    untold() {
      const lines = madeLines(changes);
      return told || lines.length === 0 ? undefined : { lines, changes: rememberedOf(changes) };
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
  return await print(app, sql);
}

async function print(app: App, sql: string): Promise<Delivery> {
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
