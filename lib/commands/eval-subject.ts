/** What an evaluation asks: the same prompt, loop, tools and model as `pgask "REQUEST"`, with the rows kept instead of printed. */
import type { App, OpenDatabase } from '../app.js';
import type { Catalog } from '../catalog/catalog.js';
import { introspect } from '../catalog/introspect.js';
import {
  EXIT,
  InterruptedError,
  NotUnderstoodError,
  PgaskError,
  RefusedError,
  UsageError,
} from '../errors.js';
import type { OpenSubjectOf, Reply, Respondent } from '../evals/answering.js';
import type { Case } from '../evals/case.js';
import { readTable, type Table } from '../evals/rows.js';
import { type Model, steadyNow } from '../models/model.js';
import type { Answer } from '../tools/tool.js';
import { answerOf, openRunBudget } from './answer.js';
import { type Conversation, openPassingConversation } from './conversation.js';

export interface Places {
  readonly databaseUrl: string | undefined;
  readonly cases: readonly Case[];
}

/** @throws {UsageError} a case's database can't be named */
export async function subjects(app: App, places: Places): Promise<OpenSubjectOf> {
  const nameOf = databaseNames(app, places);
  for (const { db } of places.cases) nameOf(db);
  const model = await app.model();
  return async (db) => {
    const open = await app.database(nameOf(db), { anyRole: false });
    const { database, entry } = open;
    const options = { signal: app.signal, timeoutMs: entry.limits.timeoutMs };
    const catalog = await introspect(database, options);
    return {
      database,
      converse: () => respondent(app, { open, catalog, model }),
      close: () => database.close(),
    };
  };
}

/** From a case's `db` to what `--db` would take. */
function databaseNames(
  app: App,
  { databaseUrl, cases }: Places,
): (db: string | undefined) => string | undefined {
  if (databaseUrl !== undefined) {
    return (db) => {
      if (!databaseUrl.includes('{db}')) return databaseUrl;
      if (db !== undefined) return databaseUrl.replaceAll('{db}', () => encodeURIComponent(db));
      throw new UsageError('a case has no db, and --database-url has a place for it', {
        hint: 'give every case its db, or a URL without {db}',
      });
    };
  }
  // What the person says is what all are asked of, as everywhere.
  if (app.flags.db !== undefined) return () => undefined;
  const names = app.config().databases.map(({ name }) => name);
  const isOne = new Set(cases.map(({ db }) => db)).size === 1;
  return (db) => {
    if (db !== undefined && names.includes(db)) return db;
    // The only one of the cases is the only one that there is.
    if (db === undefined || (isOne && app.config().defaultName !== undefined)) return undefined;
    throw new UsageError(`there is no database ${db}, which a case asks for`, {
      hint: "name it in the configuration, or say where they are: --database-url 'postgresql://HOST/{db}'",
    });
  };
}

interface Subject {
  readonly open: OpenDatabase;
  readonly catalog: Catalog;
  readonly model: Model;
}

function respondent(app: App, subject: Subject): Respondent {
  const conversation = openPassingConversation(app);
  return { ask: (request, options) => ask(app, subject, conversation, { request, ...options }) };
}

async function ask(
  app: App,
  { open, catalog, model }: Subject,
  conversation: Conversation,
  { request, ...rows }: Parameters<Respondent['ask']>[1] & { readonly request: string },
): Promise<Reply> {
  const budget = openRunBudget(app);
  /** The last statement that was to be the answer, and what became of it. */
  let last: { readonly sql: string; readonly table?: Table; readonly error?: unknown } | undefined;
  const started = steadyNow();
  let running = 0;
  const spent = () => steadyNow() - started - running;
  const deliver = async ({ sql }: { sql: string }) => {
    const begun = steadyNow();
    last = { sql };
    try {
      const table = await readTable(open.database, { sql }, { signal: app.signal, ...rows });
      last = { sql, table };
      const { columns, rowCount } = table;
      return { sql, columns, rowCount, truncated: false };
    } catch (error) {
      last = { sql, error };
      throw error;
    } finally {
      running += steadyNow() - begun;
      budget.excuse(steadyNow() - begun);
    }
  };
  let answer: Answer;
  try {
    const { history } = conversation;
    const context = { deliver };
    answer = await answerOf(app, { model, open, catalog, history, request, budget, context });
  } catch (error) {
    if (error instanceof InterruptedError || app.signal.aborted) throw error;
    return { ms: spent(), ...withoutAnswer(error, last) };
  }
  const ms = spent();
  const { steps, usage } = budget;
  const delivered = answer.type === 'rows' ? answer.delivered : undefined;
  await conversation.remember({
    ...{ request, answer, delivered, steps, usage },
    ...{ model: model.name, exit: EXIT.done },
  });
  if (answer.type === 'words') return { type: 'refused', ms, why: answer.text };
  return { type: 'answered', ms, sql: answer.delivered.sql, table: last!.table! };
}

/** A statement that the server would not have was an answer all the same; one that the guard refuses was none. */
function withoutAnswer(
  error: unknown,
  last: { readonly sql: string; readonly error?: unknown } | undefined,
):
  | { readonly type: 'failed'; readonly sql: string; readonly why: string }
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'error'; readonly error: Error } {
  const failure = last?.error;
  if (last !== undefined && failure instanceof PgaskError && !(failure instanceof RefusedError)) {
    return { type: 'failed', sql: last.sql, why: failure.message };
  }
  if (error instanceof NotUnderstoodError || error instanceof RefusedError) {
    return { type: 'refused', why: error.message };
  }
  // A bug in one answer says nothing of the others; it is told, and counts as no answer.
  return { type: 'error', error: error instanceof Error ? error : new Error(String(error)) };
}
