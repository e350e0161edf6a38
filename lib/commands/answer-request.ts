/** One request in plain words, from the prompt to the result. Loaded when something is asked. */
import { type Budget, openBudget } from '../agent/limits.js';
import { run } from '../agent/loop.js';
import { renderPrompt } from '../agent/prompt.js';
import type { App, OpenDatabase } from '../app.js';
import type { Judgement } from '../databases/database.js';
import { EXIT, type ExitCode, RefusedError, StatementError } from '../errors.js';
import { findFormat } from '../formats/formats.js';
import { printable } from '../io.js';
import type { Message, Model } from '../models/model.js';
import type { Answer, ToolContext } from '../tools/tool.js';
import { tools } from '../tools/tools.js';
import type { Delivery } from './delivery.js';
import { envelopeFormat, type EnvelopeTail, wordsEnvelope } from './envelope.js';
import { deliverRows, exitOf, writeText, writeWords } from './result.js';
import { type Conversation, openConversation } from './conversation.js';
import { tellEvents } from './progress.js';

/** @throws {PgaskError} */
export async function answerRequest(app: App, request: string): Promise<ExitCode> {
  const model = await app.model();
  tellModel(app);
  const open = await app.database();
  const conversation = await openConversation(app, open.entry.name);
  const turn = startTurn(app, open, conversation, model);
  const done = app.flags.quiet ? () => undefined : app.io.talk.progress('thinking');
  try {
    const messages = await firstMessages(app, open, conversation.history, request, model);
    const answer = await run({
      model,
      tools,
      context: turn.context,
      messages,
      budget: turn.budget,
      toolTimeoutMs: app.config().settings.limits.toolTimeoutMs,
      signal: app.signal,
      listen: tellEvents(app),
    });
    done();
    const exit = await turn.finish(answer);
    const { delivery: delivered } = turn;
    const figures = turn.figures();
    await conversation.remember({
      request,
      answer,
      delivered,
      model: model.name,
      exit,
      ...figures,
    });
    return turn.delivery === undefined ? exit : exitOf(app, turn.delivery);
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

async function firstMessages(
  app: App,
  { entry, today }: OpenDatabase,
  history: readonly Message[],
  request: string,
  model: Model,
): Promise<Message[]> {
  return renderPrompt({
    catalog: await app.catalog(),
    comment: entry.comment,
    today,
    history,
    request,
    contextTokens: model.contextTokens,
  });
}

interface Turn {
  readonly budget: Budget;
  readonly context: Omit<ToolContext, 'signal'>;
  /** What was printed, once it was. */
  readonly delivery: Delivery | undefined;
  /** Prints what an answer has besides its rows. */
  finish(answer: Answer): Promise<ExitCode>;
  figures(): { steps: number; usage: Budget['usage'] };
}

function startTurn(app: App, open: OpenDatabase, conversation: Conversation, model: Model): Turn {
  const { limits } = app.config().settings;
  const { flags } = app;
  const started = Date.now();
  const budget = openBudget({
    maxSteps: limits.maxSteps,
    maxTokens: limits.maxTokens,
    maxCost: limits.maxCost,
    pricing: app.config().model.pricing,
    runTimeoutMs: limits.runTimeoutMs,
  });
  const tail = (): EnvelopeTail => ({
    steps: budget.steps,
    usage: budget.usage,
    durationMs: Date.now() - started,
    session: conversation.name,
  });
  let delivery: Delivery | undefined;
  const deliver = async ({ sql, text }: { sql: string; text: string }): Promise<Delivery> => {
    if (flags.sqlOnly) return await printStatement(app, open, sql);
    const head = { answer: text, sql, database: open.entry.name };
    const format = flags.envelope ? envelopeFormat(findFormat('json'), head, tail) : app.format();
    delivery = await deliverRows(app, open, { sql }, format);
    return delivery;
  };
  return {
    budget,
    context: {
      database: open.database,
      catalog: app.catalog,
      timeoutMs: open.entry.limits.timeoutMs,
      previewRows: limits.previewRows,
      queries: new Map(),
      deliver,
    },
    get delivery() {
      return delivery;
    },
    async finish(answer) {
      if (answer.type === 'rows') {
        if (answer.text !== '') app.say(answer.text);
        return EXIT.done;
      }
      if (!flags.envelope) return await writeWords(app, answer.text);
      const head = { answer: answer.text, sql: null, database: open.entry.name };
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
