/** A domain's database with the planner in front of it: the same model, tools and guard as in the program. */
import postgres from 'postgres';
import { wrapUntrusted } from '../../lib/agent/untrusted.js';
import { renderCatalogBlock, renderToday } from '../../lib/catalog/brief.js';
import { renderCatalog } from '../../lib/catalog/ddl.js';
import { introspect } from '../../lib/catalog/introspect.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import type { Row } from '../../lib/databases/database.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import type { Message } from '../../lib/models/model.js';
import { offlineModel } from '../../lib/models/offline.js';
import { answer } from '../../lib/tools/answer.js';
import { findValues } from '../../lib/tools/find-values.js';
import { runDml } from '../../lib/tools/run-dml.js';
import type { Tool, ToolContext } from '../../lib/tools/tool.js';
import { testDatabase } from '../support/server.js';
import type { Domain } from './domains/domain.js';

export interface Answered {
  readonly sql: string;
  readonly text: string;
}

/** What the planner came to where it may propose changes. */
export interface Proposed extends Answered {
  readonly type: 'answer' | 'run_dml';
}

export interface Asking {
  /** As the superuser. */
  readonly url: string;
  /** As {@link ask}, where changes may be proposed; none is carried out. */
  propose(request: string, history?: readonly Message[]): Promise<Proposed>;
  /** One turn; the history holds the turns before it. */
  ask(request: string, history?: readonly Message[]): Promise<Answered>;
  rows(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** What a turn leaves for the next one to see. */
export function remembered(request: string, { sql, text }: Answered): Message[] {
  return [
    { role: 'user', text: request },
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'answered', name: 'answer', input: { sql, text } }],
    },
    { role: 'tool', callId: 'answered', name: 'answer', text: 'delivered' },
  ];
}

const MAX_STEPS = 4;
const TIMEOUT_MS = 10_000;

export async function openDomain({ sql, today }: Domain): Promise<Asking> {
  const made = await testDatabase();
  await fill(made.url, sql);
  const target = resolveConnection(parseConnectionString(made.url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 2, warn: () => undefined });
  const database = guardDatabase(driver, { name: 'domain', lockTimeoutMs: 1000 });
  const { signal } = new AbortController();
  const catalog = await introspect(database, { signal, timeoutMs: TIMEOUT_MS });
  const system = `${renderCatalogBlock(renderCatalog(catalog))}\n${renderToday(today)}`;
  const context: ToolContext = {
    database,
    catalog: () => Promise.resolve(catalog),
    signal,
    timeoutMs: TIMEOUT_MS,
    previewRows: 0,
    queries: new Map(),
    deliver: () => Promise.reject(new Error('nothing is delivered here')),
  };
  const model = offlineModel();
  const specs = (tools: readonly Tool[]) =>
    tools.map(({ name, summary }) => ({ name, summary, schema: {} }));

  async function lead(
    request: string,
    history: readonly Message[],
    tools: readonly Tool[],
  ): Promise<Proposed> {
    const messages: Message[] = [
      { role: 'system', text: system },
      ...history,
      { role: 'user', text: request },
    ];
    for (let step = 0; step < MAX_STEPS; step++) {
      const reply = { messages, tools: specs(tools), signal, deadline: Infinity };
      const { calls, text } = await model.complete(reply);
      const [call] = calls;
      if (call?.name === 'answer')
        return { type: 'answer', ...(answer.input.parse(call.input) as Answered) };
      if (call?.name === 'run_dml')
        return { type: 'run_dml', text, ...(runDml.input.parse(call.input) as { sql: string }) };
      const found = await findValues.run(findValues.input.parse(call?.input), context);
      messages.push({ role: 'assistant', text: '', calls });
      messages.push({
        role: 'tool',
        callId: call?.id ?? '',
        name: findValues.name,
        text: `${found.text}\n${wrapUntrusted(found.values ?? '')}`,
      });
    }
    throw new Error(`no answer in ${MAX_STEPS} steps`);
  }

  return {
    url: made.url,
    propose: (request, history = []) => lead(request, history, [findValues, answer, runDml]),
    async ask(request, history = []) {
      const { sql, text } = await lead(request, history, [findValues, answer]);
      return { sql, text };
    },
    rows: (text) =>
      database.read({ sql: text }, { signal, timeoutMs: TIMEOUT_MS }, async ({ batches }) => {
        const rows: Row[] = [];
        for await (const batch of batches) rows.push(...batch);
        return rows;
      }),
    async close() {
      await database.close();
      await made.drop();
    },
  };
}

async function fill(url: string, statements: readonly string[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  for (const statement of [...statements, 'analyze']) await sql.unsafe(statement);
  await sql.end();
}
