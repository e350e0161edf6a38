/** What a request costs the offline planner in databases of different breadth: the same eight tables among more and more others. */
import { openBudget } from '../../lib/agent/limits.js';
import { run } from '../../lib/agent/loop.js';
import { renderPrompt } from '../../lib/agent/prompt.js';
import { introspect } from '../../lib/catalog/introspect.js';
import { parseConnectionString, resolveConnection } from '../../lib/databases/connection.js';
import { guardDatabase } from '../../lib/databases/guarded.js';
import { serverDriver } from '../../lib/databases/server.js';
import type { Model } from '../../lib/models/model.js';
import { offlineModel } from '../../lib/models/offline.js';
import { tools } from '../../lib/tools/tools.js';
import { quoteIdentifier } from '../../lib/sql/quote.js';

/** What is asked of, in every database. */
const OWN = `
  create table clients (id int primary key, name text not null, country text not null, since date not null);
  create table warehouses (id int primary key, name text not null, city text not null);
  create table parts (id int primary key, name text not null, price numeric(8, 2) not null, weight numeric(8, 2));
  create table stocks (part_id int references parts, warehouse_id int references warehouses, quantity int not null, primary key (part_id, warehouse_id));
  create table orders (id int primary key, client_id int not null references clients, ordered_on date not null, status text not null);
  create table order_lines (order_id int references orders, part_id int references parts, quantity int not null, primary key (order_id, part_id));
  create table drivers (id int primary key, name text not null, hired_on date not null);
  create table deliveries (id int primary key, order_id int not null references orders, driver_id int references drivers, delivered_on date);
  insert into clients values (1, 'Acker', 'Norway', '2019-01-01'), (2, 'Berg', 'Spain', '2020-05-05'), (3, 'Cove', 'Norway', '2021-03-03');
  insert into parts values (1, 'bolt', 0.5, 0.1), (2, 'hinge', 3.5, 0.4), (3, 'lock', 12, 0.9);
  insert into orders values (1, 1, '2024-01-05', 'open'), (2, 2, '2024-02-05', 'closed'), (3, 1, '2024-02-07', 'open');
  insert into order_lines values (1, 1, 100), (1, 2, 4), (2, 3, 1), (3, 2, 10);
`;

const REQUESTS = [
  'how many clients are there',
  'names of the clients from Norway',
  'number of orders per client',
  'top 5 parts by price',
  'which parts were never ordered',
  'orders with status open in February 2024',
  'average price of the parts',
];

const MODULES =
  'billing payroll campus fleet clinic archive survey energy harbour museum rental forum audit permit census kitchen studio garden league airport'.split(
    ' ',
  );
const THINGS =
  'accounts batches branches budgets cards contracts courses devices documents events forms grades guests invoices issues labels lessons licences members meters notes offices panels periods plans policies positions readings reports rooms routes samples seats sessions shifts signals tickets tokens trials zones'.split(
    ' ',
  );
const COLUMNS =
  'code title category owner remark region amount total rating level started_on ended_on active'.split(
    ' ',
  );

/** Tables beside the eight, of several modules, each with a key, a few columns and a reference to another of its module. */
export function schemaOf(tables: number): string[] {
  const statements = [OWN];
  const names = THINGS.flatMap((thing) => MODULES.map((module) => `${module}_${thing}`));
  for (const [i, name] of names.slice(0, tables - 8).entries()) {
    const columns = COLUMNS.filter((_, at) => (i + at) % 3 !== 0).map(columnSql);
    const before = names[i - MODULES.length];
    if (before !== undefined) columns.push(`parent_id int references ${quoteIdentifier(before)}`);
    statements.push(
      `create table ${quoteIdentifier(name)} (id int primary key, name text, ${columns.join(', ')});
       insert into ${quoteIdentifier(name)} (id, name) select g, '${name} ' || g from generate_series(1, 20) g;`,
    );
  }
  return [statements.join('\n'), 'analyze'];
}

function columnSql(name: string): string {
  if (name.endsWith('_on')) return `${name} date`;
  if (name === 'active') return `${name} boolean`;
  return /^(amount|total|rating|level)$/.test(name) ? `${name} numeric` : `${name} text`;
}

export interface Cost {
  /** Milliseconds in the planner. */
  readonly planner: number;
  /** Until there is an answer; running its statement is the server's, and not counted. */
  readonly whole: number;
}

export interface Breadth {
  /** All requests once. */
  round(): Promise<Cost>;
  close(): Promise<void>;
}

export async function openBreadth(url: string): Promise<Breadth> {
  const target = resolveConnection(parseConnectionString(url), {}, undefined);
  const driver = serverDriver({ target, maxConnections: 4, warn: () => undefined });
  const database = guardDatabase(driver, { name: 'bench', lockTimeoutMs: 1000 });
  const { signal } = new AbortController();
  const catalog = await introspect(database, { signal, timeoutMs: 30_000 });
  const timed = timing(offlineModel());
  const ask = (request: string) =>
    run({
      model: timed.model,
      tools: tools.filter(({ name }) => name !== 'export_data'),
      budget: openBudget({
        ...{ maxSteps: 10, maxTokens: 1e9, runTimeoutMs: 60_000 },
        ...{ maxCost: undefined, pricing: undefined },
      }),
      ...{ signal, toolTimeoutMs: 30_000, listen: () => undefined },
      messages: renderPrompt({
        grant: 'read',
        ...{ catalog, request, comment: undefined, today: '2024-06-15' },
        ...{ history: [], contextTokens: undefined },
      }),
      context: {
        database,
        catalog: () => Promise.resolve(catalog),
        ...{ timeoutMs: 30_000, previewRows: 0, queries: new Map() },
        deliver: ({ sql }) => Promise.resolve({ sql, columns: [], rowCount: 0, truncated: false }),
      },
    });
  return {
    async round() {
      const started = performance.now();
      for (const request of REQUESTS) await ask(request);
      return { planner: timed.take(), whole: performance.now() - started };
    },
    close: () => database.close(),
  };
}

/** A model whose time is added up. */
function timing(model: Model): { readonly model: Model; take(): number } {
  let ms = 0;
  return {
    model: {
      ...model,
      async complete(request) {
        const started = performance.now();
        try {
          return await model.complete(request);
        } finally {
          ms += performance.now() - started;
        }
      },
    },
    take() {
      const taken = ms;
      ms = 0;
      return taken;
    },
  };
}
