/** Figures that are taken inside one process: what the guard adds to a statement, and what a question costs a model. */
import { openBudget } from '../../lib/agent/limits.js';
import { run } from '../../lib/agent/loop.js';
import { renderPrompt } from '../../lib/agent/prompt.js';
import { introspect } from '../../lib/catalog/introspect.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Database } from '../../lib/databases/database.js';
import { SAMPLE_TODAY, sampleSql } from '../../lib/databases/embedded/sample.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import type { Message, Model, ModelRequest, Reply } from '../../lib/models/model.js';
import { scriptedModel } from '../../lib/models/scripted.js';
import { tools } from '../../lib/tools/tools.js';
import { questions } from './questions.js';

export { sampleSql };

const signal = new AbortController().signal;
const TIMEOUT_MS = 10_000;

function open(url: string) {
  const target = resolveConnection(parseConnectionString(url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 1, warn: () => undefined });
  return { driver, database: guardDatabase(driver, { name: 'bench', lockTimeoutMs: 1000 }) };
}

const STATEMENTS = [
  'select 1',
  'select name, country from customers order by id limit 20',
  ...questions.flatMap(({ replies }) =>
    replies.slice(-1).map(({ calls }) => (calls?.[0]?.input as { sql: string }).sql),
  ),
];

/**
 * Milliseconds that a guarded read takes longer than the bare statement on the same server, for each of several
 * statements in each round, after a first that is not counted.
 *
 * @param others `commit` where another session commits before each statement, so that nothing of the catalog is known
 */
export async function guardCost(
  url: string,
  rounds: number,
  others: 'commit' | 'rest' = 'rest',
): Promise<number[]> {
  const { driver, database } = open(url);
  const bare = await driver.connect(signal);
  const samples: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const sql of STATEMENTS) {
      const plain = await time(() => bare.query(sql));
      if (others === 'commit') await bare.query('select pg_current_xact_id()');
      const guarded = await time(() => readAll(database, sql));
      if (round > 0) samples.push(guarded - plain);
    }
  }
  await bare.close();
  await database.close();
  return samples;
}

async function readAll(database: Database, sql: string): Promise<number> {
  return await database.read({ sql }, { signal, timeoutMs: TIMEOUT_MS }, async ({ batches }) => {
    let rows = 0;
    for await (const batch of batches) rows += batch.length;
    return rows;
  });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export interface QuestionCost {
  readonly request: string;
  readonly steps: number;
  /** Estimated at four characters a token, of all that goes to the model in all steps. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly rows: number;
}

/** The loop, the prompt and the tools as they are; the replies are those that a capable model would give. */
export async function questionCosts(url: string): Promise<QuestionCost[]> {
  const { database } = open(url);
  const catalog = await introspect(database, { signal, timeoutMs: TIMEOUT_MS });
  const costs: QuestionCost[] = [];
  for (const { request, replies } of questions) {
    const model = counting(scriptedModel(replies));
    const budget = openBudget({
      maxSteps: 10,
      maxTokens: 1e6,
      maxCost: undefined,
      pricing: undefined,
      runTimeoutMs: 30_000,
    });
    let rows = 0;
    await run({
      model,
      tools,
      budget,
      signal,
      toolTimeoutMs: TIMEOUT_MS,
      listen: () => undefined,
      messages: renderPrompt({
        grant: 'read',
        ...{ catalog, request, comment: undefined, today: SAMPLE_TODAY },
        ...{ history: [], contextTokens: undefined },
      }),
      context: {
        database,
        catalog: () => Promise.resolve(catalog),
        timeoutMs: TIMEOUT_MS,
        previewRows: 20,
        queries: new Map(),
        async deliver({ sql }) {
          rows = await readAll(database, sql);
          return { sql, columns: [], rowCount: rows, truncated: false };
        },
      },
    });
    const { inputTokens, outputTokens } = budget.usage;
    costs.push({ request, steps: budget.steps, inputTokens, outputTokens, rows });
  }
  await database.close();
  return costs;
}

function counting(model: Model): Model {
  return {
    ...model,
    async complete(request) {
      const reply = await model.complete(request);
      return { ...reply, usage: usageOf(request, reply) };
    },
  };
}

function usageOf({ messages, tools: specs }: ModelRequest, { text, calls }: Reply) {
  const tokens = (characters: number) => Math.ceil(characters / 4);
  const sizeOf = (message: Message) =>
    message.text.length + ('calls' in message ? JSON.stringify(message.calls).length : 0);
  const asked = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  return {
    inputTokens: tokens(asked + JSON.stringify(specs).length),
    cachedTokens: 0,
    outputTokens: tokens(text.length + JSON.stringify(calls).length),
  };
}
